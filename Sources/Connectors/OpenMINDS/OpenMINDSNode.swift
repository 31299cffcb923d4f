import JSON

/// One openMINDS instance, whatever its name space and version: property names without their prefix, types without
/// their path.
struct OpenMINDSNode: Sendable, Hashable {
    /// IRI, blank-node name with its document's before it, or empty for an embedded value.
    let id: String
    /// `DatasetVersion`, `Subject`; empty when not said.
    let type: String
    /// By name without prefix; schema.org's as `schema:…`.
    let properties: [String: JSONValue]

    /// Nil when the value is no object.
    init?(_ value: JSONValue) {
        guard case .object(let members) = value else { return nil }
        id = members["@id"]?.string ?? members["id"]?.string ?? ""
        let types = members["@type"] ?? members["type"]
        let kinds = (types?.array ?? [types].compactMap(\.self)).compactMap { $0.string.map(Self.lastSegment) }
        type = kinds.first ?? ""
        var properties: [String: JSONValue] = [:]
        for (key, value) in members where !key.hasPrefix("@") && key != "id" && value != .null {
            let name = key.contains("://") ? Self.lastSegment(key) : key
            // schema.org's identifier lists the names of the instance; openMINDS' own is a DOI's text.
            properties[key.contains("schema.org") ? "schema:\(name)" : name] = value
        }
        self.properties = properties
    }

    /// A node for a name that is not described anywhere: an instance of the openMINDS library says by its IRI what
    /// it is, `…/instances/species/musMusculus`.
    init?(libraryIRI iri: String) {
        guard let start = iri.firstRange(of: "/instances/")?.upperBound, iri.contains("openminds.") else { return nil }
        let parts = iri[start...].split(separator: "/")
        guard parts.count == 2 else { return nil }
        id = iri
        type = parts[0].prefix(1).uppercased() + parts[0].dropFirst()
        properties = ["name": .string(Self.words(of: String(parts[1])))]
    }

    /// A property, nil when it is missing or null.
    subscript(name: String) -> JSONValue? { properties[name].flatMap { $0 == .null ? nil : $0 } }

    /// All names the instance goes by.
    var names: [String] {
        [id] + (self["schema:identifier"]?.array ?? []).compactMap(\.string)
    }

    /// What people call it.
    var label: String? {
        for field in ["name", "fullName", "lookupLabel", "label", "shortName", "value", "identifier"] {
            if let text = self[field]?.text { return text }
        }
        return nil
    }

    /// Identifiers of the instance in ontologies, best first, and in the openMINDS library.
    var ontologyIdentifiers: [String] {
        var found: [String] = []
        let fields = [
            "preferredOntologyIdentifier", "ontologyIdentifier", "otherOntologyIdentifier", "interlexIdentifier",
            "preferredCrossReference",
        ]
        for value in fields.compactMap({ self[$0] }) {
            found += (value.array ?? [value]).compactMap { $0.text.flatMap(CURIE.normalised) }
        }
        for name in names {
            if let start = name.firstRange(of: "/instances/")?.upperBound, name.contains("openminds.") {
                found.append("openminds:\(name[start...])")
            }
        }
        return found.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    /// What follows the last slash or hash: the short name of a type or property, the number of an instance.
    static func lastSegment(_ iri: String) -> String {
        String(iri[(iri.lastIndex { $0 == "/" || $0 == "#" }.map { iri.index(after: $0) } ?? iri.startIndex)...])
    }

    /// `pyramidalLayerOfCA1` → `pyramidal layer of CA1`; names with hyphens or digits in front stay: `CC-BY-4.0`.
    static func words(of name: String) -> String {
        guard !name.contains("-") else { return name }
        var out = ""
        let characters = Array(name)
        for (index, character) in characters.enumerated() {
            let isStart =
                character.isUppercase && index > 0 && !characters[index - 1].isUppercase
            if isStart { out += " " }
            let isAcronym = index + 1 < characters.count && !characters[index + 1].isLowercase
            out += isStart && !isAcronym ? character.lowercased() : String(character)
        }
        return out
    }
}
