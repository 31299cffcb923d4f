import CMicroHTTPD
import CShims
import Glibc
import Synchronization

/// What went wrong while starting the server.
package struct ServingError: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Kind: String, Sendable, Hashable {
        /// The address cannot be listened on.
        case address
        /// The library does not start.
        case library
    }
    package let kind: Kind
    package let detail: String
    package var description: String { detail }
}

/// The service on a socket: one thread waits for all connections, as many workers as there are processors answer.
package final class HTTPServer: Sendable {
    /// What an operator decides about sockets and threads.
    package struct Settings: Sendable {
        package var host = "127.0.0.1"
        /// 0 takes any free port.
        package var port: UInt16 = 8080
        package var workers = 2
        /// Requests that may wait for a worker: at some 50 searches a second, half a second of waiting at most.
        package var queue = 32
        package var connections = 512
        /// Connections of one address; 0 for no limit, which is right behind a proxy.
        package var connectionsPerClient = 64
        /// Whether the last address of `X-Forwarded-For` is the client's: only behind a proxy that sets it.
        package var trustsForwarded = false
        /// How long a whole request may take to arrive, and a whole answer to be fetched.
        package var readLimit: Duration = .seconds(10)
        package var writeLimit: Duration = .seconds(60)
        package init() {}
    }

    /// The port that is listened on.
    package let port: UInt16
    let service: Service
    let settings: Settings
    let connections: Connections
    let queue: WorkQueue
    private let log: AccessLog
    private let daemon = Mutex<Daemon?>(nil)
    private let tickers = Mutex<[Ticker]>([])

    /// `@unchecked Sendable`: a handle the library protects itself.
    private struct Daemon: @unchecked Sendable {
        let handle: OpaquePointer
    }

    /// Listens and answers until ``stop(within:)``.
    package init(service: Service, settings: Settings, log: AccessLog) throws(ServingError) {
        var taken: UInt16 = 0
        var message: UnsafePointer<CChar>?
        let socket = discover_http_listen(settings.host, settings.port, &taken, &message)
        guard socket >= 0 else {
            let reason = message.map { String(cString: $0) } ?? "no reason given"
            throw ServingError(kind: .address, detail: "cannot listen on \(settings.host):\(settings.port): \(reason)")
        }
        port = taken
        self.service = service
        service.listens(host: settings.host, port: taken)
        self.settings = settings
        self.log = log
        connections = Connections(readLimit: settings.readLimit, writeLimit: settings.writeLimit)
        queue = WorkQueue(workers: settings.workers, limit: settings.queue)

        var options = discover_http_options()
        options.socket = socket
        options.connections = UInt32(clamping: settings.connections)
        options.connections_per_address = UInt32(clamping: settings.connectionsPerClient)
        options.idle_seconds = UInt32(clamping: settings.readLimit.components.seconds)
        options.memory = HTTPServer.headerBytes
        options.context = Unmanaged.passUnretained(self).toOpaque()
        options.begin = beginRequest
        options.handle = handleRequest
        options.end = endRequest
        options.connection = noteConnection
        guard let handle = discover_http_start(&options) else {
            close(socket)
            queue.close()
            throw ServingError(kind: .library, detail: "the HTTP library does not start")
        }
        daemon.withLock { $0 = Daemon(handle: handle) }
        service.metrics.observe { [queue, connections] in
            var gauges = Metrics.Gauges()
            (gauges.queued, gauges.working) = queue.load
            gauges.queueLimit = queue.limit
            gauges.workers = queue.workers
            gauges.connections = connections.count
            return gauges
        }
        tickers.withLock {
            $0 = [
                Ticker("reaper", every: 500) { [connections] in connections.reap() },
                Ticker("watcher", every: 1000) { [service, log] in
                    if let news = service.served.refresh() { log.note(news) }
                },
            ]
        }
    }

    /// Bytes of the request line and header of one connection, and of its answer's header.
    private static let headerBytes = 96 * 1024

    /// Stops gracefully: no new connections, what is under way is answered, then all threads end.  Answers that are
    /// not there in time are cut off.
    package func stop(within limit: Duration = .seconds(10)) {
        guard let handle = daemon.withLock({ $0.take() }) else { return }
        service.stop()
        let socket = MHD_quiesce_daemon(handle.handle)
        if socket >= 0 { close(socket) }
        let end = ContinuousClock.now + limit
        while connections.active > 0, ContinuousClock.now < end { usleep(10_000) }
        queue.close()
        // What the workers have just handed back still goes out.
        let grace = ContinuousClock.now + .milliseconds(500)
        while connections.active > 0, ContinuousClock.now < grace { usleep(10_000) }
        MHD_stop_daemon(handle.handle)
        for ticker in tickers.withLock({ $0 }) { ticker.stop() }
    }

    deinit { precondition(daemon.withLock { $0 == nil }, "a server is stopped before it is let go") }
}

