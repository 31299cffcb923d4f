import Planner
import Records
import Vocabulary

extension Searcher {
    /// What would find something when nothing was found: the total without each filter, and with the nearest broader
    /// value that has hits.
    func relaxations(of plan: Plan, conditions: Conditions, deadline: Deadline)
        throws(SearchError) -> [SearchResult.Relaxation]
    {
        var result: [SearchResult.Relaxation] = []
        for piece in conditions.pieces {
            try deadline.check()
            let total = conditions.evaluate(without: piece).matches.count
            if total > 0 {
                result.append(.init(drop: plan.name(of: piece, in: conditions.logic), broaden: nil, total: total))
            }
        }
        for (index, filter) in plan.filters.enumerated() where !filter.negated && filter.weight == .required {
            for value in filter.anyOf {
                if let broader = try broadened(value, filter: index, conditions: conditions, deadline: deadline) {
                    result.append(broader)
                }
            }
        }
        return result.sorted { ($0.total, $0.drop ?? $0.broaden ?? "") > ($1.total, $1.drop ?? $1.broaden ?? "") }
    }

    /// The nearest term above a value that gives hits in its place.
    private func broadened(
        _ value: Plan.Value, filter index: Int, conditions: Conditions, deadline: Deadline
    ) throws(SearchError) -> SearchResult.Relaxation? {
        guard let number = vocabulary.number(of: value.id) else { return nil }
        var level = vocabulary.parents(of: number)
        var seen = Set(level)
        while !level.isEmpty, seen.count < 24 {
            var best: (number: Int, total: Int)?
            for parent in level {
                try deadline.check()
                let value = Plan.Value(id: vocabulary.id(of: parent), label: vocabulary.label(of: parent))
                let total = conditions.replacing(index, with: value).evaluate().matches.count
                if total > 0, total < best?.total ?? .max { best = (parent, total) }
            }
            if let best {
                return .init(
                    drop: nil, broaden: "\(value.label) to \(vocabulary.label(of: best.number))", total: best.total)
            }
            level = level.flatMap { vocabulary.parents(of: $0) }.filter { seen.insert($0).inserted }
        }
        return nil
    }
}

extension Plan {
    /// A piece of the plan in words: `state: sleep`, `not species: mouse`, `subjects: at least 50`.
    func name(of piece: Conditions.Piece, in logic: PlanLogic) -> String {
        switch piece {
        case .filter(let index): filters[index].name
        case .alternation(let index): name(of: logic.alternations[index].choices)
        case .range(let index): ranges[index].name
        case .apart: apartName
        case .records: recordsName
        case .like: likeName
        }
    }

    /// Alternatives in words: `species: mouse and device: tetrode, or species: rat`.
    func name(of choices: [[Int]]) -> String {
        choices.map { $0.map { filters[$0].name }.joined(separator: " and ") }.joined(separator: ", or ")
    }

    /// Each alternation of the plan in words, by its number.
    package var alternationNames: [Int: String] {
        let logic = PlanLogic(self)
        return Dictionary(
            logic.alternations.map { ($0.number, name(of: $0.choices)) }, uniquingKeysWith: { first, _ in first })
    }

    /// That parts differ, in words.
    package var apartName: String { "different parts" }
    /// The named records, in words.
    package var recordsName: String { "record: \(records.joined(separator: " or "))" }
    /// What others shall be like, in words.
    package var likeName: String { "like: \(like ?? "")" }
}

extension Plan.Filter {
    /// `state: sleep`, `species: mouse or rat`, `not state: anaesthesia`.
    package var name: String {
        "\(negated ? "not " : "")\(facet.rawValue): \(anyOf.map(\.label).joined(separator: " or "))"
    }
}

extension Plan.Range {
    /// `subjects: at least 50`, `published: 2021-01-01 to 2023-12-31`.
    package var name: String {
        func text(_ bound: Plan.Bound) -> String {
            switch bound {
            case .number(let value): value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
            case .day(let number): CalendarDay.iso(number)
            }
        }
        return switch (min, max) {
        case (let min?, let max?) where min == max: "\(field.rawValue): \(text(min))"
        case (let min?, let max?): "\(field.rawValue): \(text(min)) to \(text(max))"
        case (let min?, nil): "\(field.rawValue): at least \(text(min))"
        case (nil, let max?): "\(field.rawValue): at most \(text(max))"
        case (nil, nil): "\(field.rawValue): any"
        }
    }
}
