import Planner
import Records
import TestSupport
import Testing

/// The generator of sentences, and the judgement of plans, on plans made by hand.
struct GrammarTests {
    private func samples(_ wordings: Grammar.Wordings, seed: UInt64 = 1, rounds: Int = 3) throws -> [Grammar.Sample] {
        var grammar = try Grammar(wordings, folder: Places.grammar, seed: seed)
        return (0..<rounds * grammar.templates.count).map { _ in grammar.next() }
    }

    @Test(arguments: Grammar.Wordings.allCases)
    func `sentences are the same for the same seed and others for another`(wordings: Grammar.Wordings) throws {
        let sentences = try samples(wordings).map(\.sentence)
        #expect(try samples(wordings).map(\.sentence) == sentences)
        let others = try samples(wordings, seed: 2).map(\.sentence)
        #expect(zip(sentences, others).count { $0 == $1 } < sentences.count / 4)
        #expect(Set(sentences).count > sentences.count * 9 / 10)
    }

    @Test func `there are many templates, each with a name of its own`() throws {
        let ordinary = try Grammar(.ordinary, folder: Places.grammar, seed: 1).templates.map(\.name)
        let setApart = try Grammar(.setApart, folder: Places.grammar, seed: 1).templates.map(\.name)
        #expect(Set(ordinary + setApart).count == ordinary.count + setApart.count)
        #expect(ordinary.count >= 60 && setApart.count >= 40)
    }

    @Test(arguments: Grammar.Wordings.allCases)
    func `the words of a term name that term and nothing else`(wordings: Grammar.Wordings) throws {
        for term in try Grammar(wordings, folder: Places.grammar, seed: 1).vocabulary {
            guard let facet = term.facet else {
                if term.target == nil { #expect(try filters(term.plain) == [], "\(term.plain)") }
                continue
            }
            for words in term.forms.values {
                // The name of a strain is followed by its animal.
                let found = try planner.get().plan(words).filters.filter { facet != .strain || $0.facet != .species }
                #expect(found.map(\.facet) == [facet] && found.map { $0.anyOf.map(\.id) } == [[term.id]], "\(words)")
            }
        }
    }

    @Test(arguments: Grammar.Wordings.allCases)
    func `a plan that holds what is expected has no fault`(wordings: Grammar.Wordings) throws {
        for sample in try samples(wordings) {
            let faults = sample.expectation.faults(of: sample.expectation.plan)
            #expect(faults.isEmpty, "\(sample.sentence): \(faults)")
        }
    }

    @Test(arguments: Grammar.Wordings.allCases)
    func `a plan with one thing wrong has that fault`(wordings: Grammar.Wordings) throws {
        var seen: Set<Fault.Kind> = []
        for sample in try samples(wordings) {
            let expectation = sample.expectation
            for (kind, plan) in expectation.wrongPlans {
                seen.insert(kind)
                #expect(
                    expectation.faults(of: plan).contains { $0.kind == kind }, "\(kind) in \(sample.sentence)")
            }
        }
        #expect(seen == Set(Fault.Kind.allCases))
    }

    @Test func `a report counts by template and shows the worst first`() throws {
        var report = GrammarReport(examples: 1)
        let all = try samples(.ordinary, rounds: 2)
        for sample in all { report.add(sample, []) }
        #expect(report.share == 1 && report.templates(below: 1).isEmpty)
        for sample in [all[0], all[1], all[1]] { report.add(sample, [Fault(kind: .missed, detail: "all")]) }
        #expect(report.share == 1 - 3 / Double(all.count + 3))
        #expect(report.templates(below: 0.6) == [all[1].template])
        let text = report.description
        #expect(text.contains("\(all[1].template): 2 of 4 wrong (missed 2)\n    \(all[1].sentence)\n"))
        let worst = try #require(text.firstRange(of: all[1].sentence))
        let second = try #require(text.firstRange(of: all[0].sentence))
        #expect(worst.lowerBound < second.lowerBound)
    }
}
