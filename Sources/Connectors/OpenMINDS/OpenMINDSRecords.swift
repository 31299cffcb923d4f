import JSON
import Records

/// Flattens product versions with their specimens into records.
struct OpenMINDSRecords {
    let graph: OpenMINDSGraph
    let run: Harvest

    /// The record of a version; empty fields are inherited from its parent.
    func record(of version: OpenMINDSNode, parent: OpenMINDSNode?, type: RecordType) throws -> Record? {
        let native = OpenMINDSNode.lastSegment(version.id)
        func inherited(_ fields: String...) -> JSONValue? {
            for node in [version, parent].compactMap(\.self) {
                for field in fields {
                    guard let value = node[field], !(value.array?.isEmpty ?? false) else { continue }
                    if value.string != nil, value.text == nil { continue }
                    return value
                }
            }
            return nil
        }
        for field in ["fullName", "shortName", "description"] {
            if let value = version[field], value.string == nil {
                run.reject(field: field, of: "\(version.type) \(native)", "is \(value.kind)")
            }
        }
        let name =
            inherited("fullName")?.text ?? inherited("shortName")?.text ?? inherited("lookupLabel")?.text
        guard let name else {
            run.reject("\(version.type) \(native)", field: "fullName", "is missing: nothing to show the record by")
            return nil
        }
        var record = Record(
            id: RecordID(.ebrains, type, native), title: PlainText.line(name),
            description: inherited("description")?.text.map(PlainText.paragraph) ?? "")
        if version.id.hasPrefix("https://kg.ebrains.eu/") {
            record.url = "https://search.kg.ebrains.eu/instances/\(native)"
        }
        record.citation = inherited("howToCite")?.text
        try addIdentifiers(of: version, to: &record)
        try addAccess(of: version, to: &record)
        addDate(of: version, native, to: &record)
        try addPeople(inherited("author", "contribution"), to: &record)
        try addPeople(inherited("custodian"), to: &record)
        try addMatter(of: version, parent: parent, to: &record)
        try addSpecimens(of: version, to: &record)
        if let parent, let label = parent.label { record.passages.append(Passage("dataset", label, isEvidence: false)) }
        for field in ["versionIdentifier", "version"] {
            if let words = version[field]?.text {
                record.passages.append(Passage("version", words, isEvidence: false))
            }
        }
        return record
    }

    // MARK: Identity, access, date, people

    private func addIdentifiers(of version: OpenMINDSNode, to record: inout Record) throws {
        for node in try graph.resolve(version["digitalIdentifier"] ?? version["doi"]) {
            if record.doi == nil { record.doi = node.label.flatMap(CURIE.doi) }
        }
        for field in ["relatedPublication", "fullDocumentation", "documentation"] {
            for node in try graph.resolve(version[field]) {
                guard let target = node.label.flatMap(CURIE.doi) ?? node["IRI"]?.text ?? node["url"]?.text else {
                    continue
                }
                record.links.append(Link(.describedBy, target, label: node["name"]?.text))
            }
        }
        for node in try graph.resolve(version["repository"]) {
            if let address = node["IRI"]?.text { record.links.append(Link(.related, address, label: "repository")) }
        }
        for node in try graph.resolve(version["homepage"]) {
            if let address = node["url"]?.text ?? node["IRI"]?.text ?? node["name"]?.text {
                record.links.append(Link(.related, address, label: "homepage"))
            }
        }
        for field in ["isNewVersionOf", "isPrecededBy", "isAlternativeVersionOf", "isVariantOf"] {
            for node in try graph.resolve(version[field]) where node.id != version.id && !node.id.isEmpty {
                record.links.append(
                    Link(
                        .related, "ebrains:\(record.id.type.rawValue):\(OpenMINDSNode.lastSegment(node.id))",
                        label: OpenMINDSNode.words(of: field)))
            }
        }
    }

    /// v3 and v4: one word of ProductAccessibility.  v5: eligibility in Accessibility, embargo in publicationStatus.
    /// What is missing or unknown counts as restricted.
    private func addAccess(of version: OpenMINDSNode, to record: inout Record) throws {
        var said: [Access] = []
        for node in try graph.resolve(version["accessibility"]) {
            if let eligibility = try graph.resolve(node["eligibility"]).first {
                said.append(Self.access(eligibility.label ?? ""))
            } else {
                said.append(Self.access(node.label ?? OpenMINDSNode.lastSegment(node.id)))
            }
        }
        for status in try graph.resolve(version["publicationStatus"]) {
            switch Self.letters(status.label ?? "") {
            case "published": break
            case "embargoed": said.append(.embargoed)
            default: said.append(.restricted)
            }
        }
        // Embargo and a restriction after it are both true; the embargo is what holds today.
        record.access =
            said.isEmpty
            ? .restricted : said.contains(.embargoed) ? .embargoed : said.contains(.restricted) ? .restricted : .open
        switch record.access {
        case .open: break
        case .embargoed: record.accessNote = "Under embargo; ask its custodians on the dataset's page."
        case .restricted: record.accessNote = "Access is controlled; request it on the dataset's page at EBRAINS."
        }
    }

    private static func access(_ words: String) -> Access {
        let letters = letters(words)
        if letters.contains("embargo") { return .embargoed }
        // The library's Accessibility instances say it in their names: "directVirtualOpenAccess".
        return letters == "freeaccess" || letters.hasSuffix("openaccess") ? .open : .restricted
    }

