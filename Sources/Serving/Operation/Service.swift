import FoundationEssentials
import Pages
import Records
import Synchronization

/// HTTP semantics without sockets: a request goes in, an answer or a piece of work comes out.
package final class Service: Sendable {
    /// What an operator decides.
    package struct Settings: Sendable {
        package var version: String
        /// The address under which the world reaches the service, without a slash at its end; empty for the one the
        /// server listens on.
        package var site: String
        /// Requests a second for each client, and how many at once; nil for no limit.
        package var rate: (perSecond: Double, burst: Int)?
        /// How long a request may work, and how long it may wait for a worker.
        package var timeLimit: Duration

        package init(
            version: String, site: String, rate: (perSecond: Double, burst: Int)? = nil,
            timeLimit: Duration = .seconds(2)
        ) {
            self.version = version
            self.site = site
            self.rate = rate
            self.timeLimit = timeLimit
        }
    }

    /// What is to be done with a request.
    package enum Decision: Sendable {
        case answer(Reply)
        /// For a worker.  The argument is how long the request has waited.
        case work(@Sendable (_ waited: Duration) -> Reply)
    }

    package let served: ServedGenerations
    package let settings: Settings
    package let metrics = Metrics()
    /// Whether the service takes no new requests.
    package var isStopping: Bool { stopping.withLock { $0 } }
    private let router: Router
    private let limiter: RateLimiter?
    private let stopping = Mutex(false)
    private let listening = Mutex("")
    /// The address of the socket, `http://127.0.0.1:8080`.
    package var address: String { listening.withLock { $0 } }
    /// The address that answers name; see ``Settings/site``.
    package var site: String { settings.site.isEmpty ? address : settings.site }

    package init(served: ServedGenerations, settings: Settings) {
        self.served = served
        self.settings = settings
        limiter = settings.rate.map { RateLimiter(rate: $0.perSecond, burst: $0.burst) }
        router = Router(Route.all)
    }

    /// Notes where the server listens, before the first request comes.
    package func listens(host: String, port: UInt16) {
        let name = host.contains(":") ? "[\(host)]" : host
        listening.withLock { $0 = "http://\(name):\(port)" }
    }

    /// Says no to new work from now on.
    package func stop() { stopping.withLock { $0 = true } }

    /// Answers what costs nothing, or makes a piece of work of it.
    ///
    /// - Parameter client: the client's address in bytes; empty when unknown.
    package func receive(_ raw: RawRequest, client: [UInt8]) -> Decision {
        var frame = Frame(raw: raw, version: settings.version, site: site)
        do throws(Problem) {
            let target = try Target(raw.target)
            if raw.method == "OPTIONS", !router.answersOptions(at: target) {
                return .answer(frame.options(router.methods(at: target)))
            }
            let found = try router.route(raw.method, target)
            frame.route = found.route
            if found.route.cost == .work, let limiter {
                let verdict = limiter.take(client)
                frame.rate = (limiter.policy, verdict)
                guard verdict.isAllowed else {
                    throw Problem(
                        .rateLimited, "at most \(limiter.rate) requests a second, \(limiter.burst) at once",
                        retryAfter: verdict.reset)
                }
            }
            let values = try ParameterValues(
                path: found.path, fields: target.fields, definitions: found.route.parameters,
                ignoresOthers: found.route.ignoresOtherParameters)
            let cursor = found.route.parameters.contains(.cursor) ? values.text(.cursor) : nil
            let snapshot = served.snapshot(named: cursor.flatMap(Request.generation(ofCursor:)))
            frame.snapshot = snapshot
            let today = Int((Date().timeIntervalSince1970 / 86_400).rounded(.down))
            frame.tag = EntityTag.make(
                [
                    settings.version, PageAsset.fingerprint, snapshot.generation, snapshot.identity, "\(today)",
                    found.route.name,
                ]
                    // A run that found nothing to change renews them and not the generation.
                    + snapshot.harvested
                    + [found.route.answers.count > 1 ? raw.headers.accept ?? "" : ""]
                    + found.path.sorted { $0.key < $1.key }.map(\.value)
                    + values.canonical.flatMap { [$0.name, $0.value] } + [String(decoding: raw.body, as: UTF8.self)])
            if found.route.method == .get, found.route.cost == .work, let known = raw.headers.ifNoneMatch,
                EntityTag.matches(known, frame.tag)
            {
                return .answer(frame.notModified())
            }
            let method = Method(rawValue: raw.method) ?? .get
            if found.route.cost == .none {
                let request = Request(
                    method: method, target: target, values: values, headers: raw.headers, body: raw.body,
                    service: self, snapshot: snapshot, deadline: .none, today: today)
                return .answer(frame.reply(try found.route.handle(request)))
            }
            if isStopping { throw Problem(.stopping, "the service is stopping", retryAfter: 5) }
            let limit = settings.timeLimit
            return .work { [frame, self] waited in
                do throws(Problem) {
                    guard waited < limit else { throw Problem(.busy, "the service is busy", retryAfter: 1) }
                    let request = Request(
                        method: method, target: target, values: values, headers: raw.headers, body: raw.body,
                        service: self, snapshot: snapshot, deadline: .init(in: limit), today: today)
                    return frame.reply(try found.route.handle(request))
                } catch {
                    return frame.reply(error)
                }
            }
        } catch {
            return .answer(frame.reply(error))
        }
    }

    /// The answer to a request that never became one.
    package func refuse(_ problem: Problem, raw: RawRequest? = nil) -> Reply {
        Frame(raw: raw ?? RawRequest(target: "/"), version: settings.version, site: site).reply(problem)
    }
}
