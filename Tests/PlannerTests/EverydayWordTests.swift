import Planner
import Records
import TestSupport
import Testing

@Test(arguments: [
    ("resting EEG in children", "task=resting state"), ("MEG at rest", "task=resting state"),
    ("rs-fNIRS", "task=resting state"), ("amygdala units", "signal=single units"),
    ("single neurons in the human amygdala", "signal=single units"), ("units from CA3", "signal=single units"),
    ("PET, memory, older people", "task=memory task"), ("eye tracking during reading", "task=reading task"),
    ("fMRI, pain", "task=pain task"), ("GCaMP8m or 8s", "agent=jGCaMP8m|jGCaMP8s"),
    ("D2 vs D1 MSNs", "celltype=neostriatum indirect pathway spiny neuron"),
    ("CNO or vehicle", "agent=clozapine N-oxide|saline"), ("voltammetry of dopamine", "signal=dopamine release"),
    ("photometry (serotonin, acetylcholine)", "signal=acetylcholine release"), ("SD rats", "strain=Sprague-Dawley"),
    ("granule cell morphology", "technique=morphological reconstruction"),
    ("cortical cultures from rats", "celltype=cultured neuron"), ("canary song", "task=singing"),
])
func `an everyday word beside its kind is a name`(query: String, expected: String) throws {
    #expect(try filters(query).contains(expected))
}

@Test(arguments: [
    "the rest of the sessions", "fMRI and the rest of the data", "units of time", "I am reading the paper",
    "memory usage of the server", "machine learning", "the SD of the rate", "a vehicle of change",
    "data exploration", "learning how to cite", "in other words", "strictly speaking", "the morphology of words",
    "a pain to download", "culture of sharing", "the song remains the same",
])
func `an everyday word elsewhere makes no filter of its own`(query: String) throws {
    let own: Set<Facet> = [.task, .signal, .strain, .agent, .celltype, .state]
    #expect(try planner.get().plan(query).filters.filter { own.contains($0.facet) }.isEmpty)
}

@Test func `a count of units is a range and no filter`() throws {
    let plan = try planner.get().plan("more than 300 units, striatum")
    #expect(plan.filters.map(short) == ["region=striatum"])
    #expect(plan.ranges.map(\.field) == [.units])
}

@Test(arguments: [
    ("rsfMRI", ["task=resting state", "technique=functional magnetic resonance imaging"]),
    ("rs-fMRI", ["task=resting state", "technique=functional magnetic resonance imaging"]),
    ("rsEEG in adults", ["task=resting state", "technique=electroencephalography"]),
])
func `a word for two concepts asks for both`(query: String, expected: [String]) throws {
    #expect(try filters(query) == expected)
}

@Test(arguments: [
    ("AD mice", "disease=Alzheimer's disease"),
    ("show me fMRI of rats", "technique=functional magnetic resonance imaging"),
    ("DMTS in monkeys", "task=delayed match to sample"),
    ("children with CP", "disease=cerebral palsy"), ("CP dopamine in mice", "region=caudoputamen"),
    ("DMS habits in rats", "region=dorsomedial striatum"), ("cochlear nucleus", "region=cochlear nuclei"),
    ("Sst-IRES-Cre/wt", "strain=SST-IRES-Cre"), ("RT spindles", "region=thalamic reticular nucleus"),
    ("GC taste coding", "region=gustatory cortex"), ("HD mice, striatum", "disease=Huntington's disease"),
])
func `a name goes to its own concept`(query: String, expected: String) throws {
    #expect(try filters(query).contains(expected))
}

@Test(arguments: [
    "RT of participants", "PF of the table", "VA hospital", "HC values", "LA meeting", "AM and PM", "SI units",
])
func `an acronym of two letters without a word of its field makes no filter`(query: String) throws {
    #expect(try planner.get().plan(query).filters.isEmpty)
}

@Test(arguments: [("lesions in MS patients", true), ("MS lesions in patients", false), ("Sst-IRES-Cre/wt", false)])
func `what a disease or an allele has is no act and no strain of its own`(query: String, hasLesion: Bool) throws {
    let found = try filters(query)
    #expect(found.contains("procedure=lesion") == hasLesion)
    #expect(!found.contains("strain=wild type"))
}
