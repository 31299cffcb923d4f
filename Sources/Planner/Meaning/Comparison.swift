/// What a question says about a number: at least, more than, between.
struct Comparison {
    enum Relation { case atLeast, moreThan, atMost, lessThan, exactly, about }
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
        let first = question.word(number.lowerBound - 1) == "a" ? number.lowerBound - 1 : number.lowerBound
        for (phrase, relation) in before {
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
        for (phrase, relation) in behind where question.matches(phrase, at: index) {
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

    private static func table(_ rows: [(String, Relation)]) -> [([String], Relation)] {
        rows.flatMap { text, relation in Lexicon.phrases(text).map { ($0, relation) } }
            .sorted { $0.0.count > $1.0.count }
    }

    private static let before = table([
        (
            """
            at least|minimum|minimum of|a minimum of|at minimum|no fewer than|no less than|not less than|not fewer than|\
            min|as many as|upwards of|starting at
            """, .atLeast
        ),
        (
            "more than|over|greater than|above|exceeding|larger than|longer than|older than|bigger than|higher than|beyond|in excess of",
            .moreThan
        ),
        (
            "at most|up to|no more than|not more than|maximum|maximum of|a maximum of|max|no older than|no longer than|no larger than",
            .atMost
        ),
        ("less than|fewer than|under|below|smaller than|shorter than|younger than|lower than", .lessThan),
        ("around|about|approximately|roughly|some|circa|ca|nearly|almost|on the order of|order of", .about),
    ])

    private static let behind = table([
        (
            """
            or more|or older|or greater|or above|or longer|or larger|or over|or higher|and more|and older|and above|\
            and over|and up|and longer|plus|or later|onwards|onward|and later|minimum|at least|upwards
            """, .atLeast
        ),
        (
            """
            or less|or fewer|or younger|or below|or under|or shorter|or smaller|and under|and younger|or earlier|\
            and earlier|at most|maximum|and below
            """, .atMost
        ),
    ])
}
