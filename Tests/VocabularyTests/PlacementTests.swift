import Records
import TestSupport
import Testing
import Vocabulary

/// The tables that ship with the project.
private let vocabulary = Result { try Vocabulary.load(folder: Places.vocabularies) }

private let columns = "id\tlabel\tsynonyms\tacronyms\tadjectives\tparents\txrefs\timplies\tflags\n"

/// A whole and a part, by their ids.
private struct Pair: Hashable {
    let whole: String
    let part: String
}

/// The structures of the tables: those that no species owns, and those of the atlases.
private struct Trees {
    let vocabulary: Vocabulary

    /// What lies below a species-neutral structure in some atlas and not in the species-neutral tree.  Of those below
    /// one another only the first: what lies deeper came with it.
    func differences() -> Set<Pair> {
        var found: Set<Pair> = []
        for structure in vocabulary.numbers(of: .region) where !isNeutral(structure) {
            for whole in neutralParents(of: structure) { collect(below: structure, in: whole, into: &found) }
        }
        return found
    }

    private func collect(below structure: Int, in whole: Int, into found: inout Set<Pair>) {
        var open = vocabulary.children(of: structure)
        var seen: Set<Int> = []
        while let next = open.popLast() {
            guard seen.insert(next).inserted else { continue }
            let places = neutralParents(of: next).filter { !isLayer($0) }
            let agrees = places.contains { place in
                place == whole || wholes(of: place).contains(whole) || wholes(of: whole).contains(place)
            }
            if places.isEmpty || agrees {
                open += vocabulary.children(of: next)
            } else {
                for place in places {
                    found.insert(Pair(whole: vocabulary.id(of: whole), part: vocabulary.id(of: place)))
                }
            }
        }
    }

    func wholes(of number: Int) -> Set<Int> { Set(vocabulary.ancestors(of: number)) }

    private func isNeutral(_ number: Int) -> Bool { vocabulary.species(of: number) == nil }

    private func neutralParents(of number: Int) -> [Int] { vocabulary.parents(of: number).filter(isNeutral) }

    /// Layers of the cortex say what an area is made of, not where it lies.
    private func isLayer(_ number: Int) -> Bool {
        guard let layer = vocabulary.number(of: "UBERON:0002301") else { return false }
        return vocabulary.isTerm(number, within: layer)
    }
}

@Test func `what an atlas places elsewhere than the species-neutral tree is decided`() throws {
    let vocabulary = try vocabulary.get()
    let trees = Trees(vocabulary: vocabulary)
    let decided = Set(vocabulary.atlasPlacements.map { Pair(whole: $0.whole, part: $0.part) })
    let differences = trees.differences()
    for pair in differences where !decided.contains(pair) {
        // Decided for a smaller whole, through which it came here.
        let whole = try #require(vocabulary.number(of: pair.whole))
        let isDecided = decided.contains { other in
            guard other.part == pair.part, let smaller = vocabulary.number(of: other.whole) else { return false }
            return trees.wholes(of: smaller).contains(whole)
        }
        #expect(
            isDecided,
            "an atlas has \(name(of: pair.part)) below \(name(of: pair.whole)): decide it in vocab/placements.tsv")
    }
    #expect(decided.count == vocabulary.atlasPlacements.count, "a pair is listed twice")
    for pair in decided {
        #expect(
            differences.contains(pair), "\(name(of: pair.part)) in \(name(of: pair.whole)) is no longer a difference")
    }

    func name(of id: String) -> String {
        vocabulary.number(of: id).map { "\(id) \(vocabulary.label(of: $0))" } ?? id
    }
}

@Test(arguments: [
    ("UBERON:0002435", "MBA:477", true), ("UBERON:0002435", "MBA:485", true), ("UBERON:0002435", "MBA:672", true),
    ("UBERON:0002435", "MBA:275", false), ("UBERON:0002435", "MBA:536", false), ("UBERON:0001898", "MBA:470", false),
    ("UBERON:0001898", "MBA:797", false), ("UBERON:0001898", "MBA:194", true), ("UBERON:0000956", "MBA:131", false),
    ("UBERON:0000451", "HBA:4888", true), ("UBERON:0000451", "HBA:4028", true), ("UBERON:0000451", "HBA:4221", true),
    ("UBERON:0000451", "discover:region.s2004.anterior-cingulate-area", true), ("UBERON:0009834", "HBA:4028", true),
    ("UBERON:8440076", "HBA:4010", true), ("UBERON:0008930", "HBA:4085", true), ("UBERON:0034891", "HBA:4268", true),
])
func `a species-neutral structure finds what lies in it, whatever the atlas`(
    whole: String, structure: String, isFound: Bool
) throws {
    let vocabulary = try vocabulary.get()
    let (wholeNumber, number) = try (
        #require(vocabulary.number(of: whole)), #require(vocabulary.number(of: structure))
    )
    #expect(vocabulary.descendants(of: wholeNumber).contains(number) == isFound)
    #expect(vocabulary.ancestors(of: number).contains(wholeNumber) == isFound)
    #expect(vocabulary.isTerm(number, within: wholeNumber) == isFound)
}

@Test func `within its atlas a structure keeps its place`() throws {
    let vocabulary = try vocabulary.get()
    let striatum = try #require(vocabulary.number(of: "MBA:477"))
    let septum = try #require(vocabulary.number(of: "MBA:275"))
    #expect(vocabulary.descendants(of: striatum).contains(septum))
    #expect(vocabulary.ancestors(of: septum).contains(striatum))
}

@Test func `what lies below a term has it above, for every region`() throws {
    let vocabulary = try vocabulary.get()
    let regions = vocabulary.numbers(of: .region)
    for number in regions where number.isMultiple(of: 7) {
        for below in vocabulary.descendants(of: number) where below != number {
            #expect(vocabulary.ancestors(of: below).contains(number))
        }
    }
}

@Test(arguments: ["R:1\tR:2\tbeside\ta reason", "R:1\tR:2\toutside", "R:1\tR:2\toutside\t"])
func `a malformed placement is refused`(line: String) throws {
    let folder = try TemporaryFolder()
    try Places.copyWordLists(to: folder.path)
    try folder.write(columns + "R:1\tone\n", to: "region/a.tsv")
    try folder.write(line + "\n", to: "placements.tsv")
    #expect(throws: VocabularyError.self) { try Vocabulary.load(folder: folder.path) }
}
