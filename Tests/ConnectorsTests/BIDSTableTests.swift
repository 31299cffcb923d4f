import Foundation
import Records
import TestSupport
import Testing

@testable import Connectors

/// What tables of BIDS datasets say with their sidecars.
struct BIDSTableTests {
    private func harvest(_ files: [String: String]) throws -> Harvested {
        let folder = try TemporaryFolder()
        for (file, text) in files {
            let path = URL(filePath: folder.path + "/" + file)
            try FileManager.default.createDirectory(
                at: path.deletingLastPathComponent(), withIntermediateDirectories: true)
            try text.write(to: path, atomically: true, encoding: .utf8)
        }
        return try Harvested("bids", folder.path)
    }

    private func subject(_ table: String, _ sidecar: String = "{}") throws -> Record {
        let harvested = try harvest([
            "x/dataset_description.json": #"{"Name": "Invented"}"#, "x/participants.tsv": table,
            "x/participants.json": sidecar,
        ])
        return try #require(harvested["bids:subject:x/sub-01"])
    }

    @Test(
        arguments: [
            ("age", "{}", 365.25), ("age", #"{"age": {"Units": "months"}}"#, 30.4375),
            ("age", #"{"Age": {"Units": "wks"}}"#, 7),
            ("age_days", "{}", 1), ("age (weeks)", "{}", 7), ("age", #"{"age": {"Description": "age in days"}}"#, 1),
            ("age", #"{"age": {"Description": "see D. et al., in a year"}}"#, 365.25),
            ("age", #"{"age": {"Units": "arbitrary"}}"#, nil), ("agency", "{}", nil),
        ] as [(String, String, Double?)])
    func `ages are in the unit that table or sidecar names`(column: String, sidecar: String, days: Double?) throws {
        let record = try subject("participant_id\t\(column)\nsub-01\t2\n", sidecar)
        #expect(record.quantities.map(\.min) == (days.map { [2 * $0] } ?? []))
    }

    @Test(
        arguments: [
            ("M", "{}", "male"), ("female", "{}", "female"),
            ("1", #"{"sex": {"Levels": {"1": "male", "-1": "female"}}}"#, "male"),
            ("b", #"{"sex": {"Levels": {"B": {"Description": "Female participants"}}}}"#, "female"), ("1", "{}", nil),
        ] as [(String, String, String?)])
    func `codes mean what the sidecar says`(code: String, sidecar: String, sex: String?) throws {
        let record = try subject("participant_id\tsex\nsub-01\t\(code)\n", sidecar)
        #expect(record.statements.first { $0.facet == .sex }?.value == sex)
    }

    @Test func `several rows of one participant are one, and all are read`() throws {
        let table = "participant_id\tsession\tgenotype\tage\nsub-01\t1\t3xTG\t3\nsub-01\t2\t3xTG\t6\n"
        let record = try subject(table)
        #expect(record.quantities.map(\.min) == [3 * 365.25, 6 * 365.25])
        #expect(record.passages == [Passage("genotype", "3xTG")])
    }

    @Test(arguments: ["species", "Species_name", "organism"])
    func `a column of species by another name keeps the default away`(column: String) throws {
        let record = try subject("participant_id\t\(column)\nsub-01\tmacaca mulatta\n")
        #expect(record.statements.map(\.value) == ["macaca mulatta"])
        #expect(try subject("participant_id\nsub-01\n").statements.map(\.grade) == ["default"])
    }

    @Test func `folders of datasets are found below, and those without a description are told`() throws {
        let harvested = try harvest([
            "a/b/one/dataset_description.json": #"{"Name": "One"}"#,
            "a/two/participants.tsv": "participant_id\nsub-01\n",
            "a/three/dataset_description.json": #"{"Name": "Three", "DatasetType": "study"}"#,
            "a/three/derivatives/pipe/dataset_description.json":
                #"{"Name": "Four", "DatasetType": "derivative", "GeneratedBy": [{"Name": "Invented pipeline"}]}"#,
        ])
        #expect(harvested.records.map(\.id.native).sorted() == ["one", "three", "three/pipe"])
        #expect(harvested.report.notes.keys.contains { $0.contains("'two'") })
        let part = try #require(harvested["bids:dataset:three/pipe"])
        #expect(part.links == [Link(.partOf, "bids:dataset:three", label: "Three")])
        #expect(part.passages.contains { $0.text == "Invented pipeline" })
        #expect(throws: ConnectorError.self) { try harvest(["two/participants.tsv": "participant_id\nsub-01\n"]) }
    }

    @Test(arguments: ["rest", "Rest", "resting-state"])
    func `tasks are known by their letters and digits`(task: String) throws {
        let statement = try #require(BIDSVocabulary.statements(task: task, provenance: "test").first)
        #expect(statement.identifiers == ["bids:task:" + task.lowercased().filter(\.isLetter)])
    }
}
