internal import Glibc
import JSON

/// Asks public portals politely: paced, patient, over one kept connection, and never led astray.
final class WebClient {
    private let run: Harvest
    private let transfer: Transfer
    private let policy: RetryPolicy
    private var paces: [String: Pace] = [:]
    private let clock = ContinuousClock()
    private let started: ContinuousClock.Instant
    private let cache: HTTPCache?

    /// Throws when the cache's folder cannot be made.
    init(run: Harvest) throws(ConnectorError) {
        self.run = run
        cache = try run.cache()
        transfer = Transfer(limits: run.limits)
        policy = RetryPolicy(
            retries: run.limits.retries, firstWait: run.limits.backoffSeconds,
            longestWait: run.limits.longestWaitSeconds)
        started = clock.now
    }

    /// What a portal answered to a question for JSON.
    enum Reply {
        case value(JSONValue)
        /// 401, 403, 404 or 410: not shown to anonymous visitors, or not there.
        case notShown(status: Int)
    }

    /// The JSON at an address; the answer to a question, where one is posted, which is never kept.
    ///
    /// Waits and tries again where that may help, also when an answer with status 200 is no JSON: proxies send their
    /// error pages that way.
    func json(at address: WebAddress, posting question: JSONValue? = nil) throws(ConnectorError) -> Reply {
        let cache = question == nil ? self.cache : nil
        let body = question.map { String(decoding: $0.json, as: UTF8.self) }
        var kept = cache?.entry(for: address, maximumDepth: run.limits.maximumDepth)
        var unreadable = 0
        while true {
            let answer = try answer(at: address, headers: kept?.conditions ?? [], posting: body)
            switch answer.status {
            case 200..<300: break
            case 304:
                if let kept {
                    run.count(unchanged: 1)
                    cache?.touch(address)
                    return .value(kept.value)
                }
                throw ConnectorError(.unreadable, "\(address.text) answers 304 to a question without condition")
            case 401, 403, 404, 410:
                cache?.remove(address)
                return .notShown(status: answer.status)
            default:
                throw ConnectorError(
                    .unreadable, "\(address.text) answers with status \(answer.status)\(Self.reason(answer.body))")
            }
            kept = nil
            do throws(JSONError) {
                let value = try JSONReader.value(answer.body, maximumDepth: run.limits.maximumDepth)
                cache?.keep(value, of: address, headers: answer.headers)
                return .value(value)
            } catch {
                unreadable += 1
                guard unreadable <= min(2, run.limits.retries) else {
                    throw ConnectorError(.unreadable, "\(address.text) answers with \(error)")
                }
                run.count(retries: 1)
                try pause(policy.wait(attempt: unreadable, asked: nil, chance: .random(in: 0..<1)))
            }
        }
    }

    /// The text at an address, for tables; an answer that is not 200 is an error.
    func text(at address: WebAddress) throws(ConnectorError) -> String {
        let answer = try answer(at: address)
        guard (200..<300).contains(answer.status) else {
            throw ConnectorError(.unreadable, "\(address.text) answers with status \(answer.status)")
        }
        return String(decoding: answer.body, as: UTF8.self)
    }

    /// What a server says of a question it refuses, in the forms of Django and GraphQL; empty when it says nothing.
    private static func reason(_ body: [UInt8]) -> String {
        guard let value = try? JSONReader.value(body, maximumDepth: 16),
            let words = value["errors"]?.array?.first?["message"]?.text ?? value["detail"]?.text
        else { return "" }
        return ": \(PlainText.line(words, limit: 200))"
    }

    /// One answer, after as many tries and same-host redirects as are allowed.
    private func answer(
        at first: WebAddress, headers: [String] = [], posting body: String? = nil
    ) throws(ConnectorError) -> Answer {
        var address = first
        for _ in 0..<5 {
            let answer = try triedAnswer(at: address, headers: headers, posting: body)
            guard [301, 302, 303, 307, 308].contains(answer.status) else { return answer }
            guard let target = answer.headers["location"].flatMap(address.resolving) else {
                throw ConnectorError(.unreadable, "\(address.text) redirects to no readable address")
            }
            guard target.isSameHost(as: first) || run.limits.followOtherHosts else {
                throw ConnectorError(
                    .unusableLocation,
                    "\(first.text) redirects to another host, \(target.origin); if that is right, give its address "
                        + "as the location or allow redirects to other hosts")
            }
            address = target
        }
        throw ConnectorError(.unreadable, "\(first.text) redirects in circles")
    }

    private func triedAnswer(
        at address: WebAddress, headers: [String], posting body: String?
    ) throws(ConnectorError) -> Answer {
        var attempt = 0
        while true {
            attempt += 1
            try run.checkCancelled()
            try pause(paces[address.origin, default: newPace].wait(now: seconds))
            let outcome = transfer.send(address, headers: headers, posting: body)
            run.count(requests: 1, retries: attempt > 1 ? 1 : 0)
            if case .answered(let answer) = outcome {
                run.count(bytes: answer.body.count)
                if answer.status == 429 {
                    paces[address.origin, default: newPace].slowDown()
                } else {
                    paces[address.origin, default: newPace].speedUp()
                }
            }
            switch policy.decide(outcome, attempt: attempt, chance: .random(in: 0..<1)) {
            case .wait(let seconds): try pause(seconds)
            case .giveUp(let reason):
                throw ConnectorError(.unavailable, "\(address.text): \(reason)")
            case .accept:
                guard case .answered(let answer) = outcome else {
                    throw ConnectorError(
                        .tooLarge, "\(address.text): the answer is larger than \(run.limits.maximumAnswerBytes) bytes")
                }
                return answer
            }
        }
    }

    private var newPace: Pace { Pace(requestsPerSecond: run.limits.requestsPerSecond) }

    private var seconds: Double {
        let (whole, fraction) = (clock.now - started).components
        return Double(whole) + Double(fraction) / 1e18
    }

    /// Sleeps in short steps, so that an interrupted run ends soon.
    private func pause(_ length: Double) throws(ConnectorError) {
        var left = length
        while left > 0 {
            try run.checkCancelled()
            let step = min(left, 0.2)
            usleep(UInt32(step * 1_000_000))
            left -= step
        }
    }
}
