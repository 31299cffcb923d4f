import Records
import Search
import Synchronization

/// What the service counts of itself, in the text format of Prometheus
/// (https://prometheus.io/docs/instrumenting/exposition_formats/).  Names of routes and stages, never what was asked.
package final class Metrics: Sendable {
    /// Counts of values by upper bound.
    private struct Histogram {
        static let bounds: [Double] = [
            0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5,
        ]
        var counts = [Int](repeating: 0, count: bounds.count + 1)
        var sum = 0.0

        mutating func add(_ seconds: Double) {
            counts[Histogram.bounds.firstIndex { seconds <= $0 } ?? Histogram.bounds.count] += 1
            sum += seconds
        }
    }

    private struct Outcome: Hashable {
        let route: String
        let status: Int
    }

    private struct State {
        var requests: [Outcome: Int] = [:]
        var durations: [String: Histogram] = [:]
        var stages: [String: Histogram] = [:]
        var waits = Histogram()
        var problems: [String: Int] = [:]
        var searches = 0
        var searchesWithoutResult = 0
        var bytes = 0
    }

    /// What is true at the moment of asking.
    package struct Gauges: Sendable {
        package var queued = 0
        package var queueLimit = 0
        package var working = 0
        package var workers = 0
        package var connections = 0
        package init() {}
    }

    private let state = Mutex(State())
    private let gauges = Mutex<@Sendable () -> Gauges>({ Gauges() })
    private let started = ContinuousClock.now

    /// Says how the moment's values are found.
    package func observe(_ read: @escaping @Sendable () -> Gauges) { gauges.withLock { $0 = read } }

    /// Counts an answer that was sent.
    package func count(_ reply: Reply, took: Duration, waited: Duration?) {
        let seconds = took / .seconds(1)
        state.withLock { state in
            state.requests[Outcome(route: reply.route, status: reply.status), default: 0] += 1
            state.durations[reply.route, default: Histogram()].add(seconds)
            for (stage, milliseconds) in reply.stages {
                state.stages[stage, default: Histogram()].add(milliseconds / 1000)
            }
            if let waited { state.waits.add(waited / .seconds(1)) }
            if let problem = reply.problem { state.problems[problem.rawValue, default: 0] += 1 }
            if let matches = reply.matches {
                state.searches += 1
                if matches == 0 { state.searchesWithoutResult += 1 }
            }
            state.bytes += reply.body.count
        }
    }

    /// All of it.
    ///
    /// - Parameter now: seconds since 1970.
    package func text(served: ServedGenerations, version: String, now: Double) -> String {
        let gauges = gauges.withLock { $0 }()
        let state = state.withLock { $0 }
        var page = MetricsPage()
        page.begin("discover_build_info", .gauge, "Version of the program.")
        page.add("discover_build_info", [("version", version)], 1)

        page.begin("discover_requests_total", .counter, "Answers by route and status.")
        for (outcome, count) in state.requests.sorted(by: {
            ($0.key.route, $0.key.status) < ($1.key.route, $1.key.status)
        }) {
            page.add(
                "discover_requests_total", [("route", outcome.route), ("status", "\(outcome.status)")], Double(count))
        }
        page.begin("discover_problems_total", .counter, "Problems by code.")
        for (code, count) in state.problems.sorted(by: { $0.key < $1.key }) {
            page.add("discover_problems_total", [("code", code)], Double(count))
        }
        page.begin("discover_request_duration_seconds", .histogram, "From the last byte of a request to its answer.")
        for (route, histogram) in state.durations.sorted(by: { $0.key < $1.key }) {
            add(histogram, "discover_request_duration_seconds", ("route", route), to: &page)
        }
        page.begin("discover_stage_duration_seconds", .histogram, "Stages of a search.")
        for (stage, histogram) in state.stages.sorted(by: { $0.key < $1.key }) {
            add(histogram, "discover_stage_duration_seconds", ("stage", stage), to: &page)
        }
        page.begin("discover_queue_wait_seconds", .histogram, "How long requests waited for a worker.")
        add(state.waits, "discover_queue_wait_seconds", nil, to: &page)

        page.one("discover_searches_total", .counter, "Searches answered.", Double(state.searches))
        page.one(
            "discover_searches_without_result_total", .counter, "Searches whose match tier was empty.",
            Double(state.searchesWithoutResult))
        page.one("discover_answer_bytes_total", .counter, "Bytes of bodies, as sent.", Double(state.bytes))
        page.one("discover_queue_depth", .gauge, "Requests that wait for a worker.", Double(gauges.queued))
        page.one("discover_queue_limit", .gauge, "Most requests that may wait.", Double(gauges.queueLimit))
        page.one("discover_workers_busy", .gauge, "Workers at work.", Double(gauges.working))
        page.one("discover_workers", .gauge, "Workers.", Double(gauges.workers))
        page.one("discover_connections", .gauge, "Open connections.", Double(gauges.connections))
        page.one(
            "discover_uptime_seconds", .gauge, "Since the service started.",
            (ContinuousClock.now - started) / .seconds(1)
        )
        if let memory = Process.residentBytes {
            page.one("process_resident_memory_bytes", .gauge, "Memory in use.", Double(memory))
        }
        addIndex(served, now: now, to: &page)
        return page.text + (served.lastRun?.metrics ?? "")
    }

    private func addIndex(_ served: ServedGenerations, now: Double, to page: inout MetricsPage) {
        let live = served.live
        page.begin("discover_generation_info", .gauge, "The generation that is served.")
        page.add("discover_generation_info", [("generation", live.generation)], 1)
        if let created = Moment.seconds(iso: live.facts.created) {
            page.one(
                "discover_generation_age_seconds", .gauge, "Since the generation was built.", max(0, now - created))
        }
        page.one("discover_generation_switches_total", .counter, "Generations taken up.", Double(served.switches))
        page.one(
            "discover_generation_refused", .gauge, "1 while a newer generation is damaged and not served.",
            served.refusal == nil ? 0 : 1)
        page.one("discover_records", .gauge, "Records served.", Double(live.facts.records))
        let lines = live.searcher.sourceLines.sorted { $0.source.rawValue < $1.source.rawValue }
        page.begin("discover_source_records", .gauge, "Records of a source.")
        for line in lines {
            page.add("discover_source_records", [("source", line.source.rawValue)], Double(line.records))
        }
        page.begin("discover_source_harvest_age_seconds", .gauge, "Since a source was last fetched.")
        for line in lines {
            guard let harvested = Moment.seconds(iso: line.harvested) else { continue }
            page.add(
                "discover_source_harvest_age_seconds", [("source", line.source.rawValue)], max(0, now - harvested))
        }
        page.begin("discover_source_stale", .gauge, "1 where the last fetch failed and older records stand in.")
        for line in lines { page.add("discover_source_stale", [("source", line.source.rawValue)], line.stale ? 1 : 0) }
    }

    private func add(
        _ histogram: Histogram, _ name: String, _ label: (String, String)?, to page: inout MetricsPage
    ) {
        let labels = label.map { [$0] } ?? []
        var total = 0
        for (bound, count) in zip(Histogram.bounds, histogram.counts) {
            total += count
            page.add("\(name)_bucket", labels + [("le", "\(bound)")], Double(total))
        }
        total += histogram.counts[Histogram.bounds.count]
        page.add("\(name)_bucket", labels + [("le", "+Inf")], Double(total))
        page.add("\(name)_sum", labels, histogram.sum)
        page.add("\(name)_count", labels, Double(total))
    }
}
