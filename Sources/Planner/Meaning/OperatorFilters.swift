import Records

/// What an operator asks for.
enum TypedCondition {
    case finding(Finding)
    case range(Plan.Range)
    /// The kind of record, words to rank by, names of records: of the question as a whole.
    case whole
}

/// Makes the filters of typed operators and of what joins them.
///
/// Alternatives of one facet are one filter of several values; any others are an alternation, written out as the plan
/// has it: alternatives each of which is a conjunction.
struct OperatorFilters {
    let question: Question
    let typed: [TypedOperator]
    let asked: [TypedCondition]

    /// Filters that hold together, and alternations of such.
    private enum Condition {
        case filter(Plan.Filter)
        case alternation([[Plan.Filter]])
    }

    func filters(of tree: OperatorTree) throws(PlanError) -> [Plan.Filter] {
        var filters: [Plan.Filter] = []
        var alternations = 0
        for condition in try conditions(of: tree) {
            switch condition {
            case .filter(let filter): filters.append(filter)
            case .alternation(let choices):
                alternations += 1
                for (number, choice) in choices.enumerated() {
                    filters += choice.map { $0.chosen(number + 1, of: alternations) }
                }
            }
        }
        return filters
    }

    private func conditions(of node: OperatorTree) throws(PlanError) -> [Condition] {
        switch node {
        case .typed(let place): return filter(of: [place]).map { [.filter($0)] } ?? []
        case .all(let nodes, _):
            var all: [Condition] = []
            for node in nodes { all += try conditions(of: node) }
            return all
        case .any(let nodes):
            try refuseRanges(in: node)
            var choices: [[Plan.Filter]] = []
            var values: [Int] = []
            func closeValues() {
                if let filter = filter(of: values) { choices.append([filter]) }
                values = []
            }
            for node in nodes {
                if case .typed(let place) = node {
                    if let last = values.last, !areValuesOfOne(last, place) { closeValues() }
                    values.append(place)
                } else {
                    closeValues()
                    choices += try Self.writtenOut(conditions(of: node))
                }
            }
            closeValues()
            if choices.count == 1 { return choices[0].map { .filter($0) } }
            return choices.isEmpty ? [] : [.alternation(choices)]
        }
    }

    /// Conditions that hold together as alternatives of which each is a conjunction.
    private static func writtenOut(_ conditions: [Condition]) throws(PlanError) -> [[Plan.Filter]] {
        var result: [[Plan.Filter]] = [[]]
        for condition in conditions {
            switch condition {
            case .filter(let filter): result = result.map { $0 + [filter] }
            case .alternation(let choices): result = result.flatMap { known in choices.map { known + $0 } }
            }
            let count = result.reduce(0) { $0 + $1.count }
            guard count <= Planner.mostFilters else { throw .tooMany(count) }
        }
        return result.filter { !$0.isEmpty }
    }

    /// A plan's alternatives are filters: a range among them would hold of all.
    private func refuseRanges(in node: OperatorTree) throws(PlanError) {
        switch node {
        case .typed(let place):
            guard case .range(let range) = asked[place] else { return }
            throw PlanError(
                kind: .malformedValue,
                detail: "'\(range.words.text)' cannot be one of several alternatives.",
                suggestions: ["(species:mouse) OR (species:rat) \(range.words.text)"])
        case .all(let nodes, _), .any(let nodes):
            for node in nodes { try refuseRanges(in: node) }
        }
    }

    /// Whether two operators give values of one filter.
    private func areValuesOfOne(_ one: Int, _ other: Int) -> Bool {
        guard case .finding(let first) = asked[one], case .finding(let second) = asked[other] else { return false }
        return first.facet == second.facet && first.isNegated == second.isNegated && first.isExact == second.isExact
            && typed[one].isPreferred == typed[other].isPreferred
    }

    /// One filter of the values of some operators; nil where they ask for none.
    private func filter(of places: [Int]) -> Plan.Filter? {
        var findings: [Finding] = []
        for place in places {
            guard case .finding(var finding) = asked[place] else { continue }
            finding.isAlternative = !findings.isEmpty
            findings.append(finding)
        }
        guard var filter = findings.filters(in: question).first, let first = places.first else { return nil }
        filter.weight = typed[first].isPreferred ? .preferred : .required
        return filter
    }
}

extension Plan.Filter {
    /// The filter as part of a choice of an alternation.
    fileprivate func chosen(_ choice: Int, of either: Int) -> Plan.Filter {
        var filter = self
        (filter.either, filter.choice) = (either, choice)
        return filter
    }
}
