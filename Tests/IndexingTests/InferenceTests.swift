import Records
import Testing
import Vocabulary

@testable import Indexing

struct InferenceTests {
    /// Terms inferred from a description.
    private func inferred(_ text: String, statements: [Statement] = []) throws -> [Records.Tag] {
        let linker = Linker(vocabulary: try SmallVocabulary.shared.get())
        var record = session("1", description: text)
        record.statements = statements
        return linker.tags(for: record).filter { $0.evidence.kind == .inferred }
    }

    @Test func `a mention carries its field, its place and its words`() throws {
        let tags = try inferred("Für élan: recorded in Thalamic slices")
        let tag = try #require(tags.first)
        #expect(tags.count == 1)
        #expect(tag.term == "UBERON:0001897")
        #expect(
            tag.evidence
                == Evidence(
                    .inferred, provenance: "description", rule: "adjective", words: "Thalamic", start: 24, end: 32))
    }

    @Test(arguments: [
        ("animals slept, no sleep was scored", false), ("recordings without sleep", false),
        ("mice were not sleeping", false), ("sleep was not recorded", false), ("naive to any sleep", false),
        ("they never fell asleep", false), ("animals weren't asleep", false), ("weren’t asleep", false),
        ("a sleep-free night", false), ("awake rather than asleep", false), ("neither awake nor asleep", false),
        ("resting, didnt sleep", false), ("sleep file corrupt", false), ("sleep data are missing", false),
        ("lost sleep", true), ("no lesion, sleep was recorded", true), ("There was no lesion. Sleep followed", true),
        ("not only sleep but more", true), ("without stimulation but during sleep", true),
        ("sleep was not only recorded", true), ("more than sleep", true),
        ("no effect was found of any drug on sleep", true),
        ("no sleep on day one; sleep on day two", true), ("sleep", true),
    ])
    func `negation in the text is honoured`(text: String, holds: Bool) throws {
        #expect(try inferred(text).contains { $0.term == "discover:state.sleep" } == holds)
    }

    @Test(arguments: [
        "MS was studied", "at rest", "the POST epoch", "sorted with phy", "we did it",
        "prefers an inhibitory opsin-like thing".replacing("inhibitory ", with: "x"),
    ])
    func `homonyms, everyday words and two letters prove nothing`(text: String) throws {
        let terms = try inferred(text).map(\.term)
        #expect(!terms.contains("UBERON:0001868") && !terms.contains("DOID:2377"))
        #expect(!terms.contains("discover:state.rest") && !terms.contains("discover:agent.did"))
        #expect(!terms.contains("UBERON:0035971") && !terms.contains("UBERON:8440028"))
        #expect(!terms.contains("discover:agent.inhibitory-opsin"))
    }

    @Test func `inner capitals are a spelling of one's own`() throws {
        #expect(try inferred("shared through BrainSTEM").isEmpty)
        #expect(try inferred("the brainstem").map(\.term) == ["UBERON:0002298"])
        #expect(try inferred("NeuroPixels").map(\.facet) == [.device, .technique])
    }

    @Test func `what follows from a mention is inferred too, its effect is a hint`() throws {
        let technique = try inferred("with Neuropixels").first { $0.facet == .technique }
        #expect(technique?.evidence.rule == "implied by Neuropixels")
        let linker = Linker(vocabulary: try SmallVocabulary.shared.get())
        let tags = linker.tags(for: session("1", description: "we expressed eNpHR3.0"))
        let effect = try #require(tags.first { $0.facet == .effect })
        #expect(effect.evidence.kind == .hinted)
        #expect(effect.evidence.rule == "implied by eNpHR3.0")
        #expect(effect.evidence.words == "eNpHR3.0")
        #expect(effect.evidence.start == 13)
    }

    @Test func `what is stated, and what lies above it, needs no weaker witness`() throws {
        let tags = try inferred(
            "sleep, NREM sleep and thalamus", statements: [Statement(.state, "NREM sleep", provenance: "s")])
        #expect(tags.map(\.term) == ["UBERON:0001897"])
    }

    @Test func `titles, keywords and evidence passages are read, other passages are not`() throws {
        let linker = Linker(vocabulary: try SmallVocabulary.shared.get())
        var record = session("1", title: "Thalamus")
        record.keywords = ["clozapine"]
        record.parts = [Part(role: .epoch, type: "epoch", label: "e")]
        record.passages = [
            Passage("epoch name", "presleep; sleep", part: 0), Passage("notes", "prefrontal cortex", isEvidence: false),
        ]
        let tags = linker.tags(for: record).filter { $0.evidence.kind == .inferred }
        #expect(
            tags.map { "\($0.term) \($0.evidence.provenance) \($0.part.map(String.init) ?? "-")" } == [
                "UBERON:0001897 title -", "discover:agent.clozapine keywords -",
                "discover:state.sleep epoch name 0",
            ])
    }
}
