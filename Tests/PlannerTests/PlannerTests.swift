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
    ("ages 18–35", .ageDays, 6574.5, 12783.75), ("two-hour recordings", .durationS, 6840, 7560),
    ("under 100 GB", .sizeBytes, nil, 1e11), ("≥ 384 channels", .channels, 384, nil),
    ("between 20 and 80 years old", .ageDays, 7305, 29220), ("subjects:>=50", .subjects, 50, nil),
    ("30 minute recordings or longer", .durationS, 1800, nil), ("adults over 65 years", .ageDays, 23742.25, nil),
    ("more than 5 mice and fewer than 10", .subjects, 6, 9), ("more than 5 and fewer than 10 mice", .subjects, 6, 9),
    ("between 5 and 10 mice", .subjects, 5, 10), ("over 18 but under 65 years old", .ageDays, 6574.5, 23741.25),
    ("mice older than 3 months and younger than 1 year", .ageDays, 91.3125, 365.25),
    ("at most 20 and at least 10 sessions", .sessions, 10, 20), ("from 64 to 128 channels", .channels, 64, 128),
    ("more than 2 but less than 4 hours", .durationS, 7200, 14400),
    ("age > 18 years and < 65", .ageDays, 6574.5, 23741.25),
    ("more than a hundred subjects", .subjects, 101, nil), ("over a thousand neurons", .units, 1001, nil),
    ("12mo mice", .ageDays, 365.25, 395), ("age:18..35y", .ageDays, 6574.5, 12783.75),
    ("size:1..5GB", .sizeBytes, 1e9, 5e9), ("age:P14..P21", .ageDays, 14, 21),
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
    ("datasets from 2019", .published, "2019-01-01", "2019-12-31"),
    ("sessions newer than 2022", .date, "2023-01-01", nil), ("datasets older than 2018", .published, nil, "2017-12-31"),
    ("pre-2020 datasets", .published, nil, "2019-12-31"), ("sessions more recent than 2022", .date, "2023-01-01", nil),
    ("datasets from 2019 on", .published, "2019-01-01", nil),
    ("published in 2022 or 2023", .published, "2022-01-01", "2023-12-31"),
    ("recorded no later than 2020", .date, nil, "2020-12-31"),
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
    "2021 recordings",
])
func `nothing is invented where nothing is asked`(query: String) throws {
    let plan = try planner.get().plan(query)
    #expect(plan.filters.isEmpty)
    #expect(plan.ranges.isEmpty)
}

