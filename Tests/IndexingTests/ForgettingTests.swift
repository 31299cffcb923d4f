import Foundation
import Records
import Store
import Testing

@testable import Indexing

struct ForgettingTests {
    private let runs: ReindexRuns

    init() throws {
        runs = try ReindexRuns()
        runs.embedding = TextEmbedding(identity: "m", dimensions: 2) { $0.map { [Float($0.utf8.count), 1] } }
    }

    @Test func `a forgotten record is gone at once and from every file, and stays away until it is withdrawn`() throws {
        // A word of its own, which the lists of words hold as it is written.
        let own = "zyzzyva"
        try runs.add("dandi", try runs.dump(1...6, title: { "Invented title of \($0)\($0 == 4 ? " \(own)" : "")" }))
        try runs.run()
        try runs.run(full: true)
        let id = RecordID(.dandi, .dataset, "900004")
        #expect(try runs.files(holding: [own]).contains { $0.hasSuffix("text.postings") })
        let report = try runs.forgetting().forget(id, extent: .record)
        #expect(report.records == 1 && report.generationsRemoved == 2)
        #expect(try runs.ids().count == 5)
        #expect(try runs.index.current().verify() == [])
        let dump = "dandisets.jsonl"
        #expect(try runs.files(holding: ["900004", "title of 4", own]) == [dump], "only the source itself has it")
        let later = try runs.run()
        #expect(later.outcome == .done && later.records.map(\.forgotten) == [1])
        #expect(try runs.files(holding: ["900004", "title of 4"]) == [dump])
        _ = try Ingest(index: runs.index, vocabulary: SmallVocabulary.shared.get()).run(source: .dandi, location: "t") {
            for number in 1...6 { try $0(Record(id: RecordID(.dandi, .dataset, "90000\(number)"), title: "t")) }
            return nil
        }
        #expect(try !runs.ids().contains(id.description), "no other way in")
        #expect(try runs.forgetting().withdraw(id))
        #expect(try !runs.forgetting().withdraw(id))
        try runs.run(accept: ["vectors"])
        #expect(try runs.ids().contains(id.description))
    }

    /// Two projects with sessions and subjects; one animal belongs to both.
    private func ingestProjects() throws {
        func record(_ type: RecordType, _ native: String, partOf wholes: [String]) -> Record {
            Record(
                id: RecordID(.brainstem, type, native), title: "Words of \(native)",
                links: wholes.map { Link(.partOf, $0, label: "Words of \($0)") })
        }
        let (one, two) = ("brainstem:dataset:one", "brainstem:dataset:two")
        _ = try Ingest(
            index: runs.index, vocabulary: SmallVocabulary.shared.get(), embedding: runs.embedding
        ).run(source: .brainstem, location: "t") { sink in
            for native in ["one", "two"] { try sink(record(.dataset, native, partOf: [])) }
            try sink(record(.collection, "c1", partOf: [one]))
            try sink(record(.session, "s1", partOf: [one, "brainstem:collection:c1"]))
            try sink(record(.session, "s2", partOf: [two]))
            // In a collection of the one project, and in the other project: it stays when the one goes.
            try sink(record(.session, "s12", partOf: [one, two, "brainstem:collection:c1"]))
            try sink(record(.subject, "a1", partOf: [one]))
            try sink(record(.subject, "a12", partOf: [one, two]))
            return nil
        }
    }

    @Test func `a project takes with it what is part of nothing else`() throws {
        try ingestProjects()
        _ = try runs.forgetting().forget(RecordID(.brainstem, .dataset, "one"), extent: .children)
        #expect(
            try runs.ids() == [
                "brainstem:dataset:two", "brainstem:session:s12", "brainstem:session:s2", "brainstem:subject:a12",
            ])
        #expect(try runs.files(holding: ["Words of one", "dataset:one", "Words of s1\"", "Words of a1\""]) == [])
        try ingestProjects()
        #expect(
            try runs.ids() == [
                "brainstem:dataset:two", "brainstem:session:s12", "brainstem:session:s2", "brainstem:subject:a12",
            ])
        #expect(try runs.files(holding: ["dataset:one", "Words of s1\""]) == [])
        #expect(try runs.forgetting().withdraw(RecordID(.brainstem, .dataset, "one")))
        try ingestProjects()
        #expect(try runs.ids().count == 8)
    }

    @Test func `project-wide reaches the whole project from any of its parts`() throws {
        try ingestProjects()
        _ = try runs.forgetting().forget(RecordID(.brainstem, .session, "s1"), extent: .project)
        #expect(
            try runs.ids() == [
                "brainstem:dataset:two", "brainstem:session:s12", "brainstem:session:s2", "brainstem:subject:a12",
            ])
    }

    @Test func `one record alone leaves its project, and links to it go`() throws {
        try ingestProjects()
        _ = try runs.forgetting().forget(RecordID(.brainstem, .collection, "c1"), extent: .record)
        #expect(try runs.ids().count == 7)
        #expect(try runs.files(holding: ["collection:c1", "Words of c1"]) == [])
    }

    @Test func `a record that is not there is kept out all the same`() throws {
        try runs.add("dandi", try runs.dump(1...3))
        try runs.run()
        let live = try runs.index.currentName()
        let report = try runs.forgetting().forget(RecordID(.dandi, .dataset, "900004"), extent: .record)
        #expect(report.generation == nil)
        #expect(try runs.index.currentName() == live)
        _ = try runs.dump(1...5)
        try runs.run()
        #expect(try runs.ids().count == 4)
    }
}
