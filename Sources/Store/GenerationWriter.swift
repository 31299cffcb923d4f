package import Records

/// Builds the next generation aside, in `generations/<name>.tmp`: records are appended;
/// ``seal(sources:vocabulary:model:program:)`` completes and proves the files, and
/// ``publish(kept:)`` makes them the live generation by one rename and one pointer.
///
/// Whatever happens before the pointer is replaced leaves the live generation as it was; the next build removes the
/// remains of an interrupted one.
package final class GenerationWriter {
    /// Generations that are kept unless asked otherwise, the new one included.
    package static let kept = 3

    /// Name of the generation under construction.
    package let name: String
    /// Records on their way in; see ``StagingFile``.
    package private(set) var staging: StagingFile
    /// Number of records appended so far: the row of the next one.
    package private(set) var count = 0

    let index: IndexFolder
    let lock: IndexLock
    let folder: String
    let created: Timestamp
    let connection: Connection
    /// The generation that the difference refers to.
    let base: Generation?
    var facets: FacetFileBuilder
    var terms: StoredTermWriter
    var rows: PendingRows
    let background: Background
    /// The manifest once the files are complete.
    var sealed: Manifest?

    /// - Parameters:
    ///   - lock: held by the caller for the whole run.
    ///   - base: the generation that this one follows; nil when there is none that can be read.
    ///   - ancestors: the terms above a term, see ``FacetFileBuilder``.
    ///   - names: further names of a term, under which the records that have it are found; nil for what no vocabulary
    ///     has.
    ///   - background: where rows are packed and files are completed while the next ones are made.
    package init(
        index: IndexFolder, lock: IndexLock, created: Timestamp, base: Generation? = nil,
        ancestors: @escaping (String) -> [TermName], names: @escaping (String) -> [String]? = { _ in nil },
        background: Background = .atOnce
    ) throws(StoreError) {
        try index.removeUnfinished(lock: lock)
        let last = index.generationNames().last?.prefix(6)
        let digits = String((last.flatMap { Int($0) } ?? 0) + 1)
        let mark = String(UInt16.random(in: 0x1000...0xffff), radix: 16)
        name = String(repeating: "0", count: max(0, 6 - digits.count)) + digits + "-" + created.compact + "-" + mark
        folder = "\(index.generationsPath)/\(name).tmp"
        try Disk.makeFolder(folder)
        staging = try StagingFile(path: "\(folder)/staging.sqlite")
        connection = try Connection(path: "\(folder)/\(Manifest.File.records)", mode: .build)
        for statement in Schema.tables { try connection.execute(statement) }
        if let base { try connection.attach(base.recordsPath, as: "base") }
        try connection.execute("BEGIN")
        facets = FacetFileBuilder(ancestors: ancestors, folder: folder)
        terms = StoredTermWriter(names: names)
        rows = PendingRows(background: background)
        self.background = background
        self.index = index
        self.lock = lock
        self.created = created
        self.base = base
    }

    /// Another file for records on their way in, for a harvest that runs beside others.  One thread's only.
    package func makeHarvest(_ number: Int) throws(StoreError) -> StagingFile {
        try StagingFile(path: "\(folder)/harvest-\(number).sqlite")
    }

    /// Begins with what a harvest gave instead of no record, so that it need not be copied.  Before any record is
    /// staged.
    package func begin(with harvest: StagingFile) throws(StoreError) {
        try staging.discard()
        staging = harvest
    }

    /// Where the vectors of the generation are to be written, one per record in row order.
    package var vectorsPath: String { "\(folder)/\(Manifest.File.vectors)" }
    /// Where the inverted file over the vectors is to be written, if there are enough of them.
    package var listsPath: String { "\(folder)/\(Manifest.File.lists)" }
    /// Where the projection of latent semantic analysis is to be written, when it makes the vectors.
    package var projectionPath: String { "\(folder)/\(Manifest.File.projection)" }

    /// Gives the terms of the next record their numbers: in the order of the rows, before any of it is written.
    package func numbered(_ linked: LinkedRecord) -> NumberedRecord {
        let numbers = linked.tags.map { terms.number(of: $0) }
        return NumberedRecord(
            linked: linked, numbers: numbers, names: numbers.map { $0.map { terms.all[$0].names } ?? [] })
    }

    /// Adds the next record.
    ///
    /// - Parameter vectorKey: first 64 bits of a digest of the model and the text that its vector stands for; 0 for
    ///   none.
    package func append(_ stored: StorableRecord, vectorKey: UInt64) throws(StoreError) {
        let id = stored.record.id.description
        try rows.append(
            PendingRows.Row(
                id: id, content: stored.content, vectorKey: vectorKey, alsoAt: stored.alsoAt, places: stored.places),
            to: connection)
        let search = try connection.prepare(GenerationWriter.makesSearchable)
        try search.bind(0, count)
        for (column, text) in stored.texts.enumerated() { try search.bind(column + 1, text) }
        try search.run()
        try noteNames(of: stored)
        facets.append(stored.record, tags: stored.tags)
        try noteChange(id: id, json: stored.content.json)
        count += 1
    }

    /// Adds the next record, all on this thread.
    package func append(_ record: Record, json: String, tags: [Tag], vectorKey: UInt64) throws(StoreError) {
        try append(numbered(LinkedRecord(record, json: json, tags: tags)).stored(), vectorKey: vectorKey)
    }

    /// Adds the texts of a row to the full-text index.
    private static let makesSearchable: String = {
        let columns = Schema.textColumns.map(\.name)
        let slots = columns.indices.map { "?\($0 + 2)" }.joined(separator: ", ")
        return "INSERT INTO search (rowid, \(columns.joined(separator: ", "))) VALUES (?1, \(slots))"
    }()

    /// Stores what leads to the row beside its id.
    private func noteNames(of stored: StorableRecord) throws(StoreError) {
        for doi in stored.dois.sorted() {
            let statement = try connection.prepare("INSERT INTO doi (doi, row) VALUES (?1, ?2)")
            try statement.bind(0, doi).bind(1, count)
            try statement.run()
        }
        for key in stored.partKeys.sorted() {
            let statement = try connection.prepare("INSERT INTO part (key, row) VALUES (?1, ?2)")
            try statement.bind(0, key).bind(1, count)
            try statement.run()
        }
    }

    /// Stores whether the record is new or another one than before.
    private func noteChange(id: String, json: String) throws(StoreError) {
        guard let base else { return }
        let known = try connection.prepare("SELECT row, content FROM base.record WHERE id = ?1")
        try known.bind(0, id)
        defer { known.reset() }
        let kind: Change.Kind
        if try known.step() {
            let before = try connection.unpacker.content(known.bytes(1), row: known.int(0), with: base.dictionaries)
            if before.json == json { return }
            kind = .changed
        } else {
            kind = .added
        }
        let statement = try connection.prepare("INSERT INTO change VALUES (?1, ?2)")
        try statement.bind(0, count).bind(1, kind.rawValue)
        try statement.run()
    }

    /// Gives up: the live generation stays, what was built is removed.
    package func abandon() throws(StoreError) {
        try Disk.remove(folder)
    }
}
