import Records
import Text

extension Record {
    /// What is searched in the column of passages.
    var passageText: String { passages.map(\.text).joined(separator: "\n") }
}

/// Finds the snippet of a text that shows best why it was found.
///
/// The rules are those of FTS5's `snippet()` (https://www.sqlite.org/fts5.html section 5.1.3): most different phrases
/// first, then most occurrences, preferably from the beginning of a sentence.  FTS5 itself would read, decompress and
/// parse every searched column of the record again; here the caller passes the text.  Tests compare the two.
struct SnippetFinder {
    /// Tokens of a fragment on a page.
    static let words = 24

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

    /// An occurrence of a phrase: its number and its tokens.
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
        // Where the text that is not written yet begins.
        var position = start > 0 ? tokens.position(of: start).lowerBound : 0
        func write(to target: Int) {
            SnippetFinder.append(bytes[position..<max(position, target)], to: &html)
            position = max(position, target)
        }
        for marked in SnippetFinder.joined(instances) where marked.lowerBound >= start && marked.lowerBound < end {
            write(to: tokens.position(of: marked.lowerBound).lowerBound)
            html += "<mark>"
            write(to: tokens.position(of: min(marked.upperBound, end) - 1).upperBound)
            html += "</mark>"
            isMarked = true
        }
        if end < tokens.count {
            if end > start { write(to: tokens.position(of: end - 1).upperBound) }
            html += "…"
        } else {
            write(to: bytes.count)
        }
        return (html, isMarked)
    }

    /// All phrases in the order of their positions.
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
        // The sentence that contains the phrase, and its first phrase: both advance with the phrases.
        var sentence = 0
        var leading = 0
        for (position, instance) in instances.enumerated() {
            let first = instance.tokens.lowerBound
            let found = score(instances[position...], before: first + words)
            if found.score > best.score {
                let centred = first - (words - (found.end - first)) / 2
                best = (found.score, max(0, min(centred, tokens.count - words)))
            }
            while sentence + 1 < sentences.count, sentences[sentence + 1] <= first { sentence += 1 }
            guard sentence < sentences.count, sentences[sentence] < first else { continue }
            let start = sentences[sentence]
            while instances[leading].tokens.lowerBound < start { leading += 1 }
            let score = score(instances[leading...], before: start + words).score + (start == 0 ? 120 : 100)
            if score > best.score { best = (score, start) }
        }
        return best.start
    }

    /// A thousand for each phrase that begins before a token, one for each time that it does so again; and where the
    /// last of them ends.
    private func score(_ instances: ArraySlice<Instance>, before limit: Int) -> (score: Int, end: Int) {
        var seen: Set<Int> = []
        var result = (score: 0, end: 0)
        for instance in instances {
            if instance.tokens.lowerBound >= limit { break }
            result.score += seen.insert(instance.phrase).inserted ? 1000 : 1
            result.end = instance.tokens.upperBound
        }
        return result
    }

    /// Tokens that follow a full stop or a colon and white space, and the first one.
    private func sentenceStarts(_ tokens: TokenizedText, _ bytes: [UInt8]) -> [Int] {
        (0..<tokens.count).filter { token in
            let start = tokens.position(of: token).lowerBound
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
