import FoundationEssentials
import Records
import TestSupport
import Testing
import Vocabulary

/// The tables that ship with the project.
private let vocabulary = Result { try Vocabulary.load(folder: Places.vocabularies) }

@Test func `no term is listed twice and no reference dangles`() throws {
    let vocabulary = try vocabulary.get()
    var seen: Set<String> = []
    for number in 0..<vocabulary.count {
        let id = vocabulary.id(of: number)
        #expect(seen.insert(id).inserted, "\(id) is listed twice")
    }
    #expect(vocabulary.dangling.isEmpty, "\(vocabulary.dangling.prefix(10))")
}

@Test func `no term lies below itself`() throws {
    let vocabulary = try vocabulary.get()
    for number in 0..<vocabulary.count {
        let above = vocabulary.ancestors(of: number)
        #expect(
            !above.contains { vocabulary.ancestors(of: $0).contains(number) },
            "\(vocabulary.id(of: number)) is in a cycle")
        for parent in vocabulary.parents(of: number) {
            #expect(
                vocabulary.facet(of: parent) == vocabulary.facet(of: number),
                "\(vocabulary.id(of: number)): parent of another facet")
        }
    }
}

@Test(arguments: Facet.allCases.filter { $0 != .person })
func `every facet has terms, each with a label`(facet: Facet) throws {
    let vocabulary = try vocabulary.get()
    let numbers = (0..<vocabulary.count).filter { vocabulary.facet(of: $0) == facet }
    #expect(!numbers.isEmpty)
    for number in numbers {
        #expect(!vocabulary.label(of: number).isEmpty, "\(vocabulary.id(of: number)) has no label")
    }
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

@Test(.enabled(if: Places.shared != nil, Comment(rawValue: Places.sharedIsAbsent)))
func `every Allen mouse region has the tree's acronym and parent`() throws {
    let vocabulary = try vocabulary.get()
    let shared = try #require(Places.shared)
    let csv = try String(contentsOfFile: shared + "/data/ibl/atlas/allen_structure_tree.csv", encoding: .utf8)
    var lines = csv.split(separator: "\n").map { fields(of: $0) }
    let header = lines.removeFirst()
    let id = try #require(header.firstIndex(of: "id"))
    let acronym = try #require(header.firstIndex(of: "acronym"))
    let parent = try #require(header.firstIndex(of: "parent_structure_id"))
    var compared = 0
    for line in lines where line.count > max(id, acronym, parent) && line[id] != "0" {
        let term = try #require(vocabulary.term("MBA:\(line[id])"), "MBA:\(line[id]) is missing")
        #expect(
            term.acronyms.contains(line[acronym]) || term.label == line[acronym],
            "MBA:\(line[id]) lacks \(line[acronym])")
        let above = line[parent].split(separator: ".").first.map(String.init) ?? ""
        if !above.isEmpty {
            #expect(term.parents.contains("MBA:\(above)"), "MBA:\(line[id]) is not below MBA:\(above)")
        }
        compared += 1
    }
    #expect(compared == 1327)
}

/// Fields of a CSV line with quotes.
private func fields(of line: Substring) -> [String] {
    var fields = [""]
    var isQuoted = false
    for character in line where character != "\r" {
        switch character {
        case "\"": isQuoted.toggle()
        case "," where !isQuoted: fields.append("")
        default: fields[fields.count - 1].append(character)
        }
    }
    return fields
}
