import Export
import Indexing
import Records
import Search
import Store
import TestSupport
import Vocabulary

/// A real index of invented records, one complete, one bare, one hostile.
final class Samples: Sendable {
    let folder: TemporaryFolder
    let generation: Generation
    let vocabulary: Vocabulary

    static let shared = Result { try Samples() }

    private init() throws {
        vocabulary = try Vocabulary.load(folder: Places.vocabularies)
        folder = try TemporaryFolder()
        let index = IndexFolder(path: folder.path)
        _ = try Ingest(index: index, vocabulary: vocabulary)
            .run(source: .dandi, location: "invented") { sink in
                for record in [Self.full, Self.bare, Self.hostile] { try sink(record) }
                return nil
            }
        generation = try index.current()
    }

    func stored(_ record: Record) throws -> StoredRecord {
        let row = try generation.row(of: record.id)
        return try generation.records(rows: [row].compactMap(\.self))[0]
    }

    static func entry(_ record: Record) throws -> CatalogEntry {
        let samples = try shared.get()
        return CatalogEntry(try samples.stored(record), vocabulary: samples.vocabulary)
    }

    /// The entry of a record that no index holds.
    static func entry(titled title: String, description: String = "", contributors: [String] = []) throws
        -> CatalogEntry
    {
        let record = Record(
            id: RecordID(.dandi, .dataset, "000000"), title: title, description: description,
            contributors: contributors)
        return CatalogEntry(
            StoredRecord(row: 0, record: record, tags: [], alsoAt: []), vocabulary: try shared.get().vocabulary)
    }

    static let full = Record(
        id: RecordID(.dandi, .dataset, "000911"), title: "Sleep spindles in 50% of cells: a {Neuropixels} study",
        description: "Recordings from the thalamus.\nTwo nights each.", url: "https://example.org/dandiset/000911",
        doi: "10.48324/dandi.000911", citation: "Example, Ada (2024) Sleep spindles.", access: .open,
        contributors: ["Example, Ada", "Bo Example"], labs: ["Example Institute of Sleep"],
        keywords: ["sleep", "spindles & ripples"],
        statements: [
            Statement(.person, "Example, Ada", identifiers: ["orcid:0000-0002-1825-0097"], provenance: "contributor"),
            Statement(.license, "CC-BY-4.0", identifiers: ["spdx:CC-BY-4.0"], provenance: "license"),
            Statement(.species, "mouse", identifiers: ["NCBITaxon:10090"], provenance: "species"),
            Statement(.region, "thalamus", identifiers: ["UBERON:0001897"], provenance: "about"),
            Statement(
                .format, "Neurodata Without Borders (NWB)", identifiers: ["RRID:SCR_015242"], provenance: "standard"),
        ],
        quantities: [
            Quantity(.published, 19_783, provenance: "datePublished"),
            Quantity(.modified, 19_800, provenance: "dateModified"),
            Quantity(.date, 19_000...19_030, provenance: "sessions"),
            Quantity(.sizeBytes, 123_456_789, provenance: "size"),
        ],
        links: [
            Link(.describedBy, "10.1000/paper.1"), Link(.sameAs, "https://example.org/mirror/000911"),
            Link(.related, "https://example.org/code"), Link(.partOf, "dandi:dataset:000900"),
        ])

    static let bare = Record(id: RecordID(.nwb, .session, "a/b c"), title: "Nameless file", access: .restricted)

    /// What a source could send to leave the place it is put in.
    static let hostileText =
        "</script><script>alert(1)</script> } @misc{x, {unbalanced \"quote\" 100% #1 $x_1^2 ~ & \\input{x}\r\nER  - \r\n"
        + "\u{1}\u{7}\u{1B}[31m \u{202E}gnp.exe\u{2066} \u{E0041}\u{E0042} \u{2028}\u{2029} ]]> <!-- שלום עולם -->"

    static let hostile = Record(
        id: RecordID(.dandi, .dataset, "000666"), title: hostileText, description: hostileText + hostileText,
        url: "javascript:alert(1)", doi: "10.1000/a\"b<c>d", citation: hostileText, access: .embargoed,
        accessNote: hostileText, embargoedUntil: 20_000,
        contributors: ["Evil } and {Other, Name", "=cmd|' /C calc'!A0", "Rock and Roll, Bob"],
        keywords: [hostileText, "=1+1"],
        quantities: [Quantity(.published, 19_783, provenance: "datePublished")],
        links: [Link(.describedBy, "https://example.org/\"><script>"), Link(.sameAs, "data:text/html,x")])
}
