import Records
import Testing
import Vocabulary

@testable import Indexing

struct LinkerTests {
    /// One statement and the tags that follow from it: term, kind, rule.
    struct Case: Sendable, CustomTestStringConvertible {
        let statement: Statement
        let tags: [String]
        var testDescription: String { "\(statement.facet) \(statement.value) \(statement.identifiers)" }
        init(_ statement: Statement, _ tags: String...) {
            self.statement = statement
            self.tags = tags
        }
    }

    static let cases: [Case] = [
        // Identifiers, whatever the words say.
        Case(
            Statement(.species, "House mouse", identifiers: ["NCBITaxon:10116"], provenance: "p"),
            "NCBITaxon:10116 stated identifier"),
        Case(
            Statement(.species, "x", identifiers: ["http://purl.obolibrary.org/obo/NCBITaxon_10090"], provenance: "p"),
            "NCBITaxon:10090 stated identifier"),
        Case(
            Statement(
                .species, "x", identifiers: ["https://openminds.ebrains.eu/instances/species/musMusculus"],
                provenance: "p"),
            "NCBITaxon:10090 stated identifier"),
        Case(
            Statement(.procedure, "VirusInjection", identifiers: ["brainstem:VirusInjection"], provenance: "p"),
            "discover:procedure.virus-injection stated identifier"),
        Case(
            Statement(.disease, "x", identifiers: ["UBERON:0001897"], provenance: "p"),
            "UBERON:0001897 stated identifier"),
        // Names in the source's own list.
        Case(
            Statement(.region, "VPM thalamus", identifiers: ["PF2001:VPM"], scheme: "PF2001", provenance: "p"),
            "PF2001:1 stated acronym of PF2001"),
        Case(
            Statement(.region, "x", identifiers: ["AIA:VPM"], scheme: "AIA", provenance: "p"),
            "MBA:733 stated acronym of AIA"),
        Case(
            Statement(
                .region, "Ventral posteromedial thalamic nucleus", identifiers: ["PF2001:nope"], scheme: "PF2001",
                provenance: "p"), "PF2001:1 stated label of PF2001"),
        Case(Statement(.region, "thalamus", scheme: "UNKNOWN", provenance: "p"), "UBERON:0001897 stated label"),
        // Names in the facet.
        Case(Statement(.region, "Thalamus", provenance: "p"), "UBERON:0001897 stated label"),
        Case(Statement(.region, "dorsal thalamus", provenance: "p"), "UBERON:0001897 mapped synonym"),
        Case(Statement(.region, "VPM", provenance: "p"), "MBA:733 mapped acronym"),
        Case(Statement(.state, "rest", provenance: "p"), "discover:state.rest stated label"),
        Case(
            Statement(.region, "thalamus", provenance: "p", grade: "histology"),
            "UBERON:0001897 stated label, histology"),
        // Names within the words.
        Case(
            Statement(.agent, "AAV5-CaMKIIa-eNpHR3.0-EYFP", provenance: "p"),
            "discover:agent.aav5 mapped found in name",
            "discover:agent.enphr3 mapped found in name", "discover:effect.inhibitory mapped implied by eNpHR3.0",
            "discover:agent.eyfp mapped found in name"),
        Case(Statement(.species, "Rat; norway rat", provenance: "p"), "NCBITaxon:10116 mapped found in name"),
        Case(
            Statement(.device, "imec Neuropixels 2.0 4-shank", provenance: "p"),
            "discover:device.neuropixels-2 mapped found in name",
            "discover:technique.ephys mapped implied by Neuropixels 2.0"),
        Case(
            Statement(.state, "NREM 3", scheme: "brainstem:epoch", provenance: "p"),
            "discover:state.nrem mapped found in name"),
        // A task's name may join an apparatus and a rule.
        Case(
            Statement(.task, "T-maze delayed alternation", provenance: "p"), "discover:task.alternation mapped synonym",
            "discover:task.t-maze mapped found in name"),
        // The words themselves.
        Case(
            Statement(.device, "Homemade Rig №7", provenance: "p"),
            "text:device:homemade rig 7 stated as the source writes it"),
        Case(
            Statement(.task, "Z puzzle", scheme: "brainstem:paradigm", provenance: "p"),
            "text:task:z puzzle stated as the source writes it"),
        Case(Statement(.lab, "Thalamus lab", provenance: "p"), "text:lab:thalamus lab stated as the source writes it"),
        Case(
            Statement(.agent, "no clozapine", provenance: "p"), "text:agent:no clozapine stated as the source writes it"
        ),
        // Nothing.
        Case(Statement(.state, "epoch 3", scheme: "brainstem:epoch", provenance: "p")),
        Case(Statement(.task, "epoch 3", scheme: "brainstem:epoch", provenance: "p")),
        Case(Statement(.state, "Z puzzle", scheme: "brainstem:paradigm", provenance: "p")),
        Case(Statement(.device, "N/A", provenance: "p")), Case(Statement(.device, " ?! ", provenance: "p")),
        Case(Statement(.device, "", provenance: "p")), Case(Statement(.species, "unknown", provenance: "p")),
        // Implications.
        Case(
            Statement(.strain, "Long Evans rat", provenance: "p"), "discover:strain.long-evans mapped synonym",
            "NCBITaxon:10116 mapped implied by Long-Evans"),
    ]

