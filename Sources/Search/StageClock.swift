/// Milliseconds of each stage of a query.
struct StageClock {
    private(set) var stages: [String: Double]
    private var last = ContinuousClock.now
    private let started = ContinuousClock.now
    private let planMs: Double

    init(planMs: Double) {
        self.planMs = planMs
        stages = ["plan": StageClock.rounded(planMs)]
    }

    /// Adds the time since the last lap to a stage.
    mutating func lap(_ stage: String) {
        let now = ContinuousClock.now
        stages[stage] = StageClock.rounded((stages[stage] ?? 0) + (now - last) / .milliseconds(1))
        last = now
    }

    /// Milliseconds since the question came in, planning included.
    var total: Double { StageClock.rounded(planMs + (ContinuousClock.now - started) / .milliseconds(1)) }

    private static func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }
}
