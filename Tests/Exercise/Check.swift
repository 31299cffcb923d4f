import Glibc
import Planner
import Records

/// What must hold of one input, whatever it is.
struct Check {
    struct Fault {
        let kind: String
        let detail: String
    }

    /// Processor time of planning, the least of a few runs when the first was long.
    private(set) var microseconds = 0.0
    /// Why there is no plan: the kind of the error.
    private(set) var refused: String?
    private(set) var isRoundTrip = false
    private(set) var faults: [Fault] = []

    private let planner: Planner
    private let input: String
    /// 20 November 2026.
    private static let today = 20_777

    init(planner: Planner, input: String) {
        self.planner = planner
        self.input = input
        let started = Self.clock
        do throws(PlanError) {
            let plan = try planner.plan(input, today: Self.today)
            microseconds = Self.clock - started
            checkSpans(of: plan)
            checkValues(of: plan)
            checkRoundTrip(of: plan)
        } catch {
            microseconds = Self.clock - started
            refused = error.kind.rawValue
            checkError(error)
        }
        checkTime()
    }

    private mutating func fault(_ kind: String, _ detail: String) {
        faults.append(Fault(kind: kind, detail: "\(detail) in \(input.debugDescription)"))
    }

    /// Words of a plan are pieces of the query, cut between scalars.
    private mutating func checkSpans(of plan: Plan) {
        if plan.query != input { fault("query", "another query is reported") }
        let bytes = Array(input.utf8)
        for words in plan.filters.map(\.words) + plan.ranges.map(\.words) {
            guard words.start >= 0, words.start <= words.end, words.end <= bytes.count else {
                fault("span-range", "\(words.start)..<\(words.end)")
                continue
            }
            if words.start == words.end { fault("span-empty", "\(words.start)") }
            for edge in [words.start, words.end] where edge < bytes.count && bytes[edge] & 0xc0 == 0x80 {
                fault("span-boundary", "\(edge) is inside a scalar")
            }
            let text = String(decoding: bytes[words.start..<words.end], as: UTF8.self)
            if words.text != text { fault("span-text", "\(words.text.debugDescription) is not what stands there") }
        }
    }

    private mutating func checkValues(of plan: Plan) {
        for filter in plan.filters {
            if filter.anyOf.isEmpty { fault("filter-empty", filter.facet.rawValue) }
            if !(filter.confidence > 0 && filter.confidence <= 1) { fault("confidence", "\(filter.confidence)") }
            if Set(filter.anyOf.map(\.id)).count != filter.anyOf.count { fault("filter-twice", filter.facet.rawValue) }
        }
        for range in plan.ranges {
            let bounds = [range.min?.value, range.max?.value].compactMap(\.self)
            if bounds.isEmpty { fault("range-empty", range.field.rawValue) }
            if bounds.contains(where: { !$0.isFinite }) { fault("range-infinite", range.field.rawValue) }
            if bounds.count == 2, bounds[0] > bounds[1] { fault("range-order", "\(range.field.rawValue) \(bounds)") }
        }
        let scopes = Dictionary(grouping: plan.filters, by: \.scope)
        for (scope, filters) in scopes where scope != nil {
            let isApart = plan.apart.contains { $0.contains(scope ?? 0) }
            if filters.count < 2, !isApart { fault("scope-alone", "\(scope ?? 0)") }
        }
        for pair in plan.apart
        where pair.count != 2 || pair[0] == pair[1] || pair.contains(where: { scopes[$0] == nil }) {
            fault("apart", "\(pair)")
        }
        for (either, filters) in Dictionary(grouping: plan.filters, by: \.either) where either != nil {
            let choices = plan.choices(among: Array(filters.indices))
            if filters.count < 2 || choices.isEmpty { fault("either-alone", "\(either ?? 0)") }
        }
    }

    /// A plan written as operators reads as itself, and is written the same again.
    private mutating func checkRoundTrip(of plan: Plan) {
        let written = planner.operatorQuery(for: plan)
        guard written.utf8.count <= Planner.longestQuery else { return }
        isRoundTrip = true
        do throws(PlanError) {
            let again = try planner.plan(written, today: Self.today)
            let (left, right) = (Self.essence(plan), Self.essence(again))
            for part in left.indices where left[part] != right[part] {
                fault(
                    "round-trip-\(Self.parts[part])",
                    "\(left[part]) became \(right[part]) by \(written.debugDescription)")
                return
            }
            let twice = planner.operatorQuery(for: again)
            if twice != written {
                fault("round-trip-words", "\(written.debugDescription) became \(twice.debugDescription)")
            }
        } catch {
            fault("round-trip-error", "\(written.debugDescription): \(error)")
        }
    }

    private static let parts = ["target", "filters", "ranges", "text", "apart", "records", "like"]

    private static func essence(_ plan: Plan) -> [String] {
        // Numbers say only what stands together: each is told by the values that have it.
        func together(_ isWith: (Plan.Filter) -> Bool) -> String {
            "\(plan.filters.filter(isWith).map { "\($0.facet)\($0.anyOf.map(\.id))" }.sorted())"
        }
        let filters = plan.filters
            .map { filter in
                (filter.either.map { number in "either \(together { $0.either == number })" } ?? "")
                    + (filter.choice.map { number in
                        "choice \(together { $0.either == filter.either && $0.choice == number })"
                    } ?? "") + (filter.weight == .preferred ? "~" : "")
                    + "\(filter.negated ? "-" : "")\(filter.exact == true ? "exact " : "")\(filter.facet.rawValue)=\(filter.anyOf.map(\.id))"
                    + "#\(filter.scope.map { number in together { $0.scope == number } } ?? "")"
                    + (filter.role?.rawValue ?? "")
            }
        let ranges = plan.ranges.map { range in
            "\(range.weight)\(range.field.rawValue)\(range.min.map { "\($0.value)" } ?? "")..\(range.max.map { "\($0.value)" } ?? "")"
        }
        let apart = plan.apart.map { pair in pair.map { number in together { $0.scope == number } }.sorted() }
        return [
            plan.target?.rawValue ?? "", "\(filters.sorted())", "\(ranges.sorted())", plan.text,
            "\(apart.map { "\($0)" }.sorted())", "\(plan.records)", plan.like ?? "",
        ]
    }

    private mutating func checkError(_ error: PlanError) {
        if error.detail.isEmpty { fault("error-silent", error.kind.rawValue) }
        if [.unknownOperator, .malformedValue].contains(error.kind), error.suggestions.isEmpty {
            fault("error-no-suggestion", error.detail)
        }
    }

    /// Processor time of this thread in microseconds: other work of the machine does not count.
    private static var clock: Double {
        var now = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now)
        return Double(now.tv_sec) * 1e6 + Double(now.tv_nsec) / 1e3
    }

    /// Linear in the length.  What takes long is measured again, since caches may have been cold.
    private mutating func checkTime() {
        let limit = Self.limit(bytes: input.utf8.count)
        guard microseconds > limit else { return }
        for _ in 0..<5 where microseconds > limit {
            let started = Self.clock
            _ = try? planner.plan(input, today: Self.today)
            microseconds = min(microseconds, Self.clock - started)
        }
        if microseconds > limit { fault("time", "\(Int(microseconds)) µs for \(input.utf8.count) bytes") }
    }

    /// Microseconds that an input may take: some for the suggestions to an unknown value, which look at every name,
    /// and the rest in proportion to the length.
    private static func limit(bytes: Int) -> Double { 10_000 + 20 * Double(min(bytes, Planner.longestQuery)) }
}
