internal import CShims
internal import CSQLite
internal import Records
internal import Text

/// One SQLite connection and its prepared statements.
///
/// `@unchecked Sendable`: a connection is opened without SQLite's own mutex and is used by one thread at a time, which
/// its holders guarantee (``ConnectionPool`` lends each to one caller; writers own theirs).
final class Connection: @unchecked Sendable {
    enum Mode {
        /// Creates or opens for writing; the file is private to this process until it is published.
        case build
        /// Reads a published file, which nobody changes: no locks, no journal, no shared memory files.
        case immutable
    }

    private let handle: OpaquePointer
    private var statements: [String: Statement] = [:]
    private var opened: FullTextTokenizer?
    /// Decompresses the contents of rows.
    private(set) lazy var unpacker = Unpacker()
    /// The deadline that the progress handler checks.
    fileprivate var deadline = Deadline.none

    init(path: String, mode: Mode) throws(StoreError) {
        var opened: OpaquePointer?
        let uri = "file:\(Connection.escaped(path))" + (mode == .immutable ? "?immutable=1" : "")
        let access = mode == .build ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY
        let code = sqlite3_open_v2(uri, &opened, access | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI, nil)
        guard code == SQLITE_OK, let opened else {
            let message = String(cString: sqlite3_errstr(code))
            sqlite3_close_v2(opened)
            throw StoreError(Connection.kind(of: code), "\(path): \(message) (SQLite \(code))")
        }
        handle = opened
        if mode == .build {
            // Of SQLite's usual pages of 4 KB, more would be left over behind the last row that fits.
            try execute("PRAGMA page_size = 16384")
            // The file is built in a temporary folder and synchronised once, before it is published.
            try execute("PRAGMA journal_mode = OFF")
            try execute("PRAGMA synchronous = OFF")
        }
    }

    deinit {
        statements.removeAll()
        opened = nil
        sqlite3_close_v2(handle)
    }

    /// The only function that turns a result code into an error: code, message and SQL.
    func check(_ code: Int32, sql: String) throws(StoreError) {
        guard code != SQLITE_OK, code != SQLITE_ROW, code != SQLITE_DONE else { return }
        let message = String(cString: sqlite3_errmsg(handle))
        throw StoreError(Connection.kind(of: code), "\(message) (SQLite \(code)) in: \(sql)")
    }

    /// The tokenizer of the full-text index, for questions.
    func tokenizer() throws(StoreError) -> FullTextTokenizer {
        if let opened { return opened }
        let tokenizer = try FullTextTokenizer(Schema.tokenizer, connection: handle)
        opened = tokenizer
        return tokenizer
    }

    /// Runs statements that return nothing of interest.
    func execute(_ sql: String) throws(StoreError) {
        try check(sqlite3_exec(handle, sql, nil, nil, nil), sql: sql)
    }

    /// A statement ready to be bound, compiled once per connection.
    func prepare(_ sql: String) throws(StoreError) -> Statement {
        if let known = statements[sql] {
            known.reset()
            return known
        }
        var compiled: OpaquePointer?
        try check(sqlite3_prepare_v3(handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &compiled, nil), sql: sql)
        guard let compiled else { throw StoreError(.sql, "no statement in: \(sql)") }
        let statement = Statement(compiled, connection: self, sql: sql)
        statements[sql] = statement
        return statement
    }

    /// The first column of the first row: 0 and empty when there is no row.
    func one(_ sql: String) throws(StoreError) -> (number: Int, text: String) {
        let statement = try prepare(sql)
        defer { statement.reset() }
        return try statement.step() ? (statement.int(0), statement.text(0)) : (0, "")
    }

    /// Adds a published file under a name, for reading.  Not inside a transaction.
    func attach(_ path: String, as name: String) throws(StoreError) {
        try execute("ATTACH '\(Connection.quoted("file:\(Connection.escaped(path))?immutable=1"))' AS \(name)")
    }

    private static func quoted(_ text: String) -> String {
        text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''")
    }

    /// Makes statements fail once the deadline has passed: SQLite asks every 1000 steps of its machine, some 20 µs.
    func setDeadline(_ deadline: Deadline) {
        guard deadline != self.deadline else { return }
        self.deadline = deadline
        if deadline == .none {
            sqlite3_progress_handler(handle, 0, nil, nil)
        } else {
            sqlite3_progress_handler(handle, 1000, isOver, Unmanaged.passUnretained(self).toOpaque())
        }
    }

    private static func kind(of code: Int32) -> StoreError.Kind {
        switch code & 0xff {
        case SQLITE_CORRUPT, SQLITE_NOTADB: .corrupt
        case SQLITE_BUSY, SQLITE_LOCKED: .busy
        case SQLITE_INTERRUPT: .interrupted
        case SQLITE_IOERR, SQLITE_FULL, SQLITE_CANTOPEN, SQLITE_READONLY: .io
        default: .sql
        }
    }

    /// A path inside a `file:` URI (https://www.sqlite.org/uri.html): `?`, `#` and `%` would end or change it.
    private static func escaped(_ path: String) -> String { PercentEncoding.encoded(path, keeping: "/") }
}

/// SQLite's question whether to stop; the argument is the connection, which outlives its statements.
private let isOver: @convention(c) (UnsafeMutableRawPointer?) -> Int32 = { context in
    guard let context else { return 0 }
    return Unmanaged<Connection>.fromOpaque(context).takeUnretainedValue().deadline.isOver ? 1 : 0
}
