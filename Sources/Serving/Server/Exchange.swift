import CMicroHTTPD
import Glibc
import Synchronization

/// One request on its way through the library.  All but the reply belongs to the thread that waits for sockets.
///
/// `@unchecked Sendable`: a worker only ever calls ``deliver(_:waited:)``, whose state is behind a lock.
final class Exchange: @unchecked Sendable {
    unowned let server: HTTPServer
    let socket: Int32
    /// The target as sent; nil when it is no UTF-8.
    let target: String?
    /// Address of the byte after the target in the request line, to recognise a target with a NUL byte; see
    /// ``HTTPServer/read(_:_:method:version:)``.
    let targetEnd: UnsafePointer<CChar>?
    var raw: RawRequest?
    var body: [UInt8] = []
    /// Bytes of the body that came, also those that were not kept.
    var received = 0
    /// When the request was complete.
    var completed: ContinuousClock.Instant?
    var isWaiting = false
    /// The answer that was sent, for the log.
    var sent: Reply?
    var waited: Duration?

    private let delivered = Mutex<(reply: Reply, waited: Duration)?>(nil)

    init(server: HTTPServer, socket: Int32, target: UnsafePointer<CChar>?) {
        self.server = server
        self.socket = socket
        self.target = target.flatMap { String(validatingCString: $0) }
        targetEnd = target.map { $0 + strlen($0) }
    }

    func deliver(_ reply: Reply, waited: Duration) { delivered.withLock { $0 = (reply, waited) } }

    var delivery: (reply: Reply, waited: Duration)? { delivered.withLock { $0 } }
}

/// A connection handed from the library to a worker and back.
///
/// `@unchecked Sendable`: it is a handle; between suspending and resuming, the library leaves it alone.
struct Suspended: @unchecked Sendable {
    private let connection: OpaquePointer

    init(_ connection: OpaquePointer) { self.connection = connection }

    func resume() { MHD_resume_connection(connection) }
}
