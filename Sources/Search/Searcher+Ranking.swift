import Planner
import Records
import Store
import Vocabulary

extension Searcher {
    /// Finds the matched set of a request and orders it.
    func rank(_ request: SearchRequest) throws(SearchError) -> Ranking {
        var clock = StageClock(planMs: request.planMs)
        return try rank(request, clock: &clock)
    }

    /// The same, with the time of each stage.
    func rank(_ request: SearchRequest, clock: inout StageClock) throws(SearchError) -> Ranking {
        let question = request.questionPlan
        let text = RankingText(plan: question, lexicon: vocabulary.lexicon)

        // The matched set, as far as filters and ranges decide it.
        let matcher = try self.matcher(statedOnly: request.statedOnly)
        let named = try self.names(of: request.plan)
        let conditions = try Conditions(
            plan: request.plan, named: named, matcher: matcher, deadline: request.deadline)
        let filtered = conditions.evaluate()
        clock.lap("filter")
        if let model = named.model {
            defer { clock.lap("vector") }
            return try rank(
                filtered, byLikenessTo: model, request: request, conditions: conditions, text: text)
        }

        // Scores of words and of meaning.  Where words decide what matches, of all records that hold one; else of those
        // that may be listed.
        let (vector, warnings) = request.mode == .text || text.isEmpty ? (nil, []) : embed(text)
        clock.lap("embed")
        try request.deadline.check()
        let wordsDecide = !question.narrows && !text.isEmpty
        let scope = wordsDecide ? nil : filtered.listed
        let lexical = try lexicalScores(
            of: request.mode == .vector && vector != nil ? [] : text.words, among: scope, deadline: request.deadline)
        try request.deadline.check()
        let boosts = try boosts(for: question.query, leaders: lexical.best(20).map(\.row))
        clock.lap("text")
        let cosines =
            vector.map { compare($0, rows: scope, named: lexical) }
            ?? RowScores(capacity: generation.facets.recordCount)
        clock.lap("vector")
        try request.deadline.check()

        // The matched set, where words decide it.
        let bound = wordsDecide ? letIn(by: lexical, cosines: cosines, boosts: boosts) : nil
        let evaluation = bound.map { conditions.evaluate(within: $0) } ?? filtered
        let candidates = evaluation.listed

        // One score of both.
        let mode = vector == nil ? .text : request.mode
        var fusion = Fusion(settings: settings, mode: mode, lexical: lexical, cosines: cosines)
        if let vector, let moved = feedback(vector, matches: evaluation.matches, candidates: candidates, fusion) {
            fusion = Fusion(
                settings: settings, mode: mode, lexical: lexical, cosines: compare(moved, again: cosines))
        }
        let scores = try scores(
            of: candidates, fusion, boosts: boosts, conditions: conditions, diffuses: vector != nil,
            deadline: request.deadline)
        return Ranking(
            matcher: matcher, conditions: conditions, bound: bound, evaluation: evaluation, text: text,
            lexical: lexical, semantic: fusion.semantic, scores: scores, warnings: named.warnings + warnings,
            days: request.sort == .relevance ? nil : days(), isAscending: request.sort == .oldest)
    }

    /// The order of ``similar(to:limit:deadline:)``, of the records that the rest of the plan leaves.
    private func rank(
        _ evaluation: Evaluation, byLikenessTo model: Int, request: SearchRequest, conditions: Conditions,
        text: RankingText
    ) throws(SearchError) -> Ranking {
        let candidates = evaluation.listed
        let alike = try likeness(to: model, among: candidates, deadline: request.deadline)
        let scores = RowScores.combining(
            alike.scores, RowScores(capacity: candidates.capacity), over: candidates.words
        ) { score, _ in score }
        return Ranking(
            matcher: conditions.matcher, conditions: conditions, bound: nil, evaluation: evaluation, text: text,
            lexical: RowScores(capacity: candidates.capacity), semantic: alike.cosines,
            scores: withWishes(scores, conditions: conditions), warnings: conditions.named.warnings,
            days: request.sort == .relevance ? nil : days(), isAscending: request.sort == .oldest)
    }

    /// Scores raised by what is preferred.
    private func withWishes(_ scores: RowScores, conditions: Conditions) -> RowScores {
        let rows = Bitset(capacity: scores.capacity, words: scores.bitmap)
        guard let shares = conditions.wishShares(of: rows) else { return scores }
        let values = zip(scores.values, shares).map { $0 + settings.boosts.preferred * $1 }
        return RowScores(capacity: scores.capacity, bitmap: scores.bitmap, values: values)
    }

    /// The records that words let in: those that hold one, that the question names, or that are close in meaning.
    private func letIn(by lexical: RowScores, cosines: RowScores, boosts: [Int: Double]) -> Bitset {
        var named = Bitset(capacity: lexical.capacity, words: lexical.bitmap)
        for row in boosts.keys { named.insert(row) }
        cosines.forEach { row, cosine in
            if cosine >= settings.cosineCutoff { named.insert(row) }
        }
        return named
    }

    /// The final score of each candidate.
    private func scores(
        of candidates: Bitset, _ fusion: Fusion, boosts: [Int: Double], conditions: Conditions, diffuses: Bool,
        deadline: Deadline
    ) throws(SearchError) -> RowScores {
        var scores = fusion.scores(of: candidates)
        try deadline.check()
        if diffuses, let meaning {
            let diffusion = Diffusion(settings: settings.diffusion, vector: meaning.vector(ofRow:))
            scores =
                switch meaning.kind {
                case .model: diffusion.smoothed(scores, of: fusion.lexical, share: fusion.lexicalWeight)
                // Latent semantic analysis knows words by few records; its cosines gain from the neighbours as well.
                case .lsa: diffusion.smoothed(scores, of: scores, share: 1)
                }
        }
        let values = zip(scores.values, conditions.statedShares(of: candidates)).map { score, share in
            score + settings.boosts.stated * share
        }
        scores = RowScores(capacity: candidates.capacity, bitmap: candidates.words, values: values)
        scores = scores.replacing(boosts.compactMap { row, boost in scores[row].map { (row, $0 + boost) } }) { $0 }
        try deadline.check()
        return withWishes(scores, conditions: conditions)
    }

    /// The day by which records are sorted: changed, else published, else recorded; by row, absent if none is known.
    private func days() -> [Int: Double] {
        var days: [Int: Double] = [:]
        for field in [RangeField.modified, .published, .date] {
            var latest: [Int: Double] = [:]
            for quantity in generation.facets.quantities(field) {
                let row = generation.facets.record(ofPart: Int(quantity.part))
                latest[row] = max(latest[row] ?? -.infinity, quantity.max)
            }
            days.merge(latest) { known, _ in known }
        }
        return days
    }
}
