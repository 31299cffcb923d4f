import Planner
package import Records
import Store

/// A range of the plan, and what the record has that reaches into it.
package struct RangeReason: Codable, Sendable, Hashable {
    /// Numbers, or days as ISO 8601 writes them; an end that is open is nil.
    package struct Extent: Codable, Sendable, Hashable {
        package var min: Limit?
        package var max: Limit?

        package init(min: Limit?, max: Limit?) {
            self.min = min
            self.max = max
        }
    }

    /// A number, or a day.
    package enum Limit: Sendable, Hashable {
        case number(Double)
        /// Day number.
        case day(Int)
    }

    /// What is recorded: one value, or from one to another.
    package enum Value: Sendable, Hashable {
        case one(Limit)
        case extent(Extent)
    }

    package var range: RangeField
    package var value: Value
    package var asked: Extent
    package var evidence: Evidence
    /// The part of the record it belongs to, for people.
    package var part: String?

    /// The value in words, with its unit: `subjects: 16`.
    package var text: String { Plan.Range(field: range, min: bound(\.min), max: bound(\.max), words: Self.none).name }

    private static let none = Plan.Words(text: "", start: 0, end: 0)

    private func bound(_ end: KeyPath<Extent, Limit?>) -> Plan.Bound? {
        let limit: Limit? =
            switch value {
            case .one(let limit): limit
            case .extent(let extent): extent[keyPath: end]
            }
        return switch limit {
        case .number(let number)?: .number(number)
        case .day(let day)?: .day(day)
        case nil: nil
        }
    }
}

extension RangeReason.Limit: Codable {
    init(_ value: Double, of field: RangeField) { self = field.isDate ? .day(Int(value)) : .number(value) }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Double.self) {
            self = .number(number)
            return
        }
        guard let day = CalendarDay.number(iso: try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "neither a number nor a day")
        }
        self = .day(day)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .number(let number): try container.encode(number)
        case .day(let day): try container.encode(CalendarDay.iso(day))
        }
    }
}

extension RangeReason.Value: Codable {
    package init(from decoder: any Decoder) throws {
        if let limit = try? RangeReason.Limit(from: decoder) {
            self = .one(limit)
        } else {
            self = .extent(try RangeReason.Extent(from: decoder))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        switch self {
        case .one(let limit): try limit.encode(to: encoder)
        case .extent(let extent): try extent.encode(to: encoder)
        }
    }
}

extension Explainer {
    /// One entry a range that must hold and does: the first recorded value that reaches into it.
    func rangeReasons(for stored: StoredRecord) -> [RangeReason] {
        ranges.compactMap { place in
            let range = plan.ranges[place]
            let (low, high) = (range.min?.value ?? -.infinity, range.max?.value ?? .infinity)
            guard
                let quantity = stored.record.quantities.first(where: {
                    $0.field == range.field && $0.max >= low && $0.min <= high
                })
            else { return nil }
            let parts = stored.record.parts
            func limit(_ value: Double?) -> RangeReason.Limit? { value.map { .init($0, of: range.field) } }
            return RangeReason(
                range: range.field,
                value: quantity.min == quantity.max
                    ? .one(.init(quantity.min, of: range.field))
                    : .extent(.init(min: limit(quantity.min), max: limit(quantity.max))),
                asked: .init(min: limit(range.min?.value), max: limit(range.max?.value)),
                evidence: Evidence(.stated, provenance: quantity.provenance),
                part: quantity.part.flatMap { parts.indices.contains($0) ? parts[$0].label : nil })
        }
    }

    private var ranges: [Int] { conditions.logic.ranges }
}
