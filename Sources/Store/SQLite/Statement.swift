internal import CSQLite
internal import CShims

/// One prepared statement.  Columns and parameters count from 0.
final class Statement {
    private let handle: OpaquePointer
    private unowned let connection: Connection
    private let sql: String

    init(_ handle: OpaquePointer, connection: Connection, sql: String) {
        self.handle = handle
        self.connection = connection
        self.sql = sql
    }

    deinit { sqlite3_finalize(handle) }

    func reset() {
        sqlite3_reset(handle)
        sqlite3_clear_bindings(handle)
    }

    @discardableResult
    func bind(_ index: Int, _ text: String) throws(StoreError) -> Statement {
        var text = text
        let code = text.withUTF8 { bytes in
            // An empty buffer may have no address, which SQLite would take for NULL.
            bytes.baseAddress.map { start in
                start.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
                    discover_sqlite_bind_text(handle, Int32(index + 1), $0, Int32(bytes.count))
                }
            } ?? discover_sqlite_bind_text(handle, Int32(index + 1), "", 0)
        }
        try connection.check(code, sql: sql)
        return self
    }

    @discardableResult
    func bind(_ index: Int, _ bytes: [UInt8]) throws(StoreError) -> Statement {
        try connection.check(
            discover_sqlite_bind_blob(handle, Int32(index + 1), bytes, Int32(bytes.count)), sql: sql)
        return self
    }

    @discardableResult
    func bind(_ index: Int, _ number: Int) throws(StoreError) -> Statement {
        try connection.check(sqlite3_bind_int64(handle, Int32(index + 1), Int64(number)), sql: sql)
        return self
    }

    @discardableResult
    func bind(_ index: Int, _ number: Double) throws(StoreError) -> Statement {
        try connection.check(sqlite3_bind_double(handle, Int32(index + 1), number), sql: sql)
        return self
    }

    /// Whether there is another row.
    func step() throws(StoreError) -> Bool {
        let code = sqlite3_step(handle)
        if code == SQLITE_ROW { return true }
        defer { sqlite3_reset(handle) }
        try connection.check(code, sql: sql)
        return false
    }

    /// Steps to the end and forgets the bindings.
    func run() throws(StoreError) {
        while try step() {}
        reset()
    }

    func int(_ column: Int) -> Int { Int(sqlite3_column_int64(handle, Int32(column))) }

    func double(_ column: Int) -> Double { sqlite3_column_double(handle, Int32(column)) }

    /// The text of a column; empty for NULL.
    func text(_ column: Int) -> String {
        let count = Int(sqlite3_column_bytes(handle, Int32(column)))
        guard let start = sqlite3_column_text(handle, Int32(column)) else { return "" }
        return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    }

    /// The bytes of a column's text or blob, until the next step; empty for NULL.
    func bytes(_ column: Int) -> UnsafeRawBufferPointer {
        let start = sqlite3_column_blob(handle, Int32(column))
        return UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, Int32(column))))
    }

    /// Number of rows the last insertion changed.
    var changes: Int { Int(sqlite3_changes64(sqlite3_db_handle(handle))) }
}
