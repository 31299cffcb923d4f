import Synchronization

/// A token bucket for each client (RFC 9110 status 429; fields of draft-ietf-httpapi-ratelimit-headers-10).
///
/// Addresses are kept as they are, in memory, at most as long as a bucket needs to fill up again.
package final class RateLimiter: Sendable {
    /// The state of a client's rate limit.
    package struct Verdict: Sendable, Hashable {
        package let isAllowed: Bool
        /// Whole requests left at once.
        package let remaining: Int
        /// Seconds until the bucket is full, or until the next request is allowed.
        package let reset: Int
    }

    private struct Bucket {
        var tokens: Double
        var filled: ContinuousClock.Instant
    }

    /// Requests a second that a client may send for ever.
    package let rate: Double
    /// Requests that a client may send at once.
    package let burst: Int
    private let most: Int
    private let buckets = Mutex<[[UInt8]: Bucket]>([:])

    package init(rate: Double, burst: Int, mostClients: Int = 65_536) {
        precondition(rate > 0 && burst > 0 && mostClients > 0, "a rate is positive")
        self.rate = rate
        self.burst = burst
        most = mostClients
    }

    /// The policy as a structured field.
    package var policy: String { "\"client\";q=\(burst);w=\(Int((Double(burst) / rate).rounded(.up)))" }

    /// Counts a request of a client.
    package func take(_ client: [UInt8], at now: ContinuousClock.Instant = .now) -> Verdict {
        let key = Self.key(client)
        return buckets.withLock { buckets in
            if buckets[key] == nil, buckets.count >= most { forgetFull(&buckets, now) }
            var bucket = buckets[key] ?? Bucket(tokens: Double(burst), filled: now)
            bucket.tokens = min(Double(burst), bucket.tokens + rate * ((now - bucket.filled) / .seconds(1)))
            bucket.filled = now
            let isAllowed = bucket.tokens >= 1
            if isAllowed { bucket.tokens -= 1 }
            buckets[key] = bucket
            let missing = isAllowed ? Double(burst) - bucket.tokens : 1 - bucket.tokens
            return Verdict(
                isAllowed: isAllowed, remaining: Int(bucket.tokens), reset: max(1, Int((missing / rate).rounded(.up))))
        }
    }

    /// Whole address for IPv4, the network of 64 bits for IPv6, which is what one subscriber has.
    private static func key(_ address: [UInt8]) -> [UInt8] {
        address.count == 16 ? Array(address.prefix(8)) : address
    }

    /// Drops the clients that would have a full bucket; all of them when none would, which forgives rather than
    /// refuses.
    private func forgetFull(_ buckets: inout [[UInt8]: Bucket], _ now: ContinuousClock.Instant) {
        let before = buckets.count
        buckets = buckets.filter { entry in
            entry.value.tokens + rate * ((now - entry.value.filled) / .seconds(1)) < Double(burst)
        }
        if buckets.count == before { buckets.removeAll() }
    }
}
