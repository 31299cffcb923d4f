/// A property that is a number or a date.
package enum RangeField: String, CaseIterable, Codable, Sendable, Hashable {
    /// Age of the animal or person when recorded, in days.
    case ageDays = "age_days"
    /// Day the data were recorded; day numbers, see ``CalendarDay``.
    case date
    case published, modified
    case subjects, sessions, units, channels
    /// Length of a recording in seconds.
    case durationS = "duration_s"
    /// Size of the data in bytes.
    case sizeBytes = "size_bytes"

    /// What the numbers of a field are.
    package enum Measure: Sendable, Hashable {
        /// Day numbers, written as ISO 8601 dates.
        case date
        /// Days of life.
        case age
        case seconds, bytes
        /// How many there are.
        case count
    }

    /// What people call the field, the unit of numbers that are shown without one included, and what its numbers are.
    package var descriptor: (title: String, measure: Measure) {
        switch self {
        case .ageDays: ("Age in days", .age)
        case .date: ("Recorded", .date)
        case .published: ("Published", .date)
        case .modified: ("Modified", .date)
        case .subjects: ("Subjects", .count)
        case .sessions: ("Sessions", .count)
        case .units: ("Units", .count)
        case .channels: ("Channels", .count)
        case .durationS: ("Duration", .seconds)
        case .sizeBytes: ("Size", .bytes)
        }
    }

    /// Whether values are day numbers, written as ISO 8601 dates.
    package var isDate: Bool { descriptor.measure == .date }
}
