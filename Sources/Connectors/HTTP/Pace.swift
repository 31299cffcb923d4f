/// Spaces requests to one host: at most N a second, fewer after the host said it is too much.
///
/// Pure: the time comes in as seconds since any fixed moment.
struct Pace: Sendable {
    /// Seconds between two requests, as allowed by the limits.
    private let shortest: Double
    private(set) var interval: Double
    private var next: Double = 0

    /// - Parameter requestsPerSecond: 0 for no limit.
    init(requestsPerSecond: Double) {
        shortest = requestsPerSecond > 0 ? 1 / requestsPerSecond : 0
        interval = shortest
    }

    /// Seconds to wait before the next request; reserves its slot.
    mutating func wait(now: Double) -> Double {
        let start = max(now, next)
        next = start + interval
        return start - now
    }

    /// The host answered 429: from now on slower, down to one request in two seconds.
    mutating func slowDown() { interval = min(max(interval, 0.05) * 1.5, 2) }

    /// The host answered: back towards the allowed rate, in small steps.
    mutating func speedUp() { interval = max(shortest, interval * 0.97) }
}
