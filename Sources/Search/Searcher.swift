import JSON
import Planner
package import Records
package import Store
package import Vocabulary

/// One open snapshot of the index and everything a query needs beside it.  Synchronous, immutable, safe to use from
/// any number of threads; a query that holds it sees one generation from its start to its end.
package final class Searcher: Sendable {
    package let generation: Generation
    package let vocabulary: Vocabulary
    package let settings: RankingSettings
    let meaning: (any Meaning)?
    let sets: SnapshotSets
    /// Today as a day number: whether an embargo is over.
    let today: @Sendable () -> Int

    /// `meaning` is nil when the generation has no vectors; then words alone rank, and the answer says so.
    package init(
        generation: Generation, vocabulary: Vocabulary, settings: RankingSettings = RankingSettings(),
        meaning: (any Meaning)? = nil, today: @escaping @Sendable () -> Int = Searcher.systemDay
    ) {
        self.generation = generation
        sets = SnapshotSets(generation.facets, vocabulary)
        self.vocabulary = vocabulary
        self.settings = meaning?.kind == .lsa ? settings.forLatentVectors : settings
        self.meaning = meaning
        self.today = today
    }

    /// Answers one question: the page, and the total and facet counts of the same matched set.
    package func search(_ request: SearchRequest) throws(SearchError) -> SearchResult {
        var clock = StageClock(planMs: request.planMs)
        var warnings = request.plan.warnings
        if generation.manifest.vocabulary != vocabulary.fingerprint {
            warnings.append(
                .init(
                    code: "vocabulary_changed",
                    message: "the index was built with other vocabularies; ingest or reindex to bring it up to date"))
        }
        let offset = try offset(of: request)
        let ranking = try rank(request, clock: &clock, warnings: &warnings)

        let rows = ranking.page(offset: offset, limit: request.limit, isStrict: request.isStrict)
        let hits = try explain(rows, ranking: ranking, request: request)
        clock.lap("rank")

        var facets: [String: [SearchResult.FacetCount]] = [:]
        var notRecorded: [String: Int] = [:]
        if request.countsFacets {
            let counts = try countFacets(
                of: ranking.evaluation.matches, matcher: ranking.matcher, deadline: request.deadline)
            (facets, notRecorded) = (counts.values, counts.notRecorded)
            clock.lap("facets")
        }
        let total = ranking.matches.count
        if ranking.evaluation.isTargetReplaced, let target = request.plan.target {
            warnings.append(
                .init(
                    code: "other_type",
                    message: "no \(target.rawValue) fulfils the question; records of other kinds are shown instead"))
        }
        var relax: [SearchResult.Relaxation] = []
        if total == 0 {
            relax = try relaxations(of: request.plan, conditions: ranking.conditions, deadline: request.deadline)
            clock.lap("relax")
        }
        let possible = ranking.possible.count
        let listed = total + (request.isStrict ? 0 : possible)
        let end = offset + rows.count
        return SearchResult(
            query: request.plan.query, plan: request.plan, generation: generation.manifest.generation, total: total,
            possible: possible, tookMs: clock.total, timingsMs: clock.stages, hits: hits,
            facets: facets, notRecorded: notRecorded, relax: relax, sources: sourceLines,
            next: end < listed && !rows.isEmpty
                ? Cursor(question: fingerprint(of: request), generation: generation.manifest.generation, offset: end)
                    .text : nil,
            warnings: warnings)
    }

    /// Ids of all records of the match tier, in order of rank; for evaluation and export.
    package func matches(_ request: SearchRequest) throws(SearchError) -> [RecordID] {
        try list(request, withPossible: false)
    }

    /// Ids of both tiers in order of rank, at most `limit` of them.
    package func ranking(_ request: SearchRequest) throws(SearchError) -> [RecordID] {
        try list(request, withPossible: !request.isStrict)
    }

    /// How fresh each source is.
    package var sourceLines: [SearchResult.SourceLine] {
        generation.sources.map {
            .init(source: $0.source, records: $0.records, harvested: $0.harvested, stale: $0.stale)
        }
    }

    /// Runs a read of the index and words its error as ours.
    func reading<Value>(_ body: () throws(StoreError) -> Value) throws(SearchError) -> Value {
        do {
            return try body()
        } catch {
            if error.kind == .interrupted { throw SearchError.late }
            throw SearchError(.index, error.detail)
        }
    }

    private func list(_ request: SearchRequest, withPossible: Bool) throws(SearchError) -> [RecordID] {
        var clock = StageClock(planMs: 0)
        var warnings: [Plan.Warning] = []
        let ranking = try rank(request, clock: &clock, warnings: &warnings)
        var rows = ranking.sortedMatches(first: request.limit)
        if withPossible, rows.count < request.limit {
            rows += ranking.sortedPossible(first: request.limit - rows.count)
        }
        return try reading { () throws(StoreError) in try generation.ids(rows: rows) }
    }

    /// Where the page begins.  A cursor of another question or another generation is refused.
    private func offset(of request: SearchRequest) throws(SearchError) -> Int {
        guard let text = request.cursor else { return 0 }
        guard let cursor = Cursor(text) else {
            throw SearchError(.badCursor, "this is no cursor of discover; use the 'next' value of the page before")
        }
        guard cursor.generation == generation.manifest.generation else {
            throw SearchError(
                .oldCursor, "the index was renewed since this cursor was made; start again from the first page")
        }
        guard cursor.question == fingerprint(of: request) else {
            throw SearchError(.badCursor, "this cursor belongs to another question or other settings")
        }
        return cursor.offset
    }

    /// What decides the order of hits, as one number.
    private func fingerprint(of request: SearchRequest) -> UInt64 {
        let plan = (try? JSONValue(encoding: request.plan)).map { String(decoding: $0.json, as: UTF8.self) } ?? ""
        return Cursor.fingerprint(
            of:
                "\(plan) \(request.mode.rawValue) \(request.isStrict) \(request.statedOnly) \(request.chosenFrom ?? -1) \(request.sort.rawValue)"
        )
    }
}

/// Milliseconds of each stage of a query.
struct StageClock {
    private(set) var stages: [String: Double]
    private var last = ContinuousClock.now
    private let started = ContinuousClock.now
    private let planMs: Double

    init(planMs: Double) {
        self.planMs = planMs
        stages = ["plan": StageClock.rounded(planMs)]
    }

    /// Adds the time since the last lap to a stage.
    mutating func lap(_ stage: String) {
        let now = ContinuousClock.now
        stages[stage] = StageClock.rounded((stages[stage] ?? 0) + (now - last) / .milliseconds(1))
        last = now
    }

    /// Milliseconds since the question came in, planning included.
    var total: Double { StageClock.rounded(planMs + (ContinuousClock.now - started) / .milliseconds(1)) }

    private static func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }
}
