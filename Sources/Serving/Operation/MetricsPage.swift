import FoundationEssentials
import Records

/// Lines in the text format of Prometheus.
struct MetricsPage {
    enum Kind: String { case counter, gauge, histogram }

    private(set) var text = ""

    mutating func begin(_ name: String, _ kind: Kind, _ help: String) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n"
    }

    mutating func add(_ name: String, _ labels: [(String, String)], _ value: Double) {
        let list = labels.map { "\($0.0)=\"\(MetricsPage.escaped($0.1))\"" }.joined(separator: ",")
        let number = value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
        text += "\(name)\(list.isEmpty ? "" : "{\(list)}") \(number)\n"
    }

    mutating func one(_ name: String, _ kind: Kind, _ help: String, _ value: Double) {
        begin(name, kind, help)
        add(name, [], value)
    }

    private static func escaped(_ text: String) -> String {
        text.reduce(into: "") { result, character in
            switch character {
            case "\\": result += "\\\\"
            case "\"": result += "\\\""
            case "\n": result += "\\n"
            default: result.append(character)
            }
        }
    }
}

/// Moments as manifests write them.
enum Moment {
    /// Seconds since 1970 of `2026-11-21T09:30:00Z`; nil for any other text.
    static func seconds(iso text: String) -> Double? {
        let pieces = text.split(separator: "T")
        guard pieces.count == 2, let day = CalendarDay.number(iso: pieces[0]), pieces[1].hasSuffix("Z") else {
            return nil
        }
        let clock = pieces[1].dropLast().split(separator: ":").compactMap { Double($0) }
        guard clock.count == 3 else { return nil }
        return Double(day) * 86_400 + clock[0] * 3600 + clock[1] * 60 + clock[2]
    }

    /// `2026-11-21T09:30:00Z` of seconds since 1970.
    static func iso(seconds: Int) -> String {
        let second = ((seconds % 86_400) + 86_400) % 86_400
        let clock = [second / 3600, second / 60 % 60, second % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
        return "\(CalendarDay.iso((seconds - second) / 86_400))T\(clock.joined(separator: ":"))Z"
    }

    /// Now, as `2026-11-21T09:30:00.123Z`.
    static var now: String {
        let milliseconds = Int((Date().timeIntervalSince1970 * 1000).rounded(.down))
        let (seconds, fraction) = milliseconds.quotientAndRemainder(dividingBy: 1000)
        let (day, second) = seconds.quotientAndRemainder(dividingBy: 86_400)
        func padded(_ number: Int, _ width: Int) -> String {
            String(repeating: "0", count: width - String(number).count) + "\(number)"
        }
        return "\(CalendarDay.iso(day))T\(padded(second / 3600, 2)):\(padded(second / 60 % 60, 2)):"
            + "\(padded(second % 60, 2)).\(padded(fraction, 3))Z"
    }
}

/// This process.
enum Process {
    /// Memory in use, in bytes (`/proc/self/statm`).
    static var residentBytes: Int? {
        guard let data = FileManager.default.contents(atPath: "/proc/self/statm") else { return nil }
        let fields = String(decoding: data, as: UTF8.self).split(separator: " ")
        return fields.count > 1 ? Int(fields[1]).map { $0 * 4096 } : nil
    }
}
