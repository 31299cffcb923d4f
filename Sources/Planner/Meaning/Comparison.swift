import Vocabulary

/// What a question says about a number: at least, more than, between.
struct Comparison {
    typealias Relation = Lexicon.Comparison
    var relation: Relation
    /// Tokens of the words before the number, the number's own excluded.
    var start: Int
    /// The token after the words that follow the number.
    var end: Int

    /// Reads the words and signs around the number that takes the given tokens.
    static func around(_ number: Range<Int>, in question: Question) -> Comparison {
        if let sign = sign(in: question.gap(before: number.lowerBound)) {
            return Comparison(relation: sign, start: number.lowerBound, end: number.upperBound)
        }
        // "More than a hundred": the article belongs to the number.
        var first = question.word(number.lowerBound - 1) == "a" ? number.lowerBound - 1 : number.lowerBound
        // "Over the age of 65", "above age 65".
        for phrase in [["the", "age", "of"], ["age", "of"], ["age"]]
        where question.matches(phrase, at: first - phrase.count) {
            first -= phrase.count
            break
        }
        for (phrase, relation) in question.lexicon.comparisonsBefore {
            let start = first - phrase.count
            if question.matches(phrase, at: start) {
                return Comparison(relation: relation, start: start, end: number.upperBound)
            }
        }
        return Comparison(relation: .exactly, start: number.lowerBound, end: number.upperBound)
    }

    /// Words behind the number and its unit: "or more", "and above", "+".
    static func after(_ index: Int, in question: Question) -> (relation: Relation, end: Int)? {
        let gap = question.gap(before: index)
        if gap.first == "+" { return (.atLeast, index) }
        for (phrase, relation) in question.lexicon.comparisonsAfter where question.matches(phrase, at: index) {
            return (relation, index + phrase.count)
        }
        return nil
    }

    private static func sign(in gap: String) -> Relation? {
        let signs = gap.filter { "<>=≤≥~≈⩾⩽".contains($0) }
        switch signs {
        case ">": return .moreThan
        case "<": return .lessThan
        case ">=", "≥", "=>", "⩾": return .atLeast
        case "<=", "≤", "=<", "⩽": return .atMost
        case "~", "≈": return .about
        case "=", "==": return .exactly
        default: return nil
        }
    }
}
