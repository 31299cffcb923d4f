import Foundation
import Records
import TestSupport
import Testing

@testable import Connectors

/// Records of generic formats, invented after what repositories publish.
struct GenericFormatTests {
    /// What a connector makes of one file.
    private func harvest(_ name: String, _ file: String, _ text: String) throws -> Harvested {
        let folder = try TemporaryFolder()
        let below = folder.path + "/below"
        try FileManager.default.createDirectory(atPath: below, withIntermediateDirectories: true)
        try text.write(toFile: "\(below)/\(file)", atomically: true, encoding: .utf8)
        // The folder, not the file: files may stand in folders below it.
        return try Harvested(name, folder.path)
    }

    private static let attributes = #"""
        {"doi": "10.5555/GEN.1", "titles": [{"title": "Autre titre", "titleType": "TranslatedTitle"},
        {"title": "Invented recordings"}], "creators": [{"name": "Nobody, Nora", "nameType": "Personal",
        "nameIdentifiers": [{"nameIdentifier": "https://orcid.org/0000-0002-1825-0097"}]},
        {"name": "An Invented Lab", "nameType": "Organizational"}], "publisher": {"name": "Zenodo"},
        "publicationYear": 2021, "subjects": [{"subject": "hippocampus"}], "types": {"resourceTypeGeneral": "Dataset"},
        "dates": [{"date": "2020-02-01/2020-03-01", "dateType": "Collected"}], "sizes": ["12 files", "1.5 GB"],
        "rightsList": [{"rights": "CC BY", "rightsUri": "https://creativecommons.org/licenses/by/4.0/legalcode"}],
        "descriptions": [{"description": "Write to nora@example.org.", "descriptionType": "Abstract"}],
        "relatedIdentifiers": [{"relatedIdentifier": "10.5555/paper", "relationType": "IsSupplementTo"}]}
        """#

    @Test(arguments: [attributes, #"{"data": [{"id": "10.5555/gen.1", "attributes": \#(attributes)}]}"#])
    func `DataCite's records are read bare and as its interface wraps them`(text: String) throws {
        let harvested = try harvest("datacite", "d.json", text)
        let record = try #require(harvested["datacite:dataset:10.5555/gen.1"])
        #expect(record.title == "Invented recordings" && record.access == .open)
        #expect(record.contributors == ["Nobody, Nora"] && record.labs == ["An Invented Lab"])
        #expect(record.statements.contains { $0.identifiers == ["orcid:0000-0002-1825-0097"] })
        #expect(record.statements.contains { $0.facet == .license && $0.identifiers == ["spdx:CC-BY-4.0"] })
        #expect(record.statements.contains { $0.facet == .source && $0.value == "Zenodo" })
        #expect(record.quantities.contains { $0.field == .sizeBytes && $0.min == 1.5e9 })
        #expect(record.quantities.contains { $0.field == .date && $0.max - $0.min == 29 })
        #expect(record.quantities.contains { $0.field == .published })
        #expect(record.links == [Link(.describedBy, "10.5555/paper", label: "IsSupplementTo")])
        #expect(try !harvested.text.contains("@"))
    }

    @Test(arguments: [
        ("info:eu-repo/semantics/openAccess", Access.open), ("info:eu-repo/semantics/embargoedAccess", .embargoed),
        ("info:eu-repo/semantics/restrictedAccess", .restricted), ("https://example.org/terms", .restricted),
    ])
    func `rights of DataCite decide the access`(address: String, access: Access) throws {
        let text = #"{"doi": "10.5555/x", "titles": [{"title": "t"}], "rightsList": [{"rightsUri": "\#(address)"}]}"#
        let record = try #require(try harvest("datacite", "d.json", text).records.first)
        #expect(record.access == access && (record.accessNote == nil) == (access == .open))
    }

    @Test func `texts with a DOI are no data`() throws {
        let text = #"{"doi": "10.5555/x", "titles": ["t"], "types": {"resourceTypeGeneral": "JournalArticle"}}"#
        let harvested = try harvest("datacite", "d.json", text)
        #expect(harvested.records.isEmpty && harvested.report.notes.count == 1)
    }

    private static let node = #"""
        {"@context": "https://schema.org/", "@type": "Dataset", "name": "Invented recordings", "description": "Of rats.",
        "identifier": [{"@type": "PropertyValue", "propertyID": "doi", "value": "https://doi.org/10.5555/GEN.2"}],
        "url": "https://data.example.org/2", "license": "https://creativecommons.org/publicdomain/zero/1.0/",
        "creator": [{"@type": "Person", "givenName": "Nora", "familyName": "Nobody"},
        {"@type": "Organization", "name": "An Invented Lab"}], "keywords": "sleep, hippocampus", "datePublished": "2021-05",
        "measurementTechnique": {"@type": "DefinedTerm", "name": "tetrode recording"},
        "distribution": {"@type": "DataDownload", "contentSize": "10 MB", "encodingFormat": "application/x-nwb"},
        "citation": "https://doi.org/10.5555/paper", "includedInDataCatalog": {"@type": "DataCatalog", "name": "CRCNS.org"}}
        """#

    @Test(arguments: [
        ("d.jsonld", node), ("d.json", #"{"@graph": [{"@type": "WebSite", "name": "A site"}, \#(node)]}"#),
        ("d.html", "<html><script type=\"application/ld+json\">\(node)</script><p>text</p></html>"),
        ("d.json", #"{"@type": "DataCatalog", "dataset": [\#(node)]}"#),
    ])
    func `datasets of schema.org are read from documents, graphs, catalogues and pages`(
        file: String, text: String
    ) throws {
        let harvested = try harvest("schemaorg", file, text)
        #expect(harvested.report.rejects.isEmpty)
        let record = try #require(harvested["schemaorg:dataset:10.5555/gen.2"])
        #expect(record.title == "Invented recordings" && record.url == "https://data.example.org/2")
        #expect(record.contributors == ["Nobody, Nora"] && record.labs == ["An Invented Lab"])
        #expect(record.keywords == ["sleep", "hippocampus"] && record.access == .open)
        #expect(record.statements.contains { $0.facet == .license && $0.identifiers == ["spdx:CC0-1.0"] })
        #expect(record.statements.contains { $0.facet == .technique && $0.value == "tetrode recording" })
        #expect(record.statements.contains { $0.facet == .source && $0.value == "CRCNS.org" })
        #expect(record.quantities.contains { $0.field == .sizeBytes && $0.min == 1e7 })
        #expect(record.links == [Link(.describedBy, "10.5555/paper")])
    }

    @Test func `Neurobagel's subjects have the ids of OpenNeuro's`() throws {
        let text = #"""
            {"hasLabel": "Invented", "hasRepositoryURL": "https://github.com/OpenNeuroDatasets-JSONLD/ds900001.git",
            "hasAccessType": "public", "schemaKey": "Dataset", "hasSamples": [{"hasLabel": "sub-01", "hasSession": [
            {"hasAge": 20.5, "hasSex": {"identifier": "snomed:248152002"}, "hasDiagnosis": {"identifier": "snomed:49049000"}},
            {"hasAcquisition": [{"hasContrastType": {"identifier": "nidm:FlowWeighted"}}]}]}]}
            """#
        let harvested = try harvest("neurobagel", "n.jsonld", text)
        let subject = try #require(harvested["openneuro:subject:ds900001/sub-01"])
        #expect(subject.statements.first { $0.facet == .sex }?.identifiers == ["snomed:248152002"])
        #expect(subject.statements.first { $0.facet == .disease }?.identifiers == ["snomed:49049000"])
        #expect(subject.statements.first { $0.facet == .technique }?.identifiers == ["bids:func"])
        #expect(subject.quantities.map(\.min) == [20.5 * 365.25])
        #expect(harvested["openneuro:dataset:ds900001"]?.access == .open)
    }

    @Test(
        arguments: [
            ("1.5 GB", 1.5e9), ("1234", 1_234), ("1,234 bytes", 1_234), ("2 KiB", 2_048), ("3 pages", nil),
            ("large", nil),
        ] as [(String, Double?)])
    func `sizes are bytes by their unit`(text: String, bytes: Double?) {
        #expect(GenericRecord.bytes(text) == bytes)
    }

    @Test(
        arguments: [
            ("https://creativecommons.org/licenses/by-nc-sa/4.0/legalcode", "spdx:CC-BY-NC-SA-4.0"),
            ("http://creativecommons.org/publicdomain/zero/1.0/", "spdx:CC0-1.0"),
            ("https://opensource.org/licenses/MIT", "spdx:MIT"),
            ("https://spdx.org/licenses/GPL-3.0-only.html", "spdx:GPL-3.0-only"),
            ("https://opendatacommons.org/licenses/by/1-0/", "spdx:ODC-By-1.0"),
            ("https://example.org/licenses/by/4.0", nil),
        ] as [(String, String?)])
    func `licences are told by the addresses of their texts`(address: String, spdx: String?) {
        #expect(LicenseAddress.spdx(address) == spdx)
    }

    @Test func `a saved dandiset in YAML is the record that its JSON is`() throws {
        let yaml = """
            # what a download writes
            identifier: DANDI:000026
            schemaKey: Dandiset
            name: 'An invented ''set'' of
              two lines'
            description: |
              First line.

