extension UpstreamFile {
    /// An OBO Graphs document, as far as tables need it.
    struct Graphs: Decodable {
        struct Graph: Decodable {
            let nodes: [Node]
            let edges: [Edge]?
        }
        struct Node: Decodable {
            struct Meta: Decodable {
                struct Synonym: Decodable { let val: String }
                let synonyms: [Synonym]?
                let deprecated: Bool?
            }
            let id: String
            let lbl: String?
            let type: String?
            let meta: Meta?
        }
        struct Edge: Decodable {
            let sub: String
            let pred: String
            let obj: String
        }
        let graphs: [Graph]

        /// Is-a and part-of (`BFO:0000050`) make parents.
        var terms: [UpstreamTerm] {
            graphs.flatMap { graph -> [UpstreamTerm] in
                var parents: [String: [String]] = [:]
                for edge in graph.edges ?? [] where edge.pred == "is_a" || edge.pred.hasSuffix("BFO_0000050") {
                    if let parent = curie(edge.obj) { parents[edge.sub, default: []].append(parent) }
                }
                return graph.nodes.compactMap { node in
                    guard let key = curie(node.id), let label = node.lbl, node.type ?? "CLASS" == "CLASS" else {
                        return nil
                    }
                    return UpstreamTerm(
                        keys: [key], label: label, synonyms: node.meta?.synonyms?.map(\.val) ?? [],
                        parents: parents[node.id] ?? [], isObsolete: node.meta?.deprecated ?? false)
                }
            }
        }
    }

    /// The `[Term]` stanzas of an OBO file; trailing modifiers and comments are dropped.
    static func obo(_ text: String) -> [UpstreamTerm] {
        var terms: [UpstreamTerm] = []
        var isTerm = false
        for line in text.split(whereSeparator: \.isNewline) {
            if line.hasPrefix("[") {
                isTerm = line == "[Term]"
                if isTerm { terms.append(UpstreamTerm(keys: [], label: "", parents: [])) }
                continue
            }
            guard isTerm, let colon = line.firstIndex(of: ":"), var term = terms.popLast() else { continue }
            let value = line[line.index(after: colon)...].drop { $0 == " " }
            let first = value.split(separator: " ").first.map(String.init) ?? ""
            switch line[..<colon] {
            case "id": term.keys = [first]
            case "name": term.label = String(value)
            case "is_a": term.parents?.append(first)
            case "is_obsolete": term.isObsolete = first == "true"
            case "relationship" where first == "part_of":
                if let parent = value.split(separator: " ").dropFirst().first { term.parents?.append(String(parent)) }
            case "synonym":
                let quoted = value.split(separator: "\"", omittingEmptySubsequences: false)
                if quoted.count > 2 { term.synonyms.append(String(quoted[1])) }
            default: break
            }
            terms.append(term)
        }
        return terms.filter { !$0.keys.isEmpty && !$0.label.isEmpty }
    }
}