// What the library's callbacks do.  All of it runs on the thread that waits for sockets.
extension HTTPServer {
    /// A body beyond this ends the connection; up to it, it is read and refused with an answer.
    private static let longestDiscarded = 1 << 20

    func begin(_ connection: OpaquePointer, target: UnsafePointer<CChar>?) -> Exchange {
        Exchange(server: self, socket: discover_http_socket(connection), target: target)
    }

    /// The head of a request has come.
    ///
    /// The library hands texts of C, which end at a NUL byte.  In its buffer the version is one byte after the target,
    /// so where it is not, the target goes on behind a NUL, and what came before it must not be answered as if it
    /// were all.
    func read(
        _ exchange: Exchange, _ connection: OpaquePointer, method: String, version: UnsafePointer<CChar>?
    ) -> MHD_Result {
        func field(_ name: String) -> String? {
            MHD_lookup_connection_value(connection, .HEADER_KIND, name).flatMap { String(validatingCString: $0) }
        }
        var headers = Headers()
        headers.accept = field("Accept")
        headers.acceptEncoding = field("Accept-Encoding")
        headers.contentType = field("Content-Type")
        headers.ifNoneMatch = field("If-None-Match")
        headers.origin = field("Origin")
        for name in Headers.read { if let value = field(name) { headers.others[name] = value } }
        exchange.raw = RawRequest(method: method, target: exchange.target ?? "", headers: headers)
        if exchange.targetEnd.map({ $0 + 1 }) != version {
            return send(
                service.refuse(Problem(.badEncoding, "the address holds a NUL byte"), raw: exchange.raw), exchange,
                connection)
        }
        // Refused before it is sent; the connection cannot be used again then.
        if let length = field("Content-Length").flatMap({ Int($0) }), length > PlanReader.longestBody {
            return send(tooLong(exchange), exchange, connection)
        }
        return .YES
    }

    /// A piece of the body has come.
    func append(_ bytes: UnsafeBufferPointer<UInt8>, to exchange: Exchange) -> MHD_Result {
        exchange.received += bytes.count
        if exchange.received <= PlanReader.longestBody { exchange.body.append(contentsOf: bytes) }
        return exchange.received <= HTTPServer.longestDiscarded ? .YES : .NO
    }

    /// The request is complete, or its answer is.
    func answer(_ exchange: Exchange, _ connection: OpaquePointer) -> MHD_Result {
        if let (reply, waited) = exchange.delivery {
            exchange.waited = waited
            return send(reply, exchange, connection)
        }
        guard !exchange.isWaiting, var raw = exchange.raw else { return .YES }
        exchange.completed = .now
        connections.enter(.working, exchange.socket)
        guard exchange.target != nil else {
            return send(
                service.refuse(Problem(.badEncoding, "the address is no UTF-8"), raw: raw), exchange, connection)
        }
        guard exchange.received <= PlanReader.longestBody else { return send(tooLong(exchange), exchange, connection) }
        raw.body = exchange.body
        switch service.receive(raw, client: client(of: connection)) {
        case .answer(let reply): return send(reply, exchange, connection)
        case .work(let work):
            exchange.isWaiting = true
            // Suspended first: a worker may be done before this function returns.
            MHD_suspend_connection(connection)
            let suspended = Suspended(connection)
            let isTaken = queue.push { [exchange] waited in
                exchange.deliver(work(waited), waited: waited)
                suspended.resume()
            }
            if !isTaken {
                let problem = Problem(.busy, "\(settings.queue) requests wait already", retryAfter: 1)
                exchange.deliver(service.refuse(problem, raw: raw), waited: .zero)
                suspended.resume()
            }
            return .YES
        }
    }

