internal import Glibc
internal import Records

/// A moment in whole seconds of UTC.
package struct Timestamp: Sendable, Hashable {
    package let secondsSince1970: Int

    package init(secondsSince1970: Int) { self.secondsSince1970 = secondsSince1970 }

    package static func now() -> Timestamp { Timestamp(secondsSince1970: time(nil)) }

    /// `2026-11-21T09:30:00Z`.
    package var iso: String { "\(CalendarDay.iso(day))T\(clock.joined(separator: ":"))Z" }

    /// `20261121T093000Z`, for names of files.
    package var compact: String { CalendarDay.iso(day).filter { $0 != "-" } + "T\(clock.joined())Z" }

    private var day: Int { Int((Double(secondsSince1970) / 86_400).rounded(.down)) }

    private var clock: [String] {
        let second = secondsSince1970 - day * 86_400
        return [second / 3600, second / 60 % 60, second % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
    }
}
