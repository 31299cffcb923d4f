import Indexing
import Planner
import Records
import Search
import Store
import TestSupport
import Vocabulary

/// A real index of invented records, built by the real indexing in a throw-away folder.
final class SmallIndex: Sendable {
    let folder: TemporaryFolder
    let searcher: Searcher
    let planner: Planner

    init(_ records: [Record], meaning: (any Meaning)? = nil) throws {
        let vocabulary = try Vocabulary.load(folder: Places.vocabularies)
        folder = try TemporaryFolder()
        let index = IndexFolder(path: folder.path)
        _ = try Ingest(index: index, vocabulary: vocabulary)
            .run(source: .brainstem, location: "invented") { sink in
                for record in records { try sink(record) }
                return nil
            }
        searcher = Searcher(generation: try index.current(), vocabulary: vocabulary, meaning: meaning)
        planner = Planner(vocabulary: vocabulary)
    }

    /// Plans and searches.
    func search(
        _ query: String, choices: [FacetChoice] = [], strict: Bool = false, statedOnly: Bool = false, limit: Int = 100,
        cursor: String? = nil
    ) throws -> SearchResult {
        try searcher.search(
            SearchRequest(
                plan: try planner.plan(query, choices: choices), isStrict: strict, statedOnly: statedOnly,
                limit: limit, cursor: cursor))
    }

    /// Native ids of the match tier.
    func matches(_ query: String, choices: [FacetChoice] = []) throws -> Set<String> {
        try natives(.match, of: search(query, choices: choices))
    }

    /// Native ids of one tier.
    func natives(_ tier: Hit.Tier, of result: SearchResult) -> Set<String> {
        Set(result.hits.filter { $0.tier == tier }.map(\.id.native))
    }

    /// The hand-made records, shared by the tests that only read.
    static let shared = Result { try SmallIndex(Invented.records) }
    /// Sixty sessions with values drawn at random, always the same.
    static let random = Result { try SmallIndex(Invented.random(count: 60)) }
}

/// Invented records.
enum Invented {
    /// A session whose parts are recordings with a region and a device.
    static func session(
        _ name: String, species: String? = "mouse", recordings: [(region: String?, device: String?)] = [],
        state: String? = nil, description: String = "", subjects: Double? = nil, people: [String] = []
    ) -> Record {
        var record = Record(
            id: RecordID(.brainstem, .session, name), title: "Session \(name)", description: description,
            access: .open, contributors: people)
        if let species { record.statements.append(Statement(.species, species, place: "subject, species")) }
        if let state { record.statements.append(Statement(.state, state, place: "behavior, state")) }
        for (index, recording) in recordings.enumerated() {
            record.parts.append(Part(role: .recording, type: "SiliconProbeImplant", label: "recording \(index + 1)"))
            if let region = recording.region {
                record.statements.append(Statement(.region, region, part: index, place: "procedure, brain_region"))
            }
            if let device = recording.device {
                record.statements.append(Statement(.device, device, part: index, place: "procedure, device"))
            }
        }
        if let subjects { record.quantities.append(Quantity(.subjects, subjects, place: "subjects")) }
        return record
    }

    static let records: [Record] = [
        session("hit", recordings: [("thalamus", "Neuropixels 1.0")], state: "sleep", people: ["Ada Example"]),
        session(
            "split", recordings: [("hippocampal formation", "Neuropixels 1.0"), ("thalamus", "tetrode")],
            state: "sleep"),
        session("above", species: "rat", recordings: [("diencephalon", "Neuropixels 1.0")], state: "sleep"),
        session("noregion", species: "rat", recordings: [(nil, "Neuropixels 1.0")], state: "sleep"),
        session("awake", recordings: [("thalamus", "Neuropixels 1.0")], state: "awake"),
        session("nostate", recordings: [("thalamus", "Neuropixels 1.0")], people: ["Bo Example"]),
        session("small", subjects: 3), session("large", subjects: 60),
        session("text", species: nil, description: "Recorded in the hippocampal formation of a rat."),
        Record(
            id: RecordID(.dandi, .dataset, "000900"), title: "Reward in the striatum",
            description: "Dopamine <b>&</b> reward.", doi: "10.48324/dandi.000900", access: .open),
    ]

    static func random(count: Int) -> [Record] {
        var generator = SplitMix(seed: 7)
        let regions = ["thalamus", "diencephalon", "hippocampal formation", "primary visual cortex", "visual cortex"]
        let devices = ["Neuropixels 1.0", "Neuropixels 2.0", "tetrode"]
        return (0..<count).map { index in
            let recordings = (0..<Int.random(in: 0...3, using: &generator)).map { _ in
                (
                    region: Bool.random(using: &generator) ? regions.randomElement(using: &generator) : nil,
                    device: Bool.random(using: &generator) ? devices.randomElement(using: &generator) : nil
                )
            }
            return session(
                "r\(index)", species: [nil, "mouse", "rat"].randomElement(using: &generator) ?? nil,
                recordings: recordings,
                state: [nil, "sleep", "awake", "NREM sleep"].randomElement(using: &generator) ?? nil,
                description: ["Sleep in rats.", "Reward task.", ""].randomElement(using: &generator) ?? "",
                subjects: Bool.random(using: &generator) ? Double(Int.random(in: 1...80, using: &generator)) : nil,
                people: [["Ada Example"], ["Bo Example", "Ada B. Example"], []].randomElement(using: &generator) ?? [])
        }
    }
}
