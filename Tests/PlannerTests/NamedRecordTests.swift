import Planner
import TestSupport
import Testing

private func plan(_ query: String) throws -> Plan { try planner.get().plan(query) }

private let eid = "5a6b7c8d-0000-4000-8000-00000000abcd"

/// What names records in a sentence, and what the sentence wants of them.
struct WrittenNameTests {
    @Test(arguments: [
        ("DANDI:000017", "dandi:dataset:000017"), ("what is in dandiset 17?", "dandi:dataset:000017"),
        ("DANDI 000017", "dandi:dataset:000017"), ("dandiset no. 000017", "dandi:dataset:000017"),
        ("dandi:17", "dandi:dataset:000017"), ("DANDI:000017/0.220101.1", "dandi:dataset:000017"),
        ("000017", "dandi:dataset:000017"), ("ds000117", "openneuro:dataset:ds000117"),
        ("OpenNeuro ds117", "openneuro:dataset:ds000117"), ("ds000117:1.0.0", "openneuro:dataset:ds000117"),
        ("OpenNeuro accession number DS000117.", "openneuro:dataset:ds000117"),
        ("10.48324/dandi.000101/0.230101.0001", "doi:10.48324/dandi.000101/0.230101.0001"),
        ("DOI: 10.18112/openneuro.ds000117.v1.0.0.", "doi:10.18112/openneuro.ds000117.v1.0.0"),
        ("(https://doi.org/10.25493/ABCD-E7)", "doi:10.25493/abcd-e7"),
        ("doi.org/10.1016/s0140-6736(05)17842-2", "doi:10.1016/s0140-6736(05)17842-2"),
        ("see https://dandiarchive.org/dandiset/000026/draft.", "url:https://dandiarchive.org/dandiset/000026/draft"),
        ("openneuro.org/datasets/ds000117", "url:openneuro.org/datasets/ds000117"),
        ("https://www.example.org/sessions/\(eid)/", "url:https://www.example.org/sessions/\(eid)/"),
        ("EBRAINS \(eid)", "uuid:\(eid)"), ("eid \(eid.uppercased())", "uuid:\(eid)"), ("pid=\(eid)", "uuid:\(eid)"),
        ("ibl:session:\(eid)", "ibl:session:\(eid)"), ("\"DANDI:000017\"", "dandi:dataset:000017"),
        ("id: \(eid)", "uuid:\(eid)"), ("openneuro:ds000117", "openneuro:dataset:ds000117"),
    ])
    func `a name of a record asks for the record`(query: String, name: String) throws {
        let plan = try plan(query)
        #expect(plan.records == [name])
        #expect(plan.filters.isEmpty && plan.ranges.isEmpty && plan.target == nil && plan.text.isEmpty)
    }

    @Test(arguments: [
        ("dandisets 17 and 26", ["dandi:dataset:000017", "dandi:dataset:000026"]),
        ("DANDI:000017, 000019 or 000026", ["17", "19", "26"].map { "dandi:dataset:0000\($0)" }),
        ("ds000117 and DANDI:000017", ["openneuro:dataset:ds000117", "dandi:dataset:000017"]),
    ])
    func `names in a list are all asked for`(query: String, names: [String]) throws {
        #expect(try plan(query).records == names)
    }

    @Test(arguments: [
        "129S1 mice with AAV9", "DANDI datasets from 2021", "dandiset 2021", "dandisets with 50 subjects",
        "dandiset 50 subjects", "subject 001234", "a1b2c3d4e5f6", "1234567890 neurons", "250000 spikes", "ds117",
        "sub-01_ds000117", "10.5 weeks", "text:\"DANDI:000017\"", "https://github.com/a/b", "DS1 probes", "14:30",
        "0.000026 mm", "GSE12345", "aaaabbbb-1111-4222", "EBRAINS 117", "in 10.1234 m",
    ])
    func `numbers, strains, probes and other links name no record`(query: String) throws {
        let plan = try plan(query)
        #expect(plan.records.isEmpty && plan.like == nil)
    }

    @Test(arguments: [
        "datasets like DANDI:000017", "similar to dandiset 17", "more like DANDI 000017", "comparable to DANDI:000017",
        "DANDI:000017-like recordings", "similar recordings to those in DANDI:000017", "DANDI:000017 or similar",
        "the same task as in DANDI:000017", "anything related to DANDI:000017", "datasets such as DANDI:000017",
        "what looks like the data in https://identifiers.org/DANDI:000017",
    ])
    func `others like a record are asked for`(query: String) throws {
        let plan = try plan(query)
        #expect(plan.records.isEmpty && plan.warnings.isEmpty)
        #expect(plan.like?.hasSuffix("000017") == true)
    }

    @Test(arguments: ["something like X imaging", "cells like those in CA1", "similar to sleep", "I would like mice"])
    func `without a name nothing is to be like`(query: String) throws {
        #expect(try plan(query).like == nil)
    }

    @Test(arguments: ["I would like ds000117", "we'd like to see ds000117", "not only ds000117"])
    func `a wish is no likeness`(query: String) throws {
        let plan = try plan(query)
        #expect(plan.like == nil && plan.records == ["openneuro:dataset:ds000117"])
    }

    @Test(arguments: [
        "mice but not ds000117", "datasets other than ds000117", "unlike ds000117", "nothing like ds000117",
        "fMRI except ds000117 and ds000118", "not like ds000117", "excluding the data in ds000117",
    ])
    func `a record that is denied is neither asked for nor what others are like`(query: String) throws {
        let plan = try plan(query)
        #expect(plan.records.isEmpty && plan.like == nil && !plan.text.contains("117"))
        #expect(plan.warnings.contains { $0.code == "not_left_out" })
    }

    @Test func `the likeness of a list is that of its first`() throws {
        let plan = try plan("datasets like ds000117 and ds000118, in rats")
        #expect(plan.like == "openneuro:dataset:ds000117" && plan.records.isEmpty)
        #expect(plan.warnings.map(\.code) == ["one_likeness"])
        #expect(plan.filters.map(\.anyOf.first?.label) == ["rat"])
    }

    @Test(arguments: [
        "sleep in DANDI:000017", "mice like ds000117", "10.48324/dandi.000003 \"with https://example.org/x\"",
        "text:\"DANDI:000017\"", "\"DANDI:000017 mice\"", "\"EBRAINS \(eid)\"",
    ])
    func `a plan with names is written as operators that read the same`(query: String) throws {
        let planner = try planner.get()
        let plan = try planner.plan(query)
        let again = try planner.plan(planner.operatorQuery(for: plan))
        #expect(again.records == plan.records && again.like == plan.like && again.text == plan.text)
    }
}
