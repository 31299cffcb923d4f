import Planner
import Records
import Search

/// A plan for people: one filter per line with its words and its meaning.
struct PlanBlock {
    let style: Style
    let width: Int

    /// The lines of a plan.
    func lines(of plan: Plan) -> [String] {
        var lines: [String] = []
        if let target = plan.target { lines.append(chip("find", target.rawValue + "s", note: nil)) }
        if !plan.records.isEmpty {
            lines.append(chip("record", plan.records.map { printable($0) }.joined(separator: " or "), note: nil))
        }
        if let like = plan.like { lines.append(chip("like", printable(like), note: "the most alike first")) }
        for (index, place) in plan.orderShown { lines.append(line(ofFilter: index, place, in: plan)) }
        for range in plan.ranges {
            let pieces = range.name.split(separator: ":", maxSplits: 1).map(String.init)
            lines.append(
                chip(
                    prefix(range.weight, nil) + pieces[0], pieces.last?.trimmingPrefix { $0 == " " } ?? "",
                    note: source(range.words)))
        }
        if !plan.text.isEmpty { lines.append(chip("rank by", "“\(printable(plan.text))”", note: nil)) }
        if lines.isEmpty { lines.append(style.faint("nothing to filter or rank by: all records")) }
        for alternative in plan.alternatives {
            let others = alternative.others.map { printable($0) }.joined(separator: ", ")
            lines.append(
                style.faint(
                    "  “\(printable(alternative.words))” read as \(printable(alternative.chosen)), not \(others)"))
        }
        for warning in plan.warnings { lines.append(style.unsure("! " + printable(warning.message))) }
        return lines
    }

    /// What stands before a condition's name.
    private func prefix(_ weight: Plan.Weight, _ place: PlaceAmongAlternatives?) -> String {
        let joint =
            switch place {
            case .either?: "either "
            case .or?: "or "
            case .and?: "and "
            case nil: ""
            }
        return joint + (weight == .preferred ? "preferred " : "")
    }

    private func line(ofFilter index: Int, _ place: PlaceAmongAlternatives?, in plan: Plan) -> String {
        let filter = plan.filters[index]
        let values = filter.anyOf.map { printable($0.label) }
        let below = filter.anyOf.reduce(0) { $0 + $1.descendants }
        var notes = [below > 0 ? "and \(below) below it" : nil, source(filter.words)].compactMap { $0 }
        if filter.via != .label { notes.append(filter.via.rawValue) }
        if filter.confidence < 0.9 { notes.append("\(Int((filter.confidence * 100).rounded()))% sure") }
        if let scope = filter.scope {
            let others = plan.filters.filter { $0.scope == scope && $0 != filter }.map(\.facet.rawValue)
            if !others.isEmpty { notes.append("in the same act as \(others.joined(separator: " and "))") }
        }
        let apart = plan.filtersApart(from: index).map(\.facet.rawValue)
        if !apart.isEmpty { notes.append("in another act than \(apart.joined(separator: " and "))") }
        if let role = filter.role { notes.append("of a \(role.rawValue)") }
        return chip(
            prefix(filter.weight, place) + (filter.negated ? "not " : "") + filter.facet.rawValue,
            values.joined(separator: " or "),
            note: notes.isEmpty ? nil : notes.joined(separator: ", "))
    }

    private func source(_ words: Plan.Words) -> String? {
        words.text.isEmpty ? nil : "“\(printable(words.text))”"
    }

    private func chip(_ name: String, _ value: String, note: String?) -> String {
        let padding = String(repeating: " ", count: max(0, 13 - name.count))
        return "  \(padding)\(name)  \(style.chip(value))" + (note.map { "  " + style.faint($0) } ?? "")
    }
}
