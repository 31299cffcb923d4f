import FoundationEssentials
import Records
import TestSupport
import Testing
import Vocabulary

/// The tables that ship with the project.
private let vocabulary = Result { try Vocabulary.load(folder: Places.vocabularies) }

@Test(arguments: Facet.allCases.filter { $0.descriptor.values != .names })
func `every facet has terms, each with a label`(facet: Facet) throws {
    let vocabulary = try vocabulary.get()
    let numbers = (0..<vocabulary.count).filter { vocabulary.facet(of: $0) == facet }
    #expect(!numbers.isEmpty)
    for number in numbers {
        #expect(!vocabulary.label(of: number).isEmpty, "\(vocabulary.id(of: number)) has no label")
    }
}

@Test(arguments: Source.allCases) func `every source has a term, so that questions can name it`(source: Source) throws {
    let vocabulary = try vocabulary.get()
    let number = try #require(vocabulary.number(of: source.term), "vocab/source lacks \(source.term)")
    #expect(vocabulary.facet(of: number) == .source)
}

@Test func `every table names its source and licence`() throws {
    var tables = 0
    for file in try FileManager.default.subpathsOfDirectory(atPath: Places.vocabularies) where file.hasSuffix(".tsv") {
        tables += 1
        let text = try String(contentsOfFile: Places.vocabularies + "/" + file, encoding: .utf8)
        for key in ["source", "licence", "version"] {
            #expect(text.contains("#! \(key):"), "\(file) does not name its \(key)")
        }
    }
    #expect(tables > 20)
}

@Test func `every Allen mouse region has the tree's acronym and parent`() throws {
    let vocabulary = try vocabulary.get()
    let file = Places.root + "/Tests/Fixtures/allen-mouse-tree.tsv"
    let lines = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")
    let rows = lines.drop { $0.hasPrefix("#") }.dropFirst()
    for row in rows {
        let cells = row.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        let (id, acronym, parent) = try (#require(cells.first), #require(cells.dropFirst().first), #require(cells.last))
        let term = try #require(vocabulary.term("MBA:\(id)"), "MBA:\(id) is missing")
        #expect(term.acronyms.contains(acronym) || term.label == acronym, "MBA:\(id) lacks \(acronym)")
        if !parent.isEmpty {
            #expect(term.parents.contains("MBA:\(parent)"), "MBA:\(id) is not below MBA:\(parent)")
        }
    }
    #expect(rows.count == 1327)
}