@Test(arguments: [
    ("specie:mouse", PlanError.Kind.unknownOperator), ("species:unicorn", .unknownValue),
    ("subjects:>many", .malformedValue), ("subjects:10..5", .malformedValue), ("units:<0", .malformedValue),
    ("published:2023..2021", .malformedValue), ("lab:\"\"", .unknownValue), ("person:!!", .unknownValue),
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

@Test(arguments: [
    ("VP neurons, reward, rats", "region=ventral pallidum"),
    ("VP whisker responses", "region=ventral posterior nucleus of the thalamus"),
    ("IC taste responses", "region=insular cortex"), ("IC sound responses", "region=inferior colliculus"),
    ("BrainSTEM subjects", "source=BrainSTEM portal"), ("brainstem neurons", "region=brainstem"),
])
func `a homonym is read by the words around it`(query: String, expected: String) throws {
    #expect(try filters(query).contains(expected))
}

@Test(arguments: [
    ("MS theta recordings in rats", "region=medial septum"), ("MS patients with MRI", "disease=multiple sclerosis"),
    ("PO whisker responses in mice", "region=posterior complex of the thalamus"),
    ("VP reward", "region=ventral pallidum"),
    ("VP thalamus whisker", "region=ventral posterior nucleus of the thalamus"),
    ("PV interneurons in S1", "celltype=parvalbumin expressing neuron"), ("PV-Cre mice", "strain=PV-Cre"),
    ("SC saccades in monkeys", "region=superior colliculus"), ("SC injury in rats", "region=spinal cord"),
    ("control group", "disease=healthy control"), ("cognitive control in humans", "task=cognitive control task"),
    ("gamma oscillations in CA1", "signal=gamma oscillations"), ("saline injection", "agent=saline"),
])
func `a homonym means what it stands beside`(query: String, expected: String) throws {
    #expect(try filters(query).contains(expected))
}

@Test(arguments: [
    ("500 ms pulses", Facet.region), ("ketamine given PO", .region), ("ketamine 10 mg/kg IP", .region),
    ("motor control", .disease), ("control condition", .disease), ("gamma knife surgery", .signal),
    ("gamma-aminobutyric acid", .signal), ("phosphate buffered saline", .agent), ("saline lakes", .agent),
    ("10 mg/kg SC", .region),
])
func `a homonym that means something else here makes no filter`(query: String, facet: Facet) throws {
    #expect(try planner.get().plan(query).filters.filter { $0.facet == facet }.isEmpty)
}

@Test(arguments: [
    ("excitatory and inhibitory neurons", ["celltype=excitatory neuron", "celltype=inhibitory neuron"]),
    (
        "optogenetic and chemogenetic inhibition",
        ["manipulation=chemogenetic inhibition", "manipulation=optogenetic inhibition"]
    ),
    ("motor and visual cortex", ["region=motor cortex", "region=visual cortex"]),
    ("dorsal and ventral striatum", ["region=dorsal striatum", "region=ventral striatum"]),
    ("dorsal/ventral striatum", ["region=dorsal striatum|ventral striatum"]),
    ("auditory, motor and visual cortex", ["region=auditory cortex", "region=motor cortex", "region=visual cortex"]),
    ("motor or visual cortex", ["region=motor cortex|visual cortex"]),
    ("not in motor or visual cortex", ["-region=motor cortex|visual cortex"]),
    ("hippocampus and prefrontal cortex", ["region=hippocampus", "region=prefrontal cortex"]),
    ("rats and visual cortex", ["region=visual cortex", "species=rat"]),
])
func `a list gives its head to every member`(query: String, expected: [String]) throws {
    #expect(try filters(query) == expected)
}

@Test(arguments: ["drug-free subjects", "no drug"])
func `what a subject is free of is negated`(query: String) throws {
    #expect(try filters(query) == ["-manipulation=pharmacological manipulation"])
}

@Test(arguments: [
    ("subjects:>=50 technique:EEG", RecordType?.none), ("30 minute recordings", .session), ("20 recordings", nil),
    ("control subjects with EEG", .subject), ("we study sleep", nil),
])
func `the target is the noun that is asked for`(query: String, expected: RecordType?) throws {
    #expect(try planner.get().plan(query).target == expected)
}

@Test(arguments: [
    ("CA1 recordings with EMG", 0), ("V1 responses to drifting gratings", 0),
    ("DRN serotonin neurons fiber photometry", 0),
    ("NeuroNexus or Cambridge NeuroTech silicon probes in CA1", 2), ("ChR2 in PV cells", 2),
    ("AAV-ChR2 injected in BLA, fiber above the NAc", 3), ("virus injected in BLA, NAc and PFC", 4),
    ("GCaMP6f imaging in V1", 0), ("virus injection of GCaMP6f in V1", 3),
    ("LSD given and prefrontal cortex recorded", 0), ("silence the amygdala with muscimol", 3),
])
func `only what was done at a place is bound to it`(query: String, bound: Int) throws {
    #expect(try planner.get().plan(query).filters.count { $0.scope != nil } == bound)
}

@Test func `a number behind what it numbers is no count`() throws {
    #expect(try planner.get().plan("layer 5 PV cells").ranges.isEmpty)
    #expect(try planner.get().plan("5 PV cells").ranges.count == 1)
}

@Test func `a minus against a word takes it away, a hyphen inside one does not`() throws {
    #expect(try filters("hippocampus -human") == ["-species=human", "region=hippocampus"])
    #expect(try filters("mPFC-hippocampus") == ["region=hippocampus", "region=medial prefrontal cortex"])
}

@Test func `regions recorded simultaneously are both asked for`() throws {
    #expect(try planner.get().plan("S1/M1 simultaneous recordings").filters.count == 2)
    #expect(try planner.get().plan("S1/M1 recordings").filters.count == 1)
}

@Test(arguments: [
    ("all sessions except those with optogenetics", ["-manipulation=optogenetics"]),
    ("anything but EEG", ["-technique=electroencephalography"]),
    ("unlesioned controls", ["-procedure=lesion"]),
    ("unanesthetized rabbits", ["-state=anesthetized", "species=rabbit"]),
    ("NOT species:human AND technique:eeg", ["-species=human", "technique=electroencephalography"]),
    ("not species:human", ["-species=human"]),
    ("cortex, not motor", ["-region=motor cortex", "region=cerebral cortex"]),
    ("auditory cortex but not primary", ["-region=primary auditory cortex", "region=auditory cortex"]),
])
func `what is denied is never asked for`(query: String, expected: [String]) throws {
    #expect(try filters(query) == expected)
}

@Test(arguments: [
    ("PO thalamus", ["region=posterior complex of the thalamus"]),
    ("M1 cortex", ["region=primary motor cortex"]),
    ("the CA1 region of the hippocampus", ["region=CA1"]),
    ("V1 and visual cortex", ["region=primary visual cortex", "region=visual cortex"]),
    ("thalamus, MD", ["region=mediodorsal nucleus of the thalamus", "region=thalamus"]),
])
func `a larger region that only explains the smaller is no filter of its own`(query: String, expected: [String]) throws
{
    #expect(try filters(query) == expected)
}

@Test(arguments: ["NAc-projecting BLA neurons", "the BLA to NAc projection", "BLA neurons projecting to the NAc"])
func `where axons go is no place of recording`(query: String) throws {
    #expect(try filters(query) == ["region=basolateral amygdala"])
}

@Test(arguments: [
    "sleep 10.48324/dandi.000003", "\"DANDI:000003\" mice", "text:\"ds000117 faces\"",
    "in last two years intervention 10..2.5/recorded in",
])
func `an identifier survives the plan's own writing`(query: String) throws {
    let planner = try planner.get()
    let plan = try planner.plan(query, today: 20_000)
    #expect(try planner.plan(planner.operatorQuery(for: plan), today: 20_000).text == plan.text)
}

@Test(arguments: ["3D place cells", "three mouse lines", "5 cell types", "two session types"])
func `a number that counts something else is no range`(query: String) throws {
    #expect(try planner.get().plan(query).ranges.isEmpty)
}

@Test(arguments: ["hypothermia", "photoinactivation", "untethered"])
func `a word with a turned meaning is no slip of the other`(word: String) throws {
    #expect(try planner.get().plan(word).filters.allSatisfy { $0.via != .typo })
}
