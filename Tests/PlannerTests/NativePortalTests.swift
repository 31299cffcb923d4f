import Foundation
import Planner
import Records
import TestSupport
import Testing

/// Queries asked of the stand-in portals, compared with what their raw data hold.
struct NativePortalTests {
    /// Ids of the answers to all requests of a query, each asked as it stands.
    private func ids(
        _ query: NativeQuery, _ list: String, of portal: Portals, key: String = "id", page: String = ""
    )
        throws -> Set<String>
    {
        var found: Set<String> = []
        #expect(!query.requests.isEmpty)
        for request in query.requests {
            let rows = try #require(try portal.answer(request, pageSize: page)[list] as? [[String: Any]])
            found.formUnion(rows.compactMap { $0[key] as? String })
        }
        return found
    }

    @Test func `every request of many questions is accepted`() throws {
        let portal = try Portals()
        for question in [
            "thalamic Neuropixels recordings in sleep",
            "female mice with an inhibitory virus injection in visual cortex",
            "EEG or two-photon sessions in 2021 with optogenetics", "IBL task sessions from cortexlab not in CA1",
            "open NWB datasets of rats published since 2021 by Buzsaki", "setups for head-fixed mice",
            "subjects with tetrode implants", "protocols of sleep deprivation", "projects with at least 3 subjects",
        ] {
            for system in [NativeSystem.brainstem, .alyx, .dandi, .ebrains] {
                let query = try native(question, system)
                let lines = query.text.split(separator: "\n").filter { $0.hasPrefix("https://") }.map(String.init)
                for request in Set(query.requests + lines) {
                    #expect(throws: Never.self, "\(request)") { try portal.answer(request) }
                }
            }
        }
    }

    @Test func `Alyx sessions of a region are those whose probes pass through it or below`() throws {
        let portal = try Portals()
        var parents: [Int: Int] = [:]
        var numbers: [String: Int] = [:]
        for region in try Portals.rows("alyx/brain_regions") {
            guard let id = region["id"] as? Int, let acronym = region["acronym"] as? String else { continue }
            parents[id] = region["parent"] as? Int
            numbers[acronym] = id
        }
        func lies(_ acronym: String, in region: String) -> Bool {
            var at = numbers[acronym]
            while let here = at {
                if here == numbers[region] { return true }
                at = parents[here]
            }
            return false
        }
        let insertions = try Portals.rows("alyx/insertions")
        let sessions = try Portals.rows("alyx/sessions")
        let thalamic = insertions.filter { ($0["regions"] as? [String] ?? []).contains { lies($0, in: "TH") } }
        let expected = Set(thalamic.compactMap { $0["session"] as? String })
        #expect(expected.count > 20)
        #expect(try ids(native("recordings in thalamus", .alyx), "results", of: portal, page: "limit=1000") == expected)

        // Region, lab excluded, and time together.
        let query = try native("sessions in thalamus since 2020-06-01 not from danlab", .alyx)
        #expect(query.addedByDiscover.isEmpty && query.notExpressible.isEmpty)
        let narrowed = Set(
            sessions.filter {
                $0["lab"] as? String != "danlab" && ($0["start_time"] as? String ?? "") >= "2020-06-01"
            }.compactMap { $0["id"] as? String })
        #expect(narrowed.intersection(expected).count > 5)
        #expect(try ids(query, "results", of: portal, page: "limit=1000") == narrowed.intersection(expected))

        // Insertions by region and probe model.
        let probes = try native("Neuropixels 3A sessions in the thalamus", .alyx)
        let models = Set(thalamic.filter { $0["model"] as? String == "3A" }.compactMap { $0["id"] as? String })
        #expect(!models.isEmpty)
        #expect(try ids(probes, "results", of: portal, page: "limit=1000") == models)
    }

    @Test func `Alyx subjects are filtered by sex`() throws {
        let portal = try Portals()
        let raw = try Portals.rows("alyx/subjects").filter { $0["sex"] as? String == "F" }
        let query = try native("female subjects", .alyx)
        #expect(query.addedByDiscover.isEmpty)
        let found = try ids(query, "results", of: portal, key: "nickname", page: "limit=1000")
        #expect(found == Set(raw.compactMap { $0["nickname"] as? String }) && !found.isEmpty)
    }

    @Test(arguments: [
        ("male subjects", "stem_subject", "subjects", "sex", ["M"]),
        ("virus injections", "modules_procedure", "procedures", "type", ["VirusInjection"]),
        ("two-photon imaging", "modules_dataacquisition", "data_acquisitions", "type", ["TwoPhotonMicroscopy"]),
        ("optogenetics", "modules_manipulation", "manipulations", "type", ["OptogeneticStimulation"]),
    ])
    func `BrainSTEM lists hold the records of a type and no others`(
        question: String, file: String, list: String, field: String, values: [String]
    ) throws {
        let portal = try Portals()
        let query = try native(question, .brainstem)
        let request = try #require(query.requests.first { $0.contains("filter%7B\(field)%7D") })
        let rows = try #require(try portal.answer(request)[list] as? [[String: Any]])
        #expect(!rows.isEmpty)
        #expect(rows.allSatisfy { values.contains($0[field] as? String ?? "") })
        let raw = try Portals.rows("brainstem/\(file)").filter {
            values.contains($0[field] as? String ?? "")
        }
        // What is not public is in the raw data only.
        #expect(Set(rows.compactMap { $0["id"] as? String }).isSubset(of: Set(raw.compactMap { $0["id"] as? String })))
        #expect(rows.count >= min(100, raw.count * 3 / 4))
    }

