import JSON
import Records

/// `participants.tsv`, with what `participants.json` says of its columns.
struct BIDSParticipants {
    /// One participant: all rows with the same id, of which tables with a row a session have several.
    struct Row {
        let id: String
        var ages: [ClosedRange<Double>] = []
        /// What the rows say by column, in the words of the levels where the sidecar has some; each value once.
        var cells: [String: [String]] = [:]
    }
    private(set) var rows: [Row] = []
    /// Columns in lower case, in their order.
    private var columns: [String] = []
    /// False when there is a table that does not name its participants: then nothing is known of them.
    private var isReadable = true

    /// - Parameter description: the content of `participants.json`.
    init(folder: String, name: String, description: JSONValue?, run: Harvest) throws {
        let path = folder + "/participants.tsv"
        guard FileKind(at: path) == .file else { return }
        let sidecar = BIDSColumns(description)
        var ageColumn: (name: String, days: Double)?
        var places: [String: Int] = [:]
        try Files.lines(of: path, limit: 1 << 20) { number, line in
            guard let line else { return run.reject("\(name) participants.tsv line \(number)", "is too long") }
            let cells = DelimitedText.cells(String(decoding: line, as: UTF8.self), separator: "\t")
            if columns.isEmpty {
                columns = cells.map { $0.lowercased() }
                isReadable = columns.contains("participant_id")
                if !isReadable {
                    run.reject("\(name) participants.tsv", field: "participant_id", "no such column")
                }
                ageColumn = sidecar.age(among: columns)
                if let unit = sidecar.unknownUnit(of: columns) {
                    run.reject(field: "participants.json, age", of: name, "'\(unit)' is no unit of time: no ages")
                }
                return
            }
            guard isReadable else { return }
            var row: [String: String] = [:]
            for (column, cell) in zip(columns, cells) where !cell.isEmpty && cell.lowercased() != "n/a" {
                row[column] = cell
            }
            guard let id = row.removeValue(forKey: "participant_id") else {
                return run.reject("\(name) participants.tsv line \(number)", field: "participant_id", "is missing")
            }
            if places[id] == nil {
                places[id] = rows.count
                rows.append(Row(id: id))
            }
            let place = places[id, default: 0]
            if let ageColumn, let age = Self.days(row[ageColumn.name], unit: ageColumn.days),
                !rows[place].ages.contains(age)
            {
                rows[place].ages.append(age)
            }
            for (column, cell) in row {
                let words = sidecar.words(cell, of: column)
                if !rows[place].cells[column, default: []].contains(words) {
                    rows[place].cells[column, default: []].append(words)
                }
            }
        }
    }

    /// A number, `89+` or `>89` for any greater age, `20-25`; in days of the unit.
    private static func days(_ age: String?, unit: Double) -> ClosedRange<Double>? {
        guard var text = age?.filter({ $0 != " " }), !text.hasPrefix("-") else { return nil }
        let lifetime = 150 * 365.25
        let isOpen = text.hasSuffix("+") || text.hasPrefix(">")
        text = text.filter { $0 != "+" && $0 != ">" && $0 != "=" }
        let ends = text.split(separator: "-").map { Double($0).map { $0 * unit } }
        guard (1...2).contains(ends.count), let low = ends[0], let high = ends[ends.count - 1], low >= 0, low <= high,
            high <= lifetime
        else { return nil }
        return low...(isOpen ? max(high, 120 * 365.25) : high)
    }

    /// Ages, each once.
    var ages: [ClosedRange<Double>] {
        Set(rows.flatMap(\.ages)).sorted { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }
    }

    /// Genotypes, each once.
    var genotypes: [String] {
        Set(rows.flatMap { $0.cells["genotype"] ?? [] }.map { PlainText.line($0, limit: 200) }).sorted()
    }

    // MARK: What they state

    /// Where a table names species: BIDS has one column for it, tables have others.
    private var speciesColumns: [String] {
        columns.filter { $0.contains("species") || ["organism", "taxon", "animal"].contains($0) }
    }

    /// An absent species column means human.
    private static let human = BIDSVocabulary.human(
        provenance: "participants.tsv has no species column: human by the BIDS specification")

    /// What all participants state, each once.
    func statements(hasSubjects: Bool) -> [Statement] {
        var found = rows.flatMap(statements(of:))
        if rows.isEmpty, hasSubjects, isReadable { found.append(Self.human) }
        return found.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    /// What one participant states.
    func statements(of row: Row) -> [Statement] {
        var found: [Statement] = []
        func state(_ facet: Facet, _ column: String, identifiers: [String] = []) {
            for words in (row.cells[column] ?? []).map({ PlainText.line($0, limit: 200) }) where !words.isEmpty {
                found.append(
                    Statement(facet, words, identifiers: identifiers, provenance: "participants.tsv, \(column)"))
            }
        }
        if speciesColumns.isEmpty { found.append(Self.human) }
        for column in speciesColumns { state(.species, column) }
        state(.strain, "strain", identifiers: row.cells["strain_rrid"].map { $0.compactMap(CURIE.normalised) } ?? [])
        for column in ["sex", "gender"] where found.allSatisfy({ $0.facet != .sex }) {
            found += (row.cells[column] ?? []).compactMap {
                BIDSVocabulary.sex($0, provenance: "participants.tsv, \(column)")
            }
        }
        for column in ["diagnosis", "dx"] { state(.disease, column) }
        return found
    }

    /// Columns whose words are statements, or numbers.
    private static let stated: Set<String> = ["strain", "strain_rrid", "sex", "gender", "diagnosis", "dx", "age"]

    /// The other words of a participant's rows, which are searched.
    func passages(of row: Row) -> [Passage] {
        let others = columns.filter { !Self.stated.contains($0) && !speciesColumns.contains($0) }
        return others.prefix(60).flatMap { column in
            (row.cells[column] ?? []).filter { Double($0) == nil && $0.utf8.count <= 200 }.map {
                Passage(column, PlainText.line($0), isEvidence: column == "genotype")
            }
        }
    }
}
