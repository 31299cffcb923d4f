import Records

/// Search: a plan and a snapshot in, a page of explained hits out.
///
/// The way of one query: ``Matcher`` turns each filter into bitsets of parts and records (holds, near, recorded);
/// ``Evaluation`` joins them into the one matched set that total, facets and page are counted on; `Searcher+Ranking`
/// orders it by words and meaning; `Searcher+Facets` counts; `Searcher+Explanation` says why.  Filters decide
/// membership and never touch scores; text alone decides membership only where there is no filter at all.

/// What went wrong while searching.
package struct SearchError: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        /// The cursor is no cursor of ours, or belongs to another question.
        case badCursor
        /// The cursor belongs to a generation that is gone.
        case oldCursor
        /// A filter names a value that no vocabulary and no record has.
        case unknownValue
        /// There is no record with the id.
        case noRecord
        /// The ranking settings cannot be read.
        case settings
        /// The question is empty and nothing else narrows the search.
        case emptyQuery
        /// The index cannot be read.
        case index
        /// The request's deadline passed before the answer was there.
        case overTime
        /// A file of relevance judgments or questions is not of the expected form.
        case badFile
    }
    /// Safe to count.
    package let kind: Kind
    /// For people.
    package let detail: String
    /// What may have been meant.
    package let suggestions: [String]

    package init(_ kind: Kind, _ detail: String, suggestions: [String] = []) {
        self.kind = kind
        self.detail = detail
        self.suggestions = suggestions
    }

    package var description: String { "search \(kind.rawValue): \(detail)" }

    static let late = SearchError(.overTime, "the question takes too long; narrow it")
}

extension Deadline {
    /// Ends the work when the moment has passed.
    func check() throws(SearchError) {
        if isOver { throw SearchError.late }
    }
}

/// What decides the order of hits within a tier; ties by id.
package enum SearchSort: String, Codable, Sendable, Hashable, CaseIterable {
    /// The score.
    case relevance
    /// The day a record was last changed, else published, else recorded; latest first, those without a day last.
    case newest
    /// The same, earliest first, those without a day last.
    case oldest
}

/// What ranks.
package enum SearchMode: String, Codable, Sendable, Hashable, CaseIterable {
    /// Words and meaning together.
    case hybrid
    /// Words only: BM25.
    case text
    /// Meaning only: cosine of sentence vectors.
    case vector
}
