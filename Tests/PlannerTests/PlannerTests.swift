import Planner
import Records
import TestSupport
import Testing
import Vocabulary

let planner = Result { Planner(vocabulary: try Vocabulary.load(folder: Places.vocabularies)) }

/// A filter in short: `region=thalamus`, `-species=rat|mouse`.
func short(_ filter: Plan.Filter) -> String {
    (filter.negated ? "-" : "") + filter.facet.rawValue + "=" + filter.anyOf.map(\.label).joined(separator: "|")
}

func filters(_ query: String) throws -> [String] { try planner.get().plan(query).filters.map(short).sorted() }

@Test(arguments: [
    (
        "Find thalamic recordings from a sleeping animal with a Neuropixels probe.", RecordType.session,
        ["device=Neuropixels", "region=thalamus", "state=sleep"]
    ),
    ("thalamic Neuropixels recordings in sleep", .session, ["device=Neuropixels", "region=thalamus", "state=sleep"]),
    (
        "Show subjects with an inhibitory-acting virus injections in the Visual cortex", .subject,
        ["effect=inhibitory", "procedure=virus injection", "region=visual cortex"]
    ),
    ("datasets of ferrets", .dataset, ["species=ferret"]),
    ("tetrode recordings in rats but not in mice", .session, ["-species=mouse", "device=tetrode", "species=rat"]),
])
func `a question gets its target and filters`(query: String, target: RecordType, expected: [String]) throws {
    let plan = try planner.get().plan(query)
    #expect(plan.target == target)
    #expect(plan.filters.map(short).sorted() == expected)
}

@Test(arguments: [
    ("thalamic Neuropixels recordings", "Neuropixels recordings in the thalamus"),
    ("two-photon imaging in V1", "2-photon imaging in the primary visual cortex"),
    ("anaesthetised rats", "anesthetized rats"), ("hipocampus", "hippocampus"),
    ("mice, no virus injection", "mice without virus injection"),
])
func `two ways to say one thing give one set of filters`(left: String, right: String) throws {
    #expect(try filters(left) == filters(right))
}

@Test(arguments: [
    ("at least 50 subjects", RangeField.subjects, 50.0 as Double?, nil as Double?),
    ("more than 500 neurons", .units, 501, nil), ("64-channel probes", .channels, 64, 64),
    ("fewer than ten mice", .subjects, nil, 9), ("older than P60", .ageDays, 61, nil),
    ("ages 18–35", .ageDays, 6574.5, 12783.75), ("two-hour recordings", .durationS, 7200, 7200),
    ("under 100 GB", .sizeBytes, nil, 1e11), ("≥ 384 channels", .channels, 384, nil),
    ("between 20 and 80 years old", .ageDays, 7305, 29220), ("subjects:>=50", .subjects, 50, nil),
    ("age:>60d", .ageDays, 61, nil), ("size:<5GB", .sizeBytes, nil, 5e9),
])
func `numbers with their nouns become inclusive ranges`(
    query: String, field: RangeField, min: Double?, max: Double?
) throws {
    let ranges = try planner.get().plan(query).ranges
    #expect(ranges.count == 1)
    #expect(ranges.first?.field == field)
    #expect(ranges.first?.min?.value == min)
    #expect(ranges.first?.max?.value == max)
}

@Test(arguments: [
    ("recordings since 2021", RangeField.date, "2021-01-01" as String?, nil as String?),
    ("dandisets published before March 2023", .published, nil, "2023-02-28"),
    ("sessions recorded between 1 March and 30 June 2021", .date, "2021-03-01", "2021-06-30"),
    ("datasets published 2020 or later", .published, "2020-01-01", nil),
    ("published:2021..2023", .published, "2021-01-01", "2023-12-31"),
    ("created_after:2022-05-01", .published, "2022-05-01", nil),
])
func `dates become inclusive ranges of days`(query: String, field: RangeField, min: String?, max: String?) throws {
    let range = try #require(try planner.get().plan(query).ranges.first)
    #expect(range.field == field)
    #expect(range.min.map { CalendarDay.iso(Int($0.value)) } == min)
    #expect(range.max.map { CalendarDay.iso(Int($0.value)) } == max)
}

@Test(arguments: [
    "Dr. Rat", "The Mouse paper", "lorem ipsum dolor", "not only", "?!…", "🎉🎊", "", "what kinds of data are there",
])
func `nothing is invented where nothing is asked`(query: String) throws {
    let plan = try planner.get().plan(query)
    #expect(plan.filters.isEmpty)
    #expect(plan.ranges.isEmpty)
}

@Test(arguments: [
    ("specie:mouse", PlanError.Kind.unknownOperator), ("species:unicorn", .unknownValue),
    ("subjects:>many", .malformedValue),
])
func `a wrong operator or value is an error that says what would be right`(query: String, kind: PlanError.Kind) throws {
    let planner = try planner.get()
    let error = #expect(throws: PlanError.self) { try planner.plan(query) }
    #expect(error?.kind == kind)
}

@Test func `a question that is too long is refused, not cut`() throws {
    let planner = try planner.get()
    let error = #expect(throws: PlanError.self) { try planner.plan(String(repeating: "mouse ", count: 2000)) }
    #expect(error?.kind == .tooLong)
}

@Test func `virus, effect and region share a scope, the state stands apart`() throws {
    let plan = try planner.get().plan("Show subjects with an inhibitory-acting virus injections in the Visual cortex")
    #expect(Set(plan.filters.map(\.scope)) == [1])
    let other = try planner.get().plan("thalamic Neuropixels recordings in sleep")
    #expect(other.filters.first { $0.facet == .state }?.scope == nil)
    #expect(Set(other.filters.filter { $0.facet != .state }.map(\.scope)) == [1])
}
