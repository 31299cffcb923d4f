import JSON
import Records

/// A dataset of OpenNeuro's GraphQL interface as a record.
struct OpenNeuroDataset {
    private let node: JSONValue
    private let run: Harvest

    /// - Parameter node: a `Dataset` with its `metadata` and `latestSnapshot`.
    init(_ node: JSONValue, run: Harvest) {
        self.node = node
        self.run = run
    }

    private var snapshot: JSONValue? { node["latestSnapshot"] }
    private var summary: JSONValue? { snapshot?["summary"] }
    private var metadata: JSONValue? { node["metadata"] }
    private var description: JSONValue? { snapshot?["description"] }

    /// Nil, and reported, without an accession number.
    func record() -> Record? {
        guard let id = node["id"]?.text, id.utf8.count < 40, !id.contains(where: { $0.isWhitespace || $0 == "/" })
        else {
            run.reject("dataset in a list", field: "id", "is missing or unreadable")
            return nil
        }
        let name = description?["Name"]?.text ?? metadata?["datasetName"]?.text
        var record = Record(
            id: RecordID(.openneuro, .dataset, id), title: name.map { PlainText.line($0) } ?? id,
            description: snapshot?["readme"]?.text.map(PlainText.paragraph) ?? "",
            url: "https://openneuro.org/datasets/\(id)", doi: description?["DatasetDOI"]?.text.flatMap(CURIE.doi),
            citation: description?["HowToAcknowledge"]?.text, access: .open)
        record.statements.append(BIDSVocabulary.format)
        addNumbers(id, to: &record)
        addPeople(to: &record)
        addMatter(to: &record)
        addPassages(to: &record)
        addLinks(to: &record)
        if let tag = snapshot?["tag"]?.text { record.passages.append(Passage("version", tag, isEvidence: false)) }
        if let deprecated = snapshot?["deprecated"] {
            let reason = deprecated["reason"]?.text.map { ": \(PlainText.line($0))" } ?? ""
            record.notes.append("this version is deprecated\(reason)")
        }
        if let type = description?["DatasetType"]?.text, type != "raw" { record.notes.append("\(type) dataset") }
        return record
    }

    private static func texts(_ value: JSONValue?) -> [String] {
        (value?.array ?? [value].compactMap(\.self)).prefix(5_000).compactMap(\.text).map { PlainText.line($0) }
    }

    // MARK: Numbers and people

    private func addNumbers(_ id: String, to record: inout Record) {
        for (field, value, name) in [
            (RangeField.published, node["publishDate"], "publishDate"),
            (.modified, snapshot?["created"], "latestSnapshot, created"),
        ] {
            guard let value else { continue }
            if let day = value.string.flatMap({ CalendarDay.number(iso: $0) }) {
                record.quantities.append(Quantity(field, Double(day), provenance: name))
            } else {
                run.reject(field: name, of: id, "is no date")
            }
        }
        let subjects = Set(Self.texts(summary?["subjects"])).count
        if subjects > 0 { record.quantities.append(Quantity(.subjects, Double(subjects), provenance: "summary")) }
        // A BigInt travels as a number or as text.
        let size = [snapshot?["size"], summary?["size"]].lazy.compactMap { $0?.words.flatMap(Double.init) }.first
        if let size, size > 0, size < 1e18 {
            record.quantities.append(Quantity(.sizeBytes, size, provenance: "size"))
        }
        let participants = (summary?["subjectMetadata"]?.array ?? []).compactMap { $0["age"]?.number }
        let ages = participants.isEmpty ? (metadata?["ages"]?.array ?? []).compactMap(\.number) : participants
        for age in Set(ages).sorted() where age >= 0 && age <= 150 {
            record.quantities.append(Quantity(.ageDays, age * 365.25, provenance: "participants, age"))
        }
    }

    private func addPeople(to record: inout Record) {
        var people = (snapshot?["contributors"]?.array ?? []).compactMap { person in
            person["name"]?.text.map { (name: $0, orcid: person["orcid"]?.text) }
        }
        if people.isEmpty { people = Self.texts(description?["Authors"]).map { ($0, nil) } }
        if people.isEmpty { people = Self.texts(metadata?["seniorAuthor"]).map { ($0, nil) } }
        for (name, orcid) in people {
            let name = PlainText.line(name)
            guard !name.isEmpty, !record.contributors.contains(name) else { continue }
            record.contributors.append(name)
            record.statements.append(
                Statement(.person, name, identifiers: orcid.map { ["orcid:\($0)"] } ?? [], provenance: "contributors"))
        }
    }

    // MARK: What it is about

