internal import Glibc
internal import Records
internal import Synchronization

/// Connections to one published file, each lent to one caller at a time, so that readers never wait for each other.
///
/// Once the file has been removed with its generation, no more connections can be opened; then callers wait for those
/// that exist, so that holders of the generation can still answer from it.
final class ConnectionPool: Sendable {
    private let path: String
    private let idle: Mutex<[Connection]>

    init(path: String) throws(StoreError) {
        self.path = path
        idle = Mutex([try Connection(path: path, mode: .immutable)])
    }

    /// Runs the body with a connection of its own.  Statements that run past the deadline fail with kind `interrupted`.
    func read<Value>(until deadline: Deadline = .none, _ body: (Connection) throws(StoreError) -> Value)
        throws(StoreError) -> Value
    {
        let connection = try lend()
        connection.setDeadline(deadline)
        defer {
            connection.setDeadline(.none)
            idle.withLock { $0.append(connection) }
        }
        return try body(connection)
    }

    private func lend() throws(StoreError) -> Connection {
        while true {
            if let spare = idle.withLock({ $0.popLast() }) { return spare }
            do throws(StoreError) {
                return try Connection(path: path, mode: .immutable)
            } catch {
                // The first connection was opened with the pool and is always returned to it.
                if Disk.exists(path) { throw error }
                usleep(500)
            }
        }
    }
}
