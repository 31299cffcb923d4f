package import Records

extension Vocabulary {
    /// All terms, made on the spot.
    package var terms: [Term] { (0..<count).map { self[$0] } }

    /// The term of a number.
    package subscript(number: Int) -> Term {
        let (table, line) = place(of: number)
        func texts(_ column: TermTable.Column) -> [String] {
            table.values(line, column).map { String(decoding: $0, as: UTF8.self) }
        }
        return Term(
            id: String(decoding: table.cell(line, .id), as: UTF8.self), facet: table.facet,
            label: String(decoding: table.cell(line, .label), as: UTF8.self), synonyms: texts(.synonyms),
            acronyms: texts(.acronyms), adjectives: texts(.adjectives), parents: texts(.parents),
            xrefs: texts(.xrefs), implies: texts(.implies).compactMap(Self.implication),
            flags: Self.flags(texts(.flags)), scheme: table.scheme, species: table.species)
    }

    /// The term with an id, or with a cross-reference that no other term has as its id.
    package func term(_ id: String) -> Term? { number(of: id).map { self[$0] } }

    /// The facet of a term, without making the term.
    package func facet(of number: Int) -> Facet { place(of: number).table.facet }

    /// The id of a term, without making the rest.
    package func id(of number: Int) -> String {
        let (table, line) = place(of: number)
        return String(decoding: table.cell(line, .id), as: UTF8.self)
    }

    /// The label of a term, without making the rest.
    package func label(of number: Int) -> String {
        let (table, line) = place(of: number)
        return String(decoding: table.cell(line, .label), as: UTF8.self)
    }

    /// The short name of a table such as `region/allen-mouse`; nil when there is none.
    package func scheme(ofTable name: String) -> String? { tables.first { $0.name == name }?.scheme }

    /// Number of the term with an id or cross-reference.
    package func number(of id: String) -> Int? { ids[Self.idKey(id)] }

    static func implication(_ text: String) -> Term.Implication? {
        guard let equals = text.firstIndex(of: "="), let facet = Facet(rawValue: String(text[..<equals])) else {
            return nil
        }
        return Term.Implication(facet: facet, id: String(text[text.index(after: equals)...]))
    }

    static func flags(_ names: [String]) -> Term.Flags {
        var flags: Term.Flags = []
        for name in names {
            switch name {
            case "obsolete": flags.insert(.obsolete)
            case "silent": flags.insert(.silent)
            case "weak": flags.insert(.weak)
            default: break
            }
        }
        return flags
    }
}
