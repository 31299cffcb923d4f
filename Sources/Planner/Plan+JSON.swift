package import JSON
import Records

// The JSON of a plan, member by member: what the command line, HTTP and MCP write, what is read of a plan that
// somebody sends, and what the OpenAPI document and the schemas of the tools promise all come from these
// descriptions.

extension Plan: JSONDescribed {
    /// Longest question and longest text of a plan that is sent, in bytes.
    package static let longestText = 1024

    package static let codec = JSONCodec<Plan>.object(
        "Plan", blank: Plan(query: ""), passedOver: ["generation", "operators", "native"],
        [
            .written("query", \.query, .text(longest: longestText), "The question."),
            .written("target", \.target, .choice, "The kind of record asked for; null for any."),
            .needed("filters", \.filters, .list(of: Filter.codec), "Joined by AND."),
            .written("ranges", \.ranges, .list(of: Range.codec), "Joined to the filters by AND."),
            .occasional(
                "records", \.records, usually: [], .list(of: .text(longest: 512)),
                "Ids of the records that the question names; only these match."),
            .occasional("like", \.like, .text(longest: 512), "The record that others shall be like."),
            .occasional(
                "apart", \.apart, usually: [], .list(of: .list(of: .whole(from: 0, to: 1000), 2...2)),
                "Pairs of scopes that must hold of different parts."),
            .written("text", \.text, .text(longest: longestText), "Words that became no filter; they rank."),
            .written("warnings", \.warnings, .list(of: Warning.codec), "What the reader should know."),
            .written(
                "alternatives", \.alternatives, .list(of: Alternative.codec), "Other readings of ambiguous words."),
        ]
    ) { (plan, place) throws(JSONFault) in
        let count = plan.filters.count + plan.ranges.count + plan.records.count
        guard count <= Planner.mostFilters else {
            throw JSONFault(
                .tooMany, at: "\(place)/filters",
                "the plan holds \(count) filters; at most \(Planner.mostFilters) are allowed")
        }
    }
}

extension Plan.Filter: JSONDescribed {
    package static let codec = JSONCodec<Plan.Filter>.object(
        "Filter",
        blank: Plan.Filter(
            facet: .species, anyOf: [], words: Plan.Words(text: "", start: 0, end: 0), via: .operator),
        [
            .needed("facet", \.facet, .choice, "The property of a record that the filter speaks of."),
            .needed("any_of", \.anyOf, .list(of: Plan.Value.codec, 1...64), "One of them must be recorded."),
            .written("negated", \.negated, .flag, "Holds where other values are recorded instead."),
            .occasional(
                "weight", \.weight, usually: .required, .choice,
                "`preferred` where it only raises the rank; left out where it is required."),
            .occasional(
                "either", \.either, .whole(from: 0, to: 1000),
                "Number of an alternation: of its filters, those of one `choice` must hold."),
            .occasional(
                "choice", \.choice, .whole(from: 0, to: 1000), "Which alternative of `either` the filter is part of."),
            .written(
                "scope", \.scope, .whole(from: 0, to: 1000),
                "Filters of one scope must hold of the same part of a record."),
            .written("role", \.role, .choice, "What that part must be to its record; null for anything."),
            .occasional(
                "exact", \.exact, .flag, "True where the values themselves are meant and nothing below them."),
            .written("confidence", \.confidence, .number, "How sure the reading is, 0 to 1."),
            .written("words", \.words, Plan.Words.codec, "The words of the question that made the filter."),
            .written("via", \.via, .choice, "How the words were linked to the value."),
        ]
    ) { (filter, _) throws(JSONFault) in
        // Left out and false are the same.
        if filter.exact == false { filter.exact = nil }
    }
}

