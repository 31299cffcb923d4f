package import Requests
import Text

/// The parameters of one request, checked against their definitions.
package struct ParameterValues: Sendable, Hashable {
    /// By name; several where a parameter repeats.
    private let values: [String: [String]]
    private let definitions: [Parameter]
    /// The same by the names that requests have whichever way they come in.
    package let request: RequestValues

    /// Checks path and query of a request.  Every fault is listed.
    init(
        path: [String: String], fields: [Target.Field], definitions: [Parameter], ignoresOthers: Bool
    ) throws(Problem) {
        var values: [String: [String]] = [:]
        var problems: [Problem] = []
        func attempt(_ body: () throws(Problem) -> Void) {
            do { try body() } catch { problems.append(error) }
        }
        for (name, value) in path { values[name] = [value] }
        for field in fields {
            guard let parameter = definitions.first(where: { $0.name == field.name && $0.place == .query }) else {
                if ignoresOthers { continue }
                let names = definitions.filter { $0.place == .query }.map(\.name)
                problems.append(
                    Problem(
                        .unknownParameter, at: "#/query/\(Self.escaped(field.name))",
                        "there is no parameter '\(field.name.prefix(64))' here",
                        suggestions: closest(to: field.name, among: names)))
                continue
            }
            let value = field.isBare && parameter.kind == .flag ? "true" : field.value
            // An empty field of a form says nothing.
            if value.isEmpty { continue }
            if values[field.name] != nil, !parameter.repeats {
                problems.append(
                    Problem(.invalidParameter, at: parameter.pointer, "'\(field.name)' is given more than once"))
                continue
            }
            values[field.name, default: []].append(value)
        }
        for parameter in definitions {
            let given = values[parameter.name] ?? []
            if given.isEmpty, parameter.isRequired {
                problems.append(Problem(.missingParameter, at: parameter.pointer, "'\(parameter.name)' is missing"))
            }
            for value in given { attempt { () throws(Problem) in try parameter.check(value) } }
        }
        let filters = definitions.filter { $0.kind == .facetValue }.flatMap { values[$0.name] ?? [] }
        if filters.count > Parameter.mostFilters {
            problems.append(
                Problem(
                    .tooManyFilters, at: "#/query/filter",
                    "there are \(filters.count) filters; at most \(Parameter.mostFilters) are allowed"))
        }
        self.definitions = definitions
        self.values = values
        request = RequestValues(
            definitions: definitions.map(\.request),
            given: Dictionary(
                definitions.compactMap { parameter in values[parameter.name].map { (parameter.request.name, $0) } },
                uniquingKeysWith: { first, _ in first }))
        guard let first = problems.first else { return }
        throw Problem(
            first.code, first.detail, faults: problems.flatMap(\.faults), suggestions: problems.flatMap(\.suggestions))
    }

    /// A JSON pointer's own characters, escaped (RFC 6901).
    private static func escaped(_ name: String) -> String {
        String(name.prefix(64)).split(separator: "~", omittingEmptySubsequences: false).joined(separator: "~0")
            .split(separator: "/", omittingEmptySubsequences: false).joined(separator: "~1")
    }

    private func given(_ parameter: Parameter) -> String? {
        // One that the route does not list was refused, so it has its standard value here.
        values[parameter.name]?.first ?? parameter.standard
    }

    /// The value of a text or choice; nil when it is not given and has no standard value.
    package func text(_ parameter: Parameter) -> String? { given(parameter) }

    /// The value of a number; a parameter that is read so has a standard value.
    package func integer(_ parameter: Parameter) -> Int { given(parameter).flatMap { Int($0) } ?? 0 }

    package func flag(_ parameter: Parameter) -> Bool { given(parameter) == "true" }

    /// Whether a parameter was given.
    package func has(_ parameter: Parameter) -> Bool { values[parameter.name] != nil }

    /// The same request in one form whatever order it was typed in: sorted by name, standard values left out.  For
    /// links and entity tags.
    package var canonical: [Target.Field] {
        definitions.filter { $0.place == .query }.sorted { $0.name < $1.name }.flatMap { parameter in
            (values[parameter.name] ?? []).filter { $0 != parameter.standard }
                .map { Target.Field(name: parameter.name, value: $0) }
        }
    }
}
