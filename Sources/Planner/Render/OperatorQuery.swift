import Records

extension Planner {
    /// Writes a plan as an operator query.  That query parses back to the same plan, but for what no operator says:
    /// exactness of facets other than region.
    ///
    /// Filters of one part are in braces, `{region:thalamus device:Neuropixels}`; a role precedes them,
    /// `recording{region:thalamus}`, and a number where the part is named again: `#1{region:CA1} #2{region:V1}
    /// apart:1-2`.  Alternatives are in brackets, `(species:mouse device:Neuropixels) OR (species:rat)`; what is only
    /// preferred begins with `~`.  A value is written by its label where that finds the same term, else by its id.
    package func operatorQuery(for plan: Plan) -> String {
        var pieces: [String] = []
        if let target = plan.target { pieces.append("type:\(target.rawValue)") }
        for record in plan.records { pieces.append("record:\(quoted(record))") }
        if let like = plan.like { pieces.append("like:\(quoted(like))") }
        var parts = PartNumbers(plan)
        let alone = plan.filters.indices.filter { plan.filters[$0].either == nil }
        var conditions = parts.groups(of: alone).map { (place: $0[0], choices: [$0]) }
        for either in Set(plan.filters.compactMap(\.either)) {
            let members = plan.filters.indices.filter { plan.filters[$0].either == either }
            conditions.append((members[0], plan.choices(among: members)))
        }
        // Each stands where its first filter does.
        for (_, choices) in conditions.sorted(by: { $0.place < $1.place }) {
            var texts: [String] = []
            for choice in choices {
                let groups = parts.groups(of: choice)
                var written: [String] = []
                for group in groups { written.append(text(of: group, in: plan, &parts)) }
                texts.append(written.joined(separator: " "))
            }
            pieces.append(texts.count < 2 ? texts[0] : texts.map { "(\($0))" }.joined(separator: " OR "))
        }
        for pair in parts.apart { pieces.append("apart:\(pair[0])-\(pair[1])") }
        for range in plan.ranges { pieces.append(text(of: range)) }
        if !plan.text.isEmpty {
            let text = plan.text.filter { $0 != "\"" }
            // Words that stood apart may be a name when they stand together.
            let isName = vocabulary.isTerm(phrase: text) || IdentifierScanner.isName(text)
            pieces.append((isName ? "text:" : "") + "\"\(text)\"")
        }
        return pieces.joined(separator: " ")
    }

    /// Filters of one part and role.
    private func text(of places: [Int], in plan: Plan, _ parts: inout PartNumbers) -> String {
        let text = places.map { self.text(of: plan.filters[$0]) }.joined(separator: " ")
        let first = plan.filters[places[0]]
        let number = parts.number(of: first.scope).map { "#\($0)" } ?? ""
        guard first.role != nil || !number.isEmpty || places.count > 1 else { return text }
        return "\(first.role?.rawValue ?? "")\(number){\(text)}"
    }

    private func text(of filter: Plan.Filter) -> String {
        let name = filter.exact == true && filter.facet == .region ? "anatomy_exact" : filter.facet.rawValue
        return filter.anyOf
            .map {
                "\(filter.weight.sign)\(filter.negated ? "-" : "")\(name):\(self.name(of: $0, facet: filter.facet))"
            }
            .joined(separator: " OR ")
    }

    private func name(of value: Plan.Value, facet: Facet) -> String {
        let isPlain = !value.label.isEmpty && !value.label.contains { $0 == "\"" || $0.isNewline }
        if isPlain {
            let typed = TypedOperator(
                name: facet.rawValue, value: value.label, isNegated: false, isQuoted: true, start: 0, end: 0)
            if let found = try? OperatorMeaning(vocabulary: vocabulary).finding(
                facet: facet, typed: typed, tokens: 0..<0),
                found.value.id == value.id
            {
                return value.label.allSatisfy { $0.isLetter || $0.isNumber } ? value.label : "\"\(value.label)\""
            }
        }
        return quoted(value.id)
    }

    private func quoted(_ value: String) -> String {
        value.allSatisfy { $0.isLetter || $0.isNumber || ":._-/".contains($0) }
            ? value : "\"\(value.filter { $0 != "\"" })\""
    }

    private func text(of range: Plan.Range) -> String {
        func bound(_ bound: Plan.Bound) -> String {
            switch bound {
            case .day(let day): return CalendarDay.iso(day)
            case .number(let value):
                return value == value.rounded() && abs(value) < Plan.Range.largest ? String(Int(value)) : String(value)
            }
        }
        let name = range.weight.sign + range.field.rawValue
        switch (range.min, range.max) {
        case (let min?, let max?): return "\(name):\(bound(min))..\(bound(max))"
        case (let min?, nil): return "\(name):>=\(bound(min))"
        case (nil, let max?): return "\(name):<=\(bound(max))"
        case (nil, nil): return ""
        }
    }
}

extension Plan.Weight {
    /// What stands before an operator.
    fileprivate var sign: String { self == .preferred ? "~" : "" }
}

extension Plan {
    /// The choices of an alternation: those of one number together, those without one alone.
    package func choices(among places: [Int]) -> [[Int]] {
        var choices: [(number: Int?, places: [Int])] = []
        for place in places {
            let number = filters[place].choice
            if number != nil, let known = choices.firstIndex(where: { $0.number == number }) {
                choices[known].places.append(place)
            } else {
                choices.append((number, [place]))
            }
        }
        return choices.map(\.places)
    }
}

/// Numbers of the parts that have to be named before their braces, since they stand in several places or must differ
/// from others; given in the order in which they are written.
private struct PartNumbers {
    private let plan: Plan
    /// Scopes that have to be named.
    private let named: Set<Int>
    private let pairs: [[Int]]
    private var numbers: [Int: Int] = [:]

    init(_ plan: Plan) {
        self.plan = plan
        pairs = plan.filters.pairs(of: plan.apart)
        let places = Dictionary(grouping: plan.filters.indices.filter { plan.filters[$0].scope != nil }) {
            plan.filters[$0].scope
        }
        let several = places.filter { Set($0.value.map { Place(plan.filters[$0], at: $0) }).count > 1 }.keys
        named = Set(pairs.joined()).union(several.compactMap(\.self))
    }

    /// Where filters of a part may share their braces.
    private struct Place: Hashable {
        let role: Part.Role?
        let either: Int?
        let choice: Int?
        init(_ filter: Plan.Filter, at place: Int) {
            (role, either) = (filter.role, filter.either)
            // A choice without a number is its own.
            choice = filter.choice ?? (filter.either == nil ? nil : -1 - place)
        }
    }

    /// The number of a scope; nil where it needs none.
    mutating func number(of scope: Int?) -> Int? {
        guard let scope, named.contains(scope) else { return nil }
        let number = numbers[scope] ?? numbers.count + 1
        numbers[scope] = number
        return number
    }

    /// The pairs that must differ, by the numbers that are written.
    var apart: [[Int]] { pairs.map { $0.compactMap { numbers[$0] } } }

    /// Filters that share their braces, in the order of the plan.
    func groups(of places: [Int]) -> [[Int]] {
        var groups: [[Int]] = []
        for place in places {
            let filter = plan.filters[place]
            let known = groups.firstIndex { group in
                let first = plan.filters[group[0]]
                return filter.scope != nil && first.scope == filter.scope && first.role == filter.role
            }
            if let known { groups[known].append(place) } else { groups.append([place]) }
        }
        return groups
    }
}
