import Records
import TestSupport
import Testing
import Vocabulary

@testable import Indexing

/// What a name in a text is worth, by what stands around it.
struct ReadingTests {
    /// The grade of a term in a description; nil where there is no tag of it.
    private func grade(of term: String, in text: String, title: String = "") throws -> Evidence.Kind? {
        let linker = Linker(vocabulary: try SmallVocabulary.shared.get())
        let record = session("1", title: title, description: text)
        return linker.tags(for: record).first { $0.term == term }?.evidence.kind
    }

    private static let sleep = "discover:state.sleep"
    private static let thalamus = "UBERON:0001897"
    private static let prefrontal = "UBERON:0000451"

    @Test(arguments: [
        "Recorded during sleep.", "# Methods\nRats in sleep", "## Funding\nNSF\n## Methods\nThe sleep sessions",
        "Acknowledgements: the council.\nAll sleep sessions are here", "Sleep", "recorded in natural sleep, no lesion",
        "Data of sleep (see References)", "The exclusion of noise left sleep untouched",
    ])
    func `sentences that speak of the data are read`(text: String) throws {
        #expect(try grade(of: Self.sleep, in: text) == .inferred)
    }

    @Test(arguments: [
        "## Funding\nThe sleep foundation paid", "Funding: a fund for sleep", "See https://example.org/sleep/data",
        "written by `sleep.py`", "in /home/me/sleep/a.txt", "the file sub-01_sleep.nwb", "```\nrun sleep\n```",
        "This was supported by a grant on sleep.", "pseudo-sleep was scored", "sleep-like states",
        "National Sleep Foundation and others", "### License\nfor sleep and rest",
    ])
    func `what is no sentence about the data gives no tag`(text: String) throws {
        #expect(try grade(of: Self.sleep, in: text) == nil)
    }

    @Test(arguments: [
        "## References\nOn sleep and memory", "Please cite the following:\nOn sleep",
        "[1] Doe J, Roe K (2007). A theory of sleep and of memory in all animals. Journal, 3, 12.",
        "Previous studies looked at sleep.", "We planned to record sleep.",
    ])
    func `references, plans and the work of others are hints at most`(text: String) throws {
        #expect(try grade(of: Self.sleep, in: text) == .hinted)
    }

    @Test(arguments: [
        ("spikes in PFC neurons", Evidence.Kind.inferred), ("we used PFC", .hinted),
        ("prefrontal cortex (PFC) and more. PFC was silent", .inferred),
        ("prefrontal cortex was recorded. We used PFC", .inferred), ("the thalamus and PFC", .inferred),
    ])
    func `acronyms of regions need a second sign`(text: String, kind: Evidence.Kind) throws {
        #expect(try grade(of: Self.prefrontal, in: text) == kind)
    }

    @Test(arguments: [
        "a pulse frequency code (PFC) in cortex", "the PFC (pulse frequency code) of neurons", "PFC+ cells in the area",
        "neurons of PFC-8", "pfc neurons in the region of v1.nwb/pfc.nwb",
    ])
    func `an acronym that is defined otherwise, or goes on, is another one`(text: String) throws {
        let kind = try grade(of: Self.prefrontal, in: text)
        #expect(kind == nil || text.hasPrefix("pfc") && kind != .inferred)
    }

    @Test(arguments: [
        ("Thalamic Sleep", true), ("recorded in the thalamus. Sleep followed", true),
        ("thalamic nuclei in the animals", false),
    ])
    func `the adjective of a region in the name of another structure is a hint`(text: String, isSure: Bool) throws {
        #expect((try grade(of: Self.thalamus, in: text) == .inferred) == isSure)
    }

    @Test(arguments: [
        ("mice were imaged", Evidence.Kind.inferred), ("movies of mice were shown", nil),
        ("two computer mice on the desk", nil), ("a mouse cursor", nil), ("mice watched movies", .inferred),
    ])
    func `animals that are shown, and devices of that name, are no subjects`(text: String, kind: Evidence.Kind?) throws
    {
        #expect(try grade(of: "NCBITaxon:10090", in: text) == kind)
    }

