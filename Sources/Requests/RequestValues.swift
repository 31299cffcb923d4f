package import Planner
package import Records
package import Search

/// The values of one request, checked before; defaults stand for what was not given.
package struct RequestValues: Sendable, Hashable {
    /// What the request takes, by name.
    private let definitions: [String: RequestParameter]
    private let given: [String: [String]]

    /// `given` holds the values of each parameter by its name, in the order given, every one of them checked.
    package init(definitions: [RequestParameter], given: [String: [String]]) {
        self.definitions = Dictionary(definitions.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        self.given = given
    }

    /// Whether a parameter was given.
    package func has(_ parameter: RequestParameter) -> Bool { given[parameter.name] != nil }

    /// The values of a parameter that repeats, in the order given.
    package func all(_ parameter: RequestParameter) -> [String] { given[parameter.name] ?? [] }

    /// The value as it was written, else the default of this request; nil where there is neither.
    package func text(_ parameter: RequestParameter) -> String? {
        given[parameter.name]?.last ?? (definitions[parameter.name] ?? parameter).standard
    }

    /// The value of a number; nil where it was not given and has no default.
    package func integer(_ parameter: RequestParameter) -> Int? { text(parameter).flatMap { Int($0) } }

    package func flag(_ parameter: RequestParameter) -> Bool { text(parameter) == "true" }

    /// One of the values of an enumeration, whose cases are the choices of the parameter.
    package func choice<Value: RawRepresentable<String>>(_ parameter: RequestParameter) -> Value? {
        text(parameter).flatMap { Value(rawValue: $0) }
    }

    /// `filter` and `not` as the planner takes them.
    package var choices: [FacetChoice] {
        [(RequestParameter.filter, false), (.not, true)].flatMap { parameter, isNegated in
            all(parameter).compactMap { text in
                (try? FacetValue(text, written: parameter.name)).map {
                    FacetChoice(facet: $0.facet, value: $0.value, isNegated: isNegated)
                }
            }
        }
    }
}

extension SearchRequest {
    /// A question with what narrows it.
    package init(
        asking question: String, values: RequestValues, today: Int?, deadline: Deadline = .none, planner: Planner
    ) throws(PlanError) {
        try self.init(
            asking: question, choices: values.choices, type: values.choice(.type), today: today, planner: planner)
        statedOnly = values.flag(.statedOnly)
        self.deadline = deadline
    }

    /// Takes page, order and ranking, as ``RequestParameter/ofSearch`` has them.
    package mutating func take(_ values: RequestValues) {
        limit = values.integer(.limit) ?? limit
        cursor = values.text(.cursor)
        mode = values.choice(.mode) ?? mode
        sort = values.choice(.sort) ?? sort
        isStrict = values.flag(.strict)
        statedOnly = values.flag(.statedOnly)
        countsFacets = values.flag(.facets)
    }
}
