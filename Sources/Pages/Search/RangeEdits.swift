package import Planner
import Records

extension Plan.Range {
    /// What a range can be changed to by one click, those that ask less before those that ask more: without one of its
    /// bounds, and with bounds half or twice as far; dates move by a year.
    package var edits: [Plan.Range] {
        var edits: [Plan.Range] = []
        func add(_ min: Plan.Bound?, _ max: Plan.Bound?) {
            let range = Plan.Range(field: field, min: min, max: max, words: words)
            if let min, let max, min.value > max.value { return }
            guard min != nil || max != nil, range != self, !edits.contains(range) else { return }
            edits.append(range)
        }
        if min != nil, max != nil, min != max {
            add(nil, max)
            add(min, nil)
        }
        add(min.map { $0.moved(.down) }, max.map { $0.moved(.up) })
        if min != max { add(min.map { $0.moved(.up) }, max.map { $0.moved(.down) }) }
        return edits
    }
}

extension Plan.Bound {
    fileprivate enum Direction { case up, down }

    /// Half or twice the number; the same day a year before or after.
    fileprivate func moved(_ direction: Direction) -> Plan.Bound {
        switch self {
        case .number(let value):
            let moved = direction == .up ? value * 2 : value / 2
            // Counts stay whole; what was written with a fraction may keep one.
            return .number(value == value.rounded() ? moved.rounded(direction == .up ? .up : .down) : moved)
        case .day(let number):
            let (year, month, day) = CalendarDay.civil(number)
            let other = year + (direction == .up ? 1 : -1)
            let last = (1...12).contains(month) ? CalendarDay.length(ofMonth: month, year: other) : day
            return .day(CalendarDay.number(year: other, month: month, day: Swift.min(day, last)) ?? number)
        }
    }
}
