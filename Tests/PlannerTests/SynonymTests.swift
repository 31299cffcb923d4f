import Planner
import Records
import TestSupport
import Testing
import Vocabulary

/// What a plan filters on, without the words that made it.
private func filtered(_ plan: Plan) -> Set<String> {
    Set(plan.filters.map { "\($0.negated)\($0.facet.rawValue)\($0.anyOf.map(\.id))" })
}

@Test func `every name of every term gives the plan of its label`() throws {
    let planner = try planner.get()
    let vocabulary = planner.vocabulary
    /// The only term that a name as a whole stands for; nil for homonyms and for names that text is not read for.
    func meant(by name: String) -> Int? {
        let mentions = vocabulary.mentions(in: name)
        guard mentions.count == 1, let mention = mentions.first, !mention.isAmbiguous else { return nil }
        return mention.numbers[0]
    }
    var compared = 0
    var differing: [String] = []
    for (number, term) in vocabulary.terms.enumerated() where term.flags.isDisjoint(with: [.silent, .obsolete, .weak]) {
        guard meant(by: term.label) == number else { continue }
        let expected = filtered(try planner.plan("\"\(term.label)\""))
        for name in term.synonyms + term.acronyms + term.adjectives
        where meant(by: name) == number && !vocabulary.needsCue(number, named: name) {
            compared += 1
            guard let plan = try? planner.plan("\"\(name)\"") else {
                differing.append("\(name) of \(term.id) cannot be planned")
                continue
            }
            if filtered(plan) != expected { differing.append("\(name) of \(term.id): \(plan.filters.map(short))") }
        }
    }
    #expect(differing.isEmpty, "\(differing.count): \(differing.prefix(30).joined(separator: "\n"))")
    #expect(compared > 8_000)
}
