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
        let matcher = Matcher(facets: generation.facets, vocabulary: vocabulary, statedOnly: request.statedOnly)
        let conditions = try Conditions(plan: plan, matcher: matcher, deadline: request.deadline)
        var evaluation = conditions.evaluate()
        clock.lap("filter")

        let textDecides = question.filters.isEmpty && question.ranges.isEmpty && !text.isEmpty
        let vector = request.mode == .text || text.isEmpty ? nil : embed(text, warnings: &warnings)
        clock.lap("embed")
        try request.deadline.check()

        var lexical: [Int: Double] = [:]
        if request.mode != .vector || vector == nil, let expression = MatchExpression(anyOf: text.words) {
            let hits = try reading { () throws(StoreError) in
                try generation.match(expression, limit: nil, weights: columnWeights, until: request.deadline)
            }
            let top = hits.first?.score ?? 0
            for hit in hits where top > 0 { lexical[hit.row] = hit.score / top }
        }
        try request.deadline.check()
        let boosts = try boosts(for: question.query, lexical: lexical)
        clock.lap("text")

        var cosines: [Int: Double] = [:]
        let scope = evaluation.matches | evaluation.possible
        if let vector { cosines = compare(vector, rows: textDecides ? nil : scope, named: lexical.keys) }
        clock.lap("vector")
        try request.deadline.check()

        var bound: Bitset?
        if textDecides {
            var named = Bitset(capacity: generation.facets.recordCount)
            for row in lexical.keys { named.insert(row) }
            for row in boosts.keys { named.insert(row) }
            for (row, cosine) in cosines where cosine >= settings.cosineCutoff { named.insert(row) }
            evaluation = conditions.evaluate(within: named)
            bound = named
        }
        let candidates = (evaluation.matches | evaluation.possible).members
        var scorer = Scorer(settings: settings, mode: vector == nil ? .text : request.mode)
        scorer.lexical = lexical
        scorer.setCosines(cosines)
        if let vector, let moved = feedback(vector, matches: evaluation.matches, candidates: candidates, scorer) {
            scorer.setCosines(compare(moved, rows: textDecides ? nil : scope, named: lexical.keys))
        }
        var scores: [Int: Double] = [:]
        scores.reserveCapacity(candidates.count)
        for (index, row) in candidates.enumerated() {
            if index & 4095 == 0 { try request.deadline.check() }
            scores[row] =
                scorer.score(row) + (boosts[row] ?? 0) + settings.boosts.stated * conditions.statedShare(of: row)
        }
        return Ranking(
            matcher: matcher, conditions: conditions, bound: bound, evaluation: evaluation,
            matches: evaluation.matches.members,
            possible: evaluation.possible.members, text: text, lexical: lexical, semantic: scorer.semantic,
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

    /// Cosines of the rows of a set, or of all.  Where the vectors have lists: of the nearest rows, of those that the
    /// words found, and of a sample.
    private func compare(_ question: [Float], rows: Bitset?, named: some Collection<Int>) -> [Int: Double] {
        guard let meaning else { return [:] }
        var result: [Int: Double] = [:]
        func add(_ members: [Int]?) {
            let values = meaning.cosines(to: question, rows: members)
            result.reserveCapacity(values.count)
            for (index, value) in values.enumerated() { result[members?[index] ?? index] = Double(value) }
        }
        guard let nearest = meaning.nearest(to: question, limit: Self.nearest, among: rows) else {
            add(rows?.members)
            return result
        }
        let count = generation.facets.recordCount
        let others = named + (0..<Self.sample).map { $0 * count / Self.sample }
        add(Set(others).filter { rows?.contains($0) ?? true }.sorted())
        for (row, cosine) in nearest { result[row] = Double(cosine) }
        return result
    }

    /// The question moved towards the best documents; nil when feedback is off or there are none.
    private func feedback(_ question: [Float], matches: Bitset, candidates: [Int], _ scorer: Scorer) -> [Float]? {
        let settings = settings.feedback
        guard settings.documents > 0, settings.weight > 0, let meaning else { return nil }
        let pool = matches.isEmpty ? candidates : matches.members
        var scored: [(score: Double, row: Int)] = []
        for row in pool { scored.append((scorer.score(row), row)) }
        scored.sort { left, right in left.score != right.score ? left.score > right.score : left.row < right.row }
        let best = scored.prefix(settings.documents)
        guard !best.isEmpty else { return nil }
        var moved = question
        let weight = Float(settings.weight) / Float(best.count)
        for entry in best {
            let vector = meaning.vector(ofRow: entry.row)
            guard vector.count == moved.count else { return nil }
            for index in moved.indices { moved[index] += weight * vector[index] }
        }
        let norm = moved.reduce(0) { $0 + $1 * $1 }.squareRoot()
        guard norm > 0, norm.isFinite else { return nil }
        return moved.map { $0 / norm }
    }

    /// Records that the question names, and those with its acronyms in their title.
    private func boosts(for question: String, lexical: [Int: Double]) throws(SearchError) -> [Int: Double] {
        var boosts: [Int: Double] = [:]
        let query = question.trimmingSpaces
        guard !query.isEmpty, query.utf8.count <= 512 else { return [:] }
        let doi = Searcher.doi(in: query)
        for row in try rows(named: query) { boosts[row] = settings.boosts.exact }

        let acronyms = Searcher.acronyms(in: query)
        let folded = Tokenizer.folded(query)
        let leaders = lexical.sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }
            .prefix(acronyms.isEmpty ? 5 : 20).map(\.key)
        let records = try reading { () throws(StoreError) in try generation.records(rows: leaders) }
        for stored in records {
            let title = stored.record.title
            if Tokenizer.folded(title) == folded || (doi != nil && stored.record.doi == doi) {
                boosts[stored.row] = settings.boosts.exact
            } else if !acronyms.isEmpty, boosts[stored.row] == nil {
                let words = Set(title.split { !$0.isLetter && !$0.isNumber }.map(String.init))
                if acronyms.contains(where: words.contains) { boosts[stored.row] = settings.boosts.acronym }
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
    var lexical: [Int: Double] = [:]
    private(set) var semantic: [Int: Double] = [:]

    init(settings: RankingSettings, mode: SearchMode) {
        self.settings = settings
        self.mode = mode
    }

    mutating func setCosines(_ cosines: [Int: Double]) {
        guard let low = cosines.values.min(), let high = cosines.values.max() else { return }
        semantic = cosines.mapValues { high > low ? ($0 - low) / (high - low) : 1 }
    }

    func score(_ row: Int) -> Double {
        let words = lexical[row] ?? 0
        let meaning = semantic[row] ?? 0
        switch mode {
        case .text: return words
        case .vector: return meaning
        case .hybrid: return settings.lexicalWeight * words + (1 - settings.lexicalWeight) * meaning
        }
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
