import FoundationEssentials
import Records
import Store
import Testing
import Vocabulary

@testable import Indexing

struct JoiningTests {
    private let folder: TemporaryFolder
    private let index: IndexFolder

    init() throws {
        folder = try TemporaryFolder()
        index = IndexFolder(path: folder.path + "/index")
    }

    @discardableResult
    private func ingest(
        _ records: [Record], of source: Source, allowsEmpty: Bool = false, into other: IndexFolder? = nil
    )
        throws -> IngestReport
    {
        try Ingest(index: other ?? index, vocabulary: try SmallVocabulary.shared.get(), allowsEmpty: allowsEmpty)
            .run(source: source, location: "test") { sink in
                for record in records { try sink(record) }
                return nil
            }
    }

    /// Everything a generation lists: the id of each row and the ids and rules of its other places.
    private func listed(_ index: IndexFolder? = nil) throws -> [String] {
        let generation = try (index ?? self.index).current()
        #expect(try generation.verify() == [])
        return try generation.records(rows: Array(0..<generation.manifest.records)).map { stored in
            ([stored.record.id.description]
                + stored.alsoAt.map { "\($0.id?.description ?? $0.url ?? "") (\($0.rule))" })
                .joined(separator: " | ")
        }
    }

    private static func dataset(
        _ source: Source, _ native: String, doi: String? = nil, url: String? = nil, sameAs: [String] = [],
        species: String? = nil, type: RecordType = .dataset
    ) -> Record {
        var record = Record(
            id: RecordID(source, type, native), title: "Title of \(native)", description: "Text of \(native)",
            url: url, doi: doi, access: .open)
        if let species { record.statements.append(Statement(.species, species, provenance: "species")) }
        record.links = sameAs.map { Link(.sameAs, $0) }
        return record
    }

    /// Two datasets, and the rule that joins them; nil when nothing does.
    struct Pair: Sendable, CustomTestStringConvertible {
        let first: Record
        let second: Record
        let rule: String?
        var testDescription: String { "\(first.id) and \(second.id): \(rule ?? "apart")" }
    }

    static let pairs: [Pair] = [
        Pair(
            first: dataset(.dandi, "000003", doi: "10.48324/dandi.000003/0.230629.1955"),
            second: dataset(.ebrains, "e", doi: "10.48324/dandi.000003"), rule: "equal DOI 10.48324/dandi.000003"),
        Pair(
            first: dataset(.openneuro, "ds000001", doi: "10.18112/openneuro.ds000001.v1.0.0"),
            second: dataset(.bids, "copy", doi: "10.18112/openneuro.ds000001.v1.0.1"),
            rule: "equal DOI 10.18112/openneuro.ds000001"),
        Pair(
            first: dataset(.ebrains, "e", doi: "10.6084/m9.figshare.12345.v2"),
            second: dataset(.brainstem, "p", doi: "10.6084/m9.figshare.12345"),
            rule: "equal DOI 10.6084/m9.figshare.12345"),
        // OpenNeuro's table tells no DOI.
        Pair(
            first: dataset(.openneuro, "ds000001"),
            second: dataset(.bids, "copy", doi: "10.18112/openneuro.ds000001.v1.0.1"),
            rule: "the DOI of bids:dataset:copy names openneuro:dataset:ds000001"),
        Pair(
            first: dataset(.dandi, "1", sameAs: ["ebrains:dataset:e"]), second: dataset(.ebrains, "e"),
            rule: "declared the same by dandi:dataset:1"),
        Pair(
            first: dataset(.dandi, "1"), second: dataset(.ebrains, "e", sameAs: ["DANDI:1/draft"]),
            rule: "declared the same by ebrains:dataset:e"),
        Pair(
            first: dataset(.dandi, "1", sameAs: ["https://doi.org/10.25493/ABC-1"]),
            second: dataset(.ebrains, "e", doi: "10.25493/abc-1"), rule: "declared the same by dandi:dataset:1"),
        Pair(
            first: dataset(.dandi, "1", sameAs: ["http://www.example.org/data/7/"]),
            second: dataset(.ebrains, "e", url: "https://example.org/data/7#top"),
            rule: "declared the same by dandi:dataset:1"),
        Pair(
            first: dataset(.dandi, "000004"),
            second: dataset(.openneuro, "ds1", sameAs: ["https://gui.dandiarchive.org/#/dandiset/000004/draft"]),
            rule: "declared the same by openneuro:dataset:ds1"),
        Pair(
            first: dataset(.dandi, "1", sameAs: ["https://openneuro.org/datasets/ds1/versions/1.0.0"]),
            second: dataset(.openneuro, "ds1", sameAs: ["dandi:dataset:1"]),
            rule: "declared the same by dandi:dataset:1 and openneuro:dataset:ds1"),
        Pair(first: dataset(.dandi, "1", doi: "10.1/a"), second: dataset(.ebrains, "e", doi: "10.1/b"), rule: nil),
        Pair(
            first: dataset(.dandi, "1", url: "https://example.org/x"),
            second: dataset(.ebrains, "e", url: "https://example.org/x"), rule: nil),
        Pair(
            first: dataset(.dandi, "1", sameAs: ["https://example.org"]),
            second: dataset(.ebrains, "e", url: "https://example.org/"), rule: nil),
        // Of different kinds.
        Pair(
            first: dataset(.dandi, "000003", doi: "10.48324/dandi.000003"),
            second: dataset(
                .brainstem, "s", doi: "10.48324/dandi.000003", sameAs: ["https://dandiarchive.org/dandiset/000003"],
                type: .session), rule: nil),
        Pair(
            first: dataset(.brainstem, "1", doi: "10.48324/dandi.000003", type: .session),
            second: dataset(.ibl, "2", doi: "10.48324/dandi.000003", type: .session), rule: nil),
    ]

