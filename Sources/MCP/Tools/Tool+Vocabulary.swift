import JSON
import Planner
import Records
import Requests
import Search
import Vocabulary

extension Tool {
    static let vocab = Tool(
        name: "vocab", title: "Look up a vocabulary term",
        description:
            "Finds the terms that bear a name, or the term of an id: synonyms, ids elsewhere, what lies directly "
            + "above and below, and how many records have it or something below it. Use it before filtering.",
        parameters: [.term, .facet, .limit.within(1...20).standing(at: "5")],
        output: Schema.answer(
            [
                "terms": Schema.array(
                    of: Schema.object(
                        [
                            "id": Schema.string(), "facet": Schema.choice(Facet.allCases.map(\.rawValue)),
                            "label": Schema.string(), "scheme": Schema.string("The table it stands in."),
                            "synonyms": Schema.array(of: Schema.string()),
                            "acronyms": Schema.array(of: Schema.string()),
                            "xrefs": Schema.array(of: Schema.string()), "parents": Schema.array(of: Schema.anything),
                            "children": Schema.array(of: Schema.anything), "descendants": Schema.count,
                            "records": Schema.count, "obsolete": ["type": "boolean"],
                        ], required: ["id", "facet", "label", "scheme", "descendants", "records", "obsolete"]))
            ], required: ["terms"]),
        run: { call in
            let name = call.values.text(.term) ?? ""
            let facet: Facet? = call.values.choice(.facet)
            let limit = call.values.integer(.limit) ?? 5
            let vocabulary = call.searcher.vocabulary
            var numbers: [Int] = []
            if let number = vocabulary.number(of: name), facet == nil || vocabulary.facet(of: number) == facet {
                numbers.append(number)
            }
            let facets = facet.map { [$0] } ?? Facet.allCases
            for facet in facets {
                for match in vocabulary.terms(named: name, facet: facet) where !numbers.contains(match.number) {
                    numbers.append(match.number)
                }
            }
            guard !numbers.isEmpty else {
                let near = facets.flatMap { vocabulary.suggestions(for: name, facet: $0, limit: 3) }
                throw ToolError("unknown_value", "no vocabulary has '\(SafeName.of(name))'", near)
            }
            // Atlases have terms of the same name; the broadest represents all of them and comes first.
            let sizes = numbers.map { vocabulary.descendants(of: $0).count }
            numbers = zip(numbers, sizes).enumerated()
                .sorted { ($1.element.1, $0.offset) < ($0.element.1, $1.offset) }.map(\.element.0)
            return ["terms": .array(try numbers.prefix(limit).map { try call.term($0) })]
        })
}

extension ToolCall {
    fileprivate func term(_ number: Int) throws -> JSONValue {
        let vocabulary = searcher.vocabulary
        let term = vocabulary[number]
        func names(_ numbers: [Int]) -> JSONValue {
            .array(
                numbers.prefix(20).map {
                    ["id": .string(vocabulary.id(of: $0)), "label": .string(vocabulary.label(of: $0))]
                })
        }
        return [
            "id": .string(term.id), "facet": .string(term.facet.rawValue), "label": .string(term.label),
            "scheme": .string(term.scheme), "synonyms": .texts(term.synonyms.prefix(20)),
            "acronyms": .texts(term.acronyms.prefix(10)), "xrefs": .texts(term.xrefs.prefix(20)),
            "parents": names(vocabulary.parents(of: number)), "children": names(vocabulary.children(of: number)),
            "descendants": .int(vocabulary.descendants(of: number).count - 1),
            "records": .int(try records(with: term)), "obsolete": .bool(term.flags.contains(.obsolete)),
        ]
    }

    /// How many records fulfil a filter on the term.
    private func records(with term: Term) throws -> Int {
        var request = try SearchRequest(
            asking: "", choices: [FacetChoice(facet: term.facet, value: term.id, isNegated: false)], planner: planner)
        request.limit = 1
        request.deadline = deadline
        request.countsFacets = false
        return try searcher.search(request).total
    }
}
