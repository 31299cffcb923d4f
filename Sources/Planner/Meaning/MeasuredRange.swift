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
    ///
    /// `unit` is what the number was given in: an age of 18 months ends on the day before 19 months, and a length of
    /// 2 hours is meant to a twentieth.  "About" is to a tenth.
    init(
        _ field: RangeField, _ relation: Comparison.Relation, _ value: Double, unit: Double = 1, tokens: Range<Int>
    ) {
        (self.field, self.tokens) = (field, tokens)
        let isWhole = field != .durationS && field != .sizeBytes
        let step: Double = isWhole ? 1 : 0
        func around(_ share: Double) -> (Double, Double) {
            let ends = (value * (1 - share), value * (1 + share))
            guard isWhole else { return ends }
            let whole = (ends.0.rounded(.up), ends.1.rounded(.down))
            // No whole number lies within a tenth of 2.5: its neighbours are meant.
            return whole.0 <= whole.1 ? whole : (value.rounded(.down), value.rounded(.up))
        }
        (low, high) =
            switch relation {
            case .atLeast: (value, nil)
            case .moreThan: (value + step, nil)
            case .atMost: (nil, value)
            case .lessThan: (nil, Swift.max(0, value - step))
            case .about: around(0.1)
            case .exactly where field == .durationS: around(0.05)
            case .exactly where field == .ageDays && unit > 1: (value, (value + unit).rounded(.up) - 1)
            case .exactly: (value, value)
            }
    }

    /// What is left when the bound is denied: "no sessions under 10 minutes"; nil for two bounds, and where nothing is
    /// left, as of "not 0 or more".
    var denied: MeasuredRange? {
        let step: Double = field == .durationS || field == .sizeBytes ? 0 : 1
        switch (low, high) {
        case (let low?, nil) where low >= step: return MeasuredRange(field, .atMost, low - step, tokens: tokens)
        case (nil, let high?): return MeasuredRange(field, .atLeast, high + step, tokens: tokens)
        default: return nil
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