    @Test func `BrainSTEM sessions are filtered by date`() throws {
        let portal = try Portals()
        let query = try native("sessions recorded in 2021", .brainstem)
        #expect(query.pushedDown.count == 1)
        let rows = try #require(try portal.answer(query.requests[0])["sessions"] as? [[String: Any]])
        #expect(!rows.isEmpty)
        #expect(rows.allSatisfy { ($0["date_time"] as? String ?? "").hasPrefix("2021") })
    }

    @Test func `BrainSTEM region ids are found in each atlas`() throws {
        let portal = try Portals()
        let text = try native("recordings in the thalamus", .brainstem).text
        let lookups = text.split(separator: "\n").filter { $0.contains("brainregion") }.map(String.init)
        #expect(lookups.contains { $0.contains("AIA&") } && lookups.contains { $0.contains("AIA_HB&") })
        var found = 0
        for lookup in lookups {
            let rows = try #require(try portal.answer(lookup)["brain_regions"] as? [[String: Any]])
            #expect(rows.count <= 1)
            #expect(rows.allSatisfy { ($0["name"] as? String ?? "").lowercased() == "thalamus" })
            found += rows.count
        }
        #expect(found > 1)
    }

    @Test func `words reach DANDI and the Knowledge Graph`() throws {
        let portal = try Portals()
        let dandi = try ids(native("Neuropixels datasets", .dandi), "results", of: portal, key: "identifier")
        let expected = try Portals.rows("dandi/dandisets").filter { dandiset in
            let access = (dandiset["access"] as? [[String: Any]])?.first?["status"] as? String
            let text = String(decoding: try JSONSerialization.data(withJSONObject: dandiset), as: UTF8.self)
            return access == "dandi:OpenAccess" && text.lowercased().contains("neuropixels")
        }.compactMap { ($0["identifier"] as? String).map { String($0.drop { !$0.isNumber }) } }
        #expect(dandi.count >= 10 && dandi == Set(expected))

        let query = try native("hippocampus datasets", .ebrains)
        let answer = try portal.answer(query.requests[0])
        let hits = try #require(answer["hits"] as? [[String: Any]])
        let named = try Portals.documents("kg").filter { document in
            let text = String(decoding: try JSONSerialization.data(withJSONObject: document), as: UTF8.self)
            return document["type"] as? String == "Dataset" && text.lowercased().contains("hippocampus")
        }
        #expect(hits.count > 10)
        #expect(Set(hits.compactMap { $0["id"] as? String }) == Set(named.compactMap { $0["id"] as? String }))
    }
}

/// What the summaries of real dandisets say, trimmed to names and their numbers.
private struct Summary: Decodable, Equatable {
    /// Dandisets that say the same.
    let dandisets: Int
    let approach: [String]
    let measurementTechnique: [String]
    /// Name and NCBI taxon.
    let species: [[String]]

    static func load() throws -> [Summary] {
        let file = Places.root + "/Tests/Fixtures/dandi-summaries.jsonl"
        // The first line names the source.
        return try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").dropFirst()
            .map { try JSONDecoder().decode(Summary.self, from: Data($0.utf8)) }
    }

    /// Whether a search of operators finds it, as the archive applies them: to substrings of names.
    func isFound(by search: String) -> Bool {
        let fields = [
            ("approach", approach), ("technique", measurementTechnique), ("species", species.compactMap(\.first)),
        ]
        for (name, stored) in fields {
            for piece in search.split(separator: "\(name):\"", omittingEmptySubsequences: false).dropFirst() {
                let value = piece.prefix { $0 != "\"" }.lowercased()
                guard stored.contains(where: { $0.lowercased().contains(value) }) else { return false }
            }
        }
        return true
    }
}

@Test func `the summaries are those of the whole archive`() throws {
    #expect(try Summary.load().reduce(0) { $0 + $1.dandisets } == 401)
}

@Test(arguments: [
    ("approach:electrophysiology", "approach", ["electrophysiological approach"], 150),
    ("two-photon imaging", "technique", ["two-photon microscopy technique"], 40),
    (
        "patch clamp", "technique",
        ["patch clamp technique", "current clamp technique", "voltage clamp technique"], 20
    ),
    ("optogenetics", "approach", ["optogenetic approach"], 10),
])
func `DANDI names are those the archive stores`(question: String, field: String, names: [String], least: Int) throws {
    let query = try native(question, .dandi)
    let searches = query.text.split(separator: "\n").filter { $0.hasPrefix("# ") }.map(String.init)
    #expect(searches.count == names.count)
    let summaries = try Summary.load()
    let found = summaries.filter { summary in searches.contains { summary.isFound(by: $0) } }
    let expected = summaries.filter { summary in
        (field == "approach" ? summary.approach : summary.measurementTechnique).contains { names.contains($0) }
    }
    #expect(found == expected && found.reduce(0) { $0 + $1.dandisets } >= least)
}

@Test(arguments: [
    ("mouse", "10090"), ("rat", "10116"), ("human", "9606"), ("rhesus macaque", "9544"), ("zebrafish", "7955"),
    ("fruit fly", "7227"), ("dog", "9615"), ("common marmoset", "9483"), ("Caenorhabditis elegans", "6239"),
])
func `DANDI species are found under every name they are stored under`(species: String, taxon: String) throws {
    let query = try native("species:\"\(species)\"", .dandi)
    let searches = query.text.split(separator: "\n").filter { $0.hasPrefix("# ") }.map(String.init)
    #expect(!searches.isEmpty)
    let summaries = try Summary.load()
    let expected = summaries.filter { $0.species.contains { $0.last == taxon } }
    #expect(!expected.isEmpty)
    #expect(summaries.filter { summary in searches.contains { summary.isFound(by: $0) } } == expected)
}
