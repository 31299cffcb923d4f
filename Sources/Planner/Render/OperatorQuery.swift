import Records

extension Planner {
    /// Writes a plan as an operator query.  That query parses back to the same target, filters, ranges and text.
    ///
    /// Filters of one part are in braces, `{region:thalamus device:Neuropixels}`; a role precedes them,
    /// `recording{region:thalamus}`.  A value is written by its label where that finds the same term, else by its id.
    package func operatorQuery(for plan: Plan) -> String {
        var pieces: [String] = []
        if let target = plan.target { pieces.append("type:\(target.rawValue)") }
        var written: Set<Int> = []
        for (index, filter) in plan.filters.enumerated() where !written.contains(index) {
            let group = plan.filters.indices.filter { other in
                other == index
                    || (filter.scope != nil && plan.filters[other].scope == filter.scope
                        && plan.filters[other].role == filter.role)
            }
            written.formUnion(group)
            let text = group.map { self.text(of: plan.filters[$0]) }.joined(separator: " ")
            if filter.role != nil || group.count > 1 {
                pieces.append("\(filter.role?.rawValue ?? ""){\(text)}")
            } else {
                pieces.append(text)
            }
        }
        for range in plan.ranges { pieces.append(text(of: range)) }
        if !plan.text.isEmpty {
            let text = plan.text.filter { $0 != "\"" }
            // Words that stood apart may be a name when they stand together.
            pieces.append((vocabulary.isTerm(phrase: text) ? "text:" : "") + "\"\(text)\"")
        }
        return pieces.joined(separator: " ")
    }

    private func text(of filter: Plan.Filter) -> String {
        let name = filter.exact == true && filter.facet == .region ? "anatomy_exact" : filter.facet.rawValue
        return filter.anyOf
            .map { "\(filter.negated ? "-" : "")\(name):\(self.name(of: $0, facet: filter.facet))" }
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
        return value.id.allSatisfy { $0.isLetter || $0.isNumber || ":._-".contains($0) } ? value.id : "\"\(value.id)\""
    }

    private func text(of range: Plan.Range) -> String {
        func bound(_ bound: Plan.Bound) -> String {
            switch bound {
            case .day(let day): return CalendarDay.iso(day)
            case .number(let value):
                return value == value.rounded() && abs(value) < Plan.Range.largest ? String(Int(value)) : String(value)
            }
        }
        switch (range.min, range.max) {
        case (let min?, let max?): return "\(range.field.rawValue):\(bound(min))..\(bound(max))"
        case (let min?, nil): return "\(range.field.rawValue):>=\(bound(min))"
        case (nil, let max?): return "\(range.field.rawValue):<=\(bound(max))"
        case (nil, nil): return ""
        }
    }
}
