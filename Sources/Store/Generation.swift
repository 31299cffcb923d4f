internal import JSON
package import Records
internal import Synchronization

/// A record as the index keeps it.
package struct StoredRecord: Sendable, Hashable {
    /// Dense number within its generation; rows stand in the order of their ids.
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

/// One published snapshot, open for reading: what a query pins from its start to its end.  Safe to use from any number
/// of threads.
package final class Generation: Sendable {
    package let manifest: Manifest
    /// Everything that filters and counts need.
    package let facets: FacetFile
    let folder: String
    let connections: ConnectionPool
    let terms = StoredTermReader()
    /// What scores words; nil in a generation that was built before there was such a file.
    let words: WordFile?
    /// See ``embargoes()``; nil until they were asked for.
    let knownEmbargoes = Mutex<[Embargo]?>(nil)

    /// Opens a generation and checks what is cheap to check: the schema, the sizes of all files, the structure and the
    /// checksum of the facet file, the header of the file of words.  ``verify()`` proves the rest.
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
        for required in [Manifest.File.records, Manifest.File.facets] where manifest.files[required] == nil {
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
        let wordsPath = "\(folder)/\(Manifest.File.words)"
        words =
            manifest.files[Manifest.File.words] == nil
            ? nil : try WordFile(path: wordsPath, records: manifest.records)
        connections = try ConnectionPool(path: "\(folder)/\(Manifest.File.records)")
        self.folder = folder
        self.manifest = manifest
    }

    /// The file of records, for a build that takes rows over.
    var recordsPath: String { "\(folder)/\(Manifest.File.records)" }

    /// Where the vectors are; nil when the generation has none.
    package var vectorsPath: String? { path(of: Manifest.File.vectors) }
    /// Where the lists over the vectors are; nil when there are none.
    package var listsPath: String? { path(of: Manifest.File.lists) }
    /// Where the projection of latent semantic analysis is, from which the vectors come and with which questions get theirs;
    /// nil when a sentence model made them, or there are none.
    package var projectionPath: String? { path(of: Manifest.File.projection) }

    private func path(of file: String) -> String? { manifest.files[file] == nil ? nil : "\(folder)/\(file)" }

    /// The row of a record, or of the record it is joined to; nil when the generation does not hold it.
    package func row(of id: RecordID) throws(StoreError) -> Int? {
        try connections.read { connection throws(StoreError) in
            let statement = try connection.prepare(
                "SELECT row FROM record WHERE id = ?1 UNION SELECT row FROM place WHERE id = ?1")
            try statement.bind(0, id.description)
            defer { statement.reset() }
            return try statement.step() ? statement.int(0) : nil
        }
    }

    /// The rows of all records with this native id, of whatever source and type.
    package func rows(ofNative native: String) throws(StoreError) -> [Int] {
        try connections.read { connection throws(StoreError) in
            let statement = try connection.prepare(
                "SELECT row FROM record WHERE native = ?1 UNION SELECT row FROM place WHERE native = ?1 ORDER BY row")
            try statement.bind(0, native)
            var rows: [Int] = []
            while try statement.step() { rows.append(statement.int(0)) }
            return rows
        }
    }

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

    /// The records of rows with their tags, in the order asked.  Each is unpacked and read: only for the page shown.
    package func records(rows: [Int]) throws(StoreError) -> [StoredRecord] {
        try connections.read { connection throws(StoreError) in
            let statement = try connection.prepare("SELECT plain(json), tags, also_at FROM record WHERE row = ?1")
            var records: [StoredRecord] = []
            for row in rows {
                statement.reset()
                try statement.bind(0, row)
                guard try statement.step() else {
                    throw StoreError(.corrupt, "row \(row) is not in \(Manifest.File.records)")
                }
                let stored = try Generation.read(statement, row: row) { (number) throws(StoreError) in
                    try terms.term(number, in: connection)
                }
                records.append(
                    StoredRecord(
                        row: row, record: stored.record, tags: stored.tags,
                        alsoAt: try Generation.read(statement.text(2), row: row, StoredJSON.alsoAt)))
            }
            statement.reset()
            return records
        }
    }

    /// What names a record.
    package struct Heading: Sendable, Hashable {
        package let row: Int
        package let title: String
        /// As the record has it.
        package let doi: String?
    }

    /// Titles and DOIs of rows, in the order asked, without decoding the records.
    package func headings(rows: [Int]) throws(StoreError) -> [Heading] {
        try connections.read { connection throws(StoreError) in
            let statement = try connection.prepare(
                """
                WITH found (text) AS (SELECT plain(json) FROM record WHERE row = ?1)
                SELECT text ->> '$.title', text ->> '$.doi' FROM found
                """)
            defer { statement.reset() }
            var headings: [Heading] = []
            for row in rows {
                statement.reset()
                try statement.bind(0, row)
                guard try statement.step() else {
                    throw StoreError(.corrupt, "row \(row) is not in \(Manifest.File.records)")
                }
                let doi = statement.text(1)
                headings.append(Heading(row: row, title: statement.text(0), doi: doi.isEmpty ? nil : doi))
            }
            return headings
        }
    }

    /// One record as it was harvested, not decoded.
    package struct Harvested: Sendable {
        package let id: String
        /// Nil when this version knows no such source.
        package let source: Source?
        package let json: String

        /// Whether the encoded record holds a text, letter by letter.
        package func mentions(_ text: String) -> Bool { json.holds(bytesOf: text) }

        package func record() throws(StoreError) -> Record { try Generation.read(json, row: -1, StoredJSON.record) }
    }

    /// Calls the body with every record as its source gave it, those joined to another included; one is in memory at a
    /// time.
    package func forEachHarvested(_ body: (Harvested) throws -> Void) throws {
        let connection = try Connection(path: "\(folder)/\(Manifest.File.records)", mode: .immutable)
        let statement = try connection.prepare(
            """
            SELECT id, source, plain(json) FROM record WHERE id NOT IN (SELECT id FROM place)
            UNION ALL SELECT id, source, plain(json) FROM place
            """)
        while try statement.step() {
            try body(
                Harvested(
                    id: statement.text(0), source: Source(rawValue: statement.text(1)), json: statement.text(2)))
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

    /// Reads the record of a row and its tags from a statement whose first columns are `plain(json)` and `tags`.
    static func read(
        _ statement: Statement, row: Int, term: (Int) throws(StoreError) -> StoredTerm
    ) throws(StoreError) -> (record: Record, tags: [Tag]) {
        let json = statement.text(0)
        let record = try read(json, row: row, StoredJSON.record)
        let bytes = try PackedBytes.plain(statement.bytes(1), like: json)
        return (record, try StoredTags.decoded(bytes, of: record, term: term))
    }

    /// Reads what a row holds; row -1 where it is not known.
    private static func read<Value>(
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