extension Plan.Value: JSONDescribed {
    package static let codec = JSONCodec<Plan.Value>.object(
        "Value", blank: Plan.Value(id: "", label: ""),
        [
            .needed("id", \.id, .text(longest: 512), "CURIE of a vocabulary's term, or a value that records have."),
            .written("label", \.label, .text(longest: 512), "What people call it."),
            .written("synonyms", \.synonyms, .list(of: .text()), "Other names."),
            .written("xrefs", \.xrefs, .list(of: .text()), "Its ids elsewhere."),
            .written("descendants", \.descendants, .whole(), "How many terms it stands for below itself."),
        ])
}

extension Plan.Range: JSONDescribed {
    package static let codec = JSONCodec<Plan.Range>.object(
        "Range",
        blank: Plan.Range(field: .date, min: nil, max: nil, words: Plan.Words(text: "", start: 0, end: 0)),
        [
            .needed("field", \.field, .choice, "The number or date of a record that is bounded."),
            .written("min", \.min, .bound, "The smallest that fits; a day is written as ISO 8601."),
            .written("max", \.max, .bound, "The largest that fits."),
            .occasional(
                "weight", \.weight, usually: .required, .choice,
                "`preferred` where it only raises the rank; left out where it is required."),
            .written("words", \.words, Plan.Words.codec, "The words of the question that made the range."),
        ]
    ) { (range, place) throws(JSONFault) in
        for (name, bound) in [("min", range.min), ("max", range.max)] {
            guard let bound, bound.isDay != range.field.isDate else { continue }
            throw JSONFault(
                .invalid, at: "\(place)/\(name)",
                range.field.isDate ? "an ISO 8601 date was expected" : "a number was expected")
        }
        guard range.min != nil || range.max != nil else {
            throw JSONFault(.invalid, at: place, "a range has a smallest or a largest value")
        }
    }
}

extension Plan.Bound {
    fileprivate var isDay: Bool { if case .day = self { true } else { false } }
}

extension JSONCodec<Plan.Bound> {
    /// A number, or a day as ISO 8601 writes it.
    fileprivate static var bound: JSONCodec {
        JSONCodec(
            .numberOrDay,
            write: { bound in
                switch bound {
                case .number(let number): .number(number)
                case .day(let day): .string(CalendarDay.iso(day))
                }
            },
            read: { (json, place) throws(JSONFault) in
                switch json {
                case .number(let number): return .number(number)
                case .string(let text):
                    if let day = CalendarDay.number(iso: text) { return .day(day) }
                    throw JSONFault(
                        .invalid, at: place, "'\(text.prefix(64))' is neither a number nor an ISO 8601 date")
                default:
                    throw JSONFault(
                        .invalid, at: place, "a number or an ISO 8601 date was expected, not \(json.kind)")
                }
            })
    }
}

extension Plan.Words: JSONDescribed {
    package static let codec = JSONCodec<Plan.Words>.object(
        "Words", blank: Plan.Words(text: "", start: 0, end: 0),
        [
            .needed("text", \.text, .text(), "The words."),
            .needed("start", \.start, .whole(), "Where in the question they begin, in UTF-8 bytes."),
            .needed("end", \.end, .whole(), "Where they end."),
        ])
}

extension Plan.Warning: JSONDescribed {
    package static let codec = JSONCodec<Plan.Warning>.object(
        "Warning", blank: Plan.Warning(code: "", message: ""),
        [
            .needed("code", \.code, .text(), "Names the kind."),
            .needed("message", \.message, .text(), "For people."),
            .needed("suggestions", \.suggestions, .list(of: .text()), "What may have been meant."),
        ])
}

extension Plan.Alternative: JSONDescribed {
    package static let codec = JSONCodec<Plan.Alternative>.object(
        "Alternative", blank: Plan.Alternative(words: "", chosen: "", others: []),
        [
            .needed("words", \.words, .text(), "The ambiguous words."),
            .needed("chosen", \.chosen, .text(), "How they were read."),
            .needed("others", \.others, .list(of: .text()), "How else they could be."),
        ])
}
