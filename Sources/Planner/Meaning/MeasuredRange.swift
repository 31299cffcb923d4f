import Records
import Vocabulary

/// Bounds on a measure, with the tokens that say them.
struct MeasuredRange {
    let field: RangeField
    let low: Double?
    let high: Double?
    let tokens: Range<Int>

    /// Two bounds, both included, in either order.
    init(_ field: RangeField, between one: Double, and other: Double, tokens: Range<Int>) {
        (self.field, self.tokens) = (field, tokens)
        (low, high) = (Swift.min(one, other), Swift.max(one, other))
    }

    /// What a comparison with one number says: "more than 500" units are 501 and more.
    init(_ field: RangeField, _ relation: Comparison.Relation, _ value: Double, tokens: Range<Int>) {
        (self.field, self.tokens) = (field, tokens)
        let step: Double =
            switch field {
            case .subjects, .sessions, .units, .channels, .ageDays: 1
            default: 0
            }
        (low, high) =
            switch relation {
            case .atLeast, .about: (value, nil)
            case .moreThan: (value + step, nil)
            case .atMost: (nil, value)
            case .lessThan: (nil, Swift.max(0, value - step))
            case .exactly: (value, value)
            }
    }

    /// The same as a piece of a plan; nil where a bound is no count, age, time or size of anything.
    func range(in question: Question) -> Plan.Range? {
        guard (low ?? 0) < Plan.Range.largest, (high ?? 0) < Plan.Range.largest else { return nil }
        return Plan.Range(
            field: field, min: low.map { .number(Plan.Range.rounded($0)) },
            max: high.map { .number(Plan.Range.rounded($0)) }, words: question.planWords(tokens))
    }
}

extension Plan.Range {
    /// Bounds from here on are no count, age, time or size of anything.
    static let largest = 1e18

    /// To four decimals: enough for months in days, and a number that can be written without an exponent.
    static func rounded(_ value: Double) -> Double {
        value == value.rounded() || value > 1e9 ? value.rounded() : (value * 10_000).rounded() / 10_000
    }
}
