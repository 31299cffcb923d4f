/// Spaces requests to one host: at most N a second, fewer after the host said it is too much.
///
/// Pure: the time comes in as seconds since any fixed moment.
struct Pace: Sendable {
    private(set) var interval: Double
    private var next: Double = 0

    init(requestsPerSecond: Double) { interval = requestsPerSecond > 0 ? 1 / requestsPerSecond : 0 }

    /// Seconds to wait before a request that is wanted now; reserves its place.
    mutating func wait(now: Double) -> Double {
        let start = max(now, next)
        next = start + interval
        return start - now
    }

    /// The host answered 429: from now on half as fast, down to one request in four seconds.
    mutating func slowDown() { interval = min(max(interval, 0.05) * 2, 4) }
}
