/// A grammar of questions: templates that say what a right reading of their sentences holds.
///
/// The tables, and a page that describes their notation, are in `Tests/Fixtures/grammar`.  Nothing here looks
/// into the planner: what is expected follows from the words alone.
package struct Grammar: Sendable {
    /// Ordinary wordings are there to be looked at while rules are written.  Those that are set apart tell how the
    /// rules fare on others.
    package enum Wordings: String, Sendable, CaseIterable {
        case ordinary
        case setApart = "set-apart"
    }

    /// A sentence and what its plan must hold.
    package struct Sample: Sendable {
        /// Name of the template.
        package let template: String
        package let sentence: String
        package let expectation: Expectation
    }

    package let templates: [Template]
    private let terms: [String: [Term]]
    private let phrases: [String: Pattern]
    private var random: SplitMix
    private var turn = 0

    /// - Parameter folder: holds a folder for each of the wordings.
    package init(_ wordings: Wordings, folder: String, seed: UInt64) throws {
        let tables = try GrammarTables(folder: "\(folder)/\(wordings.rawValue)")
        (templates, phrases, terms) = (tables.templates, tables.phrases, tables.terms)
        random = SplitMix(seed: seed)
    }

    /// Starts again with another seed, at another template.
    package mutating func restart(seed: UInt64) {
        random = SplitMix(seed: seed)
        turn = Int(random.next() % UInt64(templates.count))
    }

    /// The next sentence; the templates take turns.
    package mutating func next() -> Sample {
        let template = templates[turn % templates.count]
        turn += 1
        var writer = SentenceWriter(terms: terms, phrases: phrases, random: random)
        writer.write(template.pattern)
        let sentence = writer.sentence()
        random = writer.random
        return Sample(
            template: template.name, sentence: sentence,
            expectation: Expectation(drawn: writer.drawn, numbers: writer.numbers, relations: template.relations))
    }

    /// All terms of these wordings, for a test that each names one thing.
    package var vocabulary: [Term] { terms.sorted { $0.key < $1.key }.flatMap(\.value) }
}

/// A kind of sentence.
package struct Template: Sendable {
    /// What the sentence tries, for reports.
    package let name: String
    let pattern: Pattern
    let relations: Relations
}
