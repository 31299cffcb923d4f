package import Records
import Text

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

extension Generation {
    /// Records that hold any of the words, best first, ties by row.
    ///
    /// - Parameters:
    ///   - limit: how many at most; nil for all.
    ///   - weights: one per text column (``Schema/textColumns``: title, names, description, passages); the schema's
    ///     own when nil.
    ///   - deadline: kind `interrupted` once it has passed.
    package func match(
        _ expression: MatchExpression, limit: Int? = nil, weights: [Double]? = nil, until deadline: Deadline = .none
    )
        throws(StoreError) -> [TextHit]
    {
        let weights = weights ?? Schema.textColumns.map(\.weight)
        precondition(weights.count == Schema.textColumns.count, "one weight per text column")
        let slots = (0..<weights.count).map { "?\($0 + 3)" }.joined(separator: ", ")
        return try connections.read(until: deadline) { connection throws(StoreError) in
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
    }

    /// The best fragment of a record for an expression, of at most `words` words, as HTML: the record's own text is
    /// escaped, words that match stand in `<mark>`.  From the description, else from the passages; the column of names
    /// is for finding, not for reading.  Nil when the record does not match.
    package func snippet(row: Int, _ expression: MatchExpression, words: Int = 24) throws(StoreError) -> String? {
        try connections.read { connection throws(StoreError) in
            let statement = try connection.prepare(
                """
                SELECT snippet(search, 2, char(\(Highlight.open)), char(\(Highlight.close)), '…', ?3),
                    snippet(search, 3, char(\(Highlight.open)), char(\(Highlight.close)), '…', ?3)
                FROM search WHERE search MATCH ?1 AND rowid = ?2
                """)
            try statement.bind(0, expression.text)
            try statement.bind(1, row)
            try statement.bind(2, min(max(words, 1), 64))
            defer { statement.reset() }
            guard try statement.step() else { return nil }
            let fragments = [statement.text(0), statement.text(1)].filter { !$0.isEmpty }
            let marked = fragments.first { $0.unicodeScalars.contains { $0.value == Highlight.open } }
            return (marked ?? fragments.first).map(Highlight.html) ?? ""
        }
    }
}

/// Turns FTS5's marks into HTML.  The marks are control characters; where a record's text holds them itself, the
/// result is still well-formed: opening and closing alternate.
enum Highlight {
    static let open: UInt32 = 2
    static let close: UInt32 = 3

    static func html(_ text: String) -> String {
        var html = ""
        var isOpen = false
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case open:
                if !isOpen { html += "<mark>" }
                isOpen = true
            case close:
                if isOpen { html += "</mark>" }
                isOpen = false
            case 0..<32: html += " "
            default: MarkupEscaping.append(scalar, to: &html)
            }
        }
        return isOpen ? html + "</mark>" : html
    }
}
