import FoundationEssentials
import Testing
import Vocabulary

private let columns = "id\tlabel\tsynonyms\tacronyms\tadjectives\tparents\txrefs\timplies\tflags\n"

private func imported(
    _ table: String, from upstream: String, scheme: String = "MBA", known: Set<String> = []
) throws -> TableImport {
    TableImport(
        table: columns + table, facet: "region",
        upstream: try UpstreamFile(bytes: Array(upstream.utf8), scheme: scheme), isKnown: { known.contains($0) })
}

private let tree = """
    id,atlas_id,name,acronym,parent_structure_id
    0,,void,void,
    8,0,"Basic cell groups, regions",grey,
    549,1,Thalamus,TH,8.0
    262,2,Reticular nucleus,RT,549
    """

@Test func `a structure tree adds, renames, moves and retires terms and keeps hand-made names`() throws {
    let table = """
        MBA:8\tBasic cell groups, regions\t\tgrey
        MBA:549\tthalamus\tvisual thalamus\tTH\tthalamic\tU:1|MBA:9\tthalamus
        MBA:9\tgone\t\t\t\t\t\t\tweak

        """
    let result = try imported(table, from: tree, known: ["U:1"])
    #expect(
        result.changes.map(\.description) == [
            "^ MBA:549\tMBA:9 -> MBA:8", "- MBA:9\tgone", "+ MBA:262\tReticular nucleus",
        ])
    #expect(
        result.text == columns + """
            MBA:8\tBasic cell groups, regions\t\tgrey
            MBA:549\tthalamus\tvisual thalamus\tTH\tthalamic\tU:1|MBA:8\tthalamus
            MBA:9\tgone\t\t\t\t\t\t\tweak|obsolete
            MBA:262\tReticular nucleus\t\tRT\t\tMBA:549

            """)
}

@Test func `an import of what was imported changes nothing`() throws {
    let once = try imported("", from: tree)
    #expect(once.changes.count == 3)
    let twice = TableImport(
        table: once.text, facet: "region", upstream: try UpstreamFile(bytes: Array(tree.utf8), scheme: "MBA"),
        isKnown: { _ in false })
    #expect(twice.changes == [])
    #expect(twice.text == once.text)
}

@Test func `a new name upstream replaces the label, which stays as a synonym`() throws {
    let result = try imported(
        "MBA:549\tdiencephalic part\tmine\tTT", from: "id,name,acronym,parent_structure_id\n549,Thalamus,TH,")
    #expect(result.changes == [.renamed(id: "MBA:549", from: "diencephalic part", to: "Thalamus")])
    #expect(result.text == columns + "MBA:549\tThalamus\tdiencephalic part|mine\tTT\n")
}

private let oboText = """
    format-version: 1.2

    [Term]
    id: U:1
    name: brain

    [Term]
    id: U:2
    name: thalamus
    synonym: "dorsal thalamus" EXACT []
    relationship: part_of U:1 ! brain

    [Term]
    id: U:3
    name: old
    is_obsolete: true

    [Typedef]
    id: part_of
    """
private let oboGraph = """
    {"graphs": [{"nodes": [
      {"id": "http://purl.obolibrary.org/obo/U_1", "lbl": "brain", "type": "CLASS"},
      {"id": "http://purl.obolibrary.org/obo/U_2", "lbl": "thalamus", "type": "CLASS",
       "meta": {"synonyms": [{"pred": "hasExactSynonym", "val": "dorsal thalamus"}]}},
      {"id": "http://purl.obolibrary.org/obo/U_3", "lbl": "old", "type": "CLASS", "meta": {"deprecated": true}}],
      "edges": [{"sub": "http://purl.obolibrary.org/obo/U_2",
        "pred": "http://purl.obolibrary.org/obo/BFO_0000050", "obj": "http://purl.obolibrary.org/obo/U_1"}]}]}
    """

@Test(arguments: [oboText, oboGraph])
func `the two forms of OBO say the same`(upstream: String) throws {
    let result = try imported("U:3\told", from: upstream)
    #expect(result.changes.map(\.description) == ["- U:3\told", "+ U:1\tbrain", "+ U:2\tthalamus"])
    #expect(
        result.text.hasSuffix("U:3\told\t\t\t\t\t\t\tobsolete\nU:1\tbrain\nU:2\tthalamus\tdorsal thalamus\t\t\tU:1\n"))
}

@Test func `openMINDS instances are known by name or ontology id`() throws {
    let upstream = """
        {"@id": "https://openminds.om-i.org/instances/species/musMusculus", "name": "Mus musculus", "synonym": ["mouse"]}
        {"@id": "https://openminds.om-i.org/instances/species/x", "name": "Rattus", "preferredOntologyIdentifier": "http://purl.obolibrary.org/obo/NCBITaxon_10114"}
        {"@id": "https://openminds.om-i.org/instances/species/new", "name": "New\\tthing", "synonym": null}
        """
    let result = try imported("T:1\tmouse\tMus musculus\t\t\t\tmusMusculus\nNCBITaxon:10114\trat genus", from: upstream)
    #expect(
        result.changes == [
            .renamed(id: "NCBITaxon:10114", from: "rat genus", to: "Rattus"),
            .added(id: "discover:region.new-thing", label: "New\tthing"),
        ])
    #expect(result.text.hasSuffix("discover:region.new-thing\tNew thing\t\t\t\t\tnew\n"))
}

@Test func `a new probe hangs below its maker, and other tables' terms are not added`() throws {
    let upstream = """
        [{"path": "imec/NP1/NP1.json", "annotations": {"manufacturer": "imec", "model_name": "NP1"}},
         {"path": "imec/NP2/NP2.json", "annotations": {"manufacturer": "imec", "model_name": "NP2"}}]
        """
    let result = try imported("", from: upstream, known: ["manufacturer:imec", "probeinterface:NP2"])
    #expect(result.text == columns + "discover:region.np1\tNP1\t\t\t\tmanufacturer:imec\tprobeinterface:NP1\n")
}

@Test(arguments: ["", "{", "hello", "[1, 2]", "{\"graphs\": []}", "id,name\n1,x", "{\"name\": \"x\"}", "[Term]"])
func `a file of no known format is refused`(text: String) {
    #expect(throws: VocabularyError.self) { try UpstreamFile(bytes: Array(text.utf8), scheme: "X") }
}

@Test func `a name that openMINDS no longer has is unlinked, and only that`() throws {
    func instances(_ names: [String]) throws -> UpstreamFile {
        let lines = names.map {
            "{\"@id\": \"https://openminds.om-i.org/instances/technique/\($0)\", \"name\": \"\($0)\"}"
        }
        return try UpstreamFile(bytes: Array(lines.joined(separator: "\n").utf8), scheme: "")
    }
    let table = columns + "T:1\tone\t\t\t\t\toldName|ExtracellularEphys\nT:2\tkept\t\t\t\t\tkept\n"
    let upstream = try instances(["kept"])
    let alone = TableImport(table: table, facet: "technique", upstream: upstream, isKnown: { _ in false })
    #expect(alone.changes.isEmpty)
    let compared = TableImport(
        table: table, facet: "technique", upstream: upstream, previous: try instances(["kept", "oldName"]),
        isKnown: { _ in false })
    #expect(compared.changes == [.unlinked(id: "T:1", key: "oldName")])
    #expect(compared.text == columns + "T:1\tone\t\t\t\t\tExtracellularEphys\nT:2\tkept\t\t\t\t\tkept\n")
}