    private func tooLong(_ exchange: Exchange) -> Reply {
        service.refuse(
            Problem(.bodyTooLarge, "at most \(PlanReader.longestBody) bytes of body are read"), raw: exchange.raw)
    }

    private func send(_ reply: Reply, _ exchange: Exchange, _ connection: OpaquePointer) -> MHD_Result {
        if exchange.completed == nil { exchange.completed = .now }
        exchange.sent = reply
        connections.enter(.writing, exchange.socket)
        let response =
            reply.status == 304
            ? discover_http_bare_response()
            : reply.body.withUnsafeBytes { bytes in
                // The library copies; a null pointer goes with no bytes.
                MHD_create_response_from_buffer(
                    bytes.count, UnsafeMutableRawPointer(mutating: bytes.baseAddress), .RESPMEM_MUST_COPY)
            }
        guard let response else { return .NO }
        defer { MHD_destroy_response(response) }
        for field in reply.fields { MHD_add_response_header(response, field.name, field.value) }
        if service.isStopping { MHD_add_response_header(response, "Connection", "close") }
        return MHD_queue_response(connection, UInt32(reply.status), response)
    }

    /// The answer was sent, or the connection was closed.
    func end(_ exchange: Exchange) {
        connections.enter(.reading, exchange.socket)
        guard let reply = exchange.sent, let completed = exchange.completed else { return }
        let took = ContinuousClock.now - completed
        service.metrics.count(reply, took: took, waited: exchange.waited)
        log.write(method: exchange.raw?.method ?? "", reply: reply, took: took, waited: exchange.waited)
    }

    /// The client's address in bytes.
    private func client(of connection: OpaquePointer) -> [UInt8] {
        if settings.trustsForwarded,
            let field = MHD_lookup_connection_value(connection, .HEADER_KIND, "X-Forwarded-For"),
            let last = String(validatingCString: field)?.split(separator: ",").last
        {
            return Array(last.filter { $0 != " " }.utf8.prefix(64))
        }
        var bytes = [UInt8](repeating: 0, count: 16)
        let count = discover_http_address(connection, &bytes)
        return Array(bytes.prefix(count))
    }
}

// C callbacks are at file scope and bound to no actor: the library's thread calls them.

private let beginRequest:
    @convention(c) (UnsafeMutableRawPointer?, UnsafePointer<CChar>?, OpaquePointer?) -> UnsafeMutableRawPointer? = {
        context, target, connection in
        guard let context, let connection else { return nil }
        let server = Unmanaged<HTTPServer>.fromOpaque(context).takeUnretainedValue()
        let exchange = server.begin(connection, target: target)
        // Let go in `endRequest`.
        return Unmanaged.passRetained(exchange).toOpaque()
    }

private let handleRequest: MHD_AccessHandlerCallback = {
    _, connection, _, method, version, upload, size, context in
    guard let connection, let size, let pointer = context?.pointee else { return .NO }
    let exchange = Unmanaged<Exchange>.fromOpaque(pointer).takeUnretainedValue()
    if exchange.raw == nil {
        return exchange.server.read(
            exchange, connection, method: method.map { String(cString: $0) } ?? "", version: version)
    }
    if size.pointee > 0, let upload {
        let bytes = UnsafeRawBufferPointer(start: upload, count: size.pointee)
        size.pointee = 0
        return exchange.server.append(bytes.bindMemory(to: UInt8.self), to: exchange)
    }
    return exchange.server.answer(exchange, connection)
}

private let endRequest: MHD_RequestCompletedCallback = { _, _, context, _ in
    guard let pointer = context?.pointee else { return }
    context?.pointee = nil
    let exchange = Unmanaged<Exchange>.fromOpaque(pointer).takeRetainedValue()
    exchange.server.end(exchange)
}

private let noteConnection: MHD_NotifyConnectionCallback = { context, connection, _, event in
    guard let context, let connection else { return }
    let server = Unmanaged<HTTPServer>.fromOpaque(context).takeUnretainedValue()
    let socket = discover_http_socket(connection)
    guard socket >= 0 else { return }
    if event == .CONNECTION_NOTIFY_STARTED { server.connections.open(socket) } else { server.connections.close(socket) }
}
