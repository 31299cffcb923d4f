import JSON
import Records

/// Statements and passages of one part, before the part has its index in a record.
struct PartDraft {
    var part: Part
    var statements: [Statement] = []
    var quantities: [Quantity] = []
    var passages: [Passage] = []

    /// Adds a statement of the part.
    mutating func state(
        _ facet: Facet, _ value: String, identifiers: [String] = [], scheme: String? = nil, provenance: String
    ) {
        statements.append(Statement(facet, value, identifiers: identifiers, scheme: scheme, provenance: provenance))
    }

    /// Adds a passage of the part, when there is a text.
    mutating func say(_ field: String, _ text: String?, isEvidence: Bool) {
        if let text { passages.append(Passage(field, PlainText.paragraph(text), isEvidence: isEvidence)) }
    }
}

extension Record {
    /// Adds a part with all that is said of it.
    mutating func add(_ draft: PartDraft) {
        let index = parts.count
        parts.append(draft.part)
        statements += draft.statements.map { statement in
            var statement = statement
            statement.part = index
            return statement
        }
        quantities += draft.quantities.map { quantity in
            var quantity = quantity
            quantity.part = index
            return quantity
        }
        passages += draft.passages.map { passage in
            var passage = passage
            passage.part = index
            return passage
        }
    }
}

extension BrainSTEMRecords {
    /// A statement of one of BrainSTEM's controlled types.
    func stateType(_ facet: Facet, _ type: String, provenance: String, in draft: inout PartDraft) {
        draft.state(facet, type, identifiers: ["brainstem:\(type)"], scheme: "brainstem", provenance: provenance)
    }

    /// What a procedure says: its type, where in the brain, through what.
    ///
    /// - Parameter notes: takes what is missing because it is private.
    func describe(_ procedure: BrainSTEMRow, in draft: inout PartDraft, notes: inout [String]) {
        let type = procedure.text("type") ?? "procedure"
        let provenance = "procedure \(type)"
        if procedure.text("type") != nil { stateType(.procedure, type, provenance: provenance, in: &draft) }
        describeRegion(of: procedure, provenance: provenance, in: &draft)
        describeStock(of: procedure, provenance: provenance, in: &draft, notes: &notes)
        describeDetails(procedure["details"], provenance: provenance, in: &draft)
        describeEquipment(of: procedure, provenance: provenance, in: &draft, notes: &notes)
        draft.say("\(provenance), notes", text(procedure, "notes"), isEvidence: true)
    }

    private func describeRegion(of procedure: BrainSTEMRow, provenance: String, in draft: inout PartDraft) {
        guard let value = procedure["brain_region"] else { return }
        if let region = catalog.row("brainregion", procedure.id("brain_region")) {
            guard let name = text(region, "name") ?? region.text("acronym") else { return }
            let atlas = region.text("atlas")
            let acronym = region.text("acronym")
            var identifiers: [String] = []
            if let atlas, let acronym { identifiers = ["\(atlas):\(acronym)"] }
            draft.state(
                .region, name, identifiers: identifiers, scheme: atlas, provenance: "\(provenance), brain_region")
            draft.part.label += " in \(acronym ?? name)"
        } else if let words = value.text, !Self.isUUID(words) {
            // Older portals wrote the region's name instead of an id.
            draft.state(.region, words, provenance: "\(provenance), brain_region")
        } else if value.string == nil, value.object == nil {
            run.reject(field: "brain_region", of: "procedure \(procedure.id)", "is \(value.kind)")
        }
    }

