import Planner
import Records
import TestSupport
import Vocabulary

/// Makes inputs that look like questions, operators, or nothing a person would type; the same for the same seed.
struct InputMaker {
    private var random: SplitMix
    private let names: [String]
    private let ids: [String]
    /// Names by facet, for operators that mean something.
    private let namesByFacet: [[String]]
    /// Sentences as people write them, to start from.
    private var grammars: [Grammar]

    init(vocabulary: Vocabulary, seed: UInt64) throws {
        random = SplitMix(seed: seed)
        grammars = try Grammar.Wordings.allCases.map { try Grammar($0, folder: Places.grammar, seed: seed) }
        var names: [String] = []
        var ids: [String] = []
        var groups = [[String]](repeating: ["Moser"], count: Facet.allCases.count)
        for term in vocabulary.terms {
            ids.append(term.id)
            let own = [term.label] + term.synonyms + term.acronyms + term.adjectives
            names += own
            groups[Facet.allCases.firstIndex(of: term.facet) ?? 0] += own
        }
        namesByFacet = groups
        self.names = names
        self.ids = ids
    }

    /// Starts anew with another seed.
    mutating func restart(seed: UInt64) {
        random = SplitMix(seed: seed)
        for index in grammars.indices { grammars[index].restart(seed: random.next()) }
    }

    /// The next input: a sentence or pieces; a few with changed bytes or cut short.
    mutating func next() -> String {
        let text = below(4) == 0 ? sentence() : pieces()
        switch random.next() % 12 {
        case 0: return mutated(text)
        case 1: return String(text.prefix(below(text.count + 1)))
        default: return text
        }
    }

    /// A sentence of the grammar, as it is or with words lost, doubled, moved, replaced, or grown into another.
    private mutating func sentence() -> String {
        let index = below(grammars.count)
        let sentence = grammars[index].next().sentence
        guard below(3) > 0 else { return sentence }
        var words = sentence.split(separator: " ").map(String.init)
        for _ in 0...below(3) where !words.isEmpty {
            let place = below(words.count)
            switch random.next() % 6 {
            case 0: words.remove(at: place)
            case 1: words.insert(words[place], at: place)
            case 2: words.swapAt(place, below(words.count))
            case 3: words[place] = piece()
            case 4: words.insert(any(of: Self.grammar), at: place)
            default:
                let other = grammars[index].next().sentence.split(separator: " ").map(String.init)
                words.replaceSubrange(place..., with: other.suffix(below(other.count) + 1))
            }
        }
        return words.joined(separator: " ")
    }

    /// Most are short, a few as long as the planner reads, and some longer.
    private mutating func pieces() -> String {
        var text = ""
        let length =
            switch random.next() % 100 {
            case 0 where below(4) == 0: 40 + below(160)
            case 0...3: 10 + below(20)
            default: below(4)
            }
        for index in 0...length {
            if index > 0 { text += separator() }
            text += piece()
        }
        return text
    }

    private mutating func below(_ bound: Int) -> Int { Int(random.next() % UInt64(Swift.max(1, bound))) }

    private mutating func any<Element>(of list: [Element]) -> Element { list[below(list.count)] }

    private mutating func separator() -> String {
        switch random.next() % 24 {
        case 0: return ""
        case 1: return ", "
        case 2: return "/"
        case 3: return "-"
        case 4: return any(of: ["  ", "\t", "\n", ": ", "; ", ". ", " (", ") ", " – ", "\u{a0}", "\r\n", "..", " OR "])
        default: return " "
        }
    }

    private mutating func piece() -> String {
        switch random.next() % 20 {
        case 0...5: return any(of: names)
        case 6...9: return any(of: Self.grammar)
        case 10: return cased(any(of: names))
        case 11: return misspelt(any(of: names))
        case 12, 13: return typedOperator()
        case 14: return number()
        case 15: return any(of: Self.hostile)
        case 16: return any(of: Self.marks)
        case 17: return any(of: below(3) == 0 ? Self.identifiers : Self.plain)
        case 18: return "\"" + any(of: names) + any(of: ["\"", "\"", "\"", "", " \""])
        default:
            return any(of: ["{", "recording{", "intervention{", "(", "#1{", "recording#2{", "#2{"]) + typedOperator()
                + " "
                + typedOperator() + any(of: ["}", ")", "", ") OR (", "} OR {", ") OR "])
        }
    }

    private mutating func typedOperator() -> String {
        let sign = any(of: ["", "", "", "-", "NOT ", "not ", "~", "~-"])
        switch random.next() % 9 {
        case 0...2: return "\(sign)\(facetAndValue())"
        case 3: return "\(sign)\(any(of: Self.fields)):\(any(of: Self.relations))\(number())"
        case 4: return "\(any(of: Self.fields)):\(number())..\(number())"
        case 5: return "\(sign)\(any(of: Self.others)):\(any(of: [value(), date(), number()]))"
        case 6: return "\(facetAndValue()) OR \(facetAndValue())"
        case 7: return any(of: ["record:", "like:", "apart:", "apart:1-2"]) + any(of: ["", any(of: Self.identifiers)])
        default: return "type:\(any(of: RecordType.allCases.map(\.rawValue) + ["thing", ""]))"
        }
    }

    /// Mostly a name of the facet, else anything.
    private mutating func facetAndValue() -> String {
        let facet = below(Self.facets.count)
        guard below(40) > 0 else { return "\(Self.facets[facet]):\(value())" }
        return "\(Self.facets[facet]):\"\(any(of: namesByFacet[facet]))\""
    }

