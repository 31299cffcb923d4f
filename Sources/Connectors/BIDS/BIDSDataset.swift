import JSON
import Records

/// One BIDS dataset on disk.  File names, sidecars and tables are read, never an image or recording.
struct BIDSDataset {
    let folder: String
    let source: Source
    let run: Harvest

    /// What links to the study that a dataset is part of; nil for one that stands alone.
    var study: Record?

    /// The folder's name, with that of its study before it.
    private var name: String {
        let own = Files.name(of: folder)
        return study.map { "\($0.id.native)/\(own)" } ?? own
    }

    /// Hands on the dataset, then its participants.
    func emit(into sink: (Record) throws -> Void) throws {
        guard let description = try json("dataset_description.json"), description.object != nil else {
            return run.reject(name, field: "dataset_description.json", "cannot be read")
        }
        let files = try Inventory(of: folder, run: run)
        let participants = try BIDSParticipants(
            folder: folder, name: name, description: try json("participants.json"), run: run)
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
        record.passages += participants.genotypes.map { Passage("genotype", $0) }
        if let study { record.links.append(Link(.partOf, study.id.description, label: study.title)) }
        try addDerivatives(to: &record)
        try run.emit(record, into: sink)
        for row in participants.rows { try run.emit(subject(row, of: record, participants), into: sink) }
        guard description["DatasetType"]?.text?.lowercased() == "study" else { return }
        for part in try Self.parts(of: folder) {
            try BIDSDataset(folder: part, source: source, run: run, study: record).emit(into: sink)
        }
    }

    private func subject(_ row: BIDSParticipants.Row, of dataset: Record, _ participants: BIDSParticipants) -> Record {
        var record = Record(
            id: RecordID(source, .subject, "\(name)/\(row.id)"), title: "\(row.id) of \(dataset.title)", access: .open)
        record.statements = participants.statements(of: row)
        record.quantities = row.ages.map { Quantity(.ageDays, $0, provenance: "participants.tsv, age") }
        record.passages = participants.passages(of: row)
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
        for pipeline in (description["GeneratedBy"] ?? description["PipelineDescription"]).map({ $0.array ?? [$0] })
            ?? []
        {
            let words = ["Name", "Version", "Description"].compactMap { pipeline[$0]?.text }
            guard !words.isEmpty else { continue }
            record.passages.append(
                Passage("generated by", PlainText.paragraph(words.joined(separator: " ")), isEvidence: false))
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
            record.statements += BIDSVocabulary.statements(task: task, provenance: "task in file names")
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

    /// What was computed from the dataset and stands below it: searched, no dataset of its own.
    private func addDerivatives(to record: inout Record) throws {
        let derivatives = folder + "/derivatives"
        guard FileKind(at: derivatives) == .folder else { return }
        for pipeline in try Files.names(in: derivatives) {
            guard let description = try json("derivatives/\(pipeline)/dataset_description.json") else { continue }
            let words = [pipeline, description["Name"]?.text].compactMap(\.self).joined(separator: ": ")
            record.passages.append(Passage("derivatives", PlainText.line(words), isEvidence: false))
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
