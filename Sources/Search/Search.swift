import Records

/// Search: a plan and a snapshot in, a page of explained hits out.
///
/// The way of one query, stage by stage; `Searcher.search(_:)` runs them, `Searcher.rank(_:)` those up to the scores.
///
/// 1. ``SearchRequest``: a plan and how to search with it.  `Searcher+Paging` says where the page begins.
/// 2. The matched set: ``Matcher`` turns each filter into bitsets of parts and records (holds, near, recorded);
///    ``Conditions`` joins them into the ``Evaluation`` that total, facets and page are counted on.
/// 3. Scores: of words in `Searcher+Words`, with the records that the question names; of meaning in `Searcher+Cosines`.
/// 4. ``Fusion`` joins the two into one, ``Feedback`` and ``Diffusion`` refine it, ``Ranking`` holds the order.
/// 5. The page: `Searcher+Explanation` says why each hit is there, `Searcher+Facets` counts beside it,
///    `Searcher+Relaxation` helps where nothing was found.
///
/// Required filters decide membership and never touch scores, preferred ones raise scores and never decide; text alone
/// decides membership only where nothing is required.  ``PlanLogic`` says how the conditions of a plan are joined,
/// `Searcher+Names` which records a plan names, ``PeopleIndex`` whom a name means.

/// What went wrong while searching.
package struct SearchError: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        /// The cursor is no cursor of ours, or belongs to another question.
        case badCursor
        /// The cursor belongs to a generation that was removed.
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
