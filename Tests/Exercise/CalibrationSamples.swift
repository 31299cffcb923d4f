import FoundationEssentials
import Records
import TestSupport
import Text
import Vocabulary

/// What a linker of unknown words would be asked: names that are held out, and words that name nothing.
struct CalibrationSamples {
    /// A name that text is read for.
    struct Name {
        let term: Int
        let text: String
        let key: UInt64
    }

    /// A name that is taken out of the vocabulary for one question.
    struct Held {
        let name: Name
        /// Without it the vocabulary does not know one of its words, which are one or two: the planner would ask.
        let isAsked: Bool
    }

    /// Facets whose values people name in words of their own; makers, labs, strains and licences have proper names.
    static let facets: Set<Facet> = [
        .region, .technique, .device, .task, .state, .procedure, .manipulation, .celltype, .disease, .agent,
    ]

    let vocabulary: Vocabulary
    /// All labels, synonyms and adjectives of the facets, each once a term.
    let names: [Name]
    /// Synonyms that share no word stem with the label of their term, and that no other term bears.
    let held: [Held]

    init(vocabulary: Vocabulary) {
        self.vocabulary = vocabulary
        var names: [Name] = []
        var bearers: [UInt64: Set<Int>] = [:]
        var wordCounts: [UInt64: Int] = [:]
        var candidates: [Name] = []
        for (number, term) in vocabulary.terms.enumerated() where term.flags.isDisjoint(with: [.silent, .obsolete]) {
            var seen = Set<UInt64>()
            let label = Tokenizer.tokens(of: term.label)
            for text in [term.label] + term.synonyms + term.adjectives + term.acronyms {
                let tokens = Tokenizer.tokens(of: text)
                guard let key = Tokenizer.key(of: tokens), seen.insert(key).inserted else { continue }
                bearers[key, default: []].insert(number)
                for word in Set(tokens.map(\.key)) { wordCounts[word, default: 0] += 1 }
                guard Self.facets.contains(term.facet), !term.flags.contains(.weak), !term.acronyms.contains(text)
                else {
                    continue
                }
                let name = Name(term: number, text: text, key: key)
                names.append(name)
                let sharesStem = tokens.contains { word in label.contains { Self.isOneStem(word.folded, $0.folded) } }
                if term.synonyms.contains(text), !sharesStem { candidates.append(name) }
            }
        }
        self.names = names
        held = candidates.compactMap { name in
            guard bearers[name.key]?.count == 1 else { return nil }
            let tokens = Tokenizer.tokens(of: name.text)
            let isAsked =
                tokens.count <= 2
                && tokens.contains {
                    wordCounts[$0.key] == 1 && Self.isWord($0) && !vocabulary.english.contains($0.folded)
                }
            return Held(name: name, isAsked: isAsked)
        }
    }

    /// English words of four letters and more that name nothing, drawn at random.
    func englishWords(most: Int, from file: String, using random: inout SplitMix) throws -> [String] {
        let text = try String(contentsOfFile: file, encoding: .utf8)
        let words = text.split(separator: "\n").map(String.init).filter { word in
            word.utf8.count >= 4 && vocabulary.mentions(in: word).isEmpty
        }
        return Array(words.shuffled(using: &random).prefix(most))
    }

    /// Words of questions that are neither English nor part of a name, and each with the word before and behind it.
    func unknownWords(in questions: [String]) -> [String] {
        var found: [String] = []
        var seen = Set<String>()
        for question in questions {
            let tokens = Tokenizer.tokens(of: question)
            let isNamed = vocabulary.mentions(in: question, correctingTypos: true).map { $0.firstToken..<$0.endToken }
            func isLeft(_ index: Int) -> Bool {
                tokens.indices.contains(index) && Self.isWord(tokens[index]) && !isNamed.contains { $0.contains(index) }
            }
            for index in tokens.indices where isLeft(index) && vocabulary.isUnknown(tokens[index]) {
                var asked = [tokens[index].word]
                if isLeft(index - 1) { asked.append(tokens[index - 1].word + " " + tokens[index].word) }
                if isLeft(index + 1) { asked.append(tokens[index].word + " " + tokens[index + 1].word) }
                found += asked.filter { seen.insert($0).inserted }
            }
        }
        return found
    }

    /// Whether a word may be asked for: letters only, four and more.
    static func isWord(_ token: Token) -> Bool {
        token.folded.count >= 4 && token.folded.allSatisfy { $0 >= 0x61 && $0 <= 0x7a || $0 >= 0x80 }
    }

    /// Whether two words begin with the same five letters, or are the same.
    private static func isOneStem(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        left == right || (left.count >= 5 && right.count >= 5 && left.prefix(5) == right.prefix(5))
    }

    /// Whether a link is right: the term itself, the same concept in another table, or one directly above or below.
    func isRight(_ found: Int, for term: Int) -> Bool {
        found == term || vocabulary.counterparts(of: term).contains(found)
            || vocabulary.parents(of: term).contains(found)
            || vocabulary.children(of: term).contains(found)
    }
}
