import FoundationEssentials
import Records
import TestSupport
import Testing
import Text
import Vocabulary

/// The tables that ship with the project.
private let vocabulary = Result { try Vocabulary.load(folder: Places.vocabularies) }

/// Two concepts, by their ids in order.
private struct Twins: Hashable {
    let left: String
    let right: String

    init(_ one: String, _ other: String) { (left, right) = one < other ? (one, other) : (other, one) }
}

/// Last words that add nothing to what a name is about.
private let generalWords: Set<String> = [
    "recording", "task", "technique", "signal", "imaging", "data", "behavior", "test", "approach", "method",
    "condition", "session", "experiment", "paradigm", "analysis", "measurement", "stimulus", "stimuli", "state",
]

/// Facets whose terms describe what was done and measured; the others name things of their own kind.
private let facets: [Facet] = [
    .technique, .signal, .task, .state, .manipulation, .procedure, .device, .agent, .effect, .disease, .celltype,
    .strain,
]

/// What a name is about: its words without general ones at its end.
private func core(of name: String) -> String {
    var words = Tokenizer.tokens(of: name).map(\.word)
    while words.count > 1, let last = words.last, generalWords.contains(last) { words.removeLast() }
    return words.joined(separator: " ")
}

@Test func `concepts of two facets with one name are decided`() throws {
    let vocabulary = try vocabulary.get()
    var bearers: [String: [Int]] = [:]
    for facet in facets {
        for number in vocabulary.numbers(of: facet) {
            let term = vocabulary[number]
            guard term.flags.isDisjoint(with: [.silent, .obsolete, .weak]) else { continue }
            for name in Set(([term.label] + term.synonyms).map { core(of: $0) }) {
                bearers[name, default: []].append(number)
            }
        }
    }
    let file = Places.root + "/Tests/Fixtures/twin-concepts.tsv"
    let rows = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")
        .filter { !$0.hasPrefix("#") }.dropFirst().map { $0.split(separator: "\t").map(String.init) }
    var open = Set(rows.map { Twins($0[0], $0[1]) })
    #expect(open.count == rows.count, "a pair is listed twice")
    let decided = open
    for (name, terms) in bearers {
        for (place, left) in terms.enumerated() {
            for right in terms[(place + 1)...] where vocabulary.facet(of: left) != vocabulary.facet(of: right) {
                let twins = Twins(vocabulary.id(of: left), vocabulary.id(of: right))
                if follows(left, right) || follows(right, left) { continue }
                open.remove(twins)
                #expect(
                    decided.contains(twins),
                    "\(twins.left) and \(twins.right) are both called '\(name)': let one follow or list the pair")
            }
        }
    }
    #expect(open.isEmpty, "no twins any more: \(open.map { "\($0.left) \($0.right)" }.sorted())")

    func follows(_ one: Int, _ other: Int) -> Bool {
        vocabulary[one].implies.contains { $0.id == vocabulary.id(of: other) }
    }
}
