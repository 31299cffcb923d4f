import FoundationEssentials
import Records

/// The tables of one set of wordings, read from their folder.
///
/// `templates.txt` holds a name at the start of a line, then the pattern on indented lines, then the relations on an
/// indented line that begins with a colon.  A name in angle brackets is a phrase of other templates.  `terms.tsv` holds
/// one term a line: class, facet, id, words, other forms, kin.
struct GrammarTables {
    private(set) var templates: [Template] = []
    private(set) var phrases: [String: Pattern] = [:]
    private(set) var terms: [String: [Term]] = [:]

    init(folder: String) throws {
        let entries = Self.entries(of: try String(contentsOfFile: "\(folder)/templates.txt", encoding: .utf8))
        for entry in entries {
            if entry.name.hasPrefix("<") {
                phrases[String(entry.name.dropFirst().dropLast())] = Pattern(entry.pattern)
            } else {
                let relations = Relations(entry.relations)
                templates.append(
                    Template(name: entry.name, pattern: Pattern(entry.pattern), relations: relations))
            }
        }
        let lines = try String(contentsOfFile: "\(folder)/terms.tsv", encoding: .utf8).split(separator: "\n")
        for line in lines.dropFirst() {
            let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            precondition(cells.count == 6, "not six cells: \(line)")
            terms[cells[0], default: []].append(Term(cells: cells))
        }
    }

    private static func entries(of text: String) -> [(name: String, pattern: String, relations: String)] {
        var entries: [(name: String, pattern: String, relations: String)] = []
        for line in text.split(separator: "\n") where !line.hasPrefix("# ") {
            guard line.hasPrefix(" ") else {
                entries.append((String(line), "", ""))
                continue
            }
            precondition(!entries.isEmpty, "a pattern without a name: \(line)")
            let words = line.drop { $0 == " " }
            if words.hasPrefix(": ") {
                entries[entries.count - 1].relations += words.dropFirst(2) + " "
            } else {
                // A continued line is another word, but for the bar of a choice.
                let isFirst = entries[entries.count - 1].pattern.isEmpty || words.hasPrefix("|")
                entries[entries.count - 1].pattern += (isFirst ? "" : " ") + words
            }
        }
        return entries
    }
}

extension Term {
    fileprivate init(cells: [String]) {
        var forms = ["": cells[3]]
        for form in cells[4].split(separator: "; ") {
            let sides = form.split(separator: "=", maxSplits: 1).map(String.init)
            precondition(sides.count == 2, "no form: \(form)")
            forms[sides[0]] = sides[1]
        }
        switch cells[1] {
        case "-":
            self.init(facet: nil, id: cells[3], forms: forms, kin: cells[3], target: nil)
        case "type":
            let target = RecordType(rawValue: cells[2])
            precondition(target != nil, "no type of record: \(cells[2])")
            self.init(facet: nil, id: cells[3], forms: forms, kin: "type", target: target)
        default:
            let facet = Facet(rawValue: cells[1])
            precondition(facet != nil, "no facet: \(cells[1])")
            forms["op"] = "\(cells[1]):\(cells[2])"
            self.init(
                facet: facet, id: cells[2], forms: forms, kin: cells[5].isEmpty ? cells[2] : cells[5], target: nil)
        }
    }
}