    @Test func `names do not run over the end of a sentence`() throws {
        #expect(try grade(of: "discover:state.nrem", in: "without NREM. Sleep was scored") == nil)
        #expect(try grade(of: Self.sleep, in: "in NREM. Sleep was scored") == .inferred)
    }

    @Test func `a name that a conjunction splits is found whole`() throws {
        #expect(try grade(of: Self.prefrontal, in: "prefrontal and parietal cortex") == .inferred)
    }

    @Test func `a title of one word is read by its capitals`() throws {
        #expect(try grade(of: Self.thalamus, in: "", title: "ThalamusRewardDataset") == .inferred)
        #expect(try grade(of: Self.thalamus, in: "", title: "THALAMUSreward") == nil)
    }

    /// The same text with other text before it, which ends with an empty line, is read alike.
    @Test(arguments: [
        "Recorded during sleep.", "## Funding\nThe sleep foundation",
        "[1] Doe J, Roe K (2007). Of sleep in all. 3, 12.",
        "the PFC (pulse frequency code)", "movies of mice",
    ])
    func `a paragraph before changes nothing`(text: String) throws {
        for term in [Self.sleep, Self.prefrontal, "NCBITaxon:10090"] {
            let alone = try grade(of: term, in: text)
            #expect(try grade(of: term, in: "# Overview\nA set of files.\n\n" + text) == alone)
        }
    }

    /// No text, however broken, stops the reading.
    @Test(arguments: 0..<200)
    func `any text is read`(seed: Int) throws {
        var state = UInt64(seed) &* 0x9e37_79b9_7f4a_7c15 | 1
        let pieces = [
            "\n", "#", "##", "**", "```", "---", "===", ":", "(", ")", "PFC", "PFCs", "sleep", "mice", "and", "&", "-",
            "https://", ".", " ", "  ", "References", "Funding", "2007", "Doe J,", "é", "\u{301}", "[1]", "+", "like",
        ]
        var text = ""
        for _ in 0..<60 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            text += pieces[Int(state >> 33) % pieces.count]
            if state >> 60 & 1 == 0 { text += " " }
        }
        _ = try grade(of: Self.sleep, in: text, title: text)
    }

    @Test(arguments: [
        ("rest", true), ("restingstate", true), ("rest2", true), ("rest_run1", true), ("BOLDREST1NORDIC", true),
        ("restbold", true), ("TODO: full task name for rest", true), ("nap", false), ("arrest", false),
    ])
    func `tasks of BIDS are linked by what file names call them`(label: String, isRest: Bool) throws {
        let linker = Linker(vocabulary: try Vocabulary.load(folder: Places.vocabularies))
        var record = session("1")
        record.statements = [Statement(.task, label, scheme: "bids:paradigm", provenance: "task")]
        let terms = linker.tags(for: record).map(\.term)
        #expect(terms.contains("discover:task.resting-state") == isRest)
    }

    @Test func `an anesthetic acts on what is recorded only as a manipulation`() throws {
        let linker = Linker(vocabulary: try Vocabulary.load(folder: Places.vocabularies))
        func effects(_ role: Part.Role?) -> [String] {
            var record = session("1", description: "Surgery was under ketamine.")
            record.parts = role.map { [Part(role: $0, type: "p", label: "p")] } ?? []
            record.statements = [Statement(.agent, "ketamine", part: role == nil ? nil : 0, provenance: "agent")]
            return linker.tags(for: record).filter { $0.facet == .effect }.map(\.term)
        }
        #expect(effects(nil).isEmpty && effects(.preparation).isEmpty)
        #expect(effects(.manipulation).contains("discover:effect.anesthetic"))
    }
}
