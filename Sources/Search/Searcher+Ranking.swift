import Planner
import Records
import Store
import Text

extension Searcher {
    /// Finds the matched set of a request and scores it.
    func rank(
        _ request: SearchRequest, clock: inout StageClock, warnings: inout [Plan.Warning]
    ) throws(SearchError) -> Ranking {
        let plan = request.plan
        let question = request.questionPlan
        let text = RankingText(plan: question)
        let matcher = try self.matcher(statedOnly: request.statedOnly)
        let conditions = try Conditions(plan: plan, matcher: matcher, deadline: request.deadline)
        var evaluation = conditions.evaluate()
        clock.lap("filter")

        let textDecides = question.filters.isEmpty && question.ranges.isEmpty && !text.isEmpty
        let vector = request.mode == .text || text.isEmpty ? nil : embed(text, warnings: &warnings)
        clock.lap("embed")
        try request.deadline.check()

        let scope = evaluation.matches | evaluation.possible
        var lexical = RowScores(capacity: generation.facets.recordCount)
        if request.mode != .vector || vector == nil, let expression = MatchExpression(anyOf: text.words) {
            // Where words decide, all that hold one are needed; else those that may be listed.
            lexical = try lexicalScores(expression, among: textDecides ? nil : scope, deadline: request.deadline)
        }
        try request.deadline.check()
        let boosts = try boosts(for: question.query, leaders: lexical.best(20).map(\.row))
        clock.lap("text")

        var cosines = RowScores(capacity: generation.facets.recordCount)
        if let vector { cosines = compare(vector, rows: textDecides ? nil : scope, named: lexical) }
        clock.lap("vector")
        try request.deadline.check()

        var bound: Bitset?
        if textDecides {
            var named = Bitset(capacity: lexical.capacity, words: lexical.bitmap)
            for row in boosts.keys { named.insert(row) }
            cosines.forEach { row, cosine in
                if cosine >= settings.cosineCutoff { named.insert(row) }
            }
            evaluation = conditions.evaluate(within: named)
            bound = named
        }
        let candidates = evaluation.matches | evaluation.possible
        var scorer = Scorer(settings: settings, mode: vector == nil ? .text : request.mode, lexical: lexical)
        scorer.setCosines(cosines)
        if let vector, let moved = feedback(vector, matches: evaluation.matches, candidates: candidates, scorer) {
            scorer.setCosines(compare(moved, again: cosines))
        }
        let scores = try scores(
            of: candidates, scorer, boosts: boosts, conditions: conditions, diffuses: vector != nil,
            deadline: request.deadline)
        return Ranking(
            matcher: matcher, conditions: conditions, bound: bound, evaluation: evaluation,
            matches: evaluation.matches, possible: evaluation.possible, text: text, lexical: lexical,
            semantic: scorer.semantic,
            scores: scores, days: request.sort == .relevance ? nil : days(), isAscending: request.sort == .oldest)
    }

    /// The day that tells how new a record is: changed, else published, else recorded; by row, absent where none is
    /// known.
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

    /// The question as a vector; nil with a warning when nothing can make one.
    private func embed(_ text: RankingText, warnings: inout [Plan.Warning]) -> [Float]? {
        guard let meaning else {
            warnings.append(
                .init(code: "no_vectors", message: "the index holds no vectors: ranked by words only"))
            return nil
        }
        if meaning.kind == .lsa {
            // Words that only wrap a question have no sentence to belong to here.
            let vector = meaning.vector(of: text.words.joined(separator: " "))
            warnings.append(
                vector != nil
                    ? .init(
                        code: "lsa_vectors",
                        message: "the index was made without a sentence model: meaning is told from its own records' "
                            + "words (latent semantic analysis)")
                    : .init(
                        code: "lsa_unknown_words",
                        message: "no word of the question relates records to one another: ranked by words only"))
            return vector
        }
        guard let vector = meaning.vector(of: text.sentence) else {
            warnings.append(
                .init(
                    code: "no_model",
                    message: "the sentence model of the index is not on this machine: ranked by words only"))
            return nil
        }
        return vector
    }

    /// Rows that meaning alone may bring into an answer where there are too many to compare all.
    private static let nearest = 1000
    /// Rows from all over the index that then say how low cosines go.
    private static let sample = 256