    private static func letters(_ words: String) -> String { words.lowercased().filter(\.isLetter) }

    private func addDate(of version: OpenMINDSNode, _ native: String, to record: inout Record) {
        guard let value = version["releaseDate"] ?? version["firstReleasedAt"] else { return }
        if let day = value.string.flatMap({ CalendarDay.number(iso: $0) }) {
            record.quantities.append(Quantity(.published, Double(day), provenance: "releaseDate"))
        } else {
            run.reject(field: "releaseDate", of: "\(version.type) \(native)", "is no date")
        }
    }

    /// Names only: contact information is never read.
    private func addPeople(_ value: JSONValue?, to record: inout Record) throws {
        for node in try graph.resolve(value) {
            if node["contributor"] != nil {
                for person in try graph.resolve(node["contributor"]) { addPerson(person, to: &record) }
            } else {
                addPerson(node, to: &record)
            }
        }
    }

    private func addPerson(_ node: OpenMINDSNode, to record: inout Record) {
        if let family = node["familyName"]?.text {
            let name = PlainText.line([family, node["givenName"]?.text].compactMap(\.self).joined(separator: ", "))
            guard !record.contributors.contains(name) else { return }
            record.contributors.append(name)
            record.statements.append(Statement(.person, name, provenance: "author"))
        } else if let name = (node["fullName"] ?? node["name"])?.text.map({ PlainText.line($0) }) {
            if node.type == "Organization" || node.type == "Consortium" {
                guard !record.labs.contains(name) else { return }
                record.labs.append(name)
                record.statements.append(Statement(.lab, name, provenance: "author"))
            } else if !record.contributors.contains(name) {
                record.contributors.append(name)
                record.statements.append(Statement(.person, name, provenance: "author"))
            }
        }
    }

    // MARK: What it is about

    /// Adds a statement about a controlled term, once.
    func state(_ facet: Facet, _ node: OpenMINDSNode, provenance: String, in record: inout Record) {
        guard let label = node.label.map({ PlainText.line($0) }), !label.isEmpty else { return }
        let statement = Statement(
            facet, label, identifiers: node.ontologyIdentifiers,
            scheme: node.type.isEmpty ? nil : "openminds:\(node.type)",
            provenance: provenance)
        if !record.statements.contains(statement) { record.statements.append(statement) }
    }

    private func addMatter(of version: OpenMINDSNode, parent: OpenMINDSNode?, to record: inout Record) throws {
        for field in ["technique", "experimentalApproach"] {
            for node in try graph.resolve(version[field]) { state(.technique, node, provenance: field, in: &record) }
        }
        for field in ["preparationDesign", "preparationType"] {
            for node in try graph.resolve(version[field]) {
                // "In vivo" does not determine the state; ex vivo does.
                if ["ex vivo", "in vitro"].contains(node.label?.lowercased() ?? "") {
                    state(.state, node, provenance: field, in: &record)
                } else if let label = node.label {
                    record.passages.append(Passage("preparation", PlainText.line(label), isEvidence: false))
                }
            }
        }
        for field in ["behavioralProtocol", "protocol", "protocols"] {
            for node in try graph.resolve(version[field]) {
                let isBehavioral = field == "behavioralProtocol" || node.type == "BehavioralProtocol"
                if isBehavioral { state(.task, node, provenance: field, in: &record) }
                for text in [node.label, node["description"]?.text].compactMap(\.self) {
                    record.passages.append(Passage("protocol", PlainText.paragraph(text), isEvidence: false))
                }
            }
        }
        for node in try graph.resolve(version["studyTarget"]) { try addTarget(node, to: &record) }
        for node in try graph.resolve(version["license"] ?? version["usageCondition"]) {
            guard let name = node["shortName"]?.text ?? node.label else { continue }
            record.statements.append(Statement(.license, name, identifiers: ["spdx:\(name)"], provenance: "license"))
        }
        for node in try graph.resolve(version["keyword"]) {
            if let label = node.label { record.keywords.append(PlainText.line(label)) }
        }
        for field in ["dataType", "contentTypes"] {
            for node in try graph.resolve(version[field]) {
                if let label = node.label { record.passages.append(Passage("data type", label, isEvidence: false)) }
            }
        }
    }

    private static let structures: Set<String> = [
        "UBERONParcellation", "NervousSystemStructure", "ParcellationEntity", "ParcellationEntityVersion",
        "CustomAnatomicalEntity", "Organ", "OrganismSubstance", "SubcellularEntity",
    ]

    private func addTarget(_ node: OpenMINDSNode, to record: inout Record) throws {
        switch node.type {
        case "Organ", "OrganismSubstance", "SubcellularEntity", "": say("study target", node, in: &record)
        case let type where Self.structures.contains(type):
            state(.region, node, provenance: "studyTarget", in: &record)
            for related in try graph.resolve(node["relatedUBERONTerm"]) {
                state(.region, related, provenance: "studyTarget, related UBERON term", in: &record)
            }
        case "Disease", "DiseaseModel": state(.disease, node, provenance: "studyTarget", in: &record)
        case "CellType", "CellCultureType": state(.celltype, node, provenance: "studyTarget", in: &record)
        case "Species": state(.species, node, provenance: "studyTarget", in: &record)
        default: say("study target", node, in: &record)
        }
    }

    private func say(_ field: String, _ node: OpenMINDSNode, in record: inout Record) {
        if let label = node.label { record.passages.append(Passage(field, PlainText.line(label))) }
    }
}
