package import Planner
import Records

extension Draw {
    /// Words of a question.
    package mutating func words() -> Plan.Words { Plan.Words(text: text(), start: below(99), end: below(999)) }

    package mutating func warning() -> Plan.Warning {
        Plan.Warning(code: text(), message: text(), suggestions: list { $0.text() })
    }

    package mutating func filter() -> Plan.Filter {
        let value = Plan.Value(
            id: text(), label: text(), synonyms: list { $0.text() }, xrefs: list { $0.text() }, descendants: below(99))
        return Plan.Filter(
            facet: one(of: Facet.self), anyOf: [value] + list { draw in Plan.Value(value, named: draw.text()) },
            negated: below(2) == 0, weight: one(of: Plan.Weight.self), either: maybe { $0.below(1000) },
            choice: maybe { $0.below(1000) }, scope: maybe { $0.below(1000) },
            role: maybe { $0.one(of: Part.Role.self) }, exact: maybe { _ in true },
            confidence: [0, 0.5, 1 / 3, 1][below(4)], words: words(), via: one(of: Plan.Via.self))
    }

    package mutating func range() -> Plan.Range {
        let field = one(of: RangeField.self)
        func bound(_ draw: inout Draw) -> Plan.Bound {
            field.isDate ? .day(draw.below(40_000) - 9_000) : .number(draw.number())
        }
        let min = maybe(bound)
        return Plan.Range(
            field: field, min: min, max: min == nil ? bound(&self) : maybe(bound), weight: one(of: Plan.Weight.self),
            words: words())
    }

    package mutating func plan() -> Plan {
        Plan(
            query: text(), target: maybe { $0.one(of: RecordType.self) }, filters: list { $0.filter() },
            ranges: list { $0.range() },
            records: list { $0.text() }, like: maybe { $0.text() },
            apart: list { [$0.below(1000), $0.below(1000)] }, text: text(), warnings: list { $0.warning() },
            alternatives: list { draw in
                Plan.Alternative(words: draw.text(), chosen: draw.text(), others: draw.list { $0.text() })
            })
    }
}

extension Plan.Value {
    fileprivate init(_ other: Plan.Value, named label: String) {
        self = other
        self.label = label
    }
}
