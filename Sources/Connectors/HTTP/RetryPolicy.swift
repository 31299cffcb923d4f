/// When to try a request again, and how long to wait: exponential back-off with jitter, `Retry-After` obeyed.
///
/// Pure: time and chance come in as arguments.
struct RetryPolicy: Sendable {
    /// Tries after the first.
    var retries: Int
    /// Seconds before the second try.
    var firstWait: Double
    /// Seconds no wait goes beyond.
    var longestWait: Double

    /// What to do about an outcome.
    enum Decision: Sendable, Equatable {
        /// Nothing wrong, or nothing that another try would mend.
        case accept
        case wait(seconds: Double)
        case giveUp(reason: String)
    }

    /// - Parameters:
    ///   - attempt: tries so far, this one included; begins at 1.
    ///   - chance: a number in 0..<1 that spreads the clients.
    func decide(_ outcome: TransferOutcome, attempt: Int, chance: Double) -> Decision {
        let reason: String
        var asked: Double?
        switch outcome {
        case .tooLarge: return .accept
        case .timedOut: reason = "no answer in time"
        case .broken(let why): reason = why
        case .answered(let answer):
            switch answer.status {
            case 429, 503:
                asked = answer.headers["retry-after"].flatMap(Self.seconds)
                reason = "the server asks to wait (status \(answer.status))"
            case 408, 425, 500, 502, 504: reason = "the server fails (status \(answer.status))"
            default: return .accept
            }
        }
        guard attempt <= retries else { return .giveUp(reason: "\(reason), after \(attempt) tries") }
        return .wait(seconds: wait(attempt: attempt, asked: asked, chance: chance))
    }

    /// Between half and the whole of the doubled wait ("equal jitter"); never less than the server asks for, unless
    /// that is longer than we are willing to wait.
    func wait(attempt: Int, asked: Double?, chance: Double) -> Double {
        var doubled = firstWait
        for _ in 1..<max(1, min(attempt, 16)) { doubled *= 2 }
        let spread = min(doubled, longestWait) * (0.5 + chance / 2)
        return min(max(spread, (asked ?? 0) * (1 + chance / 10)), longestWait)
    }

    /// `Retry-After` in seconds; the date form is not worth a clock here and counts as 5.
    static func seconds(_ header: String) -> Double? {
        if let number = Double(header), number.isFinite, number >= 0 { return number }
        return header.isEmpty ? nil : 5
    }
}
