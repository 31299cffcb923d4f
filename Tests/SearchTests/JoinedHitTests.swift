import Records
import Search
import Store
import TestSupport
import Testing

struct JoinedHitTests {
    private static func dataset(_ source: Source, _ native: String, species: String, region: String? = nil) -> Record {
        var record = Record(
            id: RecordID(source, .dataset, native), title: "Whisking \(native)", url: "https://example.org/\(native)",
            doi: "10.48324/dandi.000903", access: .open)
        record.statements = [Statement(.species, species, provenance: "species")]
        if let region { record.statements.append(Statement(.region, region, provenance: "study target")) }
        return record
    }

    /// One dataset in two archives, a session that says it is there, and a dataset of its own.
    private static let built = Result {
        var session = Invented.session("s", species: "mouse")
        session.links = [Link(.sameAs, "dandi:dataset:000903"), Link(.sameAs, "10.5555/elsewhere")]
        var alone = dataset(.ebrains, "alone", species: "mouse")
        alone.doi = "10.25493/alone"
        return try SmallIndex([
            dataset(.dandi, "000903", species: "mouse"),
            dataset(.ebrains, "copy", species: "mouse", region: "thalamus"), session, alone,
        ])
    }

    @Test func `a thing in two archives is one hit that names the other, and is counted once`() throws {
        let result = try Self.built.get().search("species:mouse")
        #expect(result.total == 3)
        #expect(result.facets["species"]?.map(\.count) == [3])
        let hit = try #require(result.hits.first { $0.id.native == "000903" })
        let rule = "equal DOI 10.48324/dandi.000903"
        let copy = RecordID(.ebrains, .dataset, "copy")
        #expect(hit.alsoAt == [AlsoAt(id: copy, url: "https://example.org/copy", rule: rule)])
        let session = try #require(result.hits.first { $0.type == .session })
        #expect(session.alsoAt.map(\.url) == ["https://doi.org/10.5555/elsewhere"], "a dandiset is no session")
        let sources = Dictionary(uniqueKeysWithValues: (result.facets["source"] ?? []).map { ($0.id, $0.count) })
        #expect(
            sources == ["discover:source.brainstem": 1, "discover:source.dandi": 1, "discover:source.ebrains": 2])
        for (source, count) in sources {
            #expect(try Self.built.get().search("species:mouse source:\(source)").total == count)
        }
    }

    @Test func `what only the other place states finds the hit, and says where it stands`() throws {
        let result = try Self.built.get().search("region:thalamus", strict: true)
        #expect(result.hits.map(\.id.native) == ["000903"])
        #expect(result.hits.first?.matched.first?.evidence.provenance == "ebrains: study target")
    }

    @Test(arguments: ["ebrains:dataset:copy", "copy", "000903"]) func `a joined record is found by its own id`(
        name: String
    ) throws {
        let stored = try Self.built.get().searcher.record(named: name)
        #expect(stored.record.id.description == "dandi:dataset:000903")
        #expect(stored.alsoAt.count == 1)
    }
}
