internal import JSON
package import Records
internal import Synchronization

/// A record as the index keeps it.
package struct StoredRecord: Sendable, Hashable {
    /// Dense number within its generation; rows are in the order of their ids.
    package let row: Int
    package let record: Record
    package let tags: [Tag]
    /// Where else its data are listed.
    package let alsoAt: [AlsoAt]

    package init(row: Int, record: Record, tags: [Tag], alsoAt: [AlsoAt]) {
        self.row = row
        self.record = record
        self.tags = tags
        self.alsoAt = alsoAt
    }
}

/// One published generation, open for reading: the snapshot that a query uses from its start to its end.  Safe to use
/// from any number of threads.
package final class Generation: Sendable {
    package let manifest: Manifest
    /// Everything that filters and counts need.
    package let facets: FacetFile
    let folder: String
    let connections: ConnectionPool
    /// The dictionaries of the rows.
    let dictionaries: PackDictionaries
    let terms = StoredTermReader()
    /// What scores words.
    let postings: PostingsFile
    /// See ``embargoes()``; nil until they were asked for.
    let knownEmbargoes = Mutex<[Embargo]?>(nil)
    /// Nil until they were asked for.
    private let knownKinds = Mutex<Set<Kind>?>(nil)

    /// Opens a generation and checks what is cheap to check: the schema, the sizes of all files, the structure and the
    /// checksum of the facet file, the header of the postings.  ``verify()`` proves the rest.
    init(folder: String, name: String) throws(StoreError) {
        guard Disk.exists(folder) else {
            throw StoreError(.corrupt, "generation \(name) is named as the live one, but \(folder) does not exist")
        }
        guard Disk.exists("\(folder)/\(Manifest.File.manifest)") else {
            throw StoreError(.corrupt, "generation \(name) has no \(Manifest.File.manifest)")
        }
        let manifest = try Manifest.read(folder: folder)
        guard manifest.generation == name else {
            throw StoreError(.corrupt, "\(folder) holds the manifest of generation \(manifest.generation)")
        }
        for required in [Manifest.File.records, Manifest.File.facets, Manifest.File.postings]
        where manifest.files[required] == nil {
            throw StoreError(.corrupt, "the manifest of generation \(name) lists no \(required)")
        }
        for (file, state) in manifest.files.sorted(by: { $0.key < $1.key }) {
            let size = try Generation.size(of: "\(folder)/\(file)")
            guard size == state.bytes else {
                throw StoreError(.corrupt, "\(folder)/\(file) has \(size) bytes instead of \(state.bytes)")
            }
        }
        facets = try FacetFile(path: "\(folder)/\(Manifest.File.facets)")
        guard facets.recordCount == manifest.records, facets.partCount == manifest.parts else {
            throw StoreError(.corrupt, "\(folder)/\(Manifest.File.facets) counts other records than the manifest")
        }
        postings = try PostingsFile(path: "\(folder)/\(Manifest.File.postings)", records: manifest.records)
        connections = try ConnectionPool(path: "\(folder)/\(Manifest.File.records)")
        dictionaries = try connections.read { connection throws(StoreError) in try PackDictionaries(connection) }
        self.folder = folder
        self.manifest = manifest
    }

    /// The file of records, for comparisons with other generations.
    var recordsPath: String { "\(folder)/\(Manifest.File.records)" }

    /// Where the vectors are; nil when the generation has none.
    package var vectorsPath: String? { path(of: Manifest.File.vectors) }
    /// Where the inverted file over the vectors is; nil if there is none.
    package var listsPath: String? { path(of: Manifest.File.lists) }
    /// Where the projection of latent semantic analysis is, from which the vectors come and with which questions get
    /// theirs; nil when a sentence model made them, or there are none.
    package var projectionPath: String? { path(of: Manifest.File.projection) }

    private func path(of file: String) -> String? { manifest.files[file] == nil ? nil : "\(folder)/\(file)" }

    /// The row of a record, or of the record it is joined to; nil when the generation does not hold it.
    package func row(of id: RecordID) throws(StoreError) -> Int? {
        try connections.read { connection throws(StoreError) in
            let statement = try connection.prepare(Generation.findsRow)
            try statement.bind(0, id.description)
            defer { statement.reset() }
            return try statement.step() ? statement.int(0) : nil
        }
    }

    /// The rows of all records with this native id, of whatever source and type.
    package func rows(ofNative native: String) throws(StoreError) -> [Int] {
        try connections.read { connection throws(StoreError) in
            let statement = try connection.prepare(Generation.findsRow)
            var rows: Set<Int> = []
            for kind in try kinds(connection) {
                try statement.bind(0, RecordID(kind.source, kind.type, native).description)
                while try statement.step() { rows.insert(statement.int(0)) }
                statement.reset()
            }
            return rows.sorted()
        }
    }

    /// A source and a type of records.
    struct Kind: Sendable, Hashable {
        let source: Source
        let type: RecordType
    }

    /// The kinds of records that the generation holds, joined ones included.  Looked up once, from one kind to the
    /// next, in the order of the ids.
    private func kinds(_ connection: Connection) throws(StoreError) -> Set<Kind> {
        if let known = knownKinds.withLock({ $0 }) { return known }
        var kinds: Set<Kind> = []
        for table in ["record", "place"] {
            let next = try connection.prepare("SELECT min(id) FROM \(table) WHERE id >= ?1")
            defer { next.reset() }
            var bound = ""
            while true {
                next.reset()
                try next.bind(0, bound)
                guard try next.step(), !next.text(0).isEmpty else { break }
                guard let id = RecordID(next.text(0)) else {
                    throw StoreError(.corrupt, "'\(next.text(0))' is no record id")
                }
                kinds.insert(Kind(source: id.source, type: id.type))
                // The character after the colon ends the range of ids of this kind.
                bound = "\(id.source.rawValue):\(id.type.rawValue);"
            }
        }
        knownKinds.withLock { $0 = kinds }
        return kinds
    }

    /// The row of an id, its own or that of the record it is joined to.
    private static let findsRow = "SELECT row FROM record WHERE id = ?1 UNION SELECT row FROM place WHERE id = ?1"

    /// The ids of rows, in the order asked.
    package func ids(rows: [Int]) throws(StoreError) -> [RecordID] {
        try connections.read { connection throws(StoreError) in
            let statement = try connection.prepare("SELECT id FROM record WHERE row = ?1")
            var ids: [RecordID] = []
            for row in rows {
                statement.reset()
                try statement.bind(0, row)
                guard try statement.step(), let id = RecordID(statement.text(0)) else {
                    throw StoreError(.corrupt, "row \(row) is not in \(Manifest.File.records)")
                }
                ids.append(id)
            }
            statement.reset()
            return ids
        }
    }

    /// The records of rows with their tags, in the order asked.  Each is decompressed and decoded: only for the page
    /// shown.
    package func records(rows: [Int]) throws(StoreError) -> [StoredRecord] {
        try connections.read { connection throws(StoreError) in
            var records: [StoredRecord] = []
            try forEachContent(of: rows, in: connection) { (row, content, alsoAt) throws(StoreError) in
                records.append(
                    try Generation.stored(content, row: row, alsoAt: alsoAt) { (number) throws(StoreError) in
                        try terms.term(number, in: connection)
                    })
            }
            return records
        }
    }

    /// Calls the body with the contents of rows, in the order asked.
    func forEachContent(
        of rows: [Int], in connection: Connection,
        _ body: (_ row: Int, _ content: RowContent, _ alsoAt: String) throws(StoreError) -> Void
    ) throws(StoreError) {
        let statement = try connection.prepare("SELECT content, also_at FROM record WHERE row = ?1")
        defer { statement.reset() }
        for row in rows {
            statement.reset()
            try statement.bind(0, row)
            guard try statement.step() else {
                throw StoreError(.corrupt, "row \(row) is not in \(Manifest.File.records)")
            }
            let content = try connection.unpacker.content(statement.bytes(0), row: row, with: dictionaries)
            try body(row, content, statement.text(1))
        }
    }

    /// About how many bytes all rows have before compression, estimated from a sample.
    package func contentBytes() throws(StoreError) -> Int {
        let asked = min(manifest.records, 256)
        guard asked > 0 else { return 0 }
        return try connections.read { connection throws(StoreError) in
            let statement = try connection.prepare("SELECT content FROM record WHERE row = ?1")
            defer { statement.reset() }
            var bytes = 0
            for place in 0..<asked {
                statement.reset()
                try statement.bind(0, place * manifest.records / asked)
                if try statement.step() { bytes += Unpacker.length(statement.bytes(0)) ?? 0 }
            }
            return bytes / asked * manifest.records
        }
    }

    /// What names a record.
    package struct Heading: Sendable, Hashable {
        package let row: Int
        package let title: String
        /// As the record has it.
        package let doi: String?
    }

    /// Titles and DOIs of rows, in the order asked; the other fields are skipped.
    package func headings(rows: [Int]) throws(StoreError) -> [Heading] {
        try connections.read { connection throws(StoreError) in
            var headings: [Heading] = []
            try forEachContent(of: rows, in: connection) { (row, content, _) throws(StoreError) in
                let heading = try Generation.read(content.json, row: row, StoredJSON.heading)
                headings.append(Heading(row: row, title: heading.title, doi: heading.doi))
            }
            return headings
        }
    }

    /// One record as it was harvested, not decoded.
    package struct Harvested: Sendable {
        package let id: String
        /// Nil when the id is none.
        package let source: Source?
        package let json: String

        /// Whether the encoded record holds a text, letter by letter.
        package func mentions(_ text: String) -> Bool { json.holds(bytesOf: text) }

        package func record() throws(StoreError) -> Record { try Generation.read(json, row: -1, StoredJSON.record) }
    }

    /// Calls the body with every record as its source gave it, those joined to another included; one is in memory at a
    /// time.
    package func forEachHarvested(_ body: (Harvested) throws -> Void) throws {
        try forEachPlace(where: "record.id NOT IN (SELECT id FROM place)") { id, json in
            try body(Harvested(id: id, source: RecordID(id)?.source, json: json))
            return true
        }
    }

    /// Calls the body with each record that fulfils an SQL condition and each record joined into another, until it
    /// returns false.
    func forEachPlace(
        where condition: String = "true", _ body: (_ id: String, _ json: String) throws -> Bool
    ) throws {
        let connection = try Connection(path: recordsPath, mode: .immutable)
        let statement = try connection.prepare(
            """
            SELECT id, row, content FROM record WHERE \(condition) UNION ALL SELECT id, row, content FROM place
            """)
        while try statement.step() {
            let row = statement.int(1)
            let content = try connection.unpacker.content(statement.bytes(2), row: row, with: dictionaries)
            guard try body(statement.text(0), content.json) else { return }
        }
    }

    /// Calls the body with every record, as harvested, that is part of another or has parts.
    package func forEachLinked(_ body: (Record) throws -> Void) throws {
        try forEachHarvested { row in
            guard row.json.utf8.count < 1 << 24, row.mentions("\"part_of\"") || row.mentions("\"has_part\"") else {
                return
            }
            try body(try Generation.read(row.json, row: -1, StoredJSON.record))
        }
    }

    /// Calls the body with the vector key of each row, in order.
    package func forEachVectorKey(_ body: (_ row: Int, _ key: UInt64) throws -> Void) throws {
        let connection = try Connection(path: "\(folder)/\(Manifest.File.records)", mode: .immutable)
        let statement = try connection.prepare("SELECT row, vector_key FROM record ORDER BY row")
        while try statement.step() { try body(statement.int(0), UInt64(bitPattern: Int64(statement.int(1)))) }
    }

    /// Decodes the content of a row.
    static func stored(
        _ content: RowContent, row: Int, alsoAt: String, term: (Int) throws(StoreError) -> StoredTerm
    ) throws(StoreError) -> StoredRecord {
        let record = try read(content.json, row: row, StoredJSON.record)
        return StoredRecord(
            row: row, record: record, tags: try StoredTags.decoded(content.tags, of: record, term: term),
            alsoAt: try read(alsoAt, row: row, StoredJSON.alsoAt))
    }

    /// Decodes the content of a row; row -1 if it is not known.
    static func read<Value>(
        _ json: String, row: Int, _ read: (String) throws(JSONError) -> Value
    ) throws(StoreError) -> Value {
        do {
            return try read(json)
        } catch {
            throw StoreError(.corrupt, "row \(row) of \(Manifest.File.records) cannot be read: \(error)")
        }
    }

    private static func size(of path: String) throws(StoreError) -> Int {
        do {
            return try Disk.size(of: path)
        } catch {
            throw StoreError(error.kind == .missing ? .corrupt : error.kind, error.detail)
        }
    }
}
