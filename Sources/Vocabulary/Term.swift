package import Records

/// A concept of a facet: what a filter filters on.
package struct Term: Sendable, Hashable {
    /// CURIE: `UBERON:0001897`, `MBA:549`, `NCBITaxon:10090`, or our own `discover:state.sleep`.
    package let id: String
    package let facet: Facet
    package let label: String
    /// Other names, matched without regard to case, accents, hyphens, number and spelling variant.
    package let synonyms: [String]
    /// Short names, matched with regard to case where they are also words.
    package let acronyms: [String]
    /// `thalamic` for thalamus.
    package let adjectives: [String]
    /// Ids of the terms directly above, of the same facet: is-a, part-of, and the cross-atlas mappings
    /// `equal` and `narrower`.
    package let parents: [String]
    /// Ids of the same concept elsewhere.
    package let xrefs: [String]
    /// What follows from the term: GtACR2 implies the effect inhibitory, Long-Evans the species rat.
    package let implies: [Implication]
    package let flags: Flags
    /// The table it is in: `UBERON`, `MBA`, `PF2001`.
    package let scheme: String
    /// CURIE of the species of an atlas term; nil for other terms.
    package let species: String?

    /// A term of another facet that follows from a term.
    package struct Implication: Sendable, Hashable {
        package let facet: Facet
        package let id: String
    }

    /// How a term behaves in text.
    package struct Flags: OptionSet, Sendable, Hashable {
        package let rawValue: UInt8
        package init(rawValue: UInt8) { self.rawValue = rawValue }
        /// Withdrawn upstream; still known, never offered.
        package static let obsolete = Flags(rawValue: 1)
        /// Known by its id and to sources, but not looked for in questions and free text.
        package static let silent = Flags(rawValue: 2)
        /// An everyday word: a filter only where context or an operator says so.
        package static let weak = Flags(rawValue: 4)
        /// Two concepts in one word: a question that has it asks for the terms above it and for those that follow from
        /// it ("rsfMRI" for fMRI and resting state).
        package static let compound = Flags(rawValue: 8)
    }
}
