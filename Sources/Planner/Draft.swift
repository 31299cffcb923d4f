import Records

/// What one reader made of a question.  ``Draft/apply(_:)`` adds it to what is known.
struct Reading {
    /// Terms and names found in the sentence.
    var findings: [Finding] = []
    /// Filters that were typed as operators.
    var filters: [Plan.Filter] = []
    var ranges: [Plan.Range] = []
    /// The kind of record asked for.
    var target: RecordType?
    /// Names of records, and of one that others shall be like.
    var records: [String] = []
    var like: String?
    /// Pairs of scopes of the filters that must hold of different parts.
    var apart: [[Int]] = []
    /// Tokens that are spoken for.
    var used: [Swift.Range<Int>] = []
    /// Tokens that rank as they stand, whatever they name.
    var quoted: [Swift.Range<Int>] = []
    /// Tokens that together name one record.
    var identifiers: [Swift.Range<Int>] = []
    var warnings: [Plan.Warning] = []
    var alternatives: [Plan.Alternative] = []
}

/// A plan in the making: the question, which of its words are spoken for, and what was read from them so far.
struct Draft {
    private(set) var question: Question
    /// In the order of the text.
    private(set) var findings: [Finding] = []
    private(set) var target: RecordType?
    private var filters: [Plan.Filter] = []
    private var ranges: [Plan.Range] = []
    private var records: [String] = []
    private var like: String?
    private var apart: [[Int]] = []
    private var warnings: [Plan.Warning] = []
    private var alternatives: [Plan.Alternative] = []

    init(_ question: Question) { self.question = question }

    /// Whether some range of a field is known.
    func hasRange(of field: RangeField) -> Bool { ranges.contains { $0.field == field } }

    /// Whether something but terms of the sentence narrows the question: an operator, a range, a name of a record.
    var isNarrowed: Bool { !filters.isEmpty || !ranges.isEmpty || !records.isEmpty || like != nil }

    /// Adds what a reader found.  The kind of record that was found first stays.
    mutating func apply(_ reading: Reading) {
        question.quoted += reading.quoted
        question.identifiers += reading.identifiers
        for tokens in reading.used { question.use(tokens) }
        if !reading.findings.isEmpty {
            findings += reading.findings
            findings.sort { $0.tokens.lowerBound < $1.tokens.lowerBound }
        }
        filters += reading.filters
        ranges += reading.ranges
        target = target ?? reading.target
        for name in reading.records where !records.contains(name) { records.append(name) }
        like = like ?? reading.like
        apart += reading.apart
        warnings += reading.warnings
        alternatives += reading.alternatives
    }

    /// The plan: the findings as filters, in the order of the text, then what was typed.
    ///
    /// `parts` are pairs of scopes of the findings that must hold of different parts.  What was typed fits, or was
    /// refused; of what the sentence says, the last is left out where there is too much.
    func plan(findings: [Finding], parts: [[Int]] = [], text: String) -> Plan {
        var findings = findings
        // Scopes and alternations of the sentence and of typed groups must not meet.
        let typed = 2 * OperatorScanner.mostScopes
        let alternations = 1 + (filters.compactMap(\.either).max() ?? 0)
        for index in findings.indices {
            findings[index].scope = findings[index].scope.map { $0 + typed }
            findings[index].either = findings[index].either.map { $0 + alternations }
        }
        let pairs = apart + parts.map { $0.map { $0 + typed } }
        var (said, ranges, records) = (findings.filters(in: question), ranges, records)
        var left: [String] = []
        while said.count + filters.count + ranges.count + records.count > Planner.mostFilters {
            // The longest list gives way.
            if said.count >= max(ranges.count, records.count), let last = said.popLast() {
                left.append(last.words.text)
                // An alternation is left out whole.
                while let either = last.either, said.last?.either == either {
                    left.append(said.removeLast().words.text)
                }
            } else if ranges.count > records.count {
                left.append(ranges.removeLast().words.text)
            } else {
                left.append(records.removeLast())
            }
        }
        let (filters, apart) = (said + self.filters).withScopesRenumbered(apart: pairs)
        return Plan(
            query: question.query, target: target, filters: filters, ranges: ranges, records: records, like: like,
            apart: apart, text: text, warnings: warnings + Self.warnings(ofLeft: left.reversed()),
            alternatives: alternatives)
    }

    private static func warnings(ofLeft left: [String]) -> [Plan.Warning] {
        if left.isEmpty { return [] }
        let words = left.map { "'\($0)'" }.joined(separator: ", ")
        return [
            Plan.Warning(
                code: "too_many",
                message: "A plan holds \(Planner.mostFilters) filters at most; these are left out: \(words).")
        ]
    }
}
