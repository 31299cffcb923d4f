import JSON
import Records
import TestSupport
import Testing

@testable import Connectors

/// What `participants.tsv` says, in the units and words of `participants.json`.
struct ParticipantsTests {
    /// The ages of one participant whose column `age` holds a text, in days.
    private func ages(_ age: String, unit: String?) throws -> [ClosedRange<Double>] {
        let sidecar = unit.map { ["age": ["Units": JSONValue.string($0)]] as JSONValue } ?? [:]
        let participants = try self.participants("participant_id\tage\nsub-01\t\(age)\n", sidecar: sidecar)
        return participants.flatMap(\.quantities).filter { $0.field == .ageDays }.map { $0.min...$0.max }
    }

    private func participants(_ table: String, sidecar: JSONValue) throws -> [Record] {
        try Harvested.of(
            "bids",
            [
                "ds/dataset_description.json": #"{"Name": "Invented", "BIDSVersion": "1.9.0"}"#,
                "ds/participants.tsv": table, "ds/participants.json": String(decoding: sidecar.json, as: UTF8.self),
            ]
        ).records.filter { $0.id.type == .subject }
    }

    @Test(
        arguments: [
            ("17", "months", 17 * 365.25 / 12, 17 * 365.25 / 12), ("12", "weeks", 84, 84), ("90", "days", 90, 90),
            ("30", "years", 30 * 365.25, 30 * 365.25), ("30", nil, 30 * 365.25, 30 * 365.25),
            ("89+", nil, 89 * 365.25, 120 * 365.25), (">89", nil, 89 * 365.25, 120 * 365.25),
            ("20-25", nil, 20 * 365.25, 25 * 365.25), ("3 - 8", "month", 3 * 365.25 / 12, 8 * 365.25 / 12),
        ] as [(String, String?, Double, Double)])
    func `ages have the unit of the sidecar`(age: String, unit: String?, low: Double, high: Double) throws {
        let found = try #require(try ages(age, unit: unit).first)
        #expect(abs(found.lowerBound - low) < 1e-6 && abs(found.upperBound - high) < 1e-6)
    }

    @Test(arguments: ["n/a", "unknown", "adult", "-3", "25-20", "400"])
    func `what is no age is none`(age: String) throws {
        #expect(try ages(age, unit: nil).isEmpty)
    }

    @Test func `values are read as what the sidecar says they stand for`() throws {
        let records = try participants(
            "participant_id\tsex\nsub-01\t1\nsub-02\t-1\nsub-03\tF\n",
            sidecar: ["sex": ["Levels": ["1": "male", "-1": ["Description": "female"]]]])
        let sexes = records.map { $0.statements.first { $0.facet == .sex }?.value }
        #expect(sexes == ["male", "female", "female"])
    }
}
