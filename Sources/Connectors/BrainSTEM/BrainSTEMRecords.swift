import JSON
import Records

/// Flattens a catalog into records.
///
/// Split by what is flattened: `+Sessions`, `+Subjects`, `+Groups` (projects, cohorts, collections), `+Setups`
/// (setups, assays, paradigms), `+Parts` (what procedures, stocks and regions say).
struct BrainSTEMRecords {
    let catalog: BrainSTEMCatalog
    /// The portal's address, nil for a dump.  Pages of records are only named where it is known.
    let base: WebAddress?
    let run: Harvest

    /// Emits all records: subjects and sessions first, since groups inherit from their members.
    func emit(into sink: (Record) throws -> Void) throws {
        var summaries: [String: [Statement]] = [:]
        for (index, row) in catalog.all("subject").enumerated() {
            guard let record = subject(row) else { continue }
            summaries["subject " + row.id] = Self.summary(of: record)
            try run.emit(record, into: sink)
            run.advance("subjects", index + 1, of: catalog.count("subject"))
        }
        for (index, row) in catalog.all("session").enumerated() {
            guard let record = session(row) else { continue }
            summaries["session " + row.id] = Self.summary(of: record)
            try run.emit(record, into: sink)
            run.advance("sessions", index + 1, of: catalog.count("session"))
        }
        for row in catalog.all("cohort") { try emit(cohort(row, summaries), sink) }
        for row in catalog.all("collection") { try emit(collection(row, summaries), sink) }
        for row in catalog.all("project") { try emit(project(row, summaries), sink) }
        for row in catalog.all("setup") { try emit(setup(row), sink) }
        for row in catalog.all("behavioralassay") { try emit(assay(row), sink) }
        for row in catalog.all("behavioralparadigm") { try emit(paradigm(row), sink) }
    }

    private func emit(_ record: Record?, _ sink: (Record) throws -> Void) throws {
        if let record { try run.emit(record, into: sink) }
    }

    // MARK: What every record has

    /// A record with title, description, page and tags; nil, and reported, when it has no name.
    func record(_ row: BrainSTEMRow, _ type: RecordType, app: String) -> Record? {
        guard let name = text(row, "name") else {
            run.reject("\(row.model) \(row.id)", field: "name", "is missing: nothing to show the record by")
            return nil
        }
        var record = Record(
            id: RecordID(.brainstem, type, row.id), title: PlainText.line(name),
            description: text(row, "description").map(PlainText.paragraph) ?? "", access: .open)
        record.url = base.map { $0.appending("/api/public/\(app)/\(row.model)/\(row.id)/").text }
        record.keywords = texts(row, "tags")
        // When a row was entered is neither recording nor publication.
        if let day = day(row, "updated_at") {
            record.quantities.append(Quantity(.modified, Double(day), provenance: "updated_at"))
        }
        if let extra = row["extra_fields"] {
            for (key, value) in (extra.object ?? [:]).sorted(by: { $0.key < $1.key }) {
                guard let words = value.words else { continue }
                let clean = EmailAddresses.removed(from: words)
                if !clean.isEmpty {
                    record.passages.append(
                        Passage("extra field \(PlainText.line(key, limit: 80))", clean, isEvidence: false))
                }
            }
        }
        return record
    }

    // MARK: Fields that may hold anything

    /// Text of a field; another kind of value is reported.
    func text(_ row: BrainSTEMRow, _ field: String) -> String? {
        guard let value = row[field] else { return nil }
        if value.string == nil { reject(row, field, value) }
        return value.text
    }

    /// Texts of a list; other members are reported and left out.
    func texts(_ row: BrainSTEMRow, _ field: String) -> [String] {
        guard let value = row[field] else { return [] }
        guard let items = value.array else {
            reject(row, field, value)
            return []
        }
        if items.contains(where: { $0.string == nil }) {
            run.reject(field: field, of: "\(row.model) \(row.id)", "holds something that is no text")
        }
        return items.compactMap { $0.text.map { PlainText.line($0) } }.filter { !$0.isEmpty }
    }

    /// The day a field names.
    func day(_ row: BrainSTEMRow, _ field: String) -> Int? {
        guard let value = row[field] else { return nil }
        guard let text = value.string, let day = CalendarDay.number(iso: text) else {
            run.reject(field: field, of: "\(row.model) \(row.id)", "is no date (\(value.kind))")
            return nil
        }
        return day
    }

    private func reject(_ row: BrainSTEMRow, _ field: String, _ value: JSONValue) {
        run.reject(field: field, of: "\(row.model) \(row.id)", "is \(value.kind)")
    }

    /// The rows a relation points at that are public, and how many are not.
    func related(_ row: BrainSTEMRow, _ field: String, _ model: String) -> (rows: [BrainSTEMRow], hidden: Int) {
        let ids = row.ids(field)
        let rows = ids.compactMap { catalog.row(model, $0) }
        return (rows, ids.count - rows.count)
    }

    // MARK: What members say of a group

    /// What a record contributes to the groups it is in.
    static func summary(of record: Record) -> [Statement] {
        record.statements.filter { $0.facet.descriptor.traits.contains(.holdsOfGroups) }
    }

    /// The statements of the members, each once, without their parts.
    static func gathered(_ summaries: [[Statement]], provenance: String) -> [Statement] {
        var seen: Set<[String]> = []
        var gathered: [Statement] = []
        for statement in summaries.joined() {
            let key = [statement.facet.rawValue, statement.scheme ?? "", statement.value] + statement.identifiers
            guard seen.insert(key).inserted else { continue }
            var statement = statement
            statement.part = nil
            statement.provenance = "\(provenance): \(statement.provenance)"
            gathered.append(statement)
        }
        return gathered
    }
}
