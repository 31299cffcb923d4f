package import Records
import Text

/// The English words that decide how a question is read and what a record's text denies, as the tables of
/// `vocab/english` list them.
///
/// Words are folded like everything else, once, when the tables are read.  A reader asks which lists a folded word is
/// in (``lists(of:)``), what it stands for (``targets`` and the other dictionaries), or which phrases a list has.
package final class Lexicon: Sendable {
    /// How a number bounds what it counts.
    package enum Comparison: String, Sendable {
        case atLeast = "at-least"
        case moreThan = "more-than"
        case atMost = "at-most"
        case lessThan = "less-than"
        case about, exactly
    }

    /// How a date bounds what it is of.
    package enum DateRelation: String, Sendable { case since, after, until, before, within, between }

    /// Ages that a word means; nil where it leaves an end open.
    package struct Days: Sendable, Hashable {
        package let low: Double?
        package let high: Double?

        /// Reads "28..56", "60..", "..21".
        init?(_ text: String) {
            guard let dots = text.firstRange(of: "..") else { return nil }
            (low, high) = (Double(text[..<dots.lowerBound]), Double(text[dots.upperBound...]))
            if low == nil && high == nil { return nil }
        }
    }

    /// The lists of ages.
    package static let ageLists: [List] = [.humanAge, .mouseAge, .ratAge, .macaqueAge, .zebrafishAge]

    /// Nouns that say which kind of record is asked for.
    package let targets: [String: RecordType]
    /// Nouns that say so at the head of a request only.
    package let headTargets: [String: RecordType]
    /// Nouns that are counted: `mice` are subjects.
    package let counted: [String: RangeField]
    /// Verbs that say what a date is of.
    package let dateVerbs: [String: RangeField]
    package let dateRelations: [String: DateRelation]
    /// A facet's own word: `condition` is of the states.
    package let facetWords: [String: Facet]
    /// Labels of forms, with the facet, the range or the `type` that they are of.
    package let labels: [String: String]
    /// Numbers written out.
    package let numbers: [String: Double]
    /// What multiplies the number before it.
    package let factors: [String: Double]
    /// Units in bytes, seconds and days.
    package let bytes: [String: Double]
    package let seconds: [String: Double]
    package let days: [String: Double]
    /// Units of age that count from birth or before, in days.
    package let birthUnits: [String: Double]
    /// Words for an age, by the list of those who have it, with the days since birth.
    package let ages: [List: [String: Days]]
    /// Months from 1.
    package let months: [String: Int]
    /// The first month of a season.
    package let seasons: [String: Int]
    /// Numbers and lengths of parts of a year, and the first years of decades.
    package let partNumbers: [String: Int]
    package let halves: [String: Int]
    package let shortHalves: [String: Int]
    package let shortQuarters: [String: Int]
    package let thirdsOfYear: [String: Int]
    package let decades: [String: Int]
    /// Phrases before and behind a number with what they say, the longest first.
    package let comparisonsBefore: [(phrase: [String], meaning: Comparison)]
    package let comparisonsAfter: [(phrase: [String], meaning: Comparison)]

    private let searchStopWords: Set<String>
    /// Words as they are written, list by list, in the order of the tables.
    private let written: [[String]]
    private let listsByWord: [String: Lists]
    private let phrases: [[String: [[String]]]]
    /// Two lexicons with one hash read every question alike.
    let hash: UInt64

    /// The lists that a folded word stands in.
    package func lists(of word: String) -> Lists { listsByWord[word] ?? Lists() }

    /// The words of a list as they are written.
    package func words(of list: List) -> [String] { written[list.rawValue] }

    /// The phrases of a list that begin with a folded word, the longest first.
    package func phrases(of list: List, beginningWith word: String) -> [[String]] {
        phrases[list.rawValue][word] ?? []
    }

    /// The searchable words of a text: in lower case, without the words that say nothing of a subject; all words when
    /// nothing else is left.
    package func searchWords(of text: String) -> [String] {
        let words = text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
        let kept = words.filter { !searchStopWords.contains($0) }
        return kept.isEmpty ? words : kept
    }

    init(_ tables: [WordTable]) throws(VocabularyError) {
        var entries = [[Entry]](repeating: [], count: List.allCases.count)
        for row in tables.lazy.flatMap(\.rows) {
            for list in row.lists {
                for entry in row.entries {
                    entries[list.rawValue].append(
                        Entry(written: entry.written, words: entry.words, value: row.value))
                }
            }
        }
        func meanings<Meaning>(
            of list: List, _ meaning: (String) -> Meaning?
        ) throws(VocabularyError) -> [(phrase: [String], meaning: Meaning)] {
            try entries[list.rawValue].map { (entry) throws(VocabularyError) in
                guard let known = meaning(entry.value) else {
                    throw VocabularyError(
                        kind: .malformed,
                        detail: "english: '\(entry.value)' is no value for '\(entry.written)' in the list \(list.name)")
                }
                return (entry.words, known)
            }
        }
        func dictionary<Meaning>(
            of list: List, _ meaning: (String) -> Meaning?
        ) throws(VocabularyError) -> [String: Meaning] {
            Dictionary(
                try meanings(of: list, meaning).map {
                    ($0.phrase.count == 1 ? $0.phrase[0] : $0.phrase.joined(separator: " "), $0.meaning)
                },
                uniquingKeysWith: { _, last in last })
        }
        targets = try dictionary(of: .target, RecordType.init)
        headTargets = try dictionary(of: .headTarget, RecordType.init)
        counted = try dictionary(of: .counted, RangeField.init)
        dateVerbs = try dictionary(of: .dateVerb, RangeField.init)
        dateRelations = try dictionary(of: .dateRelation, DateRelation.init)
        facetWords = try dictionary(of: .facetWord, Facet.init)
        labels = try dictionary(of: .label) { $0.isEmpty ? nil : $0 }
        numbers = try dictionary(of: .number) { Double($0) }
        factors = try dictionary(of: .factor) { Double($0) }
        bytes = try dictionary(of: .byteUnit) { Double($0) }
        seconds = try dictionary(of: .secondUnit) { Double($0) }
        days = try dictionary(of: .dayUnit) { Double($0) }
        birthUnits = try dictionary(of: .birthUnit) { Double($0) }
        var ages: [List: [String: Days]] = [:]
        for list in Self.ageLists { ages[list] = try dictionary(of: list, Days.init) }
        self.ages = ages
        months = try dictionary(of: .month) { Int($0) }
        seasons = try dictionary(of: .season) { Int($0) }
        partNumbers = try dictionary(of: .partNumber) { Int($0) }
        halves = try dictionary(of: .half) { Int($0) }
        shortHalves = try dictionary(of: .shortHalf) { Int($0) }
        shortQuarters = try dictionary(of: .shortQuarter) { Int($0) }
        thirdsOfYear = try dictionary(of: .thirdOfYear) { Int($0) }
        decades = try dictionary(of: .decade) { Int($0) }
        comparisonsBefore = try meanings(of: .comparisonBefore, Comparison.init)
            .sorted { $0.phrase.count > $1.phrase.count }
        comparisonsAfter = try meanings(of: .comparisonAfter, Comparison.init)
            .sorted { $0.phrase.count > $1.phrase.count }

        written = entries.map { $0.map(\.written) }
        searchStopWords = Set(written[List.searchStopWord.rawValue])
        var listsByWord: [String: Lists] = [:]
        listsByWord.reserveCapacity(1024)
        var phrases = [[String: [[String]]]](repeating: [:], count: entries.count)
        for list in List.allCases where !list.isUnfolded {
            for words in entries[list.rawValue].map(\.words) {
                guard let first = words.first else { continue }
                if words.count == 1 { listsByWord[first, default: Lists()].insert(list) }
                if list.hasPhrases { phrases[list.rawValue][first, default: []].append(words) }
            }
        }
        self.listsByWord = listsByWord
        self.phrases = phrases.map { $0.mapValues { $0.sorted { $0.count > $1.count } } }
        hash = tables.reduce(WordHash.seed) { WordHash.chain($0, $1.hash) }
    }

    /// A word or phrase of one list.
    private struct Entry {
        let written: String
        /// Folded.
        let words: [String]
        let value: String
    }
}
