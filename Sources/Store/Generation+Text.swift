package import Records

/// A record found by its words.
package struct TextHit: Sendable, Hashable {
    package let row: Int
    /// BM25 with the columns' weights; larger is better, always positive.
    package let score: Double

    package init(row: Int, score: Double) {
        self.row = row
        self.score = score
    }
}

/// What scores words.
package enum WordScorer: String, Sendable, Hashable, CaseIterable {
    /// The postings of `text.postings` where the question is one of single words, FTS5 for phrases.
    case fastest
    /// FTS5 itself, for comparison.
    case fts5
}

extension Generation {
    /// Records that hold any of the words, best first, ties by row.
    ///
    /// - Parameters:
    ///   - limit: how many at most; nil for all.
    ///   - weights: one per text column (``Schema/textColumns``: names, title, description, passages); the schema's
    ///     own when nil.
    ///   - deadline: kind `interrupted` once it has passed.
    package func match(
        _ expression: MatchExpression, limit: Int? = nil, weights: [Double]? = nil, with wanted: WordScorer = .fastest,
        until deadline: Deadline = .none
    ) throws(StoreError) -> [TextHit] {
        let weights = weights ?? Schema.textColumns.map(\.weight)
        precondition(weights.count == Schema.textColumns.count, "one weight per text column")
        return try connections.read(until: deadline) { connection throws(StoreError) in
            guard var scorer = try scorer(expression, connection, weights, wanted, deadline) else {
                return try matchByFTS5(expression, connection, limit: limit, weights: weights)
            }
            if let limit { return try scorer.best(limit) }
            var hits: [TextHit] = []
            try scorer.all(among: nil).forEach { row, score in hits.append(TextHit(row: row, score: score)) }
            return hits.sorted { $0.score != $1.score ? $0.score > $1.score : $0.row < $1.row }
        }
    }

    /// The scores of all records that hold any of the words, as ``match(_:limit:weights:with:until:)`` gives them.
    ///
    /// - Parameters:
    ///   - allowed: one bit a row, 64 rows a word: the rows that are asked for; nil for all.
    ///   - passesCommon: see ``BM25Scorer``; records that hold such words alone may be missing then.
    package func scores(
        _ expression: MatchExpression, among allowed: [UInt64]? = nil, weights: [Double]? = nil,
        passesCommon: Bool = false, with wanted: WordScorer = .fastest, until deadline: Deadline = .none
    ) throws(StoreError) -> RowScores {
        let weights = weights ?? Schema.textColumns.map(\.weight)
        precondition(weights.count == Schema.textColumns.count, "one weight per text column")
        precondition(allowed.map { $0.count == (manifest.records + 63) / 64 } ?? true, "one bit a row")
        return try connections.read(until: deadline) { connection throws(StoreError) in
            if var scorer = try scorer(expression, connection, weights, wanted, deadline, passesCommon: passesCommon) {
                return try scorer.all(among: allowed)
            }
            let hits = try matchByFTS5(expression, connection, limit: nil, weights: weights).filter { hit in
                allowed.map { $0[hit.row >> 6] & (1 << UInt64(hit.row & 63)) != 0 } ?? true
            }
            return RowScores(capacity: manifest.records, hits.map { ($0.row, $0.score) })
        }
    }

    /// The score of the best of all records, where it is known to be at least so much.
    package func topScore(
        _ expression: MatchExpression, atLeast known: Double, weights: [Double]? = nil, until deadline: Deadline = .none
    ) throws(StoreError) -> Double {
        let weights = weights ?? Schema.textColumns.map(\.weight)
        let best = try connections.read(until: deadline) { connection throws(StoreError) in
            guard var scorer = try scorer(expression, connection, weights, .fastest, deadline) else {
                return try matchByFTS5(expression, connection, limit: 1, weights: weights)
            }
            return try scorer.best(1, above: known)
        }
        return max(known, best.first?.score ?? known)
    }

    /// What scores an expression from the postings; nil where FTS5 has to: for phrases, of which the postings do not
    /// keep where words stand, and for weights below 0, which the bounds do not hold for.
    private func scorer(
        _ expression: MatchExpression, _ connection: Connection, _ weights: [Double], _ wanted: WordScorer,
        _ deadline: Deadline, passesCommon: Bool = false
    ) throws(StoreError) -> BM25Scorer? {
        guard wanted == .fastest, weights.allSatisfy({ $0 >= 0 && $0.isFinite }) else { return nil }
        let tokenizer = try connection.tokenizer()
        var tokens: [[UInt8]] = []
        for phrase in expression.phrases {
            let found = try tokenizer.tokens(in: phrase)
            guard found.count <= 1 else { return nil }
            tokens += found
        }
        return try BM25Scorer(
            postings, tokens: tokens, weights: weights, passesCommon: passesCommon, until: deadline)
    }

    private func matchByFTS5(
        _ expression: MatchExpression, _ connection: Connection, limit: Int?, weights: [Double]
    ) throws(StoreError) -> [TextHit] {
        let slots = (0..<weights.count).map { "?\($0 + 3)" }.joined(separator: ", ")
        let statement = try connection.prepare(
            """
            SELECT rowid, -bm25(search, \(slots)) AS score FROM search WHERE search MATCH ?1
            ORDER BY score DESC, rowid LIMIT ?2
            """)
        try statement.bind(0, expression.text)
        try statement.bind(1, limit ?? -1)
        for (index, weight) in weights.enumerated() { try statement.bind(index + 2, weight) }
        defer { statement.reset() }
        var hits: [TextHit] = []
        while try statement.step() { hits.append(TextHit(row: statement.int(0), score: statement.double(1))) }
        return hits
    }

    /// The best fragment of each record for an expression, as HTML: the record's own text is escaped, words that match
    /// are in `<mark>`.  From the description, else from the passages; where neither matches, the beginning.  The
    /// column of names is searched, but not shown.
    package func snippets(of records: [Record], _ expression: MatchExpression) throws(StoreError) -> [String] {
        try connections.read { connection throws(StoreError) in
            let finder = try SnippetFinder(expression, tokenizer: connection.tokenizer())
            var snippets: [String] = []
            for record in records {
                var best: (html: String, isMarked: Bool)?
                for text in [record.description, record.passageText] where !text.isEmpty && best?.isMarked != true {
                    let fragment = try finder.fragment(of: text, words: SnippetFinder.words)
                    if best == nil || fragment.isMarked { best = fragment }
                }
                snippets.append(best?.html ?? "")
            }
            return snippets
        }
    }
}