    /// Rows that the words rank first, whose cosines are computed besides.
    private static let leading = 1000

    /// BM25 over its maximum of the records that hold a word, those of a set or all.  The maximum is that of all: what
    /// a filter leaves may be poor in the question's words, and is not to look rich in them.
    private func lexicalScores(
        _ expression: MatchExpression, among scope: Bitset?, deadline: Deadline
    ) throws(SearchError) -> RowScores {
        try reading { () throws(StoreError) in
            // Where words decide, every one of them does.
            let scores = try generation.scores(
                expression, among: scope?.words, weights: columnWeights, passesCommon: scope != nil, until: deadline)
            guard var top = scores.values.max() else { return scores }
            if scope != nil {
                top = try generation.topScore(expression, atLeast: top, weights: columnWeights, until: deadline)
            }
            return top > 0 ? scores.mapValues { $0 / top } : scores
        }
    }

    /// The final score of each candidate.
    private func scores(
        of candidates: Bitset, _ scorer: Scorer, boosts: [Int: Double], conditions: Conditions, diffuses: Bool,
        deadline: Deadline
    ) throws(SearchError) -> RowScores {
        var scores = scorer.scores(of: candidates)
        try deadline.check()
        if diffuses, let meaning {
            let diffusion = Diffusion(settings: settings.diffusion, vector: meaning.vector(ofRow:))
            scores =
                switch meaning.kind {
                case .model: diffusion.smoothed(scores, of: scorer.lexical, share: scorer.lexicalWeight)
                // Latent semantic analysis knows words by few records, and its cosines gain from the neighbours as
                // well.
                case .lsa: diffusion.smoothed(scores, of: scores, share: 1)
                }
        }
        let values = zip(scores.values, conditions.statedShares(of: candidates)).map { score, share in
            score + settings.boosts.stated * share
        }
        scores = RowScores(capacity: candidates.capacity, bitmap: candidates.words, values: values)
        scores = scores.replacing(boosts.compactMap { row, boost in scores[row].map { (row, $0 + boost) } }) { $0 }
        try deadline.check()
        return scores
    }

    /// Cosines of the rows of a set, or of all.  Where the vectors have lists: of the nearest rows, of those that the
    /// words rank first, and of a sample.
    private func compare(_ question: [Float], rows: Bitset?, named: RowScores) -> RowScores {
        let count = generation.facets.recordCount
        guard let meaning else { return RowScores(capacity: count) }
        guard let nearest = meaning.nearest(to: question, limit: Self.nearest, among: rows) else {
            return cosines(of: question, (rows ?? Bitset(all: count)).words) ?? RowScores(capacity: count)
        }
        var compared = Bitset(members: named.leading(Self.leading), capacity: count)
        for place in 0..<Self.sample where count > 0 { compared.insert(place * count / Self.sample) }
        if let rows { compared &= rows }
        for row in nearest { compared.insert(row) }
        return cosines(of: question, compared.words) ?? RowScores(capacity: count)
    }

    /// Cosines of the rows that were compared before, to a question that has moved.
    private func compare(_ question: [Float], again compared: RowScores) -> RowScores {
        cosines(of: question, compared.bitmap) ?? compared
    }

    /// Cosines of the rows of a bitmap; nil when the file of vectors cannot be read.
    private func cosines(of question: [Float], _ bitmap: [UInt64]) -> RowScores? {
        guard let meaning else { return nil }
        let count = generation.facets.recordCount
        let wanted = Bitmaps.count(bitmap)
        let rows = wanted == count ? nil : Bitset(capacity: count, words: bitmap).members
        let values = meaning.cosines(to: question, rows: rows).map(Double.init)
        return values.count == wanted ? RowScores(capacity: count, bitmap: bitmap, values: values) : nil
    }

    /// The question moved towards the best of the matches, or where there are none, of all candidates; nil when
    /// feedback is off or there are none of either.
    private func feedback(_ question: [Float], matches: Bitset, candidates: Bitset, _ scorer: Scorer) -> [Float]? {
        guard settings.feedback.weight > 0, let meaning else { return nil }
        let best = scorer.scores(of: matches.isEmpty ? candidates : matches).best(settings.feedback.documents)
        return Feedback(settings: settings.feedback, vector: meaning.vector(ofRow:)).moved(question, towards: best)
    }

