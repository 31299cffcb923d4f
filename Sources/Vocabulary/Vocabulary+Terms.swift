package import Records
import Text

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

    /// The id of a term, without making the whole term.
    package func id(of number: Int) -> String {
        let (table, line) = place(of: number)
        return String(decoding: table.cell(line, .id), as: UTF8.self)
    }

    /// The label of a term, without making the whole term.
    package func label(of number: Int) -> String {
        let (table, line) = place(of: number)
        return String(decoding: table.cell(line, .label), as: UTF8.self)
    }

    /// Labels of a facet that begin with folded words, in the order of the tables.  Linear in the facet, without making
    /// a string of a label that does not.
    package func labels(of facet: Facet, beginningWith beginning: [UInt8], limit: Int) -> [String] {
        var found: [String] = []
        var folded: [UInt8] = []
        // Species-neutral tables first.
        for table in tables.filter({ $0.species == nil }) + tables.filter({ $0.species != nil })
        where table.facet == facet {
            for line in 0..<table.count where found.count < limit {
                var scanner = WordScanner(table.range(line, .label))
                folded.removeAll(keepingCapacity: true)
                while folded.count < beginning.count, scanner.next(in: table.bytes) {
                    if !folded.isEmpty { folded.append(0x20) }
                    folded.append(contentsOf: scanner.folded)
                    guard zip(folded, beginning).allSatisfy({ $0 == $1 }) else { break }
                }
                if folded.starts(with: beginning) {
                    found.append(String(decoding: table.cell(line, .label), as: UTF8.self))
                }
            }
        }
        return found
    }

    /// CURIE of the species that a term's table holds for.
    package func species(of number: Int) -> String? { place(of: number).table.species }

    /// How a term behaves in text.
    package func flags(of number: Int) -> Term.Flags { flags[number] }

    /// The terms that a compound stands for in a question, those above it first; empty for any other term.
    package func parts(of number: Int) -> [Int] {
        guard flags[number].contains(.compound) else { return [] }
        let implied = self[number].implies.compactMap { self.number(of: $0.id) }
        return parents(of: number) + implied
    }

    /// Whether a term has a short name, written exactly so.
    package func hasAcronym(_ written: String, _ number: Int) -> Bool {
        let (table, line) = place(of: number)
        return table.values(line, .acronyms).contains { $0.elementsEqual(written.utf8) }
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
            case "compound": flags.insert(.compound)
            default: break
            }
        }
        return flags
    }
}
