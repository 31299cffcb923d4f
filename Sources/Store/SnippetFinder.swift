import Records
import Text

extension Record {
    /// What is searched in the column of passages.
    var toldText: String { passages.map(\.text).joined(separator: "\n") }
}

/// Finds the fragment of a text that shows best why it was found.
///
/// The rules are those of FTS5's `snippet()` (https://www.sqlite.org/fts5.html section 5.1.3): most different phrases first,
/// then most occurrences, preferably from the beginning of a sentence.  FTS5 itself would read every searched column of the record
/// anew, unpack and parse it; here the text is what the caller has in hand.  Tests compare the two.
struct SnippetFinder {
    private let tokenizer: FullTextTokenizer
    /// The tokens of each phrase of the expression.
    private let phrases: [[[UInt8]]]

    init(_ expression: MatchExpression, tokenizer: FullTextTokenizer) throws(StoreError) {
        self.tokenizer = tokenizer
        var phrases: [[[UInt8]]] = []
        for phrase in expression.phrases {
            let tokens = try tokenizer.tokens(in: phrase)
            if !tokens.isEmpty { phrases.append(tokens) }
        }
        self.phrases = phrases
    }

    /// A phrase where it stands: its number and its tokens.
    private struct Instance {
        let phrase: Int
        let tokens: Range<Int>
    }

    /// A fragment as HTML, and whether anything in it is marked.
    func fragment(of text: String, words: Int) throws(StoreError) -> (html: String, isMarked: Bool) {
        let tokens = try tokenizer.split(text)
        let instances = instances(in: tokens)
        let bytes = Array(text.utf8)
        let start = start(of: instances, tokens, bytes, words: words)
        let end = min(start + words, tokens.count)
        var html = start > 0 ? "…" : ""
        var isMarked = false
        // Where the text goes on that is not written yet.
        var place = start > 0 ? tokens.place(of: start).lowerBound : 0
        func write(to target: Int) {
            SnippetFinder.append(bytes[place..<max(place, target)], to: &html)
            place = max(place, target)
        }
        for marked in SnippetFinder.joined(instances) where marked.lowerBound >= start && marked.lowerBound < end {
            write(to: tokens.place(of: marked.lowerBound).lowerBound)
            html += "<mark>"
            write(to: tokens.place(of: min(marked.upperBound, end) - 1).upperBound)
            html += "</mark>"
            isMarked = true
        }
        if end < tokens.count {
            if end > start { write(to: tokens.place(of: end - 1).upperBound) }
            html += "…"
        } else {
            write(to: bytes.count)
        }
        return (html, isMarked)
    }

    /// All phrases in the order of their places.
    private func instances(in tokens: TokenizedText) -> [Instance] {
        var instances: [Instance] = []
        for token in 0..<tokens.count {
            for (number, phrase) in phrases.enumerated()
            where token + phrase.count <= tokens.count
                && phrase.indices.allSatisfy({ tokens[token + $0].elementsEqual(phrase[$0]) })
            {
                instances.append(Instance(phrase: number, tokens: token..<token + phrase.count))
            }
        }
        return instances
    }

    /// The token that the best fragment begins with.
    private func start(of instances: [Instance], _ tokens: TokenizedText, _ bytes: [UInt8], words: Int) -> Int {
        let sentences = instances.isEmpty || tokens.count <= words ? [] : sentenceStarts(tokens, bytes)
        var best = (score: 0, start: 0)
        for instance in instances {
            let first = instance.tokens.lowerBound
            let found = score(from: first, instances, words: words)
            if found.score > best.score {
                let centred = found.first - (words - (found.end - found.first)) / 2
                best = (found.score, max(0, min(centred, tokens.count - words)))
            }
            // The sentence that the phrase stands in, from its beginning.
            guard let sentence = sentences.last(where: { $0 <= first }), sentence < first else { continue }
            let score = score(from: sentence, instances, words: words).score + (sentence == 0 ? 120 : 100)
            if score > best.score { best = (score, sentence) }
        }
        return best.start
    }

    /// A thousand for each phrase that a fragment holds, one for each time that it stands there again; and from where to
    /// where they reach.
    private func score(from start: Int, _ instances: [Instance], words: Int) -> (score: Int, first: Int, end: Int) {
        var seen: Set<Int> = []
        var result = (score: 0, first: -1, end: 0)
        for instance in instances where (start..<start + words).contains(instance.tokens.lowerBound) {
            result.score += seen.insert(instance.phrase).inserted ? 1000 : 1
            if result.first < 0 { result.first = instance.tokens.lowerBound }
            result.end = instance.tokens.upperBound
        }
        return result
    }

    /// Tokens that follow a full stop or a colon and white space, and the first one.
    private func sentenceStarts(_ tokens: TokenizedText, _ bytes: [UInt8]) -> [Int] {
        (0..<tokens.count).filter { token in
            let start = tokens.place(of: token).lowerBound
            guard token > 0, start > 0 else { return token == 0 }
            var before = start - 1
            while before >= 0, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[before]) { before -= 1 }
            return before >= 0 && before < start - 1 && (bytes[before] == 0x2E || bytes[before] == 0x3A)
        }
    }

    /// Where phrases overlap, one mark.
    private static func joined(_ instances: [Instance]) -> [Range<Int>] {
        var joined: [Range<Int>] = []
        for instance in instances {
            if let last = joined.last, instance.tokens.lowerBound < last.upperBound {
                joined[joined.count - 1] = last.lowerBound..<max(last.upperBound, instance.tokens.upperBound)
            } else {
                joined.append(instance.tokens)
            }
        }
        return joined
    }

    /// Escaped; control characters become blanks.
    private static func append(_ bytes: ArraySlice<UInt8>, to html: inout String) {
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            if scalar.value < 32 { html += " " } else { MarkupEscaping.append(scalar, to: &html) }
        }
    }
}
