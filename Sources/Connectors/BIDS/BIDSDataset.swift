import JSON
import Records

/// One BIDS dataset on disk.  File names, sidecars and tables are read, never an image or recording.
struct BIDSDataset {
    let folder: String
    let source: Source
    let run: Harvest

    /// The dataset folders at or directly below a path.
    static func folders(below path: String) throws -> [String] {
        if FileKind(at: path + "/dataset_description.json") != nil { return [path] }
        let found = try Files.names(in: path).map { path + "/" + $0 }
            .filter { FileKind(at: $0 + "/dataset_description.json") != nil }
        guard !found.isEmpty else {
            throw ConnectorError(.unusableLocation, "no dataset_description.json in '\(path)' nor directly below it")
        }
        return found
    }

    private var name: String {
        let trimmed = folder.hasSuffix("/") ? folder.dropLast() : folder[...]
        return String(trimmed[(trimmed.lastIndex(of: "/").map { trimmed.index(after: $0) } ?? trimmed.startIndex)...])
    }

    /// Hands on the dataset, then its participants.
    func emit(into sink: (Record) throws -> Void) throws {
        guard let description = try json("dataset_description.json"), description.object != nil else {
            return run.reject(name, field: "dataset_description.json", "cannot be read")
        }
        let files = try Inventory(of: folder, run: run)
        let participants = try Participants(folder: folder, name: name, run: run)
        var record = Record(
            id: RecordID(source, .dataset, name),
            title: description["Name"]?.text.map { PlainText.line($0) } ?? name, access: .open)
        record.description = try readme()
        describe(description, in: &record)
        describe(files, in: &record)
        try addSidecars(files, to: &record)
        let subjects = participants.rows.isEmpty ? files.subjects.sorted() : participants.rows.map(\.id)
        if !subjects.isEmpty {
            record.quantities.append(Quantity(.subjects, Double(subjects.count), provenance: "participants"))
        }
        if files.sessions > 0 {
            record.quantities.append(Quantity(.sessions, Double(files.sessions), provenance: "session folders"))
        }
        record.statements += participants.statements(hasSubjects: !subjects.isEmpty)
        record.quantities += participants.ages.map { Quantity(.ageDays, $0, provenance: "participants.tsv, age") }
        try run.emit(record, into: sink)
        for row in participants.rows { try run.emit(subject(row, of: record, participants), into: sink) }
    }

    private func subject(_ row: Participants.Row, of dataset: Record, _ participants: Participants) -> Record {
        var record = Record(
            id: RecordID(source, .subject, "\(name)/\(row.id)"), title: "\(row.id) of \(dataset.title)", access: .open)
        record.statements = participants.statements(of: row)
        record.quantities = row.age.map { [Quantity(.ageDays, $0, provenance: "participants.tsv, age")] } ?? []
        record.links = [Link(.partOf, dataset.id.description, label: dataset.title)]
        return record
    }

    // MARK: dataset_description.json

    private func describe(_ description: JSONValue, in record: inout Record) {
        record.statements.append(BIDSVocabulary.format)
        record.doi = description["DatasetDOI"]?.text.flatMap(CURIE.doi)
        record.url =
            source == .openneuro
            ? "https://openneuro.org/datasets/\(name)" : record.doi.map { "https://doi.org/\($0)" }
        record.citation = description["HowToAcknowledge"]?.text
        if let license = description["License"]?.text.map({ PlainText.line($0, limit: 200) }) {
            record.statements.append(Statement(.license, license, provenance: "dataset_description, License"))
        }
        for author in texts(description["Authors"]) {
            let author = PlainText.line(author)
            guard !author.isEmpty else { continue }
            record.contributors.append(author)
            record.statements.append(Statement(.person, author, provenance: "dataset_description, Authors"))
        }
        record.keywords = texts(description["Keywords"]).map { PlainText.line($0) }
        for text in texts(description["ReferencesAndLinks"]) {
            if let target = CURIE.doi(text) ?? WebAddress(text)?.text {
                record.links.append(Link(.describedBy, target))
            } else {
                record.passages.append(Passage("reference", text, isEvidence: false))
            }
        }
        for dataset in description["SourceDatasets"]?.array ?? [] {
            if let target = dataset["DOI"]?.text.flatMap(CURIE.doi) ?? dataset["URL"]?.text {
                record.links.append(Link(.related, target, label: "source dataset"))
            }
        }
        for field in ["Funding", "Acknowledgements"] {
            for text in texts(description[field]) {
                record.passages.append(Passage(field.lowercased(), text, isEvidence: false))
            }
        }
        if let type = description["DatasetType"]?.text, type != "raw" { record.notes.append("\(type) dataset") }
    }

