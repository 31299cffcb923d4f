import JSON
import Records

/// OpenNeuro's table of metadata, one dataset a row, as its staff publish it.
struct OpenNeuroTable {
    let text: String
    let separator: Character
    let run: Harvest

    /// Hands on a record a row; throws when the table is another one.
    func emit(into sink: (Record) throws -> Void) throws {
        var columns: [String] = []
        for (number, line) in DelimitedText.rows(text).enumerated() {
            let cells = DelimitedText.cells(line, separator: separator)
            if columns.isEmpty {
                columns = cells
                guard columns.contains("accession_number") else {
                    throw ConnectorError(.unreadable, "the table has no column 'accession_number'")
                }
                continue
            }
            var row: [String: String] = [:]
            for (column, cell) in zip(columns, cells) where !cell.isEmpty && cell.lowercased() != "n/a" {
                row[column] = cell
            }
            guard let id = row["accession_number"], id.utf8.count < 40, !id.contains(where: \.isWhitespace) else {
                run.reject("row \(number + 1)", field: "accession_number", "is missing or unreadable")
                continue
            }
            try run.emit(record(id, row), into: sink)
            run.advance("datasets", number, of: nil)
        }
    }

    private func record(_ id: String, _ row: [String: String]) -> Record {
        var record = Record(
            id: RecordID(.openneuro, .dataset, id), title: row["dataset_name"].map { PlainText.line($0) } ?? id,
            access: .open)
        record.url = "https://openneuro.org/datasets/\(id)"
        record.statements.append(BIDSVocabulary.format)
        for (column, field) in [("made_public", RangeField.published), ("most_recent_snapshot", .modified)] {
            guard let text = row[column] else { continue }
            if let day = Self.day(text) {
                record.quantities.append(Quantity(field, Double(day), provenance: column))
            } else {
                run.reject(field: column, of: id, "is no date")
            }
        }
        if let count = row["num_subjects"].flatMap(Double.init), count >= 0 {
            record.quantities.append(Quantity(.subjects, count, provenance: "num_subjects"))
        }
        if let size = row["size_gb"].flatMap(Double.init), size >= 0, size < 1e9 {
            record.quantities.append(Quantity(.sizeBytes, (size * 1e9).rounded(), provenance: "size_gb"))
        }
        addAges(row["ages"], to: &record)
        record.statements += list(row["modalities"], ",").compactMap(Self.statement)
        for task in list(row["tasks"], ",") {
            record.statements += BIDSVocabulary.statements(task: task, provenance: "tasks")
        }
        for species in list(row["species"], ",") {
            record.statements.append(Statement(.species, species, provenance: "species"))
        }
        for (column, field) in [
            ("dx_status", "diagnosis"), ("study_design", "study design"), ("domain_studied", "domain studied"),
        ] {
            if let words = row[column] { record.passages.append(Passage(field, PlainText.paragraph(words))) }
        }
        if let author = row["senior_author"].map({ PlainText.line($0) }) {
            record.contributors = [author]
            record.statements.append(Statement(.person, author, provenance: "senior_author"))
        }
        for column in ["doi_of_papers_from_source_data_lab", "doi_of_paper_published_using_openneuro_dataset"] {
            for text in list(row[column], ",") + list(row[column], ";") {
                if let target = CURIE.doi(text), !record.links.contains(where: { $0.target == target }) {
                    record.links.append(Link(column.hasPrefix("doi_of_papers") ? .describedBy : .related, target))
                }
            }
        }
        return record
    }

    private func list(_ cell: String?, _ separator: Character) -> [String] {
        (cell ?? "").split(separator: separator).map { PlainText.line(String($0), limit: 200) }.filter { !$0.isEmpty }
    }

    /// A modality as a technique; nil for what is none.
    static func statement(modality: String) -> Statement? {
        technique(modality).map {
            Statement(
                .technique, $0, identifiers: ["openneuro:\(modality.lowercased())"], scheme: "openneuro:modality",
                provenance: "modalities")
        }
    }

    /// The table's `mri_functional` and the like as words; `mri` alone says no more than its neighbours.
    private static func technique(_ modality: String) -> String? {
        switch modality.lowercased() {
        case "mri_functional": BIDSVocabulary.technique("func")
        case "mri_structural": BIDSVocabulary.technique("anat")
        case "mri_diffusion": BIDSVocabulary.technique("dwi")
        case "mri_perfusion": BIDSVocabulary.technique("perf")
        case "mri": "magnetic resonance imaging"
        case "behavioral", "n/a", "": nil
        case let other: BIDSVocabulary.technique(other) ?? other
        }
    }

    /// `2016-10-12`, or `10/12/2016` with the month first.
    private static func day(_ text: String) -> Int? {
        let fields = text.split(separator: "/").compactMap { Int($0) }
        if fields.count == 3 { return CalendarDay.number(year: fields[2], month: fields[0], day: fields[1]) }
        return CalendarDay.number(iso: text)
    }

    /// `18-25, 26-34`: bands of years.
    private func addAges(_ cell: String?, to record: inout Record) {
        for band in list(cell, ",") {
            let years = band.split(separator: "-").compactMap { Double(PlainText.trimmed(String($0))) }
            guard let low = years.first, let high = years.last, years.count <= 2, 0 <= low, low <= high, high <= 150
            else { continue }
            record.quantities.append(Quantity(.ageDays, (low * 365.25)...((high + 1) * 365.25 - 1), provenance: "ages"))
        }
    }
}
