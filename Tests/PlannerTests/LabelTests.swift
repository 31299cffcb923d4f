import Planner
import Records
import TestSupport
import Testing

private func plan(_ query: String) throws -> Plan { try planner.get().plan(query, today: 20_000) }

/// Lines of a form: a word, a colon, and what it is about.
struct LabelTests {
    @Test(arguments: [
        (
            "Species: mouse or rat; region: CA1; technique: tetrodes",
            ["species=mouse|rat", "region=CA1", "device=tetrode"]
        ),
        ("state: awake or anesthetized, rat", ["state=awake|anesthetized", "species=rat"]),
        ("Region = CA1\nSpecies = mouse", ["region=CA1", "species=mouse"]),
        ("**Species:** mouse\n- Sex: F", ["species=mouse", "sex=female"]),
        ("Region: MS", ["region=medial septum"]), ("Disease: MS", ["disease=multiple sclerosis"]),
        ("Cell type: PV", ["celltype=parvalbumin expressing neuron"]),
        ("cell type:PV", ["celltype=parvalbumin expressing neuron"]), ("Brain region:CA1", ["region=CA1"]),
        ("I need one species: mouse", ["species=mouse"]), ("Exclude: rats", ["-species=rat"]),
        ("Species: not mouse", ["-species=mouse"]),
        ("Anesthesia: none; Species: rat", ["-state=anesthetized", "species=rat"]),
        ("Anesthesia: no, mice", ["-state=anesthetized", "species=mouse"]),
        ("not like ds000117, mice", ["species=mouse"]),
        ("Species: rat, lesion: no", ["species=rat", "-procedure=lesion"]),
        ("Region: MBA:549", ["region=Thalamus"]), ("PI: Ada Exampla", ["person=Ada Exampla"]),
        ("Lab: Moser", ["lab=Moser lab"]), ("Note: mice", ["species=mouse"]),
    ])
    func `a label tells the facet of what follows`(query: String, expected: [String]) throws {
        #expect(try Set(filters(query)) == Set(expected))
    }

    @Test(arguments: [
        ("Sessions: at least 3", "sessions:>=3"), ("Sessions: 3+", "sessions:>=3"),
        ("Sessions: 3 or more", "sessions:>=3"),
        ("number of sessions: at least 3 sessions", "sessions:>=3"), ("Subjects: > 20", "subjects:>20"),
        ("subjects: >=50", "subjects:>=50"), ("Age: P30-P60", "age:30..60"),
        ("Age: 8-12 weeks, Sex: F", "age:56..84"), ("Duration: > 1 hour", "duration:>=3600"),
        ("Size: < 5 GB", "size:<5GB"),
        ("published: 2021..2023", "published:2021..2023"), ("Date: 2019-2021", "date:2019..2021"),
        ("Published: since 2020", "published:>=2020-01-01"), ("Year: 2021", "published:2021"),
        ("Sessions: between 2 and 5; mouse", "sessions:2..5"), ("sessions = 2; mouse", "sessions:2"),
    ])
    func `a label tells the range of what follows`(query: String, typed: String) throws {
        func bare(_ range: Plan.Range) -> Plan.Range {
            Plan.Range(field: range.field, min: range.min, max: range.max, words: .init(text: "", start: 0, end: 0))
        }
        #expect(try plan(query).ranges.map(bare) == plan(typed).ranges.map(bare))
    }

    @Test(arguments: [
        "sex: both, mouse EEG", "Sex: any; mouse EEG", "mouse EEG, task: n/a", "Region: unspecified. Mouse EEG",
    ])
    func `a value that leaves all open is no filter`(query: String) throws {
        #expect(try filters(query) == ["species=mouse", "technique=electroencephalography"])
        #expect(try plan(query).warnings.map(\.code) == ["left_open"])
    }

    @Test(arguments: [
        "species: unicorn", "sessions: many", "age: adult", "size: big", "published: soon", "type: wonderful", "a: b",
        "Species:", ": mouse", "Region:: CA1", "time 14:30", "like: x", "record: me", "apart: 1-2", "UAS:GCaMP6s fish",
        "Tg(huc:GCaMP6s)", "Q:where", "C:\\data", "species:**", "subjects: >many", "text: \"", "region: {CA1}",
        "species: mouse; species: rat", "ratio 3:1", "mouse:", "-region: CA1", "~state: sleep", "NOT species: rat",
    ])
    func `a colon that makes no operator is never an error`(query: String) throws {
        #expect(throws: Never.self) { try plan(query) }
    }

    @Test(arguments: ["Type: dataset; mouse", "Kind: data sets", "record type: datasets, in rats"])
    func `a label tells the kind of record`(query: String) throws {
        #expect(try plan(query).target == .dataset)
    }

    @Test func `an age without a unit is in years, as in a sentence`() throws {
        #expect(try plan("Age: 60, EEG").ranges.first?.min == plan("aged 60, EEG").ranges.first?.min)
    }

    @Test(arguments: [
        ("specie:mouse", PlanError.Kind.unknownOperator), ("colour:blue", .unknownOperator),
        ("species:unicorn", .unknownValue), ("age:adult", .malformedValue), ("type:wonder", .unknownValue),
        ("brain_region:CA1", .unknownOperator),
    ])
    func `an operator that was meant as one and is wrong is an error with suggestions`(
        query: String, kind: PlanError.Kind
    ) throws {
        let error = try #require(throws: PlanError.self) { try plan(query) }
        #expect(error.kind == kind && !error.suggestions.isEmpty)
    }

    @Test(arguments: [
        ("technique:tetrodes", "device=tetrode"), ("species:\"C57BL/6\"", "strain=C57BL/6"),
        ("-technique:tetrodes", "-device=tetrode"),
    ])
    func `a value of a facet that people take for the operator's is read as that`(query: String, expected: String)
        throws
    {
        #expect(try filters(query) == [expected])
        #expect(try plan(query).warnings.map(\.code) == ["other_facet"])
    }

    @Test func `names of an unknown operator are words with a warning`() throws {
        let plan = try plan("UAS:GCaMP6s zebrafish")
        #expect(plan.warnings.map(\.code) == ["unknown_operator"] && plan.text == "UAS")
    }
}