              Second: line.
            version: draft
            keywords:
            - sleep
            - "deep \\u0073leep"
            license: [spdx:CC0-1.0]
            contributor:
            - name: Nobody, Nora
              schemaKey: Person
              roleName: []
            -   schemaKey: Organization
                name: A Lab
                roleName:
                  - dcite:DataManager
            assetsSummary:
              numberOfBytes: 5000
              numberOfSubjects: 3
            """
        let json = #"""
            {"identifier": "DANDI:000026", "schemaKey": "Dandiset", "name": "An invented 'set' of two lines",
            "description": "First line.\n\nSecond: line.", "version": "draft", "keywords": ["sleep", "deep sleep"],
            "license": ["spdx:CC0-1.0"], "contributor": [{"name": "Nobody, Nora", "schemaKey": "Person", "roleName": []},
            {"name": "A Lab", "schemaKey": "Organization", "roleName": ["dcite:DataManager"]}],
            "assetsSummary": {"numberOfBytes": 5000, "numberOfSubjects": 3}}
            """#
        let block = yaml.replacing("license: [spdx:CC0-1.0]", with: "license:\n- spdx:CC0-1.0")
        let saved = try harvest("dandi", "dandiset.yaml", block)
        #expect(saved.report.rejects.isEmpty)
        #expect(saved.records == (try harvest("dandi", "d.json", json).records))
        // What is not read is refused, not guessed.
        #expect(try harvest("dandi", "dandiset.yaml", yaml).report.rejects.map(\.reason).joined().contains("line 14"))
    }

    @Test func `another instance of DANDI has ids and pages of its own`() throws {
        let text = #"""
            {"identifier": "EMBER-DANDI:000003", "name": "An invented set", "repository": "https://dandi.example.org/"}
            """#
        let record = try #require(try harvest("dandi", "d.json", text).records.first)
        #expect(record.id.description == "dandi:dataset:EMBER-DANDI:000003")
        #expect(record.url == "https://dandi.example.org/dandiset/000003")
    }

    @Test func `a saved list of dandisets says less than their metadata, wherever it stands`() throws {
        let row =
            #"{"identifier": "000003", "embargo_status": "EMBARGOED", "draft_version": {"name": "Listed", "size": 5}}"#
        let page = #"{"identifier": "DANDI:000003", "name": "Described"}"#
        let other = row.replacing("000003", with: "000004")
        for lines in [[row, page, other], [other, page, row]] {
            let records = try harvest("dandi", "d.jsonl", lines.joined(separator: "\n")).records
            #expect(records.map(\.title).sorted() == ["Described", "Listed"])
            #expect(records.first { $0.title == "Listed" }?.access == .embargoed)
        }
    }
}
