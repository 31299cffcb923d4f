internal import Records
internal import Synchronization

/// Connections to one published file, each lent to one caller at a time, so that readers never wait for each other.
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
        let spare = idle.withLock { $0.popLast() }
        let connection: Connection
        if let spare { connection = spare } else { connection = try Connection(path: path, mode: .immutable) }
        connection.setDeadline(deadline)
        defer {
            connection.setDeadline(.none)
            idle.withLock { $0.append(connection) }
        }
        return try body(connection)
    }
}
