package import Records

/// A term with the names of its neighbours, as `vocab --json` and the HTTP service give it.
package struct TermEntry: Encodable, Sendable {
    /// A neighbour.
    package struct Name: Encodable, Sendable {
        package let id: String
        package let label: String
    }

    package let id: String
    package let facet: Facet
    package let label: String
    package let synonyms: [String]
    package let acronyms: [String]
    package let adjectives: [String]
    package let xrefs: [String]
    /// The table it is in.
    package let scheme: String
    package let obsolete: Bool
    package let parents: [Name]
    package let children: [Name]
    /// Terms below it, itself not counted.
    package let descendants: Int

    package init(_ vocabulary: Vocabulary, _ number: Int) {
        let term = vocabulary[number]
        func names(_ numbers: [Int]) -> [Name] {
            numbers.map { Name(id: vocabulary.id(of: $0), label: vocabulary.label(of: $0)) }
        }
        id = term.id
        facet = term.facet
        label = term.label
        synonyms = term.synonyms
        acronyms = term.acronyms
        adjectives = term.adjectives
        xrefs = term.xrefs
        scheme = term.scheme
        obsolete = term.flags.contains(.obsolete)
        parents = names(vocabulary.parents(of: number))
        children = names(vocabulary.children(of: number))
        descendants = vocabulary.descendants(of: number).count - 1
    }
}

extension Vocabulary {
    /// Numbers of all terms of a facet, in the order of the tables.
    package func numbers(of facet: Facet) -> [Int] {
        zip(tables, tableStarts).filter { $0.0.facet == facet }.flatMap { $1..<($1 + $0.count) }
    }
}
