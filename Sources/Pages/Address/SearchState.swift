package import Records
package import Search

/// Everything that decides what the search page shows, as its address holds it.
package struct SearchState: Sendable, Hashable {
    /// The question: words, operators or both.
    package var query: String
    package var type: RecordType?
    /// Facet values chosen beside the question, in the order of the address: `filter` and `not`.
    package var choices: [FacetChoice]
    package var mode: SearchMode
    package var sort: SearchSort
    package var isStrict: Bool
    package var statedOnly: Bool
    /// Hits on a page; nil for the usual number.
    package var limit: Int?
    package var cursor: String?
    /// The facet whose values are all listed.
    package var unfolded: Facet?

    package init(
        query: String = "", type: RecordType? = nil, choices: [FacetChoice] = [], mode: SearchMode = .hybrid,
        sort: SearchSort = .relevance, isStrict: Bool = false, statedOnly: Bool = false, limit: Int? = nil,
        cursor: String? = nil,
        unfolded: Facet? = nil
    ) {
        self.query = query
        self.type = type
        self.choices = choices
        self.mode = mode
        self.sort = sort
        self.isStrict = isStrict
        self.statedOnly = statedOnly
        self.limit = limit
        self.cursor = cursor
        self.unfolded = unfolded
    }

    /// Hits on a page when the address does not say.
    package static let usualLimit = 20

    /// Whether nothing was asked yet.
    package var isEmpty: Bool { query.isEmpty && type == nil && choices.isEmpty }

    /// The parameters of the address, the question first; what is as usual is left out.
    package var parameters: [(name: String, value: String)] {
        var parameters: [(name: String, value: String)] = [("q", query)]
        parameters += shared
        if let cursor { parameters.append(("cursor", cursor)) }
        if let unfolded { parameters.append(("all", unfolded.rawValue)) }
        return parameters
    }

    /// The parameters beside the question that a new question keeps.
    var shared: [(name: String, value: String)] {
        var parameters: [(name: String, value: String)] = []
        if let type { parameters.append(("type", type.rawValue)) }
        for choice in choices {
            parameters.append((choice.isNegated ? "not" : "filter", "\(choice.facet.rawValue)=\(choice.value)"))
        }
        if mode != .hybrid { parameters.append(("mode", mode.rawValue)) }
        if sort != .relevance { parameters.append(("sort", sort.rawValue)) }
        if isStrict { parameters.append(("strict", "true")) }
        if statedOnly { parameters.append(("stated_only", "true")) }
        if let limit { parameters.append(("limit", String(limit))) }
        return parameters
    }

    /// The page of this state.
    package var address: Address { Address("/", parameters) }

    /// The page of a changed state: its first page, scrolled to the edited plan.
    func address(_ change: (inout SearchState) -> Void) -> Address {
        var state = self
        state.cursor = nil
        change(&state)
        return Address("/", state.parameters, fragment: "plan")
    }

    /// The same with one more chosen value.
    func choosing(_ facet: Facet, _ id: String, isNegated: Bool = false) -> Address {
        address { state in
            let choice = FacetChoice(facet: facet, value: id, isNegated: isNegated)
            if !state.choices.contains(choice) { state.choices.append(choice) }
            state.unfolded = nil
        }
    }
}
