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
            if total > 0 { result.append(.init(drop: plan.name(of: piece), broaden: nil, total: total)) }
        }
        for (index, filter) in plan.filters.enumerated() where !filter.negated {
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
    func name(of piece: Conditions.Piece) -> String {
        switch piece {
        case .filter(let index): filters[index].name
        case .range(let index): ranges[index].name
        }
    }
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
