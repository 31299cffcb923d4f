import Foundation
import JSON
import Records
import TestSupport
import Testing

@testable import Connectors

/// Flattening of small invented records of the other sources.
struct OtherSourcesTests {
    private func dandiset(_ fields: String) throws -> Record? {
        let line = #"{"identifier": "DANDI:000001", "name": "An invented dandiset", "version": "draft", \#(fields)}"#
        return try Harvested.of("dandi", ["d.jsonl": line], at: "d.jsonl").records.first
    }

    @Test func `a dandiset's facts are normalised by identifier`() throws {
        let record = try #require(
            try dandiset(
                """
                "doi": "https://doi.org/10.48324/DANDI.000001", "license": ["spdx:CC0-1.0"], "datePublished": "2023-06-29T19:55",
                "contributor": [{"schemaKey": "Person", "name": "Nobody, Nora", "email": "n@example.org", "roleName": []},
                {"schemaKey": "Organization", "name": "A Fund", "roleName": ["dcite:Funder"]},
                {"schemaKey": "Organization", "name": "A Lab", "roleName": ["dcite:DataManager"]}],
                "about": [{"schemaKey": "Anatomy", "name": "UBERON:0001384",
                "identifier": "http://purl.obolibrary.org/obo/UBERON_0001384"}, {"schemaKey": "Disorder", "name": "epilepsy"},
                {"schemaKey": "GenericType", "name": "whiskers"}],
                "assetsSummary": {"numberOfSubjects": 3, "numberOfCells": 40, "numberOfBytes": 5000,
                "species": [{"name": "House mouse", "identifier": "http://purl.obolibrary.org/obo/NCBITaxon_10090"}],
                "approach": [{"name": "electrophysiological approach"}], "variableMeasured": ["Units", {"value": "LFP"}]},
                "relatedResource": [{"relation": "dcite:IsDescribedBy", "identifier": "doi:10.5555/X", "name": "A paper"}]
                """))
        #expect(record.id.description == "dandi:dataset:000001" && record.doi == "10.48324/dandi.000001")
        #expect(record.contributors == ["Nobody, Nora"] && record.labs == ["A Lab"])
        func ids(_ facet: Facet) -> [String] { record.statements.filter { $0.facet == facet }.flatMap(\.identifiers) }
        #expect(ids(.region) == ["UBERON:0001384"] && ids(.species) == ["NCBITaxon:10090"])
        #expect(ids(.signal) == ["nwb:Units", "nwb:LFP"] && ids(.license) == ["spdx:CC0-1.0"])
        #expect(record.quantities.map(\.field) == [.published, .subjects, .units, .sizeBytes])
        #expect(record.links == [Link(.describedBy, "10.5555/x", label: "A paper")])
        #expect(record.passages.contains { $0.text == "whiskers" && $0.isEvidence })
        #expect(record.access == .open)
    }

    @Test(arguments: [
        (#""access": [{"status": "dandi:OpenAccess"}]"#, Access.open),
        (#""access": [{"status": "dandi:EmbargoedAccess", "embargoedUntil": "2030-01-31"}]"#, .embargoed),
        (#""access": [{"status": "dandi:SomethingNew"}]"#, .restricted), (#""access": {}"#, .restricted),
        (#""access": []"#, .restricted), (#""keywords": []"#, .open),
    ])
    func `access is the strictest of what is said, and unknown is restricted`(fields: String, access: Access) throws {
        let record = try #require(try dandiset(fields))
        #expect(record.access == access)
        #expect((record.accessNote == nil) == (access == .open))
        #expect((record.embargoedUntil != nil) == (access == .embargoed))
    }

    @Test func `openMINDS of all versions is read, blank nodes of two files apart`() throws {
        let old = """
            {"@id": "https://kg.ebrains.eu/api/instances/1", "@type": "https://openminds.ebrains.eu/core/DatasetVersion",
             "https://openminds.ebrains.eu/vocab/fullName": "Old names", "https://openminds.ebrains.eu/vocab/accessibility":
             {"@id": "https://openminds.ebrains.eu/instances/productAccessibility/underEmbargo"}}
            """
        let new = """
            {"@context": {"@vocab": "https://openminds.om-i.org/props/"}, "@graph": [
            {"@id": "_:1", "@type": "https://openminds.om-i.org/types/DatasetVersion", "shortName": "v5",
             "isVersionOf": {"@id": "_:2"}, "publicationStatus": {"@id": "https://openminds.om-i.org/instances/publicationStatus/published"},
             "accessibility": {"@id": "https://openminds.om-i.org/instances/accessibilities/directVirtualOpenAccess"},
             "studiedSpecimen": [{"@id": "_:3"}], "digitalIdentifier": {"@type": "DOI", "identifier": "https://doi.org/10.5555/V5"},
             "studyTarget": [{"@id": "https://openminds.om-i.org/instances/nervousSystemStructure/hippocampalFormation"}]},
            {"@id": "_:2", "@type": "https://openminds.om-i.org/types/Dataset", "fullName": "The whole", "description": "inherited",
             "author": [{"@type": "Person", "familyName": "Nobody", "givenName": "Nora", "contactInformation": {"email": "n@example.org"}}]},
            {"@id": "_:3", "@type": "https://openminds.om-i.org/types/Subject",
             "species": {"@type": "Strain", "name": "Wistar", "species": {"@id": "https://openminds.om-i.org/instances/species/rattusNorvegicus"}},
             "studiedState": [{"@id": "_:4"}]},
            {"@id": "_:4", "@type": "https://openminds.om-i.org/types/SubjectState", "age": {"value": 2, "unit": {"name": "week"}},
             "attribute": [{"@id": "https://openminds.om-i.org/instances/subjectAttribute/asleep"}], "descendedFrom": [{"@id": "_:4"}]}]}
            """
        let other = new.replacing("\"v5\"", with: "\"v5 again\"")
        let harvested = try Harvested.of("ebrains", ["old.jsonld": old, "new.jsonld": new, "other.jsonld": other])
        #expect(harvested.report.isComplete)
        #expect(harvested.records.count == 3)
        #expect(harvested["ebrains:dataset:1"]?.access == .embargoed)
        let record = try #require(harvested["ebrains:dataset:new.jsonld_:1"])
        #expect(record.title == "The whole" && record.description == "inherited" && record.access == .open)
        #expect(record.doi == "10.5555/v5" && record.contributors == ["Nobody, Nora"])
        func values(_ facet: Facet) -> [String] { record.statements.filter { $0.facet == facet }.map(\.value) }
        #expect(values(.species) == ["rattus norvegicus"] && values(.strain) == ["Wistar"])
        #expect(values(.state) == ["asleep"] && values(.region) == ["hippocampal formation"])
        #expect(record.quantities.first { $0.field == .ageDays }?.max == 14)
        #expect(record.quantities.first { $0.field == .subjects }?.max == 1)
        #expect(try !harvested.text.contains("@"))
    }

    @Test func `of tables in a folder, one without session ids is one reject and the rest is read`() throws {
        let folder = try TemporaryFolder()
        try folder.write(
            ",eid,subject,pid,probe_name\n0,s1,m1,p1,probe00\n1,s1,m1,p2,probe01\n2,,m1,p3,probe00\n",
            to: "pids.csv")
        try folder.write("dataset_uuid\nd1\nd2\nd3\n", to: "datasets.csv")
        let harvested = try Harvested("one", folder.path)
        #expect(harvested.records.map(\.id.description) == ["ibl:session:s1"])
        #expect(harvested.records[0].parts.count == 2)
        #expect(harvested.report.rejects.map(\.id) == ["datasets.csv", "pids.csv line 4"])
    }

    @Test func `recorded Alyx answers give sessions with probes`() throws {
        let answer = """
            [{"count": 1, "next": null, "results": [{"id": "eid", "subject": "S1", "start_time": "2021-05-10T17:47:13",
            "number": 1, "lab": "alab", "projects": ["p"], "task_protocol": "_iblrig_tasks_ephysChoiceWorld6.4.2"}]}, "2021-11-04"]
            """
        let others = """
            [{"id": "pid", "session": "eid", "model": "3B2", "name": "probe00", "regions": ["CA1", "void"],
              "datasets": [{"dataset_type": "spikes.times"}]},
             {"id": 382, "acronym": "CA1", "name": "Field CA1", "parent": 1}, {"id": 0, "acronym": "void", "name": "void"},
             {"nickname": "S1", "species": "Laboratory mouse", "sex": "F", "birth_date": "2021-01-10", "responsible_user": "x@example.org"}]
            """
        let harvested = try Harvested.of("one", ["a.json": answer, "b.json": others])
        let session = try #require(harvested["ibl:session:eid"])
        #expect(session.title == "S1, 2021-05-10, session 1: ephysChoiceWorld")
        #expect(session.statements.first { $0.facet == .region }?.identifiers == ["MBA:382", "AIA:CA1"])
        #expect(session.statements.filter { $0.facet == .region }.count == 1)
        #expect(session.statements.first { $0.facet == .device }?.identifiers == ["alyx:3B2"])
        #expect(session.statements.first { $0.facet == .signal }?.part == 0)
        #expect(session.quantities.first { $0.field == .ageDays }?.max == 120)
        #expect(harvested.report.records == ["session": 1, "subject": 1, "dataset": 1])
    }

    @Test func `a BIDS folder gives its dataset and its participants`() throws {
        let harvested = try Harvested.of(
            "bids",
            [
                "ds/dataset_description.json":
                    #"{"Name": "Rest, invented", "BIDSVersion": "1.8.0", "Authors": ["N. Nobody", "n@example.org"]}"#,
                "ds/participants.tsv":
                    "\u{FEFF}participant_id\tage\tsex\nsub-01\t30\tF\nsub-02\tn/a\tM\n\nsub-03\t89+\tn/a\n",
                "ds/sub-01/ses-1/eeg/sub-01_ses-1_task-rest_eeg.json":
                    #"{"TaskName": "rest", "Manufacturer": "A", "ManufacturersModelName": "B"}"#,
                "ds/sub-02/func/sub-02_task-nback_bold.json": "{broken",
                "ds/derivatives/x/sub-01/pet/sub-01_task-other_pet.json": "{}",
            ])
        let dataset = try #require(harvested["bids:dataset:ds"])
        func values(_ facet: Facet) -> [String] { dataset.statements.filter { $0.facet == facet }.map(\.value) }
        #expect(values(.technique) == ["electroencephalography", "functional magnetic resonance imaging"])
        #expect(values(.task) == ["nback", "rest"] && values(.device) == ["A B"])
        #expect(values(.species) == ["Homo sapiens"] && dataset.contributors == ["N. Nobody"])
        #expect(dataset.quantities.first { $0.field == .subjects }?.max == 3)
        #expect(harvested.report.records == ["dataset": 1, "subject": 3])
        #expect(harvested.report.rejectedFields == 1 && harvested.report.isComplete)
    }

    @Test func `OpenNeuro's table is read, line breaks in cells and all`() throws {
        let table = """
            accession_number,dataset_name,made_public,num_subjects,modalities,ages,tasks,species,size_gb
            ds000001,"A ""name"", with
            a break",10/12/2016,16,"mri_functional, eeg","18-25, 26-34",rest,Mouse,2.5
            ,no number,,,,,,,
            ds000002,plain,2020-01-01,x,,,,,-1
            """
        let harvested = try Harvested.of("openneuro", ["t.csv": table], at: "t.csv")
        let first = try #require(harvested["openneuro:dataset:ds000001"])
        #expect(first.title == "A \"name\", with a break")
        #expect(first.statements.filter { $0.facet == .technique }.count == 2)
        #expect(
            first.quantities.first { $0.field == .published }?.max == Double(CalendarDay.number(iso: "2016-10-12") ?? 0)
        )
        #expect(first.quantities.filter { $0.field == .ageDays }.count == 2)
        #expect(harvested["openneuro:dataset:ds000002"]?.quantities.count == 1)
        #expect(harvested.report.rejects.map(\.field) == ["accession_number"])
    }

    @Test(arguments: [
        ("P90D", 90.0, 90.0), ("P12W", 84.0, 84.0), ("P3M/P6M", 91.3125, 182.625), ("P207DT12H0M0S", 207.5, 207.5),
        ("P1Y", 365.25, 365.25), ("P12W/", 84.0, 130 * 365.25),
    ])
    func `ages of animals are read`(text: String, low: Double, high: Double) {
        #expect(ISODuration.days(text) == low...high)
    }

    @Test(arguments: ["", "P", "90D", "PT", "P-3D", "P6M/P3M", "P1D/P2D/P3D", "P5", "P1H", "adult", "P9999999999Y"])
    func `what is no age is none`(text: String) {
        #expect(ISODuration.days(text) == nil)
    }

    @Test func `assets are gathered by participant and session`() throws {
        let dandiset = Record(id: RecordID(.dandi, .dataset, "000001"), title: "D", access: .open)
        let run = Harvest(source: .dandi, location: .file("x"))
        var assets = DandisetAssets(of: dandiset, run: run)
        let participant =
            #"[{"identifier": "m1", "age": {"value": "P90D"}, "species": {"name": "House mouse", "identifier": "http://purl.obolibrary.org/obo/NCBITaxon_10090"}}]"#
        for line in [
            #"{"path": "sub-m1/sub-m1_ses-a_ecephys.nwb", "size": 10, "metadata": {"wasAttributedTo": \#(participant), "variableMeasured": [{"value": "LFP"}]}}"#,
            #"{"path": "sub-m1/sub-m1_ses-a_image.nwb", "size": 5, "metadata": {"wasAttributedTo": \#(participant), "variableMeasured": [{"value": "Units"}]}}"#,
            #"{"path": "sub-m1/x.nwb", "size": 1, "metadata": {"wasAttributedTo": \#(participant), "wasGeneratedBy": [{"schemaKey": "Session", "identifier": "b c", "description": "ask n@example.org", "startDate": "2020-02-02"}]}}"#,
            #"{"path": "dataset.json", "metadata": {}}"#, #"{"metadata": 7}"#, "null",
        ] { assets.add(try JSONReader.value(line.utf8), provenance: "here") }
        var records: [Record] = []
        try assets.emit { records.append($0) }
        #expect(
            records.map(\.id.description) == [
                "dandi:subject:000001/m1", "dandi:session:000001/m1/a", "dandi:session:000001/m1/b_c",
            ])
        #expect(records[0].quantities.map(\.max) == [16, 2])
        #expect(records[1].statements.filter { $0.facet == .signal }.map(\.value) == ["LFP", "Units"])
        #expect(records[1].quantities.first { $0.field == .ageDays }?.max == 90)
        #expect(records[2].description == "ask" && records[2].quantities.contains { $0.field == .date })
        #expect(records[1].links.map(\.target) == ["dandi:dataset:000001", "dandi:subject:000001/m1"])
        #expect(run.report.rejectedRecords == 2)
    }
}
