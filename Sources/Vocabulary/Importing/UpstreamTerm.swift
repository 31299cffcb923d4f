import FoundationEssentials

/// A term as an upstream file has it.
package struct UpstreamTerm: Sendable, Hashable {
    /// Ids under which a table may know the term, as id or cross-reference; the first is the upstream's own.
    package var keys: [String]
    package var label: String
    package var synonyms: [String] = []
    package var acronyms: [String] = []
    /// Nil where the file says nothing about parents.
    package var parents: [String]?
    package var isObsolete = false
}

/// The terms of an upstream file in one of the formats that tables are made from.
package struct UpstreamFile: Sendable {
    package enum Format: String, Sendable {
        /// One openMINDS instance a line, JSON-LD.
        case openMINDS = "openMINDS instances"
        /// `allen_structure_tree.csv` of the Allen Institute and iblatlas.
        case allen = "Allen structure tree"
        /// OBO Graphs JSON.
        case oboGraphs = "OBO graphs"
        /// OBO 1.4 text.
        case obo = "OBO"
        /// Index of the probeinterface library.
        case probeinterface = "probeinterface index"
    }
    package let format: Format
    package let terms: [UpstreamTerm]

    /// Reads a file; the format is recognised by its content.  `scheme` is the short name of the table, the prefix of
    /// ids that are bare numbers upstream.  Throws `.malformed` for anything else.
    package init(bytes: [UInt8], scheme: String) throws(VocabularyError) {
        let text = String(decoding: bytes, as: UTF8.self)
        let start = text.drop { $0 == "\n" || $0 == " " || $0 == "\r\n" || $0 == "\u{feff}" }
        if start.hasPrefix("format-version:") || start.contains("\n[Term]\n") {
            (format, terms) = (.obo, Self.obo(text))
        } else if start.hasPrefix("["), let probes = try? JSONDecoder().decode([Probe].self, from: Data(bytes)) {
            (format, terms) = (.probeinterface, probes.map(\.term))
        } else if start.hasPrefix("{"), let graphs = try? JSONDecoder().decode(Graphs.self, from: Data(bytes)) {
            (format, terms) = (.oboGraphs, graphs.terms)
        } else if start.hasPrefix("{") {
            (format, terms) = (.openMINDS, try Self.openMINDS(text))
        } else if start.hasPrefix("id,"), let terms = Self.allen(text, scheme: scheme) {
            (format, self.terms) = (.allen, terms)
        } else {
            throw VocabularyError(
                kind: .malformed,
                detail: "not an openMINDS, Allen structure tree, OBO, OBO graphs or probeinterface file")
        }
        if terms.isEmpty {
            throw VocabularyError(kind: .malformed, detail: "the \(format.rawValue) file holds no term")
        }
    }

    // MARK: openMINDS

    private struct Instance: Decodable {
        let id: String
        let name: String?
        let synonym: [String]?
        let preferredOntologyIdentifier: String?

        enum CodingKeys: String, CodingKey {
            case id = "@id"
            case name, synonym, preferredOntologyIdentifier
        }
    }

    private static func openMINDS(_ text: String) throws(VocabularyError) -> [UpstreamTerm] {
        var terms: [UpstreamTerm] = []
        for (number, line) in Array(text.utf8).split(separator: 0x0A).enumerated() {
            guard let instance = try? JSONDecoder().decode(Instance.self, from: Data(line)),
                let last = instance.id.split(separator: "/").last, let name = instance.name, !name.isEmpty
            else {
                throw VocabularyError(
                    kind: .malformed, detail: "line \(number + 1) is no openMINDS instance with a name")
            }
            let curie = instance.preferredOntologyIdentifier.flatMap(curie)
            terms.append(
                UpstreamTerm(
                    keys: [String(last)] + (curie.map { [$0] } ?? []), label: name, synonyms: instance.synonym ?? []))
        }
        return terms
    }

    /// `http://purl.obolibrary.org/obo/UBERON_0001897` as `UBERON:0001897`; nil for what is neither.
    static func curie(_ id: String) -> String? {
        let last = id.split(whereSeparator: { $0 == "/" || $0 == "#" }).last.map(String.init) ?? id
        if id.hasPrefix("http"), let mark = last.lastIndex(of: "_") {
            return last[..<mark] + ":" + last[last.index(after: mark)...]
        }
        return id.contains("://") ? nil : id
    }

    // MARK: probeinterface

    private struct Probe: Decodable {
        struct Annotations: Decodable {
            let manufacturer: String
            let model_name: String
        }
        let annotations: Annotations

        var term: UpstreamTerm {
            UpstreamTerm(
                keys: ["probeinterface:\(annotations.model_name)"], label: annotations.model_name,
                parents: ["manufacturer:\(annotations.manufacturer)"])
        }
    }

    // MARK: Allen

    private static func allen(_ text: String, scheme: String) -> [UpstreamTerm]? {
        var lines = text.split(whereSeparator: \.isNewline).map(fields)
        guard !lines.isEmpty else { return nil }
        let header = lines.removeFirst()
        guard let id = header.firstIndex(of: "id"), let name = header.firstIndex(of: "name"),
            let acronym = header.firstIndex(of: "acronym"), let parent = header.firstIndex(of: "parent_structure_id")
        else { return nil }
        return lines.filter { $0.count > max(id, name, acronym, parent) && $0[id] != "0" }
            .map { line in
                let above = line[parent].split(separator: ".").first.map { ["\(scheme):\($0)"] } ?? []
                return UpstreamTerm(
                    keys: ["\(scheme):\(line[id])"], label: line[name], acronyms: [line[acronym]], parents: above)
            }
    }

    /// Fields of a CSV line with quotes.
    private static func fields(of line: Substring) -> [String] {
        var fields = [""]
        var isQuoted = false
        for character in line {
            switch character {
            case "\"": isQuoted.toggle()
            case "," where !isQuoted: fields.append("")
            default: fields[fields.count - 1].append(character)
            }
        }
        return fields
    }
}