    /// Records that the question names, and those with its acronyms in their title.
    ///
    /// - Parameter leaders: rows that the words rank first, of those that may be listed.
    private func boosts(for question: String, leaders: [Int]) throws(SearchError) -> [Int: Double] {
        var boosts: [Int: Double] = [:]
        let query = question.trimmingSpaces
        guard !query.isEmpty, query.utf8.count <= 512 else { return [:] }
        let doi = Searcher.doi(in: query)
        for row in try rows(named: query) { boosts[row] = settings.boosts.exact }

        let acronyms = Searcher.acronyms(in: query)
        let folded = Tokenizer.folded(query)
        let headings = try reading { () throws(StoreError) in
            try generation.headings(rows: Array(leaders.prefix(acronyms.isEmpty ? 5 : 20)))
        }
        for heading in headings {
            let title = heading.title
            if Tokenizer.folded(title) == folded || (doi != nil && heading.doi == doi) {
                boosts[heading.row] = settings.boosts.exact
            } else if !acronyms.isEmpty, boosts[heading.row] == nil {
                let words = Set(title.split { !$0.isLetter && !$0.isNumber }.map(String.init))
                if acronyms.contains(where: words.contains) { boosts[heading.row] = settings.boosts.acronym }
            }
        }
        return boosts
    }

    /// Rows of the record with this id, or of the records with this native id.
    package func rows(named name: String) throws(SearchError) -> [Int] {
        try reading { () throws(StoreError) in
            if let id = RecordID(name), let row = try generation.row(of: id) { return [row] }
            return try generation.rows(ofNative: name)
        }
    }

    /// A DOI (ISO 26324) in a text, without resolver, in lower case.
    private static func doi(in text: String) -> String? {
        for word in text.split(whereSeparator: \.isWhitespace) {
            guard let start = word.firstRange(of: "10.")?.lowerBound else { continue }
            let doi = word[start...]
            if doi.contains("/") { return doi.lowercased() }
        }
        return nil
    }

    /// Words of a text with at least two capitals: `VISp`, `EEG`, `CA1`.
    private static func acronyms(in text: String) -> Set<String> {
        Set(
            text.split { !$0.isLetter && !$0.isNumber }
                .filter { word in
                    let capitals = word.count(where: \.isUppercase)
                    return capitals >= 2 || (capitals == 1 && word.contains(where: \.isNumber))
                }
                .map(String.init))
    }

    /// Weights of the text columns in their order.
    private var columnWeights: [Double] {
        Schema.textColumns.map { settings.columns[$0.name] ?? $0.weight }
    }
}

/// Joins the words' score and the meaning's into one in 0...1: a convex combination of BM25 over its maximum and the
/// cosine scaled to its range over the rows compared (Bruch, Gai & Ingber 2023, https://doi.org/10.1145/3596512).
struct Scorer {
    let settings: RankingSettings
    let mode: SearchMode
    let lexical: RowScores
    private(set) var semantic: RowScores

    init(settings: RankingSettings, mode: SearchMode, lexical: RowScores) {
        self.settings = settings
        self.mode = mode
        self.lexical = lexical
        semantic = RowScores(capacity: lexical.capacity)
    }

    mutating func setCosines(_ cosines: RowScores) {
        guard let low = cosines.values.min(), let high = cosines.values.max() else { return }
        semantic = cosines.mapValues { high > low ? ($0 - low) / (high - low) : 1 }
    }

    /// Share of the words' score in the whole.
    var lexicalWeight: Double {
        switch mode {
        case .text: 1
        case .vector: 0
        case .hybrid: settings.lexicalWeight
        }
    }

    /// The scores of the rows of a set.
    func scores(of rows: Bitset) -> RowScores {
        let weight = lexicalWeight
        return RowScores.combining(lexical, semantic, over: rows.words) { weight * $0 + (1 - weight) * $1 }
    }
}

extension String {
    /// Without white space at both ends.
    var trimmingSpaces: String {
        var rest = self[...]
        while let first = rest.first, first.isWhitespace { rest = rest.dropFirst() }
        while let last = rest.last, last.isWhitespace { rest = rest.dropLast() }
        return String(rest)
    }
}
