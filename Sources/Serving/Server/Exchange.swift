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

    init(server: HTTPServer, socket: Int32, target: String?) {
        self.server = server
        self.socket = socket
        self.target = target
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