    private mutating func value() -> String {
        switch random.next() % 8 {
        case 0: return any(of: ids)
        case 1: return any(of: Self.plain)
        case 2: return "\"\(any(of: Self.hostile))\""
        case 3: return "text:lab:" + any(of: Self.plain)
        default: return "\"\(any(of: names))\""
        }
    }

    private mutating func number() -> String {
        let value = any(of: [
            "0", "1", "2", "3", "5", "10", "12", "50", "384", "10,000", "2.5", "1e999", "-3", "60", "1.0",
        ])
        return any(of: ["", "", "", "P", "≥ ", "> ", "n = ", "~"]) + value
            + any(of: [
                "", "", "", "k", " GB", "GB", " mice", " years old", "-hour", " channels", "d", " sessions", "+",
            ])
    }

    private mutating func date() -> String {
        any(of: ["2021", "2021-03", "2021-03-01", "2021-13-40", "March 2023", "0000-00-00", "99999", "2019..2021", ""])
    }

    private mutating func cased(_ text: String) -> String {
        random.next() % 2 == 0 ? text.uppercased() : text.lowercased()
    }

    private mutating func misspelt(_ text: String) -> String {
        var letters = Array(text)
        guard letters.count > 1 else { return text }
        let index = below(letters.count - 1)
        switch random.next() % 4 {
        case 0: letters.remove(at: index)
        case 1: letters.swapAt(index, index + 1)
        case 2: letters.insert(any(of: Array("aeinorstx-' ")), at: index)
        default: letters[index] = any(of: Array("aeinorstx-' "))
        }
        return String(letters)
    }

    /// Bytes changed, doubled and lost; what is no UTF-8 any more is repaired as at every edge of the program.
    private mutating func mutated(_ text: String) -> String {
        var bytes = Array(text.utf8)
        for _ in 0...below(4) where !bytes.isEmpty {
            let index = below(bytes.count)
            switch random.next() % 4 {
            case 0: bytes[index] = UInt8(truncatingIfNeeded: random.next())
            case 1: bytes.remove(at: index)
            case 2: bytes.insert(UInt8(truncatingIfNeeded: random.next()), at: index)
            default: bytes.insert(contentsOf: bytes[index..<Swift.min(bytes.count, index + 8)], at: index)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static let facets = Facet.allCases.map(\.rawValue)
    private static let fields = RangeField.allCases.map(\.rawValue) + ["age", "size", "duration"]
    private static let relations = [">", ">=", "<", "<=", "=", "", "≥", "≤", "=>", "<>", ">>"]
    private static let others = [
        "created_after", "created_before", "modified_after", "modified_before", "published_after", "published_before",
        "approach", "anatomy", "anatomy_exact", "file_type", "http", "doi", "foo", "Species", "REGION", "a_b",
    ]
    private static let grammar = [
        "not", "no", "non", "and", "or", "nor", "neither", "without", "but not", "other than", "excluding", "except",
        "between", "from", "to", "in", "into", "of", "with", "at least", "more than", "fewer than", "up to", "under",
        "older than", "younger than", "or more", "since", "before", "after", "March", "last two years", "the", "a",
        "lab", "Moser", "by", "Karel", "group", "recordings", "sessions", "datasets", "mice", "subjects", "patients",
        "projecting to", "injected into", "recorded in", "OR", "AND", "NOT", "free", "both", "left", "such as", "years",
        "days", "hours", "channels", "neurons", "published", "recorded", "age", "aged", "Dr.", "paper", "not only",
    ]
    private static let plain = [
        "show", "me", "sleep", "reward", "lorem", "ipsum", "working", "control", "memory", "glorp", "xqzt", "which",
        "brain", "data", "signal", "cells", "what", "über", "naïve", "Buzsáki", "theta", "quick",
    ]
    private static let identifiers = [
        "DANDI:000003", "dandi:dataset:000020", "10.48324/dandi.000003",
        "https://doi.org/10.18112/openneuro.ds000117.v1.0.0",
        "ds000117", "\"10.1234/a..b\"", "10..5/x", "0191d5e2-7c1b-4d0e-9f43-3a5f6c7d8e9f", "ds00011", "http://",
        "doi:10.",
    ]
    private static let marks = [
        "\"", "(", ")", "{", "}", "[", "]", ":", "::", "-", "--", "*", "?", "!", "…", "/", "\\", "'", "’s", "+", "=",
        "<", ">", ",", ";", "|", "&", "%", "#", "@", "~", "^", "_", "\0", "\u{1}", "\u{7f}", "\u{85}", "\u{2028}",
    ]
    private static let hostile = [
        "'; DROP TABLE records; --", "\" OR 1=1", "NEAR(a b, 5)", "a AND (b OR", "col:*", "* *", "{a b}: c", "^start",
        "<script>alert(1)</script>", "%00%0a", "\u{202e}gnisrever", "مرحبا بالعالم", "שלום", "日本語の脳", "🧠🐭", "👩‍🔬",
        "e\u{301}\u{301}\u{301}", "\u{feff}", "\u{200d}\u{200b}", "𝕍𝟙", "ﬁbre", "İstanbul", "ẞ", "Ω", "\u{0}\u{0}",
        "../../etc/passwd", "${HOME}", "9999999999999999999999", "1e308", "NaN", "-0", "0x1F", "½", "①", "٣", "P٣",
        "\u{fffd}\u{fffd}", "a\u{300}:b", "species:", ":mouse", "species::mouse", "-species", "--species:mouse",
    ]
}
