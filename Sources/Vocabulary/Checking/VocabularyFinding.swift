/// Something wrong in the tables.
package struct VocabularyFinding: Sendable, Hashable, CustomStringConvertible {
    package enum Kind: String, Sendable, CaseIterable {
        /// Two lines have one id.
        case duplicateID = "duplicate-id"
        /// A term is below itself.
        case cycle
        /// A parent or an implication that no table has.
        case dangling
        /// A parent of another facet.
        case foreignParent = "foreign-parent"
        /// A parent that is obsolete while its child is not.
        case obsoleteParent = "obsolete-parent"
        /// One name for several terms of one facet, and nothing decides between them.
        case ambiguousName = "ambiguous-name"
        /// One name for terms of several facets that `ambiguous.tsv` does not list.
        case sharedName = "shared-name"
        /// A line of `ambiguous.tsv` for a name that is not shared, or with a term that does not have it.
        case needlessHomonym = "needless-homonym"
        /// A list of English words that no table of `vocab/english` fills.
        case emptyWordList = "empty-word-list"
        /// A word that stands twice in one list, as it is compared.
        case repeatedWord = "repeated-word"
        /// A word with a capital, which nothing is compared with.
        case upperCaseWord = "upper-case-word"
    }
    package let kind: Kind
    /// The id of the term; for names, the name; for English words, the word or the list.
    package let term: String
    /// For people: what is wrong.
    package let detail: String

    package var description: String { "\(kind.rawValue)\t\(term)\t\(detail)" }

    init(_ kind: Kind, _ term: String, _ detail: String) {
        self.kind = kind
        self.term = term
        self.detail = detail
    }
}