    private func addMatter(to record: inout Record) {
        let modalities =
            Self.texts(summary?["secondaryModalities"]) + Self.texts(summary?["modalities"])
            + (summary == nil ? Self.texts(metadata?["modalities"]) : [])
        for modality in modalities {
            guard let statement = OpenNeuroTable.statement(modality: modality) else { continue }
            if !record.statements.contains(statement) { record.statements.append(statement) }
        }
        var said: Set<String> = []
        for task in Self.texts(summary?["tasks"]) + Self.texts(metadata?["tasksCompleted"]) {
            // The template of BIDS leaves this word where nobody wrote one.
            guard !task.hasPrefix("TODO"), said.insert(task.lowercased()).inserted else { continue }
            record.statements += BIDSVocabulary.statements(task: task, provenance: "tasks")
        }
        let species = metadata?["species"]?.text
        for name in (species ?? "").split(separator: ",").map({ PlainText.line(String($0), limit: 200) }) {
            if !name.isEmpty { record.statements.append(Statement(.species, name, provenance: "metadata, species")) }
        }
        if species == nil, summary?["subjects"]?.array?.isEmpty == false {
            record.statements.append(
                BIDSVocabulary.human(provenance: "metadata names no species: human by the BIDS specification"))
        }
        if let license = description?["License"]?.text.map({ PlainText.line($0, limit: 200) }) {
            record.statements.append(Statement(.license, license, provenance: "dataset_description, License"))
        }
        for participant in summary?["subjectMetadata"]?.array ?? [] {
            guard let statement = Self.sex(participant) else { continue }
            if !record.statements.contains(statement) { record.statements.append(statement) }
        }
    }

    private func addPassages(to record: inout Record) {
        for (field, name) in [
            ("dxStatus", "diagnosis"), ("studyDesign", "study design"), ("studyDomain", "domain studied"),
        ] {
            if let words = metadata?[field]?.text { record.passages.append(Passage(name, PlainText.paragraph(words))) }
        }
        for (field, value) in [
            ("funding", description?["Funding"]), ("acknowledgements", description?["Acknowledgements"]),
            ("funder", metadata?["grantFunderName"]), ("longitudinal", metadata?["studyLongitudinal"]),
        ] {
            for words in Self.texts(value) { record.passages.append(Passage(field, words, isEvidence: false)) }
        }
        let groups = (summary?["subjectMetadata"]?.array ?? []).compactMap { $0["group"]?.text }
        for group in Set(groups.map { PlainText.line($0, limit: 200) }).sorted().prefix(50) {
            record.passages.append(Passage("group", group, isEvidence: false))
        }
    }

    private func addLinks(to record: inout Record) {
        for text in Self.texts(description?["ReferencesAndLinks"]) {
            if let target = CURIE.doi(text) ?? WebAddress(text)?.text {
                record.links.append(Link(.describedBy, target))
            } else {
                record.passages.append(Passage("reference", text, isEvidence: false))
            }
        }
        for (field, relation) in [("associatedPaperDOI", Link.Relation.describedBy), ("openneuroPaperDOI", .related)] {
            for text in (metadata?[field]?.text ?? "").split(whereSeparator: { ",; ".contains($0) }) {
                guard let target = CURIE.doi(String(text)), !record.links.contains(where: { $0.target == target })
                else { continue }
                record.links.append(Link(relation, target))
            }
        }
        for related in snapshot?["related"]?.array ?? [] {
            guard let id = related["id"]?.text, let target = CURIE.doi(id) ?? WebAddress(id)?.text else { continue }
            let relation = related["relation"]?.text ?? "related"
            let isArticle = related["kind"]?.text == "Article"
            record.links.append(
                Link(
                    isArticle ? .describedBy : relation == "sameAs" ? .sameAs : .related, target,
                    label: isArticle ? nil : relation))
        }
    }

    // MARK: Participants

    /// A record for each participant of whom something is said.
    func subjects(of dataset: Record) -> [Record] {
        (summary?["subjectMetadata"]?.array ?? []).compactMap { participant in
            guard let name = participant["participantId"]?.text.map({ PlainText.line($0, limit: 100) }) else {
                return nil
            }
            let id = name.hasPrefix("sub-") ? name : "sub-\(name)"
            var record = Record(
                id: RecordID(.openneuro, .subject, "\(dataset.id.native)/\(id)"), title: "\(id) of \(dataset.title)",
                url: dataset.url, access: .open)
            if let age = participant["age"]?.number, age >= 0, age <= 150 {
                record.quantities.append(Quantity(.ageDays, age * 365.25, provenance: "participants, age"))
            }
            record.statements = dataset.statements.filter { $0.facet == .species }
            if let sex = Self.sex(participant) { record.statements.append(sex) }
            let isKnown = !record.quantities.isEmpty || Self.sex(participant) != nil || participant["group"] != nil
            guard isKnown else { return nil }
            if let group = participant["group"]?.text {
                record.passages.append(Passage("group", PlainText.line(group), isEvidence: false))
            }
            record.links = [Link(.partOf, dataset.id.description, label: dataset.title)]
            return record
        }
    }

    private static func sex(_ participant: JSONValue) -> Statement? {
        let word = (participant["sex"]?.text ?? "").lowercased().filter(\.isLetter)
        return BIDSVocabulary.sex(word, provenance: "participants, sex")
    }
}
