import Foundation
import JSON
import Records
import TestSupport
import Testing

@testable import Connectors

/// Flattening of a small invented BrainSTEM, every kind of relation once.
struct BrainSTEMTests {
    @Test func `subjects say what their breeding was expected to give`() throws {
        let harvested = try Harvested("brainstem", Portals.folder("brainstem"))
        let bred = harvested.records.filter { record in
            record.passages.contains { $0.field == "breeding expected genotype" && $0.text == "PV-Cre heterozygous" }
        }
        #expect(!bred.isEmpty && bred.contains { $0.id.type == .subject })
        #expect(bred.allSatisfy { $0.id.type == .subject || $0.id.type == .session })
    }

    private func harvest() throws -> Harvested {
        try Harvested("brainstem", fixtures.appending(path: "brainstem").path)
    }

    private func id(_ number: Int) -> String {
        let digits = String(number)
        return "00000000-0000-4000-8000-" + String(repeating: "0", count: 12 - digits.count) + digits
    }

    @Test func `public records come out, private ones nowhere`() throws {
        let harvested = try harvest()
        #expect(
            harvested.report.records == [
                "dataset": 1, "subject": 1, "session": 1, "cohort": 1, "collection": 1, "setup": 1, "protocol": 2,
            ])
        let text = try harvested.text
        #expect(!text.contains("SECRET") && !text.contains("@") && !text.contains("/data/lab"))
        let hidden = [2, 3, 11, 21, 46, 50, 83, 84].map { id($0)[...] }
        #expect(try harvested.idWords.isDisjoint(with: hidden))
    }

    @Test func `an acquisition with its procedure is one recording part`() throws {
        let session = try #require(try harvest()["brainstem:session:\(id(20))"])
        let part = try #require(session.parts.firstIndex { $0.role == .recording && $0.type == "ExtracellularEphys" })
        let said = session.statements.filter { $0.part == part }
        #expect(said.first { $0.facet == .technique }?.identifiers == ["brainstem:ExtracellularEphys"])
        #expect(said.first { $0.facet == .region }?.identifiers == ["AIA:AD"])
        #expect(said.first { $0.facet == .region }?.scheme == "AIA")
        #expect(
            said.filter { $0.facet == .device }.map(\.value) == ["SiliconProbeDesign", "Neuropixels 2.0 - 4 shanks"])
        #expect(session.quantities.first { $0.field == .channels && $0.part == part }?.max == 384)
        #expect(session.passages.contains { $0.part == part && $0.text == "Open Ephys acquisition board" })
    }

    @Test func `what was done to the animal before is a preparation, once and only before`() throws {
        let session = try #require(try harvest()["brainstem:session:\(id(20))"])
        let preparations = session.parts.filter { $0.role == .preparation }
        // Neither the tetrodes the session did not use, nor the anaesthesia, nor the later injection.
        #expect(preparations.map(\.native) == [id(41)])
        let part = try #require(session.parts.firstIndex { $0.role == .preparation })
        let agent = session.statements.first { $0.facet == .agent && $0.part == part }
        #expect(agent?.value == "stGtACR2" && agent?.identifiers == ["addgene:105677"])
        // The construct's name advertises, so no term may be inferred from it.
        #expect(session.passages.filter { $0.text.contains("control for") }.allSatisfy { !$0.isEvidence })
        #expect(
            session.parts.filter { $0.role == .manipulation }.map(\.label) == [
                "OptogeneticStimulation through OpticFiberImplant in V1"
            ])
    }

    @Test func `behaviours, epochs and subjects say state, task, species and age`() throws {
        let session = try #require(try harvest()["brainstem:session:\(id(20))"])
        func values(_ facet: Facet) -> [String] { session.statements.filter { $0.facet == facet }.map(\.value) }
        // The setup is private, so its category says nothing.
        #expect(values(.state) == ["afternoon nap", "Natural sleep", "baseline", "NREM"])
        #expect(values(.task) == ["afternoon nap", "Natural sleep"])
        #expect(session.notes.contains("setup not public") && session.notes.contains("subject not public"))
        #expect(values(.sex) == ["female"])
        #expect(session.statements.first { $0.facet == .species }?.identifiers == ["NCBITaxon:10090"])
        #expect(session.quantities.first { $0.field == .ageDays }?.max == 50)
        #expect(session.quantities.first { $0.field == .durationS }?.max == 5_400)
        #expect(session.statements.first { $0.facet == .source }?.identifiers == ["discover:source.dandi"])
        #expect(session.labs == ["Invented Sleep Group"])
        #expect(session.links.contains { $0.relation == .partOf && $0.target == "brainstem:dataset:\(id(1))" })
    }

    @Test func `a subject has all its procedures, a project what its sessions say`() throws {
        let harvested = try harvest()
        let subject = try #require(harvested["brainstem:subject:\(id(10))"])
        #expect(subject.parts.count == 6)
        #expect(subject.notes == ["stock of procedure VirusInjection not public"])
        #expect(subject.quantities.first { $0.field == .sessions }?.max == 1)
        let project = try #require(harvested["brainstem:dataset:\(id(1))"])
        #expect(project.description == "Spindles & delta.\nWrite to")
        #expect(project.parts.isEmpty && project.statements.allSatisfy { $0.part == nil })
        #expect(project.statements.contains { $0.facet == .region && $0.value == "Anterodorsal nucleus" })
        #expect(project.links.contains { $0.relation == .describedBy && $0.target == "10.5555/nap" })
        let setup = try #require(harvested["brainstem:setup:\(id(51))"])
        #expect(setup.statements.first?.identifiers == ["brainstem:setup-category:F"])
    }

    @Test func `embedded relations count as the ids they stand for`() throws {
        var catalog = BrainSTEMCatalog()
        let session = try JSONReader.value(
            #"{"id": "s", "name": "n", "projects": [{"id": "p", "name": "P"}], "behaviors": [{"id": "b", "session": "s"}]}"#
                .utf8)
        #expect(catalog.add(session, to: try #require(BrainSTEMModel.named("session")), isMain: true) == .new)
        #expect(catalog.row("project", "p")?.text("name") == "P")
        #expect(catalog.rows("behavior", where: "session", is: "s").map(\.id) == ["b"])
        #expect(catalog.row("session", "s")?.ids("projects") == ["p"])
        #expect(catalog.add(session, to: try #require(BrainSTEMModel.named("session")), isMain: true) == .known)
    }

    @Test(arguments: [
        ("data_acquisitions", "dataacquisition"), ("consumable stocks", "consumablestock"), ("species", "species"),
        ("equipment", "equipment"), ("behavioral_categories", "behavioralcategory"), ("+sessions", "session"),
        ("inventories", "inventory"), ("subject_logs", "subjectlog"), ("meta", nil), ("users", nil),
    ])
    func `envelope keys lead to their models`(key: String, model: String?) {
        #expect(BrainSTEMModel.forEnvelope(key: key)?.name == model)
    }

    @Test(arguments: ["", "no-projects"])
    func `a folder that is none of BrainSTEM's is an error`(name: String) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "discover-\(UUID())\(name)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect { try Harvested("brainstem", folder.path) } throws: {
            ($0 as? ConnectorError)?.kind == .unusableLocation
        }
    }

    @Test func `lines that are no records are listed with their provenance`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "discover-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let lines = [
            #"{"id": "a", "name": "A", "is_public": true}"#, "{broken", "null", #"{"name": "no id"}"#,
            #"{"id": "a", "name": "again", "is_public": true}"#, #"{"id": "b", "is_public": true, "tags": 7}"#,
            #"{"id": 9, "name": 5, "is_public": "yes"}"#,
        ]
        try lines.joined(separator: "\n").write(
            to: folder.appending(path: "stem_project.jsonl"), atomically: true, encoding: .utf8)
        let harvested = try Harvested("brainstem", folder.path)
        #expect(harvested.records.map(\.id.native) == ["a"])
        let rejected = harvested.report.rejects.map { "\($0.id)|\($0.field)" }
        #expect(
            rejected == [
                "project, line 2|", "project, line 3|", "project, line 4|id", "project a|id", "project 9|is_public",
                "project b|name",
            ])
    }
}
