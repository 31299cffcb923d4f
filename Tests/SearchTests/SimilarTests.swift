import FoundationEssentials
import Records
import Search
import Store
import TestSupport
import Testing

/// Records like one record.
struct SimilarTests {
    /// Vectors given by row; with `proposed`, those rows are all that is near, as from lists.
    private struct Given: Meaning {
        let rows: [[Float]]
        var proposed: [Int]?
        func vector(of text: String) -> [Float]? { nil }
        func vector(ofRow row: Int) -> [Float] { rows[row] }
        func cosines(to vector: [Float], rows chosen: [Int]?) -> [Float] {
            (chosen ?? Array(rows.indices)).map { row in zip(vector, rows[row]).reduce(0) { $0 + $1.0 * $1.1 } }
        }
        func nearest(to vector: [Float], limit: Int, among rows: Bitset?) -> [Int]? { proposed }
    }

    private let records = [
        Invented.session("a", recordings: [("thalamus", "Neuropixels 1.0")], state: "sleep"),
        Invented.session("b", recordings: [("thalamus", "Neuropixels 1.0")], state: "awake"),
        Invented.session("c", recordings: [("striatum", "tetrode")], state: "awake"),
        Invented.session("d", species: "rat", recordings: [("striatum", "tetrode")], state: "awake"),
    ]
    private let vectors: [[Float]] = [[1, 0], [0.6, 0.8], [0.8, 0.6], [0, 1]]

    private func similar(_ name: String, _ meaning: (any Meaning)?, limit: Int = 10) throws -> [SimilarRecord] {
        try SmallIndex(records, meaning: meaning).searcher.similar(to: "brainstem:session:\(name)", limit: limit)
    }

    @Test func `without vectors, values that few records have decide`() throws {
        let found = try similar("a", nil)
        #expect(found.map(\.id.native) == ["b", "c", "d"])
        #expect(found.first?.shared.contains("thalamus") == true)
        #expect(found.map(\.score).sorted(by: >) == found.map(\.score))
    }

    @Test func `meaning counts for more than shared values, and both count`() throws {
        let alike = try similar("a", Given(rows: [[1, 0], [0, 1], [1, 0], [0, 1]]))
        #expect(alike.map(\.id.native) == ["c", "b", "d"])
        let equallyNear = try similar("a", Given(rows: [[1, 0], [0.6, 0.8], [0.6, 0.8], [0.6, 0.8]]))
        #expect(equallyNear.first?.id.native == "b")
    }

    @Test func `rows that lists propose are scored as they are among all`() throws {
        let all = try similar("a", Given(rows: vectors))
        let proposed = try similar("a", Given(rows: vectors, proposed: [0, 1, 3]))
        #expect(proposed.map(\.id) == all.map(\.id).filter { $0.native != "c" })
        for one in proposed { #expect(all.first { $0.id == one.id }?.score == one.score) }
    }

    @Test func `a record without a vector is compared with all by its values`() throws {
        let found = try similar("a", Given(rows: [[0, 0], [0.6, 0.8], [0.8, 0.6], [0, 1]], proposed: []))
        #expect(found.map(\.id.native) == (try similar("a", nil)).map(\.id.native))
    }

    @Test(arguments: [0, 1, 2]) func `no more are given than asked for, the best first`(limit: Int) throws {
        let all = try similar("b", Given(rows: vectors))
        #expect(try similar("b", Given(rows: vectors), limit: limit).map(\.id) == all.prefix(limit).map(\.id))
    }

    @Test func `equally alike records stand in the order of ids`() throws {
        let twins = ["z", "m", "k"].map { Invented.session($0, recordings: [("thalamus", "tetrode")]) }
        let found = try SmallIndex(twins).searcher.similar(to: "brainstem:session:m", limit: 10)
        #expect(found.map(\.id.native) == ["k", "z"])
    }
}