    @Test func `a DOI that several records of one source bear joins nothing`() throws {
        let placeholder = "10.80507/dandi.123456/0.123456"
        let report = try ingest(
            [Self.dataset(.dandi, "000026", doi: placeholder), Self.dataset(.dandi, "000037", doi: placeholder)],
            of: .dandi)
        #expect(report.joined == 0)
        #expect(try listed().count == 2)
    }

    @Test(arguments: pairs) func `what is the same dataset is one hit, and nothing else is`(pair: Pair) throws {
        try ingest([pair.first], of: pair.first.id.source)
        let report = try ingest([pair.second], of: pair.second.id.source)
        let hits = try listed()
        if let rule = pair.rule {
            #expect(hits.count == 1 && report.joined == 1 && report.total == 1)
            let alsoAt = try index.current().records(rows: [0])[0].alsoAt
            #expect(alsoAt.first == AlsoAt(id: pair.second.id, url: pair.second.url, rule: rule))
            #expect(hits[0].hasPrefix(pair.first.id.description))
        } else {
            #expect(hits.count == 2 && report.joined == 0 && report.total == 2)
        }
        #expect(try index.current().manifest.sources.map(\.records) == [1, 1])
    }

    private static let chain: [(Source, [Record])] = [
        (.ebrains, [dataset(.ebrains, "e", doi: "10.25493/x", species: "rat"), dataset(.ebrains, "other")]),
        (.dandi, [dataset(.dandi, "000003", sameAs: ["10.25493/x"], species: "mouse"), dataset(.dandi, "000009")]),
        (.brainstem, [dataset(.brainstem, "p", sameAs: ["ebrains:dataset:e", "https://example.org/more"])]),
    ]

