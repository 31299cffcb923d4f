import JSON
import Records

extension BrainSTEMRecords {
    /// An experimental setup, with its equipment.
    func setup(_ row: BrainSTEMRow) -> Record? {
        guard var record = record(row, .setup, app: "personal_attributes") else { return nil }
        var draft = PartDraft(part: Part(role: .behavior, type: "setup", label: "setup"))
        describeState(of: row, provenance: "setup", in: &draft)
        record.statements = draft.statements
        record.passages += draft.passages
        for specification in row["specifications"]?.array ?? [] {
            let words = ["name", "value", "description"].compactMap { specification[$0]?.words }
            guard !words.isEmpty else { continue }
            record.passages.append(
                Passage("specification", PlainText.line(words.joined(separator: " ")), isEvidence: false))
        }
        for equipment in catalog.rows("equipment", where: "setup", is: row.id) {
            let hardware = catalog.row("hardwaredevice", equipment.id("hardwaredevice"))
            if let name = hardware?.text("name") ?? equipment.text("name") {
                record.statements.append(
                    Statement(.device, PlainText.line(name), scheme: "brainstem:device", provenance: "equipment"))
            }
        }
        return record
    }

    /// A behavioural assay: a lab's way of running a paradigm.
    func assay(_ row: BrainSTEMRow) -> Record? {
        guard var record = record(row, .protocol, app: "personal_attributes") else { return nil }
        var draft = PartDraft(part: Part(role: .behavior, type: "assay", label: "assay"))
        describeTask(of: row, provenance: "assay", in: &draft)
        record.statements = draft.statements
        record.passages += draft.passages
        if let paradigm = catalog.row("behavioralparadigm", row.id("behavioral_paradigm")) {
            record.links.append(
                Link(.partOf, "brainstem:protocol:\(paradigm.id)", label: paradigm.text("name")))
        }
        return record
    }

    /// A behavioural paradigm of BrainSTEM's taxonomy.
    func paradigm(_ row: BrainSTEMRow) -> Record? {
        guard var record = record(row, .protocol, app: "taxonomies") else { return nil }
        var draft = PartDraft(part: Part(role: .behavior, type: "paradigm", label: "paradigm"))
        describe(paradigm: row, provenance: "paradigm", in: &draft)
        record.statements = draft.statements
        record.passages += draft.passages
        for species in related(row, "species", "species").rows {
            record.statements.append(Self.statement(ofSpecies: species, provenance: "paradigm, species"))
        }
        if let target = row.text("original_publication").flatMap(CURIE.doi) ?? row.text("reference_url") {
            record.links.append(Link(.describedBy, target))
        }
        return record
    }

    /// Words for the categories of BrainSTEM's setup types, the only structured field about the animal's state.
    private static let categories: [String: String] = [
        "I": "In Vitro", "E": "Ex Vivo", "A": "Anesthetized In Vivo", "H": "Head-Fixed Awake",
        "V": "Voluntarily Stationary Awake", "F": "Freely Moving Awake",
    ]

    /// The state that the type of a setup implies.  The setup's and type's names are searched but prove nothing: an
    /// animal in a "sleep box" may be awake.
    func describeState(of setup: BrainSTEMRow, provenance: String, in draft: inout PartDraft) {
        guard let type = catalog.row("setuptype", setup.id("setup_type")) else { return }
        if let category = type.text("category"), let words = Self.categories[category] {
            draft.state(
                .state, words, identifiers: ["brainstem:setup-category:\(category)"],
                scheme: "brainstem:setup-category",
                provenance: "\(provenance) type, category")
        }
        draft.say("\(provenance) type", type.text("name"), isEvidence: false)
    }

    /// The task of an assay: its own name, and its paradigm's.
    func describeTask(of assay: BrainSTEMRow, provenance: String, in draft: inout PartDraft) {
        if let name = text(assay, "name").map({ PlainText.line($0) }) {
            for facet in [Facet.task, .state] {
                draft.state(facet, name, scheme: "brainstem:assay", provenance: "\(provenance) name")
            }
        }
        if let paradigm = catalog.row("behavioralparadigm", assay.id("behavioral_paradigm")) {
            describe(paradigm: paradigm, provenance: "\(provenance), paradigm", in: &draft)
        }
    }

    private func describe(paradigm: BrainSTEMRow, provenance: String, in draft: inout PartDraft) {
        if let name = text(paradigm, "name").map({ PlainText.line($0) }) {
            let identifiers = [paradigm.text("rrid").flatMap(CURIE.normalised)].compactMap(\.self)
            draft.state(
                .task, name, identifiers: identifiers, scheme: "brainstem:paradigm", provenance: provenance)
            draft.state(.state, name, scheme: "brainstem:paradigm", provenance: provenance)
        }
        // "Sleep & rest" is a category of paradigms, not a state of the animal.
        var category = catalog.row("behavioralcategory", paradigm.id("category"))
        var met: Set<String> = []
        while let row = category, met.insert(row.id).inserted {
            draft.say("\(provenance), category", row.text("name"), isEvidence: false)
            category = catalog.row("behavioralcategory", row.id("parent"))
        }
    }
}
