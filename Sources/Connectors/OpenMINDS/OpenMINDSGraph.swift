import JSON

/// Instances by all their names.
final class OpenMINDSGraph {
    private var nodes: [String: OpenMINDSNode] = [:]
    /// Ids in the order of the source, by type.
    private var order: [String: [String]] = [:]
    private var missing: Set<String> = []
    /// Dataset of a version, found through the dataset's `hasVersion`.
    private var parents: [String: String] = [:]

    /// How ``add(_:document:)`` judged an instance.
    enum Verdict { case new, known, duplicate, missingID, noObject }

    /// Takes an instance in; of two with one id the first stays.
    ///
    /// - Parameter document: name of the document, which keeps blank nodes of two documents apart.
    func add(_ value: JSONValue, document: String) -> Verdict {
        guard let node = OpenMINDSNode(Self.qualified(value, document)) else { return .noObject }
        guard !node.id.isEmpty else { return .missingID }
        if let old = nodes[node.id] { return old == node ? .known : .duplicate }
        for name in node.names where nodes[name] == nil { nodes[name] = node }
        order[node.type, default: []].append(node.id)
        for version in references(node["hasVersion"]) where parents[version] == nil {
            parents[version] = node.id
        }
        return .new
    }

    /// All instances of a type in the order of the source.
    func all(_ type: String) -> [OpenMINDSNode] { (order[type] ?? []).compactMap { nodes[$0] } }

    /// The dataset a version belongs to, as stated by either of them.
    func parent(of version: OpenMINDSNode) throws -> OpenMINDSNode? {
        if let stated = try resolve(version["isVersionOf"] ?? version["dataset"]).first { return stated }
        return try parents[version.id].flatMap { try node($0) }
    }

    /// The instances a property points at, embedded or by reference; texts become nodes with a name and no id.
    func resolve(_ value: JSONValue?) throws -> [OpenMINDSNode] {
        guard let value else { return [] }
        var found: [OpenMINDSNode] = []
        for item in (value.array ?? [value]).prefix(20_000) {
            if let text = item.text {
                found.append(contentsOf: [OpenMINDSNode(.object(["name": .string(text)]))].compactMap(\.self))
            } else if let node = OpenMINDSNode(item) {
                // An object with nothing but its name is a reference.
                if node.properties.isEmpty {
                    if let target = try self.node(node.id) { found.append(target) }
                } else {
                    found.append(node)
                }
            }
        }
        return found
    }

    private func node(_ name: String) throws -> OpenMINDSNode? {
        if let known = nodes[name] { return known }
        guard !name.isEmpty, !missing.contains(name) else { return nil }
        let twin = name.replacing("https://openminds.ebrains.eu/", with: "https://openminds.om-i.org/")
        if let known = nodes[twin] { return known }
        guard let described = OpenMINDSNode(libraryIRI: name) else {
            missing.insert(name)
            return nil
        }
        nodes[name] = described
        return described
    }

    private func references(_ value: JSONValue?) -> [String] {
        guard let value else { return [] }
        return (value.array ?? [value]).compactMap { OpenMINDSNode($0)?.id }
    }

    /// The value with its document's name before every blank node, so that `_:1` of two files are two nodes.
    private static func qualified(_ value: JSONValue, _ document: String) -> JSONValue {
        switch value {
        case .array(let items): return .array(items.map { qualified($0, document) })
        case .object(var members):
            for (key, member) in members {
                if key == "@id", let name = member.string, name.hasPrefix("_:") {
                    members[key] = .string(document + name)
                } else {
                    members[key] = qualified(member, document)
                }
            }
            return .object(members)
        default: return value
        }
    }
}
