internal import FoundationEssentials
package import Records

/// Builds the next generation aside, in `generations/<name>.tmp`, and publishes it by one rename and one pointer.
///
/// Whatever happens before the pointer is replaced leaves the live generation as it was; what an interrupted build
/// left behind is removed by the next one.
package final class GenerationWriter {
    /// Generations that are kept, the new one included.
    package static let kept = 3

    /// Name of the generation under construction.
    package let name: String
    /// Records on their way in; see ``StagingFile``.
    package let staging: StagingFile
    /// Number of records appended so far: the row of the next one.
    package private(set) var count = 0

    private let index: IndexFolder
    private let lock: IndexLock
    private let folder: String
    private let created: Timestamp
    private let connection: Connection
    private let encoder = JSONEncoder()
    private var facets: FacetFileBuilder

    /// - Parameters:
    ///   - lock: held by the caller for the whole run.
    ///   - ancestors: the terms above a term, see ``FacetFileBuilder``.
    package init(index: IndexFolder, lock: IndexLock, created: Timestamp, ancestors: @escaping (String) -> [TermName])
        throws(StoreError)
    {
        for name in Disk.names(in: index.generationsPath) where name.hasSuffix(".tmp") {
            try Disk.remove("\(index.generationsPath)/\(name)")
        }
        let last = index.generationNames().last?.prefix(6)
        let digits = String((last.flatMap { Int($0) } ?? 0) + 1)
        let mark = String(UInt16.random(in: 0x1000...0xffff), radix: 16)
        name = String(repeating: "0", count: max(0, 6 - digits.count)) + digits + "-" + created.compact + "-" + mark
        folder = "\(index.generationsPath)/\(name).tmp"
        try Disk.makeFolder(folder)
        staging = try StagingFile(path: "\(folder)/staging.sqlite")
        connection = try Connection(path: "\(folder)/\(Manifest.File.records)", mode: .build)
        for statement in Schema.tables { try connection.execute(statement) }
        try connection.execute("BEGIN")
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        facets = FacetFileBuilder(ancestors: ancestors)
        self.index = index
        self.lock = lock
        self.created = created
    }

    /// Where the vectors of the generation are to be written, one per record in row order.
    package var vectorsPath: String { "\(folder)/\(Manifest.File.vectors)" }
    /// Where lists over the vectors are to be written, when there are enough of them.
    package var listsPath: String { "\(folder)/\(Manifest.File.lists)" }

    /// Adds the next record.
    ///
    /// - Parameters:
    ///   - json: the record as ``staging`` keeps it.
    ///   - names: searched beside the text: people, labs, keywords, labels and acronyms of its terms.
    ///   - vectorKey: digest of the model and the text that its vector stands for.
    ///   - alsoAt: where else the data are listed.
    ///   - places: for a record joined of several, all of them as harvested, itself included.
    package func append(
        _ record: Record, json: String, tags: [Tag], names: String, vectorKey: String, alsoAt: [AlsoAt] = [],
        places: [(id: RecordID, json: String)] = []
    ) throws(StoreError) {
        let told = record.passages.map(\.text).joined(separator: "\n")
        let statement = try connection.prepare(
            """
            INSERT INTO record (row, id, source, native, json, tags, known_as, told, vector_key, also_at)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
            """)
        try statement.bind(0, count).bind(1, record.id.description).bind(2, record.id.source.rawValue)
        try statement.bind(3, record.id.native).bind(4, json).bind(5, try encoded(tags, of: record.id))
        try statement.bind(6, names).bind(7, told).bind(8, vectorKey).bind(9, try encoded(alsoAt, of: record.id))
        try statement.run()
        for place in places {
            let statement = try connection.prepare("INSERT INTO place VALUES (?1, ?2, ?3, ?4, ?5)")
            try statement.bind(0, place.id.description).bind(1, place.id.source.rawValue)
            try statement.bind(2, place.id.native).bind(3, count).bind(4, place.json)
            try statement.run()
        }
        facets.append(record, tags: tags)
        count += 1
    }

    private func encoded(_ value: some Encodable, of id: RecordID) throws(StoreError) -> String {
        do {
            return String(decoding: try encoder.encode(value), as: UTF8.self)
        } catch {
            throw StoreError(.io, "what belongs to \(id) cannot be encoded: \(error)")
        }
    }

    /// Completes the files, proves them, makes the generation the live one and removes the oldest kept.
    ///
    /// - Parameters:
    ///   - model: identity of the model and length of its vectors; nil when none were written.
    package func publish(
        sources: [Manifest.SourceState], vocabulary: String, model: (identity: String, dimensions: Int)?
    ) throws(StoreError) -> Generation {
        try connection.execute("INSERT INTO search (search) VALUES ('rebuild')")
        try connection.execute("COMMIT")
        try connection.execute("INSERT INTO search (search) VALUES ('optimize')")
        try connection.execute("INSERT INTO search (search, rank) VALUES ('integrity-check', 1)")
        try facets.write(to: "\(folder)/\(Manifest.File.facets)")
        try staging.discard()
        var files: [String: Manifest.FileState] = [:]
        var names = [Manifest.File.records, Manifest.File.facets]
        if model != nil { names.append(Manifest.File.vectors) }
        if model != nil, Disk.exists(listsPath) { names.append(Manifest.File.lists) }
        for file in names {
            try Disk.synchronize("\(folder)/\(file)")
            files[file] = try Digest.file("\(folder)/\(file)")
        }
        let manifest = Manifest(
            generation: name, schema: Schema.fingerprint, created: created.iso, records: count,
            parts: facets.partCount, model: model?.identity, dimensions: model?.dimensions ?? 0,
            vocabulary: vocabulary, sources: sources.sorted { $0.source.rawValue < $1.source.rawValue }, files: files)
        try Disk.write(try manifest.encoded(), to: "\(folder)/\(Manifest.File.manifest)")
        try Disk.synchronize(folder)
        try Disk.rename(folder, to: "\(index.generationsPath)/\(name)")
        try Disk.synchronize(index.generationsPath)
        try index.activate(name, lock: lock)
        for old in index.generationNames().dropLast(GenerationWriter.kept) {
            try Disk.remove("\(index.generationsPath)/\(old)")
        }
        return try index.generation(named: name)
    }

    /// Gives up: the live generation stays, what was built is removed.
    package func abandon() throws(StoreError) {
        try Disk.remove(folder)
    }
}