    @Test func `a chain of three is one hit, in whatever order its sources come`() throws {
        let expected = [
            "dandi:dataset:000003 | ebrains:dataset:e (declared the same by dandi:dataset:000003) | "
                + "brainstem:dataset:p (declared the same by brainstem:dataset:p, by way of ebrains:dataset:e) | "
                + "https://example.org/more (declared the same by brainstem:dataset:p)",
            "dandi:dataset:000009", "ebrains:dataset:other",
        ]
        var files: Set<[String: Manifest.FileState]> = []
        for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
            let index = IndexFolder(path: "\(folder.path)/\(order)")
            for place in order {
                try ingest(Self.chain[place].1.reversed(), of: Self.chain[place].0, into: index)
            }
            #expect(try listed(index) == expected)
            // records.sqlite also holds the difference to the generation before, which the order decides.
            files.insert(try index.current().manifest.files.filter { $0.key == Manifest.File.facets })
        }
        #expect(files.count == 1, "the same facets, byte by byte")
    }

    @Test func `what one side takes back is parted again, and nothing is lost`() throws {
        for (source, records) in Self.chain { try ingest(records, of: source) }
        #expect(try listed().count == 3)
        // The link between the others goes with the record that held it.
        try ingest([Self.dataset(.dandi, "000009")], of: .dandi)
        #expect(
            try listed().map { $0.prefix { $0 != " " } } == [
                "dandi:dataset:000009", "ebrains:dataset:e", "ebrains:dataset:other",
            ])
        try ingest([Self.dataset(.ebrains, "other")], of: .ebrains)
        #expect(
            try listed().map { $0.prefix { $0 != " " } } == [
                "brainstem:dataset:p", "dandi:dataset:000009", "ebrains:dataset:other",
            ])
        // What comes back is joined as before.
        for (source, records) in Self.chain { try ingest(records, of: source) }
        #expect(try listed().count == 3)
        try ingest([], of: .dandi, allowsEmpty: true)
        try ingest([], of: .brainstem, allowsEmpty: true)
        let stored = try index.current().records(rows: [0])[0]
        #expect(stored.record == Self.chain[0].1[0], "as its source gave it, with nothing of the others")
        #expect(
            stored.tags.contains { $0.term == "NCBITaxon:10116" }
                && !stored.tags.contains { $0.term == "NCBITaxon:10090" })
    }

    @Test func `a harvest without changes says so of joined records, too`() throws {
        for (source, records) in Self.chain { try ingest(records, of: source) }
        let report = try ingest(Self.chain[0].1, of: .ebrains)
        #expect([report.unchanged, report.changed, report.added, report.removed] == [2, 0, 0, 0])
        #expect(report.joined == 2 && report.total == 3)
    }

    @Test func `facets count a joined thing once, with the values of all its places`() throws {
        var copy = Self.dataset(.ebrains, "e", doi: "10.1/a", species: "mouse")
        copy.parts = [Part(role: .preparation, type: "Injection", label: "i")]
        copy.statements.append(Statement(.region, "thalamus", part: 0, provenance: "target"))
        copy.quantities = [
            Quantity(.subjects, 7, provenance: "subjects"), Quantity(.sessions, 9, provenance: "sessions"),
        ]
        copy.description = "Recorded during NREM sleep."
        var own = Self.dataset(.dandi, "1", doi: "10.1/a", species: "mouse")
        own.parts = [Part(role: .recording, type: "Probe", label: "p")]
        own.quantities = [Quantity(.subjects, 5, provenance: "subjects")]
        try ingest([own], of: .dandi)
        try ingest([copy], of: .ebrains)
        let generation = try index.current()
        let facets = generation.facets
        #expect(facets.recordCount == 1)
        let mouse = try #require(facets.terms.number(of: "NCBITaxon:10090"))
        #expect(Array(facets.postings(mouse, .stated)) == [0])
        let stored = try generation.records(rows: [0])[0]
        func place(_ term: String) -> String? { stored.tags.first { $0.term == term }?.evidence.provenance }
        #expect(place("NCBITaxon:10090") == "species", "its own evidence stays")
        #expect(place("UBERON:0001897") == "ebrains: target")
        #expect(stored.tags.first { $0.term == "UBERON:0001897" }?.part == 1, "on the part that it was stated of")
        #expect(place("discover:state.nrem") == "ebrains: description")
        #expect(stored.record.quantities.map(\.min) == [5, 9])
        let words = try #require(MatchExpression(anyOf: ["nrem"]))
        #expect(try generation.match(words).map(\.row) == [0])
        #expect(try generation.row(of: copy.id) == 0)
        #expect(try generation.rows(ofNative: "e") == [0])
    }

    @Test func `a DOI that very many records bear joins nothing`() throws {
        let records = (0...Joining.limit).map { Self.dataset(.ebrains, "\(100 + $0)", doi: "10.1/paper") }
        try ingest(records, of: .ebrains)
        #expect(try listed().count == records.count)
    }

    @Test(arguments: [
        "", ":", "10.", "10./", "10.48324/", "10.48324/x", "10.18112/openneuro", "dandi:", "http://", "https://x/#/",
        "a:b:c",
    ])
    func `any text can stand for a DOI, a page or another place`(text: String) throws {
        try ingest(
            [
                Self.dataset(.dandi, "1", doi: text, url: text, sameAs: [text]),
                Self.dataset(.dandi, "2", url: "https://x/y", sameAs: ["dandi:dataset:2"]),
            ], of: .dandi)
        #expect(try listed().count == 2)
    }
}
