import Records
import Vocabulary

/// A named value of a query.
struct NativeParameter: Hashable {
    /// Where it is asked: the path of a list, where a system has several.
    var place: String
    var name: String
    var value: String

    init(_ name: String, _ value: String, at place: String = "") {
        self.place = place
        self.name = name
        self.value = value
    }
}

/// What a language makes of one filter or range.  One value a filter, so that each is in one list only.
enum NativeVerdict {
    /// The system checks it: one of the alternatives holds, each a conjunction.  None are needed where it holds of
    /// all the system has.
    case pushed(anyOf: [[NativeParameter]], how: String)
    /// The query cannot say it, the records do.  Look-ups are requests that help to do it by hand.
    case added(String, lookups: [String] = [])
    /// The system records nothing about it.
    case impossible(String)
}

/// The query language of a system.
protocol NativeLanguage {
    var system: NativeSystem { get }
    /// The term of the `source` facet that is this system.
    var source: String { get }
    func verdict(on filter: Plan.Filter) -> NativeVerdict
    func verdict(on range: Plan.Range) -> NativeVerdict
    /// Writes the queries; the union of their answers is meant.
    func write(_ queries: [[NativeParameter]], lookups: [String]) -> (text: String, requests: [String])
    /// Most queries that one plan may become; filters that would need more are left to `discover`.
    var mostQueries: Int { get }
    /// Whether its answers can be united, so that alternatives of several conditions each can be asked for.
    var unitesAnswers: Bool { get }
    /// Whether a parameter may be repeated in a query, with every value in effect.
    func isRepeatable(_ parameter: NativeParameter) -> Bool
    /// What is true of the language and of the text written in it.
    func notes(on plan: Plan, text: String) -> [String]
}

extension NativeLanguage {
    var mostQueries: Int { 8 }
    var unitesAnswers: Bool { true }
    func isRepeatable(_ parameter: NativeParameter) -> Bool { true }

    /// Compiles a plan.
    func compile(_ plan: Plan) -> NativeQuery {
        var compilation = NativeCompilation(language: self)
        var alternations: [Int] = []
        for filter in plan.filters {
            if filter.weight == .preferred {
                compilation.add(filter.nativeWords, because: "it only raises the rank")
            } else if let either = filter.either {
                guard !alternations.contains(either) else { continue }
                alternations.append(either)
                let members = plan.filters.indices.filter {
                    plan.filters[$0].either == either && plan.filters[$0].weight == .required
                }
                compilation.take(choices: plan.choices(among: members).map { $0.map { plan.filters[$0] } })
            } else {
                compilation.take(verdict(of: filter), filter.nativeWords)
            }
        }
        for range in plan.ranges {
            if range.weight == .preferred {
                compilation.add(range.nativeWords, because: "it only raises the rank")
            } else {
                compilation.take(verdict(on: range), range.nativeWords)
            }
        }
        for record in plan.records { compilation.take(record: record) }
        if let like = plan.like { compilation.refuse("like: \(like)", because: "the system compares no records") }

        var query = compilation.query
        let written = write(compilation.queries, lookups: compilation.lookups)
        query.text = written.text
        query.requests = written.requests
        query.notes = notes(on: plan, text: written.text)
        if compilation.queries.count > 1, system != .brainstem {
            query.notes.append("The language has no OR: take the union of the \(compilation.queries.count) answers.")
        }
        query.notes += plan.nativeNotes
        return query
    }

    /// What the language makes of a filter, the one on sources included.
    func verdict(of filter: Plan.Filter) -> NativeVerdict {
        filter.facet == .source ? verdict(onSource: filter) : verdict(on: filter)
    }

    private func verdict(onSource filter: Plan.Filter) -> NativeVerdict {
        filter.anyOf.contains { $0.id == source } != filter.negated
            ? .pushed(anyOf: [], how: "by asking this system")
            : .impossible("the question is for other sources")
    }
}

extension Plan {
    /// What is true of the plan in every language.
    fileprivate var nativeNotes: [String] {
        var notes: [String] = []
        if Set(filters.compactMap(\.scope)).count < filters.filter({ $0.scope != nil }).count {
            notes.append("That conditions hold of the same part of a record is checked by discover only.")
        }
        if !apart.isEmpty {
            notes.append("That conditions hold of different parts of a record is checked by discover only.")
        }
        if filters.contains(where: { $0.exact == true }) {
            notes.append("That a term itself is meant and nothing below it is checked by discover only.")
        }
        if !text.isEmpty { notes.append("These words only rank and are left out: \(text).") }
        return notes
    }
}

extension Plan.Filter {
    /// The filter for people: `not region: thalamus or cortex`.
    var nativeWords: String {
        let values = anyOf.map(\.label).joined(separator: " or ")
        let part = role.map { " (\($0.rawValue))" } ?? ""
        return "\(negated ? "not " : "")\(facet.rawValue): \(values)\(part)"
    }
}

extension Plan.Range {
    /// The range for people: `subjects: at least 50`.
    var nativeWords: String {
        switch (min, max) {
        case (let min?, let max?): "\(field.rawValue): \(min.nativeWords) to \(max.nativeWords)"
        case (let min?, nil): "\(field.rawValue): at least \(min.nativeWords)"
        case (nil, let max?): "\(field.rawValue): at most \(max.nativeWords)"
        case (nil, nil): "\(field.rawValue): any"
        }
    }

    /// The bounds as ISO 8601 dates: first day, and the day after the last one.
    var nativeDays: (first: String?, after: String?) {
        func day(_ bound: Plan.Bound?, plus: Int) -> String? {
            guard case .day(let number)? = bound else { return nil }
            return CalendarDay.iso(number + plus)
        }
        return (day(min, plus: 0), day(max, plus: 1))
    }
}

extension Plan.Bound {
    var nativeWords: String {
        switch self {
        case .day(let day): CalendarDay.iso(day)
        case .number(let value): Int(exactly: value).map(String.init) ?? String(value)
        }
    }
}

extension Planner {
    /// Writes a plan in the query language of a system.  Pure and total: hostile values are quoted, never obeyed.
    package func native(_ plan: Plan, for system: NativeSystem) -> NativeQuery {
        switch system {
        case .brainstem: BrainSTEMLanguage(vocabulary: vocabulary, target: plan.target).compile(plan)
        case .one: AlyxLanguage(vocabulary: vocabulary, plan: plan, isPython: true).compile(plan)
        case .alyx: AlyxLanguage(vocabulary: vocabulary, plan: plan, isPython: false).compile(plan)
        case .dandi: DANDILanguage(vocabulary: vocabulary).compile(plan)
        case .ebrains: EBRAINSLanguage(vocabulary: vocabulary).compile(plan)
        case .openneuro: OpenNeuroLanguage(vocabulary: vocabulary).compile(plan)
        }
    }
}
