import Planner
import Records
import TestSupport
import Testing

/// People and laboratories in plain words; the names are invented but for the laboratories of the vocabulary.
struct PeopleTests {
    @Test(arguments: [
        ("Moser's grid cell data", ["lab=Moser lab", "celltype=grid cell"]),
        ("Moser grid cells", ["lab=Moser lab", "celltype=grid cell"]), ("Buzsáki", ["lab=Buzsáki lab"]),
        ("data from Zed Gallantly's lab", ["lab=Zed Gallantly"]), ("from the Gallant lab", ["lab=Gallant"]),
        ("the group of Edvard Moser", ["lab=Moser lab"]), ("laboratory of Ada Exampla", ["lab=Ada Exampla"]),
        ("Ada van der Exampla's lab", ["lab=Ada van der Exampla"]), ("the Exampla laboratory", ["lab=Exampla"]),
        ("data by Ada Exampla", ["person=Ada Exampla"]), ("recorded by A. B. Exampla", ["person=A. B. Exampla"]),
        ("contributed by McExampla", ["person=McExampla"]), ("PI Exampla", ["person=Exampla"]),
        ("contributor Ada Exampla", ["person=Ada Exampla"]),
        ("Exampla et al. 2019, V1", ["person=Exampla", "region=primary visual cortex"]),
        ("Exampla and colleagues", ["person=Exampla"]), ("by White et al.", ["person=White"]),
        ("data from Dr. Ada Exampla", ["person=Ada Exampla"]),
        ("Exampla's recordings in mice", ["person=Exampla", "species=mouse"]),
        ("by Ada Exampla and Bob Samplo", ["person=Ada Exampla", "person=Bob Samplo"]),
        ("by Ada Exampla or Bob Samplo", ["person=Ada Exampla|Bob Samplo"]),
    ])
    func `people and laboratories are found`(query: String, expected: [String]) throws {
        #expect(try Set(filters(query)) == Set(expected))
    }

    @Test(arguments: [
        ("not by Ada Exampla", "-person=Ada Exampla"), ("data not from the Exampla lab", "-lab=Exampla"),
        ("excluding data by Exampla", "-person=Exampla"), ("without the data of Exampla et al.", "-person=Exampla"),
    ])
    func `a name that is denied is not asked for`(query: String, expected: String) throws {
        #expect(try filters(query) == [expected])
    }

    @Test(arguments: [
        "Brodmann area 17", "Purkinje cells", "Parkinson's patients", "Broca's area", "Heschl's gyrus",
        "Huntington's disease", "Alzheimer's mice", "Wernicke's aphasia", "Tourette's syndrome", "Renshaw's cells",
        "Allen Brain Atlas data", "London's hospitals", "data from Stanford", "by German labs", "Weber's law",
        "recordings by Japanese groups", "Brandt's voles", "NIH's data", "sorted by Kilosort9", "evoked by Gabors",
        "recorded by MEG", "today's data", "Today's data", "The Mouse paper", "Dr. Rat", "Wet lab recordings",
        "the Control Group", "my lab's data", "Mouse's brain", "published by the Exampla Foundation", "by DeepSortNet",
    ])
    func `places, tools and what is named after somebody are nobody`(query: String) throws {
        #expect(try planner.get().plan(query).filters.allSatisfy { $0.facet != .person && $0.facet != .lab })
    }
}
