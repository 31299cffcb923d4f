import Planner
import Records
import Store
import Text

extension Searcher {
    /// BM25 over its maximum of the records that hold a word, those of a set or all.  The maximum is that of all: what
    /// a filter leaves may be poor in the question's words, and is not to look rich in them.
    ///
    /// - Parameter scope: the set; nil where words decide what matches, and every one of them does.
    func lexicalScores(
        of words: [String], among scope: Bitset?, deadline: Deadline
    ) throws(SearchError) -> RowScores {
        guard let expression = MatchExpression(anyOf: words) else {
            return RowScores(capacity: generation.facets.recordCount)
        }
        return try reading { () throws(StoreError) in
            let scores = try generation.scores(
                expression, among: scope?.words, weights: columnWeights, passesCommon: scope != nil, until: deadline)
            guard var top = scores.values.max() else { return scores }
            if scope != nil {
                top = try generation.topScore(expression, atLeast: top, weights: columnWeights, until: deadline)
            }
            return top > 0 ? scores.mapValues { $0 / top } : scores
        }
    }

    /// Weights of the text columns in their order.
    private var columnWeights: [Double] {
        Schema.textColumns.map { settings.columns[$0.name] ?? $0.weight }
    }
}

// MARK: Names

extension Searcher {
    /// Records that the question names, and those with its acronyms in their title.
    ///
    /// - Parameter leaders: rows that the words rank first, of those that may be listed.
    func boosts(for question: String, leaders: [Int]) throws(SearchError) -> [Int: Double] {
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