    @Test(arguments: cases) func `a statement becomes the tags that its words and identifiers prove`(test: Case) throws
    {
        let linker = Linker(vocabulary: try SmallVocabulary.shared.get())
        var record = session("1")
        record.statements = [test.statement]
        let tags = linker.tags(for: record).filter { ![.source, .access].contains($0.facet) }
        let found = tags.map { "\($0.term) \($0.evidence.kind) \($0.evidence.rule ?? "")" }
        #expect(Set(found) == Set(test.tags))
        #expect(tags.allSatisfy { $0.evidence.provenance == "p" })
    }

    @Test func `tags stay on the part they are stated of`() throws {
        let linker = Linker(vocabulary: try SmallVocabulary.shared.get())
        var record = session("1")
        record.parts = [
            Part(role: .preparation, type: "VirusInjection", label: "a"),
            Part(role: .recording, type: "Probe", label: "b"),
        ]
        record.statements = [
            Statement(.agent, "eNpHR3.0", part: 0, provenance: "gene"),
            Statement(.region, "thalamus", part: 0, provenance: "r"),
            Statement(.region, "thalamus", part: 1, provenance: "r"),
        ]
        let tags = linker.tags(for: record)
        #expect(tags.filter { $0.facet == .effect }.map(\.part) == [0])
        #expect(tags.filter { $0.facet == .region }.map(\.part) == [0, 1])
    }

    @Test func `every record says where it is from, who may have it and who made it`() throws {
        let linker = Linker(vocabulary: try SmallVocabulary.shared.get())
        var record = session("1")
        record.access = .open
        record.contributors = ["Ada Lovelace"]
        record.labs = ["Analytical Lab"]
        let terms = linker.tags(for: record).map(\.term)
        #expect(
            Set(terms) == [
                "discover:source.brainstem", "discover:access.open", "text:person:ada lovelace",
                "text:lab:analytical lab",
            ])
    }

    @Test func `a species decides between atlases, and names of all species win`() throws {
        let linker = Linker(vocabulary: try SmallVocabulary.shared.get())
        var record = session("1")
        record.statements = [Statement(.region, "TH", provenance: "r"), Statement(.species, "mouse", provenance: "s")]
        #expect(linker.tags(for: record).first { $0.facet == .region }?.term == "UBERON:0001897")
    }

    @Test func `a term has other names under which its records are found`() throws {
        let linker = Linker(vocabulary: try SmallVocabulary.shared.get())
        let tags = linker.tags(for: session("1", description: "NREM sleep in mice"))
        let names = tags.map { linker.names(of: $0.term) ?? [] }
        #expect(names.contains { $0.starts(with: ["Mus musculus", "mice"]) })
        #expect(names.contains { $0.contains("sleep") }, "the label above NREM sleep")
        #expect(linker.names(of: "text:person:ada lovelace") == nil)
    }

    @Test func `any text can be linked`() throws {
        let linker = Linker(vocabulary: try SmallVocabulary.shared.get())
        let texts = [
            "", "\u{0}", "(", "not", "n't sleep", "sleep", String(repeating: "sleep no ", count: 3000), "🧠\u{301}",
            "a’t sleep",
        ]
        for text in texts {
            var record = session("1", title: text, description: text)
            record.statements = Facet.allCases.map {
                Statement($0, text, identifiers: [text, ":", "/", "x:"], scheme: text, part: 99, provenance: text)
            }
            record.passages = [Passage(text, text, part: -1)]
            _ = linker.tags(for: record)
        }
    }
}
