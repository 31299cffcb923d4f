package import Records

/// What a plan must hold.
package struct Expectation: Sendable {
    /// A term and what is said of it.
    package struct Item: Sendable {
        package let key: String
        package let facet: Facet
        package let id: String
        package let name: String
        package let sign: Sign
    }

    package struct Range: Sendable {
        package let field: RangeField
        package let min: Double?
        package let max: Double?
    }

    package let items: [Item]
    package let ranges: [Range]
    package let relations: Relations
    /// The kind of record; nil where the sentence leaves it open.
    package let target: RecordType?

    init(drawn: [String: (term: Term, sign: Sign)], numbers: [String: Int], relations: Relations) {
        let strange =
            relations.keys.filter { drawn[$0] == nil } + relations.ranges.map(\.number).filter { numbers[$0] == nil }
        precondition(strange.isEmpty, "relations of what the sentence lacks: \(strange)")
        items = drawn.sorted { $0.key < $1.key }.compactMap { key, value in
            value.term.facet.map {
                Item(key: key, facet: $0, id: value.term.id, name: value.term.plain, sign: value.sign)
            }
        }
        ranges = relations.ranges.map { range in
            let number = Double((numbers[range.number] ?? 0) * range.factor)
            return Range(field: range.field, min: range.isMinimum ? number : nil, max: range.isMinimum ? nil : number)
        }
        self.relations = relations
        target = drawn.values.compactMap(\.term.target).first
    }
}
