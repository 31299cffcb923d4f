import Records
import Vocabulary

/// Tells whether a length of time is that of a recording: of pulses, trials, delays, treatments and "after injection"
/// it is not.
struct DurationSense {
    let question: Question
    let findings: [Finding]

    /// Of a time that takes the tokens `start..<end`, with its comparison.
    func isRecording(_ tokens: Range<Int>) -> Bool {
        // "Sessions that last more than an hour", but "the last 5 minutes".
        let isVerb = question.word(tokens.lowerBound - 1) == "last" && question.number(at: tokens.lowerBound) == nil
        if question.has(.momentBefore, at: tokens.lowerBound - 1), !isVerb { return false }
        if question.has(.each, at: tokens.upperBound),
            question.lexicon.days[question.word(tokens.upperBound + 1)] != nil
        {
            return false
        }
        let behind = headBehind(tokens)
        let before = headBefore(tokens.lowerBound)
        // "Sessions longer than an hour": what is compared stands before; "two-hour sessions": it stands behind.
        let isCompared = question.has(.lengthComparison, in: tokens)
        switch isCompared ? before ?? behind : behind ?? before {
        case .recording: return behind != .moment
        case .other, .moment: return false
        case nil: return isCompared || isBounded(tokens)
        }
    }

    /// How many words a noun may stand before its time; bounds the work on long questions.
    private static let farthest = 16

    private enum Head { case recording, other, moment }

    /// What the time stands before: "2-hour sleep recordings", "5 s optogenetic pulses", "20 minutes of EEG".
    private func headBehind(_ tokens: Range<Int>) -> Head? {
        let end = tokens.upperBound
        guard end < question.tokens.count, !question.isClauseEnd(before: end) else { return nil }
        if question.has(.momentAfter, at: end) { return .moment }
        let isOf = question.word(end) == "of"
        let first = isOf || question.word(end) == "long" ? end + 1 : end
        // The last noun is the head: "4 hours of sleep deprivation".
        var head: Head?
        for index in first..<max(first, min(first + 5, question.tokens.count)) {
            let isJoint = question.hasAny(of: [.preposition, .conjunction], at: index)
            if isJoint || (index > first && question.isClauseEnd(before: index)) { break }
            if question.has(.otherLength, at: index) {
                head = .other
            } else if isOf, isState(index) {
                head = .recording
            }
            if question.has(.lengthHead, at: index) || isMethod(index) { head = .recording }
            // A plural ends the phrase: "30 s epochs sleep EEG".
            if head != nil, question.isPlural(index) { break }
        }
        if let head { return head }
        if isOf { return .other }
        // "5 s gratings": without a comparison it belongs to the noun behind, whatever that is.
        let isNoun =
            first < question.tokens.count
            && !question.hasAny(of: [.preposition, .conjunction, .article, .stopWord], at: first)
        return isNoun && !isBounded(tokens) ? .other : nil
    }

    /// The nearest noun or verb before that has a length: "sessions longer than", "a delay of".
    private func headBefore(_ start: Int) -> Head? {
        var isMeasured = false
        for index in stride(from: start - 1, through: max(0, start - Self.farthest), by: -1) {
            if question.gap(before: index + 1).contains(where: { ".;!?".contains($0) }) { return nil }
            if question.has(.lengthHead, at: index) || isMethod(index) { return .recording }
            if question.number(at: index) != nil { isMeasured = true }
            guard question.has(.otherLength, at: index) else { continue }
            // "A TR of 2 s and at least 10 min": that one has its time.
            if !isMeasured { return .other }
            isMeasured = false
        }
        return nil
    }

    /// "20 minutes of running", "10 min of a maze": what the animals did while they were recorded.
    private func isState(_ index: Int) -> Bool {
        findings.contains { ($0.facet == .state || $0.facet == .task) && $0.tokens.contains(index) }
    }

    /// A technique or a signal, which is recorded.
    private func isMethod(_ index: Int) -> Bool {
        findings.contains { ($0.facet == .technique || $0.facet == .signal) && $0.tokens.contains(index) }
    }

    /// "At least 2 hours, mice": a bound without any noun is of a recording.
    private func isBounded(_ tokens: Range<Int>) -> Bool {
        guard let first = question.number(at: tokens.lowerBound) else { return true }
        return Comparison.after(tokens.lowerBound + first.length, in: question) != nil
            || Comparison.after(tokens.upperBound, in: question) != nil
            || Comparison.after(tokens.upperBound - 2, in: question) != nil
            || question.gap(before: tokens.lowerBound).contains { "<>≤≥~≈".contains($0) }
    }
}
