package import Records

/// Builds the next generation in `generations/<name>.tmp`: records are appended, or reused from the previous
/// generation; ``seal(sources:vocabulary:model:program:)`` completes and verifies the files, and ``publish(kept:)``
/// makes them the live generation by one rename and one pointer.
///
/// Whatever happens before the pointer is replaced leaves the live generation as it was; the next build removes the
/// remains of an interrupted one.
package final class GenerationWriter {
    /// Generations that are kept unless asked otherwise, the new one included.
    package static let kept = 3

    /// Name of the generation under construction.
    package let name: String
    /// Records on their way in; see ``StagingFile``.
    package let staging: StagingFile
    /// Number of records appended so far: the row of the next one.
    package private(set) var count = 0

    let index: IndexFolder
    let lock: IndexLock
    let folder: String
    let created: Timestamp
    let connection: Connection
    /// The generation whose rows can be reused, and that the difference refers to.
    let base: Generation?
    var facets: FacetFileBuilder
    var terms: StoredTermWriter
    var rows = PendingRows()
    /// The manifest once the files are complete.
    var sealed: Manifest?

    /// - Parameters:
    ///   - lock: held by the caller for the whole run.
    ///   - base: the generation that this one follows; nil when there is none that can be read.
    ///   - ancestors: the terms above a term, see ``FacetFileBuilder``.
    ///   - names: further names of a term, under which the records that have it are found; nil for what no vocabulary
    ///   has.
    package init(
        index: IndexFolder, lock: IndexLock, created: Timestamp, base: Generation? = nil,
        ancestors: @escaping (String) -> [TermName], names: @escaping (String) -> [String]? = { _ in nil }
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
        self.index = index
        self.lock = lock
        self.created = created
        self.base = base
    }

    /// Another file for records on their way in, for a harvest that runs beside others.  One thread's only.
    package func makeHarvest(_ number: Int) throws(StoreError) -> StagingFile {
        try StagingFile(path: "\(folder)/harvest-\(number).sqlite")
    }

    /// Where the vectors of the generation are to be written, one per record in row order.
    package var vectorsPath: String { "\(folder)/\(Manifest.File.vectors)" }
    /// Where the inverted file over the vectors is to be written, if there are enough of them.
    package var listsPath: String { "\(folder)/\(Manifest.File.lists)" }
    /// Where the projection of latent semantic analysis is to be written, when it makes the vectors.
    package var projectionPath: String { "\(folder)/\(Manifest.File.projection)" }

    /// Adds the next record.
    ///
    /// - Parameters:
    ///   - json: the record as ``staging`` keeps it.
    ///   - vectorKey: first 64 bits of a digest of the model and the text that its vector encodes; 0 for none.
    ///   - alsoAt: where else the data are listed.
    ///   - places: for a record joined from several, all of them as harvested, itself included.
    package func append(
        _ record: Record, json: String, tags: [Tag], vectorKey: UInt64, alsoAt: [AlsoAt] = [],
        places: [(id: RecordID, json: String)] = []
    ) throws(StoreError) {
        let numbers = tags.map { terms.number(of: $0) }
        let content = RowContent(json: json, tags: StoredTags.encoded(tags, terms: numbers, of: record))
        try rows.append(
            PendingRows.Row(
                id: record.id.description, content: content, vectorKey: vectorKey,
                alsoAt: try StoredJSON.encoded(alsoAt, of: record.id),
                places: places.map { ($0.id.description, RowContent(json: $0.json)) }), to: connection)
        try makeSearchable(record, tags: tags, terms: numbers)
        facets.append(record, tags: tags)
        try noteChange(id: record.id.description, json: json)
        count += 1
    }

    /// Adds the next record to the full-text index.
    ///
    /// Beside its own text it is found by people, labs and keywords, and for each of its tags by the label and the
    /// further names of the term: a question's words need not be the record's.
    private func makeSearchable(_ record: Record, tags: [Tag], terms numbers: [Int?]) throws(StoreError) {
        var names = record.contributors + record.labs + record.keywords
        for (tag, number) in zip(tags, numbers) {
            names.append(tag.label)
            if let number { names += terms.all[number].names }
        }
        var seen: Set<String> = []
        names = names.filter { seen.insert($0).inserted }
        let texts = [
            "title": record.title, "names": names.joined(separator: "\n"), "description": record.description,
            "passages": record.passageText,
        ]
        let statement = try connection.prepare(GenerationWriter.makesSearchable)
        try statement.bind(0, count)
        for (place, column) in Schema.textColumns.enumerated() {
            try statement.bind(place + 1, texts[column.name] ?? "")
        }
        try statement.run()
    }

    /// Adds the texts of a row to the full-text index.
    private static let makesSearchable: String = {
        let columns = Schema.textColumns.map(\.name)
        let slots = columns.indices.map { "?\($0 + 2)" }.joined(separator: ", ")
        return "INSERT INTO search (rowid, \(columns.joined(separator: ", "))) VALUES (?1, \(slots))"
    }()

    /// Keeps the term numbers of the previous generation, so that rows can be reused.  Called before any record is
    /// added.
    package func takeOverTerms() throws(StoreError) {
        precondition(count == 0, "terms are taken over before any record is added")
        if base != nil { try terms.takeOver(in: connection) }
    }

    /// A row of the previous generation.
    package struct EarlierRow {
        package let stored: StoredRecord
        fileprivate let row: PendingRows.Row
    }

    /// The row of the previous generation that holds exactly this record, and nothing joined to it; nil if there is
    /// none.
    package func unchangedRow(id: String, json: String) throws(StoreError) -> EarlierRow? {
        guard let base else { return nil }
        let known = try connection.prepare(
            """
            SELECT row, content, vector_key, also_at FROM base.record AS old WHERE id = ?1
            AND NOT EXISTS (SELECT 1 FROM base.place WHERE place.id = old.id)
            """)
        try known.bind(0, id)
        defer { known.reset() }
        guard try known.step() else { return nil }
        let row = known.int(0)
        let content = try connection.unpacker.content(known.bytes(1), row: row, with: base.dictionaries)
        guard content.json == json else { return nil }
        let all = terms.all
        let stored = try Generation.stored(content, row: row, alsoAt: known.text(3)) { (number) throws(StoreError) in
            guard all.indices.contains(number) else { throw StoreError(.corrupt, "a tag names a term of no number") }
            return all[number]
        }
        return EarlierRow(
            stored: stored,
            row: PendingRows.Row(
                id: id, content: content, vectorKey: UInt64(bitPattern: Int64(known.int(2))), alsoAt: known.text(3),
                places: []))
    }

    /// Reuses a row of the previous generation, with its tags, as the next record; ``takeOverTerms()`` came first.
    package func reuse(_ earlier: EarlierRow) throws(StoreError) {
        guard let base else { preconditionFailure("rows are taken over from a generation that was named") }
        let stored = earlier.stored
        try rows.append(earlier.row, to: connection)
        try makeSearchable(stored.record, tags: stored.tags, terms: stored.tags.map { terms.number(of: $0) })
        facets.reuse(row: stored.row, of: base.facets)
        count += 1
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

    /// Aborts: the live generation stays, the build is removed.
    package func abandon() throws(StoreError) {
        try Disk.remove(folder)
    }
}
