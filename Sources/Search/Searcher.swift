package import Planner
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
    /// The planner of the snapshot's vocabularies, which suggests names for words that they do not have.
    package let planner: Planner
    let sets: SnapshotSets
    /// Today as a day number: whether an embargo is over.
    let today: @Sendable () -> Int

    /// `meaning` is nil when the generation has no vectors; then words alone rank, and the answer says so.  `linking`
    /// is nil where nothing can suggest names for unknown words.
    package init(
        generation: Generation, vocabulary: Vocabulary, settings: RankingSettings = RankingSettings(),
        meaning: (any Meaning)? = nil, linking: (any WordLinking)? = nil,
        today: @escaping @Sendable () -> Int = Searcher.systemDay
    ) {
        self.generation = generation
        sets = SnapshotSets(generation.facets, vocabulary)
        self.vocabulary = vocabulary
        self.settings = meaning?.kind == .lsa ? settings.forLatentVectors : settings
        self.meaning = meaning
        planner = Planner(vocabulary: vocabulary, linking: linking)
        self.today = today
    }

    /// Answers one question: the page, and the total and facet counts of the same matched set.
    package func search(_ request: SearchRequest) throws(SearchError) -> SearchResult {
        var clock = StageClock(planMs: request.planMs)
        let offset = try offset(of: request)
        let ranking = try rank(request, clock: &clock)

        let page = ranking.page(offset: offset, limit: request.limit, isStrict: request.isStrict)
        let hits = try explain(page, ranking: ranking, request: request)
        clock.lap("rank")

        var counts = FacetCounts()
        if request.countsFacets {
            counts = try countFacets(
                of: ranking.matches, matcher: ranking.matcher, deadline: request.deadline)
            clock.lap("facets")
        }
        let (total, possible) = (ranking.matches.count, ranking.possible.count)
        var relax: [SearchResult.Relaxation] = []
        if total == 0 {
            relax = try relaxations(of: request.plan, conditions: ranking.conditions, deadline: request.deadline)
            clock.lap("relax")
        }
        return SearchResult(
            query: request.plan.query, plan: request.plan, generation: generation.manifest.generation, total: total,
            possible: possible, differs: ranking.evaluation.differs.count, tookMs: clock.total, timingsMs: clock.stages,
            hits: hits, facets: counts.values,
            notRecorded: counts.notRecorded, relax: relax, sources: sourceLines,
            next: cursor(
                after: offset..<(offset + page.count), of: request, listed: total + (request.isStrict ? 0 : possible)),
            warnings: request.plan.warnings + vocabularyWarnings + ranking.warnings + targetWarnings(request, ranking)
                + unmentionedWarnings(ranking.conditions))
    }

    /// What is asked for and no record mentions.
    private func unmentionedWarnings(_ conditions: Conditions) -> [Plan.Warning] {
        let filters = conditions.unmentioned(conditions.logic).map { conditions.plan.filters[$0] }
        let labels = filters.filter { !$0.facet.descriptor.namesPeople }.flatMap { $0.anyOf.map(\.label) }
        guard !labels.isEmpty else { return [] }
        return [
            Plan.Warning(code: "nothing_recorded", message: "no record mentions \(labels.joined(separator: " or "))")
        ]
    }

    private var vocabularyWarnings: [Plan.Warning] {
        guard generation.manifest.vocabulary != vocabulary.fingerprint else { return [] }
        return [
            Plan.Warning(
                code: "vocabulary_changed",
                message: "the index was built with other vocabularies; ingest or reindex to bring it up to date")
        ]
    }

    private func targetWarnings(_ request: SearchRequest, _ ranking: Ranking) -> [Plan.Warning] {
        guard ranking.evaluation.isTargetReplaced, let target = request.plan.target else { return [] }
        return [
            Plan.Warning(
                code: "other_type",
                message: "no \(target.rawValue) fulfils the question; records of other kinds are shown instead")
        ]
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
        let ranking = try rank(request)
        var rows = ranking.sortedMatches(first: request.limit)
        if withPossible, rows.count < request.limit {
            rows += ranking.sortedPossible(first: request.limit - rows.count)
        }
        return try reading { () throws(StoreError) in try generation.ids(rows: rows) }
    }
}
