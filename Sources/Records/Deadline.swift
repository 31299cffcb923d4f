/// The moment after which a request is no longer answered.  Long work checks it between its steps and stops.
package struct Deadline: Sendable, Hashable {
    /// Nil for work that may take as long as it takes.
    package let instant: ContinuousClock.Instant?

    /// Never over.
    package static let none = Deadline(instant: nil)

    package init(instant: ContinuousClock.Instant?) { self.instant = instant }

    /// A moment so far from now.
    package init(in duration: Duration) { instant = .now + duration }

    /// Whether the moment has passed.  Costs some 30 ns: not for the innermost loop.
    package var isOver: Bool {
        guard let instant else { return false }
        return ContinuousClock.now >= instant
    }
}