    private func texts(_ value: JSONValue?) -> [String] {
        (value?.array ?? [value].compactMap(\.self)).prefix(1_000).compactMap(\.text)
    }

    // MARK: Files

    private func describe(_ files: Inventory, in record: inout Record) {
        record.statements += files.dataTypes.sorted().compactMap {
            BIDSVocabulary.statement(dataType: $0, provenance: "folder \($0)")
        }
        for task in files.tasks.sorted() {
            for facet in [Facet.task, .state] {
                record.statements.append(
                    Statement(facet, task, scheme: "bids:paradigm", provenance: "task in file names"))
            }
        }
    }

    /// What sidecars say of tasks and devices.  A few thousand are enough: they repeat themselves.
    private func addSidecars(_ files: Inventory, to record: inout Record) throws {
        var said: Set<String> = []
        for path in files.sidecars.prefix(2_000) {
            guard let sidecar = try json(path) else { continue }
            let maker = sidecar["Manufacturer"]?.text
            if let model = sidecar["ManufacturersModelName"]?.text {
                let words = PlainText.line([maker, model].compactMap(\.self).joined(separator: " "), limit: 200)
                if said.insert("device \(words)").inserted {
                    record.statements.append(
                        Statement(.device, words, scheme: "bids:device", provenance: "ManufacturersModelName"))
                }
            }
            for field in ["TaskName", "TaskDescription"] {
                guard let words = sidecar[field]?.text, said.insert(words).inserted else { continue }
                record.passages.append(Passage(field, PlainText.paragraph(words), isEvidence: field == "TaskName"))
            }
        }
    }

    private func json(_ path: String) throws -> JSONValue? {
        let file = folder + "/" + path
        guard FileKind(at: file) == .file else { return nil }
        let bytes = try Files.bytes(at: file, limit: run.limits.maximumAnswerBytes)
        do throws(JSONError) {
            return try JSONReader.value(bytes, maximumDepth: run.limits.maximumDepth)
        } catch {
            run.reject(field: path, of: name, error.description)
            return nil
        }
    }

    private func readme() throws -> String {
        for file in ["README", "README.md", "README.txt", "README.rst"] where FileKind(at: folder + "/" + file) == .file
        {
            let bytes = try Files.bytes(at: folder + "/" + file, limit: 1 << 20)
            return PlainText.paragraph(String(decoding: bytes, as: UTF8.self))
        }
        return ""
    }
}

extension BIDSDataset {
    /// What the names of a dataset's files say.
    struct Inventory {
        private(set) var dataTypes: Set<String> = []
        private(set) var tasks: Set<String> = []
        private(set) var subjects: Set<String> = []
        private(set) var sessions = 0
        /// Paths below the dataset's folder.
        private(set) var sidecars: [String] = []
        private var looked = 0

        init(of folder: String, run: Harvest) throws {
            try look(in: folder, "", depth: 0, run: run)
            if looked >= Self.limit { run.note("datasets with more than \(Self.limit) files were read in part") }
        }

        private static let limit = 200_000
        /// Folders that hold no raw data of subjects.
        private static let aside: Set<String> = ["derivatives", "sourcedata", "code", "stimuli", "phenotype"]

        private mutating func look(in folder: String, _ path: String, depth: Int, run: Harvest) throws {
            for name in try Files.names(in: folder) {
                looked += 1
                guard looked < Self.limit else { return }
                let below = path.isEmpty ? name : path + "/" + name
                if FileKind(at: folder + "/" + name) == .folder {
                    if depth == 0, Self.aside.contains(name) { continue }
                    if name.hasPrefix("sub-") { subjects.insert(name) }
                    if name.hasPrefix("ses-") { sessions += 1 }
                    if BIDSVocabulary.technique(name) != nil { dataTypes.insert(name) }
                    if depth < 5 { try look(in: folder + "/" + name, below, depth: depth + 1, run: run) }
                    continue
                }
                if let task = BIDSVocabulary.entity("task", in: name) { tasks.insert(task) }
                // Sidecars at the top speak for a data type whose files may not be here.
                if depth == 0, name.hasSuffix("_bold.json") { dataTypes.insert("func") }
                if depth == 0, let suffix = name.split(separator: "_").last, suffix.hasSuffix(".json"),
                    BIDSVocabulary.technique(String(suffix.dropLast(5))) != nil
                {
                    dataTypes.insert(String(suffix.dropLast(5)))
                }
                if name.hasSuffix(".json"), name.contains("_") { sidecars.append(below) }
            }
        }
    }

