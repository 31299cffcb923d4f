/// The property of a record that a filter speaks about.  What is known of each stands in its ``descriptor``.
package enum Facet: String, CaseIterable, Codable, Sendable, Hashable {
    case species, strain, sex, region, technique, device, procedure, manipulation, agent, effect, state, task
    case celltype, signal, disease, format, license, access, source, person, lab

    /// What people call the facet: `Brain region`.
    package var title: String { descriptor.title }
    /// The same within a sentence.
    package var noun: String { title.lowercased() }

    /// The facets that a list shows, in its order.
    ///
    /// - Parameter position: where the list shows a facet; nil for one that it leaves out.  Of two at one position, the
    ///   one declared first is shown first.
    package static func listed(by position: (FacetDescriptor.Listing) -> Int?) -> [Facet] {
        allCases.enumerated().compactMap { number, facet in
            position(facet.descriptor.listing).map { (position: $0, number: number, facet: facet) }
        }.sorted { ($0.position, $0.number) < ($1.position, $1.number) }.map(\.facet)
    }
}

/// Everything the program knows of a facet apart from its terms, which are the vocabulary's, and from what the query
/// languages of other systems can ask, which is theirs.
package struct FacetDescriptor: Sendable, Hashable {
    /// What its values speak of.
    package enum Subject: Sendable, Hashable {
        /// What was studied, and how.
        case content
        /// Where and how the data are kept.
        case bookkeeping
        /// Who made them.  Values are names, matched by their words.
        case people
    }

    /// Where its values come from.
    package enum Values: Sendable, Hashable {
        /// The vocabulary names all that a question may ask for.
        case terms
        /// The vocabulary names some; a question may ask for any other name.
        case termsAndNames
        /// The vocabulary names none.
        case names
    }

    /// What holds of a facet.
    package struct Traits: OptionSet, Sendable, Hashable {
        package let rawValue: UInt16
        package init(rawValue: UInt16) { self.rawValue = rawValue }

        /// A dataset names some of its values and seldom all: one that it does not name may hold all the same.
        package static let openEnded = Traits(rawValue: 1 << 0)
        /// One thing has one value, so that "and" between two values means either.
        package static let oneValue = Traits(rawValue: 1 << 1)
        /// Free text tells it reliably; the others are stated or not known.  "Excitatory neurons" and "inhibitory
        /// tuning" are no effects of an agent; an agent that the text names implies its effect.
        package static let inferred = Traits(rawValue: 1 << 2)
        /// People name its values in words of their own; labs, strains and licences have proper names.
        package static let freelyNamed = Traits(rawValue: 1 << 3)
        /// A value is one whole name, in which nothing else is to be recognised.
        package static let wholeNames = Traits(rawValue: 1 << 4)
        /// Names are put together from others: "T-maze delayed alternation" is an apparatus and a rule.
        package static let composedNames = Traits(rawValue: 1 << 5)
        /// In a question, a special value makes a general one beside it redundant: "Neuropixels 2.0" says "probe".
        package static let specialSuffices = Traits(rawValue: 1 << 6)
        /// What is stated of the members of a group is stated of the group: of the sessions, of their project.
        package static let holdsOfGroups = Traits(rawValue: 1 << 7)
    }

    /// What was done where a value is named; a question binds regions to acts.
    package enum Act: Sendable, Hashable {
        case recording, intervention, stimulation
    }

    /// The property of schema.org that tells the values.
    package enum SchemaOrgProperty: Sendable, Hashable {
        case about, measurementTechnique, variableMeasured
    }

    /// Where lists show the facet: a place among the facets of the list, counted from 1; nil where it is left out.
    package struct Listing: Sendable, Hashable {
        /// Beside the hits of the search page, unfolded: most people narrow by it.
        package var unfolded: Int?
        /// The same, folded.
        package var folded: Int?
        /// What the coverage map offers as rows and columns.
        package var coverage: Int?
        /// Below the hits in a terminal.
        package var terminal: Int?
    }

    /// What people call the facet: `Brain region`.
    package let title: String
    package let subject: Subject
    package let values: Values
    package let traits: Traits
    package let act: Act?
    package let schemaOrg: SchemaOrgProperty?
    package let listing: Listing

    /// Whether values are names of people, matched by their words.
    package var namesPeople: Bool { subject == .people }
    /// Whether a question may ask for a value that no vocabulary has.
    package var takesAnyName: Bool { values != .terms }
}
