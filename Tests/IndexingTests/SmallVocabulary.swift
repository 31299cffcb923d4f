import FoundationEssentials
import Records
import TestSupport
import Vocabulary

/// A folder that goes away with the value.
final class TemporaryFolder {
    let path: String

    init() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "discover-indexing-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        path = folder.path
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}

/// A vocabulary of a few terms, with every relation the linker follows.
enum SmallVocabulary {
    private static let columns = "id\tlabel\tsynonyms\tacronyms\tadjectives\tparents\txrefs\timplies\tflags"

    private static let tables: [String: String] = [
        "region/uberon": """
        #! scheme: UBERON
        \(columns)
        UBERON:0000955\tbrain
        UBERON:0001897\tthalamus\tdorsal thalamus\tTH\tthalamic\tUBERON:0000955\tdorsalPlusVentralThalamus
        UBERON:0000451\tprefrontal cortex\t\tPFC\tprefrontal\tUBERON:0000955
        UBERON:0002298\tbrainstem\t\t\t\tUBERON:0000955
        UBERON:0035971\tpostsubiculum\t\tPOST\t\tUBERON:0000955
        UBERON:8440028\tperihypoglossal nuclei\t\tPHY\t\tUBERON:0000955
        UBERON:0001868\tmedial septum\t\tMS\t\tUBERON:0000955
        """,
        "region/allen-mouse": """
        #! scheme: MBA
        #! aliases: AIA
        #! species: NCBITaxon:10090
        \(columns)
        MBA:549\tThalamus\t\tTH\t\tUBERON:0001897
        MBA:733\tVentral posteromedial nucleus of the thalamus\t\tVPM\t\tMBA:549
        """,
        "region/paxinos": """
        #! scheme: PF2001
        #! species: NCBITaxon:10090
        \(columns)
        PF2001:1\tventral posteromedial thalamic nucleus\t\tVPM\t\tUBERON:0001897\t\t\tsilent
        """,
        "species/taxa": """
        \(columns)
        NCBITaxon:10090\tmouse\tMus musculus|mice\t\tmurine\t\tmusMusculus
        NCBITaxon:10116\trat\tRattus norvegicus|norway rat
        NCBITaxon:9606\thuman\tHomo sapiens
        """,
        "strain/strains": """
        \(columns)
        discover:strain.long-evans\tLong-Evans\tLong Evans rat\tLE\t\t\t\tspecies=NCBITaxon:10116
        """,
        "agent/agents": """
        \(columns)
        discover:agent.opsin\topsin
        discover:agent.inhibitory-opsin\tinhibitory opsin\t\t\t\tdiscover:agent.opsin\t\teffect=discover:effect.inhibitory\tsilent
        discover:agent.enphr3\teNpHR3.0\t\t\t\tdiscover:agent.inhibitory-opsin
        discover:agent.eyfp\tEYFP
        discover:agent.aav5\tAAV5
        discover:agent.clozapine\tclozapine
        discover:agent.did\tlipophilic dye\tDiD
        """,
        "effect/effects": """
        \(columns)
        discover:effect.inhibitory\tinhibitory\tsilencing
        """,
        "state/states": """
        \(columns)
        discover:state.sleep\tsleep\tasleep|sleeping\t\t\t\tbrainstem:setup-category:SLEEP
        discover:state.nrem\tNREM sleep\tNREM\t\t\tdiscover:state.sleep
        discover:state.rest\trest\t\t\t\t\t\t\tweak
        """,
        "disease/diseases": """
        \(columns)
        DOID:2377\tmultiple sclerosis\t\tMS
        """,
        "device/devices": """
        \(columns)
        discover:device.neuropixels\tNeuropixels\tNeuropixels probe\t\t\t\t\ttechnique=discover:technique.ephys
        discover:device.neuropixels-2\tNeuropixels 2.0\t\t\t\tdiscover:device.neuropixels
        """,
        "technique/techniques": """
        \(columns)
        discover:technique.ephys\textracellular electrophysiology\telectrophysiology
        """,
        "task/tasks": """
        \(columns)
        discover:task.maze\tmaze
        discover:task.t-maze\tT-maze\t\t\t\tdiscover:task.maze
        discover:task.alternation\talternation\tT-maze delayed alternation
        """,
        "source/sources": """
        \(columns)
        discover:source.brainstem\tBrainSTEM portal\t\tBrainSTEM
        """,
        "access/access": """
        \(columns)
        discover:access.open\topen access
        """,
        "procedure/procedures": """
        \(columns)
        discover:procedure.virus-injection\tvirus injection\t\t\t\t\tbrainstem:VirusInjection
        """,
    ]

    static let shared: Result<Vocabulary, any Error> = Result {
        let folder = try TemporaryFolder()
        for (name, text) in tables {
            let path = "\(folder.path)/\(name).tsv"
            try FileManager.default.createDirectory(
                atPath: String(path[..<path.lastIndex(of: "/")!]), withIntermediateDirectories: true)
            let facet = name.prefix { $0 != "/" }
            try Data("#! facet: \(facet)\n\(text)\n".utf8).write(to: URL(filePath: path))
        }
        try Places.copyWordLists(to: folder.path)
        let words = Data("did\nms\npost\nsleep\nthalamus\n".utf8)
        try words.write(to: URL(filePath: "\(folder.path)/english/words.txt"))
        return try Vocabulary.load(folder: folder.path)
    }
}

func session(_ native: String, title: String = "Untitled", description: String = "") -> Record {
    Record(id: RecordID(.brainstem, .session, native), title: title, description: description)
}