    /// `participants.tsv`.
    struct Participants {
        struct Row {
            let id: String
            let age: ClosedRange<Double>?
            let cells: [String: String]
        }
        private(set) var rows: [Row] = []
        private let hasSpecies: Bool
        /// False when there is a table that does not name its participants: then nothing is known of them.
        private let isReadable: Bool

        init(folder: String, name: String, run: Harvest) throws {
            let path = folder + "/participants.tsv"
            guard FileKind(at: path) == .file else {
                hasSpecies = false
                isReadable = true
                return
            }
            var columns: [String] = []
            var rows: [Row] = []
            var seen: Set<String> = []
            try Files.lines(of: path, limit: 1 << 20) { number, line in
                guard let line else { return run.reject("\(name) participants.tsv line \(number)", "is too long") }
                let cells = DelimitedText.cells(String(decoding: line, as: UTF8.self), separator: "\t")
                if columns.isEmpty {
                    columns = cells.map { $0.lowercased() }
                    if !columns.contains("participant_id") {
                        run.reject("\(name) participants.tsv", field: "participant_id", "no such column")
                    }
                    return
                }
                var row: [String: String] = [:]
                for (column, cell) in zip(columns, cells) where !cell.isEmpty && cell.lowercased() != "n/a" {
                    row[column] = cell
                }
                guard columns.contains("participant_id") else { return }
                guard let id = row["participant_id"] else {
                    return run.reject("\(name) participants.tsv line \(number)", field: "participant_id", "is missing")
                }
                guard seen.insert(id).inserted else { return }
                rows.append(Row(id: id, age: Self.days(row["age"]), cells: row))
            }
            self.rows = rows
            hasSpecies = columns.contains("species")
            isReadable = columns.contains("participant_id")
        }

        /// BIDS gives ages in years.  `89+` means any greater age.
        private static func days(_ age: String?) -> ClosedRange<Double>? {
            guard let age else { return nil }
            if age.hasSuffix("+"), let years = Double(age.dropLast()), years >= 0, years < 150 {
                return (years * 365.25)...(120 * 365.25)
            }
            guard let years = Double(age), years >= 0, years <= 150 else { return nil }
            return (years * 365.25)...(years * 365.25)
        }

        /// Ages, each once.
        var ages: [ClosedRange<Double>] {
            Set(rows.compactMap(\.age)).sorted { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }
        }

        /// An absent species column means human ("for backwards compatibility", BIDS schema).
        private static let human = Statement(
            .species, "Homo sapiens", identifiers: ["NCBITaxon:9606"],
            provenance: "participants.tsv has no species column: human by the BIDS specification", grade: "default")

        func statements(hasSubjects: Bool) -> [Statement] {
            var found = rows.flatMap(statements(of:))
            if rows.isEmpty, hasSubjects, isReadable { found.append(Self.human) }
            return found.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
        }

        func statements(of row: Row) -> [Statement] {
            var found: [Statement] = []
            func state(_ facet: Facet, _ column: String, _ words: String?) {
                guard let words = words.map({ PlainText.line($0, limit: 200) }), !words.isEmpty else { return }
                found.append(Statement(facet, words, provenance: "participants.tsv, \(column)"))
            }
            if hasSpecies { state(.species, "species", row.cells["species"]) } else { found.append(Self.human) }
            state(.strain, "strain", row.cells["strain"])
            switch (row.cells["sex"] ?? row.cells["gender"])?.lowercased() {
            case "m", "male": state(.sex, "sex", "male")
            case "f", "female": state(.sex, "sex", "female")
            default: break
            }
            for column in ["diagnosis", "dx"] { state(.disease, column, row.cells[column]) }
            return found
        }
    }
}
