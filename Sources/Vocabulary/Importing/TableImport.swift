import Text

/// What an upstream file would change in a table, and the table with the changes made.
///
/// Hand-made names, adjectives, implications and parents outside the upstream's own ids stay as they are.
package struct TableImport: Sendable {
    package enum Change: Sendable, Hashable, CustomStringConvertible {
        case added(id: String, label: String)
        /// Known to the table, no longer upstream; applied by the flag `obsolete`.
        case removed(id: String, label: String)
        /// The upstream name is none of the term's names; the old label becomes a synonym.
        case renamed(id: String, from: String, to: String)
        case reparented(id: String, from: [String], to: [String])
        /// An upstream name under which the term was known is no longer there; the cross-reference goes, the term
        /// stays.
        case unlinked(id: String, key: String)

        package var description: String {
            switch self {
            case .added(let id, let label): "+ \(id)\t\(label)"
            case .removed(let id, let label): "- \(id)\t\(label)"
            case .renamed(let id, let from, let to): "~ \(id)\t\(from) -> \(to)"
            case .reparented(let id, let from, let to):
                "^ \(id)\t\(from.joined(separator: " ")) -> \(to.joined(separator: " "))"
            case .unlinked(let id, let key): "! \(id)\t\(key)"
            }
        }
    }
    /// In the order of the table; what is new comes last.
    package private(set) var changes: [Change] = []
    /// The text of the table with all changes made; the same text when there are none.
    package private(set) var text: String

    /// Compares a table with an upstream file.  `isKnown` is true for ids and cross-references that other tables have:
    /// such terms are not added here.
    ///
    /// A name without a prefix, as openMINDS instances have, does not show which upstream it is from.  That such a name
    /// is gone can be seen only against `previous`, the file the table was made from.
    package init(
        table: String, facet: String, upstream: UpstreamFile, previous: UpstreamFile? = nil, isKnown: (String) -> Bool
    ) {
        var lines = table.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        while lines.last?.isEmpty == true { lines.removeLast() }
        let byKey = Dictionary(
            upstream.terms.flatMap { term in term.keys.map { ($0, term) } }, uniquingKeysWith: { first, _ in first })
        let gone = Set(previous?.terms.flatMap(\.keys) ?? []).subtracting(byKey.keys).filter { Self.prefix($0) == nil }
        let prefixes = Set(upstream.terms.compactMap { Self.prefix($0.keys[0]) })
        // A parent that no table has would dangle, and one that another namespace states is not the upstream's to
        // change.
        let own = Set(lines.map { $0.prefix { $0 != "\t" } }.map(String.init))
        var taken: Set<String> = []
        for index in lines.indices where !lines[index].hasPrefix("#") && !lines[index].hasPrefix("id\tlabel") {
            var row = Row(lines[index])
            let keys = [row[.id]] + row.values(.xrefs)
            taken.formUnion(keys)
            if let term = keys.compactMap({ byKey[$0] }).first, !term.isObsolete {
                changes += row.take(term, prefixes: prefixes) { own.contains($0) || isKnown($0) || byKey[$0] != nil }
            } else if keys.contains(where: { Self.prefix($0).map(prefixes.contains) ?? false }),
                !row.values(.flags).contains("obsolete"), keys.allSatisfy({ byKey[$0]?.isObsolete ?? true })
            {
                changes.append(.removed(id: row[.id], label: row[.label]))
                row.set(.flags, row.values(.flags) + ["obsolete"])
            }
            for key in row.values(.xrefs) where gone.contains(key) {
                changes.append(.unlinked(id: row[.id], key: key))
                row.set(.xrefs, row.values(.xrefs).filter { $0 != key })
            }
            lines[index] = row.line
        }
        for term in upstream.terms
        where !term.isObsolete && !term.keys.contains(where: { taken.contains($0) || isKnown($0) }) {
            let row = Row(term, facet: facet) { own.contains($0) || isKnown($0) || byKey[$0]?.isObsolete == false }
            changes.append(.added(id: row[.id], label: term.label))
            lines.append(row.line)
        }
        text = changes.isEmpty ? table : lines.joined(separator: "\n") + "\n"
    }

    /// `MBA` of `MBA:549`, nil for names without a prefix.
    static func prefix(_ key: String) -> String? { key.firstIndex(of: ":").map { String(key[..<$0]) } }

    static func folded(_ name: String) -> String {
        Tokenizer.tokens(of: Array(name.utf8)).map(\.word).joined(separator: " ")
    }
}

/// One line of a table as cells.
private struct Row {
    private var cells: [String]

    init(_ line: String) {
        cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        while cells.count < TermTable.columns.count { cells.append("") }
    }

    /// A new line for an upstream term.
    init(_ term: UpstreamTerm, facet: String, hasTerm: (String) -> Bool) {
        self.init("")
        // A public id where upstream has one, else the project's own.
        let curie = term.keys.first { key in
            TableImport.prefix(key).map { $0.allSatisfy { $0.isUppercase || $0 == "_" } || $0 == "NCBITaxon" } ?? false
        }
        let slug = TableImport.folded(term.label).split { !$0.isLetter && !$0.isNumber }.joined(separator: "-")
        let id = curie ?? "discover:\(facet).\(slug)"
        set(.id, [id])
        set(.label, [term.label])
        set(.synonyms, term.synonyms)
        set(.acronyms, term.acronyms.filter { $0 != term.label })
        set(.parents, (term.parents ?? []).filter(hasTerm))
        set(.xrefs, term.keys.filter { $0 != id })
    }

    /// The line as text, without empty cells at its end.
    var line: String {
        var cells = cells
        while cells.count > 2, cells.last?.isEmpty == true { cells.removeLast() }
        return cells.joined(separator: "\t")
    }

    subscript(column: TermTable.Column) -> String { cells[column.rawValue] }

    func values(_ column: TermTable.Column) -> [String] { self[column].split(separator: "|").map(String.init) }

    /// Sets a cell; tabs, bars and line ends of upstream texts would break the table and become spaces.
    mutating func set(_ column: TermTable.Column, _ values: [String]) {
        let clean = values.map { value in String(value.map { "\t|\n\r\r\n".contains($0) ? " " : $0 }) }
        cells[column.rawValue] = clean.filter { !$0.isEmpty }.joined(separator: "|")
    }

    /// Takes over the name and the parents of the upstream term.
    mutating func take(
        _ term: UpstreamTerm, prefixes: Set<String>, hasTerm: (String) -> Bool
    ) -> [TableImport.Change] {
        var changes: [TableImport.Change] = []
        let names = ([self[.label]] + values(.synonyms) + values(.acronyms)).map(TableImport.folded)
        if !names.contains(TableImport.folded(term.label)) {
            changes.append(.renamed(id: self[.id], from: self[.label], to: term.label))
            set(.synonyms, [self[.label]] + values(.synonyms))
            set(.label, [term.label])
        }
        guard let above = term.parents?.filter(hasTerm) else { return changes }
        let known = values(.parents)
        let theirs = known.filter { TableImport.prefix($0).map(prefixes.contains) ?? false || above.contains($0) }
        // Only a file whose parents share its ids can say that a parent is gone.
        let isWhole = above.isEmpty || above.contains { TableImport.prefix($0).map(prefixes.contains) ?? false }
        if isWhole, Set(theirs) != Set(above) {
            changes.append(.reparented(id: self[.id], from: theirs, to: above))
            set(.parents, known.filter { !theirs.contains($0) } + above)
        }
        return changes
    }
}