    /// Stock → consumable: the probe, the virus, the drug.
    private func describeStock(
        of procedure: BrainSTEMRow, provenance: String, in draft: inout PartDraft, notes: inout [String]
    ) {
        guard let stockID = procedure.id("consumablestock") else { return }
        guard let stock = catalog.row("consumablestock", stockID) else {
            return notes.append("stock of \(provenance) not public")
        }
        let path = "\(provenance), consumablestock"
        guard let consumable = catalog.row("consumable", stock.id("consumable")) else {
            if let type = stock.text("type") { stateMaterial(type, provenance: path, in: &draft) }
            return
        }
        let item = "\(path), consumable"
        let type = consumable.text("type") ?? stock.text("type") ?? ""
        stateMaterial(type, provenance: item, in: &draft)
        let details = consumable["details"]
        guard let name = text(consumable, "name").map({ PlainText.line($0) }) else { return }
        draft.part.label += ", \(name)"
        let rrid = [consumable.text("rrid")].compactMap(\.self)
        let outside = (consumable["external_identifiers"]?.array ?? []).compactMap { item -> String? in
            guard let source = item["source"]?.text, let id = item["identifier"]?.identifier else { return nil }
            return "\(source.lowercased()):\(id)"
        }
        switch type {
        case "VirusConstruct", "VirusSolution":
            // The gene acts, the name only advertises: "control for DREADD" is no DREADD.
            let gene = details?["gene"]?.text
            draft.state(
                .agent, gene ?? name, identifiers: rrid + outside, scheme: "brainstem:virus",
                provenance: gene == nil ? "\(item), name" : "\(item), gene")
            for field in ["virus_type", "capsid", "promoter", "reporter", "other_element"] {
                draft.say("\(item), \(field)", details?[field]?.text, isEvidence: false)
            }
        case "PharmacologicalAgent", "TracerDye", "ChemicalReagent", "PhysiologicalSolution", "ImmunoReagent":
            draft.state(
                .agent, details?["activeIngredient"]?.text ?? name, identifiers: rrid, scheme: "brainstem:agent",
                provenance: item)
        default:
            draft.state(.device, name, identifiers: rrid, scheme: "brainstem:device", provenance: item)
            if let product = (details?["product_id"] ?? details?["productId"])?.words {
                draft.say("\(item), product id", product, isEvidence: false)
            }
        }
        draft.say("\(item), name", name, isEvidence: false)
        draft.say("\(item), description", text(consumable, "description"), isEvidence: false)
        draft.say(
            "\(item), supplier", catalog.row("supplier", consumable.id("supplier"))?.text("name"), isEvidence: false)
    }

    /// The type of a stock or consumable, where it is a kind of device.
    private func stateMaterial(_ type: String, provenance: String, in draft: inout PartDraft) {
        switch type {
        case "SiliconProbe", "SiliconProbeDesign", "OpticFiber", "OpticFiberDesign", "SingleWireElectrode",
            "OpticalComponent", "ConsumableDevice":
            stateType(.device, type, provenance: "\(provenance), type", in: &draft)
        default: break
        }
    }

    /// Names of detail fields whose value is something given to the animal.
    private static let agentFields: Set<String> = [
        "liquidAgent", "anestheticAgent", "sedationAgent", "inhalationAgent", "agent", "drug", "drugName",
        "compound", "compoundName", "substance", "odor", "odorant", "activeIngredient", "gene",
    ]
    /// Names of files say nothing about the data, and may say where a lab keeps them.
    private static let unreadDetails: Set<String> = ["fileName", "path", "probeId", "fiberId", "batchId"]

    /// Details of a module: what was given, and the settings as words.  Manipulations have a list of them.
    func describeDetails(_ details: JSONValue?, provenance: String, in draft: inout PartDraft) {
        guard let details else { return }
        let blocks = details.array ?? [details]
        if blocks.contains(where: { $0.object == nil }) {
            run.note("details of \(provenance) that are no object were left out")
        }
        for (key, value) in blocks.flatMap({ ($0.object ?? [:]).sorted { $0.key < $1.key } }) {
            if Self.agentFields.contains(key), let agent = value.text {
                draft.state(
                    .agent, PlainText.line(agent), scheme: "brainstem:agent", provenance: "\(provenance), \(key)")
            } else if !Self.unreadDetails.contains(key), let words = Self.words(value) {
                draft.say("\(provenance), \(PlainText.line(key, limit: 80))", words, isEvidence: false)
            }
        }
    }

    /// A setting as words: a number with its unit, a text, a list of texts.
    private static func words(_ value: JSONValue) -> String? {
        if let list = value.array {
            let words = list.prefix(50).compactMap(\.words)
            return words.isEmpty ? nil : words.joined(separator: ", ")
        }
        if value.object != nil, let quantity = value.quantity {
            let number = JSONValue.number(quantity.value).words ?? ""
            return quantity.unit.map { "\(number) \($0)" } ?? number
        }
        return value.words
    }

    /// Names of cameras, amplifiers, lasers.  They are searched, and not stated as devices of the part: an
    /// amplifier does not say which probe was used, and "not recorded" must stay so.
    func describeEquipment(
        of module: BrainSTEMRow, provenance: String, in draft: inout PartDraft, notes: inout [String]
    ) {
        let (rows, hidden) = related(module, "equipment", "equipment")
        if hidden > 0 { notes.append("equipment of \(provenance) not public") }
        for row in rows {
            let name = catalog.row("hardwaredevice", row.id("hardwaredevice"))?.text("name")
            draft.say("\(provenance), equipment", name ?? text(row, "name"), isEvidence: false)
        }
    }

    /// Whether a text has the shape of a UUID, so that an id that leads nowhere is not taken for a name.
    static func isUUID(_ text: String) -> Bool {
        text.utf8.count == 36
            && text.utf8.enumerated().allSatisfy { index, byte in
                [8, 13, 18, 23].contains(index)
                    ? byte == UInt8(ascii: "-")
                    : (48...57).contains(byte) || (97...102).contains(byte | 32)
            }
    }
}
