package import Records

/// Records on their way into a generation, kept on disk so that memory does not grow with a harvest, and read back in
/// the order of their ids.
///
/// `@unchecked Sendable`: one thread uses it at a time.  The thread of a harvest fills it and ends before another
/// reads.
package final class StagingFile: @unchecked Sendable {
    let connection: Connection
    private let path: String

    /// A file without a name, private to this process and gone with this value.
    package convenience init() throws(StoreError) {
        // What SQLite makes of an empty name (https://sqlite.org/inmemorydb.html#temp_db).
        try self.init(at: "")
    }

    /// Creates the file, replacing an old one.
    convenience init(path: String) throws(StoreError) {
        try Disk.remove(path)
        try self.init(at: path)
    }

    private init(at path: String) throws(StoreError) {
        self.path = path
        connection = try Connection(path: path, mode: .build)
        try connection.execute("CREATE TABLE staged (id TEXT PRIMARY KEY, json TEXT NOT NULL) STRICT, WITHOUT ROWID")
        try connection.execute("CREATE TABLE pending (row INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT")
        try connection.execute(StagingFile.claimTable)
        try connection.execute("BEGIN")
    }

    /// Adds a record; false when one of this id is there already, which stays.
    package func add(_ record: Record) throws(StoreError) -> Bool {
        try add(id: record.id.description, json: try encoded(record))
    }

    /// A record as the index stores it.
    package func encoded(_ record: Record) throws(StoreError) -> String {
        try StoredJSON.encoded(record, of: record.id)
    }

    /// Adds a record that is already encoded; false when one of this id is there already.
    package func add(id: String, json: String) throws(StoreError) -> Bool {
        let statement = try connection.prepare("INSERT OR IGNORE INTO staged VALUES (?1, ?2)")
        try statement.bind(0, id).bind(1, json)
        try statement.run()
        return statement.changes == 1
    }

    /// Adds what another file holds; a record that is there already is replaced by what the body makes of it and of the
    /// other file's.
    package func absorb(
        _ other: StagingFile, joining: (_ there: Record, _ new: Record) throws -> Record
    ) throws {
        try other.forEachEncoded { id, json in
            if try !add(id: id, json: json) { try join(id: id, json: json, joining) }
        }
        try other.discard()
    }

    /// Replaces the record of an id by what the body makes of it and of another one; nothing where they are equal.
    package func join(
        id: String, json: String, _ joining: (_ there: Record, _ new: Record) throws -> Record
    ) throws {
        guard let old = try self.json(of: id), old != json else { return }
        let joined = try joining(try StagingFile.decoded(old, id: id), try StagingFile.decoded(json, id: id))
        let statement = try connection.prepare("UPDATE staged SET json = ?2 WHERE id = ?1")
        try statement.bind(0, id).bind(1, try encoded(joined))
        try statement.run()
    }

    /// Removes the file; the value is of no more use.  The system keeps its bytes until the connection closes.
    func discard() throws(StoreError) { try Disk.remove(path) }

    /// The encoded record of an id, nil when it was not added.
    package func json(of id: String) throws(StoreError) -> String? {
        let statement = try connection.prepare("SELECT json FROM staged WHERE id = ?1")
        try statement.bind(0, id)
        defer { statement.reset() }
        return try statement.step() ? statement.text(0) : nil
    }

    /// How an encoded record compares with the one added under its id.
    package enum Comparison: Sendable, Hashable { case same, different, absent }

    package func compare(id: String, json: String) throws(StoreError) -> Comparison {
        let statement = try connection.prepare("SELECT json = ?2 FROM staged WHERE id = ?1")
        try statement.bind(0, id).bind(1, json)
        defer { statement.reset() }
        guard try statement.step() else { return .absent }
        return statement.int(0) == 1 ? .same : .different
    }

    /// Takes a record out again, if it is there.
    package func remove(id: String) throws(StoreError) {
        let statement = try connection.prepare("DELETE FROM staged WHERE id = ?1")
        try statement.bind(0, id)
        try statement.run()
    }

    /// Number of records of a source.
    package func count(of source: Source) throws(StoreError) -> Int {
        let statement = try connection.prepare("SELECT count(*) FROM staged WHERE id >= ?1 AND id < ?2")
        // The character after the colon ends the range of ids that begin with the source's name.
        try statement.bind(0, "\(source.rawValue):").bind(1, "\(source.rawValue);")
        defer { statement.reset() }
        return try statement.step() ? statement.int(0) : 0
    }

    package func count() throws(StoreError) -> Int {
        let statement = try connection.prepare("SELECT count(*) FROM staged")
        defer { statement.reset() }
        return try statement.step() ? statement.int(0) : 0
    }

    /// Keeps a text that is to be embedded later.
    package func addText(_ text: String, row: Int) throws(StoreError) {
        let statement = try connection.prepare("INSERT INTO pending VALUES (?1, ?2)")
        try statement.bind(0, row).bind(1, text)
        try statement.run()
    }

    /// Calls the body with every kept text in row order.
    package func forEachText(_ body: (_ row: Int, _ text: String) throws -> Void) throws {
        let statement = try connection.prepare("SELECT row, text FROM pending ORDER BY row")
        defer { statement.reset() }
        while try statement.step() { try body(statement.int(0), statement.text(1)) }
    }

    /// The record of an id, nil when it was not added.
    package func record(of id: String) throws(StoreError) -> Record? {
        guard let json = try json(of: id) else { return nil }
        return try StagingFile.decoded(json, id: id)
    }

    /// Calls the body with every record in the order of the ids' bytes.
    package func forEach(_ body: (_ record: Record, _ json: String) throws -> Void) throws {
        try forEach(where: "true", body)
    }

    /// The same without decoding.
    package func forEachEncoded(_ body: (_ id: String, _ json: String) throws -> Void) throws {
        let statement = try connection.prepare("SELECT id, json FROM staged ORDER BY id ")
        defer { statement.reset() }
        while try statement.step() { try body(statement.text(0), statement.text(1)) }
    }

    /// The same for records that fulfil an SQL condition.
    func forEach(where condition: String, _ body: (_ record: Record, _ json: String) throws -> Void) throws {
        let statement = try connection.prepare("SELECT id, json FROM staged WHERE \(condition) ORDER BY id")
        defer { statement.reset() }
        while try statement.step() {
            let json = statement.text(1)
            try body(try StagingFile.decoded(json, id: statement.text(0)), json)
        }
    }

    /// The record that ``encoded(_:)`` made text of.
    package static func decoded(_ json: String, id: String) throws(StoreError) -> Record {
        do {
            return try StoredJSON.record(json)
        } catch {
            throw StoreError(.corrupt, "stored record \(id) cannot be read: \(error)")
        }
    }
}
