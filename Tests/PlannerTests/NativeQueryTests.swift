import Foundation
import Planner
import Records
import TestSupport
import Testing

/// Compiles a question.
func native(_ question: String, _ system: NativeSystem) throws -> NativeQuery {
    let planner = try planner.get()
    return planner.native(try planner.plan(question), for: system)
}

/// A value as nobody means it.
private let hostileValues = [
    "'; import os; os.system('id') #", "\\", "\\'", "\"} } evil: datasets { edges { node { id } } } #",
    "a&filter{id}=1#x",
    "x\ny", "\u{0}", "\u{2028}", "$(id) `id`", "species:dog OR NOT (", "%27%22", "{{}}[]", "é\u{202e}x", "", " ",
    ",lab__name,x",
]

/// A plan with one value in every facet, and one range in every field.
private func plan(value: String, negated: Bool = false) -> Plan {
    let words = Plan.Words(text: value, start: 0, end: value.utf8.count)
    var plan = Plan(query: value, text: value)
    plan.filters = Facet.allCases.map { facet in
        Plan.Filter(
            facet: facet, anyOf: [Plan.Value(id: "text:\(facet.rawValue):\(value)", label: value)], negated: negated,
            words: words, via: .label)
    }
    plan.ranges = RangeField.allCases.map {
        Plan.Range(
            field: $0, min: $0.isDate ? .day(18628) : .number(-1e300), max: $0.isDate ? nil : .number(.infinity),
            words: words)
    }
    return plan
}

/// The golden questions, and others of every kind that people ask.
private let manyQuestions: [String] = {
    let file = Places.root + "/Tests/Fixtures/questions.txt"
    let lines = (try? String(contentsOfFile: file, encoding: .utf8)) ?? ""
    return Golden.all.map(\.question) + lines.split(separator: "\n").filter { !$0.hasPrefix("#") }.map(String.init)
}()

/// A question and what it becomes.
private struct Golden: Codable {
    var question: String
    var queries: [NativeQuery]

    static let file = Places.root + "/Tests/Fixtures/native-queries.json"
    static let all: [Golden] = {
        guard let data = FileManager.default.contents(atPath: file) else { return [] }
        return (try? JSONDecoder().decode([Golden].self, from: data)) ?? []
    }()
}

@Test func `questions become the queries that were read and approved`() throws {
    #expect(Golden.all.count >= 10)
    for golden in Golden.all {
        for query in golden.queries { #expect(try native(golden.question, query.system) == query) }
    }
}

@Test(arguments: NativeSystem.allCases)
func `every filter and range is accounted for once`(system: NativeSystem) throws {
    let planner = try planner.get()
    var plans = try manyQuestions.map { try planner.plan($0) }
    // The words of the questions reach most facets and ranges; what they do not reach, the hostile values do.
    #expect(plans.count > 60)
    #expect(Set(plans.flatMap { $0.filters.map(\.facet) }).count > 15)
    #expect(Set(plans.flatMap { $0.ranges.map(\.field) }).count > 6)
    plans += hostileValues.flatMap { [plan(value: $0), plan(value: $0, negated: true)] }
    plans += try (0..<200).map { try randomPlan(seed: $0) }
    for plan in plans {
        let query = planner.native(plan, for: system)
        let lists = query.pushedDown + query.addedByDiscover + query.notExpressible
        let named = plan.records.count + (plan.like == nil ? 0 : 1)
        #expect(lists.count == plan.filters.count + plan.ranges.count + named, "\(plan.query)")
        for filter in plan.filters {
            let beginning =
                (filter.negated ? "not " : "")
                + "\(filter.facet.rawValue): \(filter.anyOf.map(\.label).joined(separator: " or "))"
            #expect(lists.filter { $0.hasPrefix(beginning) }.count >= 1, "\(plan.query)")
        }
        #expect(!query.text.isEmpty)
    }
}

@Test(arguments: hostileValues)
func `hostile values stay values`(value: String) throws {
    let planner = try planner.get()
    let plan = plan(value: value)
    for system in NativeSystem.allCases {
        let query = planner.native(plan, for: system)
        for request in query.requests {
            #expect(
                request.unicodeScalars.allSatisfy {
                    $0.isASCII && $0.value > 0x20 && !"'\"`{}[]<>\\$;|".unicodeScalars.contains($0)
                })
            #expect(URLComponents(string: request) != nil)
        }
        // No value breaks out of its line.
        for line in query.text.split(separator: "\n") where [.brainstem, .alyx, .dandi, .ebrains].contains(system) {
            #expect(line.hasPrefix("# ") || line.hasPrefix("https://") || line.hasPrefix("curl -sS -X POST 'https://"))
        }
        #expect(!query.text.contains("\u{2028}") && !query.text.contains("\u{0}"))
    }
}

@Test(arguments: hostileValues)
func `hostile values are Python literals`(value: String) throws {
    let planner = try planner.get()
    var plan = plan(value: value)
    plan.target = .subject
    let text = planner.native(plan, for: .one).text
    let python = Process()
    let output = Pipe()
    python.executableURL = URL(filePath: "/usr/bin/env")
    // The strings of the program, as Python reads them; one statement a call.
    python.arguments = [
        "python3", "-c",
        "import ast, sys, json; t = ast.parse(sys.argv[1]); print(json.dumps([len(t.body), [n.value for n in ast.walk(t) if isinstance(n, ast.Constant)]]))",
        text,
    ]
    python.standardOutput = output
    try python.run()
    let data = try output.fileHandleForReading.readToEnd() ?? Data()
    python.waitUntilExit()
    #expect(python.terminationStatus == 0)
    let read = try #require(try JSONSerialization.jsonObject(with: data) as? [Any])
    #expect(read.first as? Int == 3)
    #expect((read.last as? [String])?.contains(value) == true)
}

@Test(arguments: hostileValues)
func `hostile values are GraphQL literals`(value: String) throws {
    let planner = try planner.get()
    let text = planner.native(plan(value: value), for: .openneuro).text
    let line = try #require(text.split(separator: "\n").first { $0.contains("advancedSearch") })
    let start = try #require(line.firstRange(of: "authors: ["))
    let end = try #require(line.lastIndex(of: "]"))
    // GraphQL strings without block quotes are JSON strings.
    let rest = line[start.upperBound...end].split(separator: "], ", maxSplits: 1, omittingEmptySubsequences: false)
    let literal = rest.count == 1 ? String(rest[0].dropLast()) : String(rest[0])
    #expect(try JSONDecoder().decode([String].self, from: Data("[\(literal)]".utf8)) == [value])
}

@Test func `EBRAINS words are joined by AND and never quoted`() throws {
    let request = try #require(try native("two-photon imaging in the visual cortex of mice", .ebrains).requests.first)
    let search = URLComponents(string: request)?.queryItems?.first { $0.name == "q" }?.value
    #expect(search == "two AND photon AND visual AND cortex AND mus AND musculus")
}

@Test func `a negation reaches Alyx as a negated lookup`() throws {
    let text = try native("sessions not from danlab", .alyx).text
    #expect(text.hasSuffix("/sessions?django=~lab__name%2Cdanlab"))
}

@Test(arguments: [
    "recordings in thalamus in hippocampus", "region:thalamus region:hippocampus sex:female lab:danlab lab:cortexlab",
    "EEG MEG PET fMRI in mice in rats",
])
func `a parameter that is taken once is written once`(question: String) throws {
    for system in [NativeSystem.one, .alyx, .openneuro] {
        let lines = try native(question, system).text.split(separator: "\n")
        for name in ["atlas_acronym", "lab", "model", "task_protocol", "modality", "species", "sex"] {
            for separator in ["?\(name)=", "&\(name)=", "(\(name)=", " \(name)=", "{\(name): ", ", \(name): "] {
                #expect(lines.allSatisfy { $0.ranges(of: separator).count <= 1 })
            }
            #expect(lines.allSatisfy { !($0.contains("?\(name)=") && $0.contains("&\(name)=")) })
            #expect(lines.allSatisfy { !($0.contains("(\(name)=") && $0.contains(" \(name)=")) })
            #expect(lines.allSatisfy { !($0.contains("{\(name): ") && $0.contains(", \(name): ")) })
        }
    }
}

@Test func `a plan in a native language survives JSON`() throws {
    for system in NativeSystem.allCases {
        let query = try native("thalamic Neuropixels recordings in sleep", system)
        #expect(try JSONDecoder().decode(NativeQuery.self, from: JSONEncoder().encode(query)) == query)
    }
}

@Test(arguments: NativeSystem.allCases)
func `a term that is meant exactly is told to be checked by discover`(system: NativeSystem) throws {
    let note = "That a term itself is meant and nothing below it is checked by discover only."
    #expect(try native("anatomy_exact:hippocampus", system).notes.contains(note))
    #expect(try !native("anatomy:hippocampus", system).notes.contains(note))
}

@Test(arguments: [
    (
        "(lab:danlab region:CA1) OR (lab:cortexlab)", NativeSystem.alyx,
        ["?atlas_acronym=CA1&lab=danlab", "?lab=cortexlab"]
    ),
    (
        "(species:mouse approach:electrophysiology) OR (species:rat)", .dandi,
        ["species%3A%22House%20mouse%22%20approach"]
    ),
    ("(species:mouse technique:MRI) OR (species:rat technique:EEG)", .openneuro, []),
])
func `alternatives are pushed down as a union where each can be asked for`(
    question: String, system: NativeSystem, holds: [String]
) throws {
    let query = try native(question, system)
    #expect(query.pushedDown.count >= 3 && query.pushedDown.allSatisfy { $0.contains("(alternative ") })
    #expect(query.notes.contains { $0.hasPrefix("The language has no OR: take the union of the ") })
    for text in holds {
        let parts = text.dropFirst().split(separator: "&")
        #expect(query.requests.contains { request in parts.allSatisfy { request.contains($0) } }, "\(query.requests)")
    }
}

@Test(arguments: [
    // No list of BrainSTEM joins alternatives, and Alyx knows no state: the alternation would let everything in.
    ("(technique:\"two-photon imaging\") OR (procedure:\"virus injection\")", NativeSystem.brainstem),
    ("lab:danlab OR state:sleep", .alyx), ("species:mouse OR state:sleep", .dandi),
    ("lab:danlab OR source:dandi", .one),
])
func `alternatives of which one cannot be asked for are left to discover`(question: String, system: NativeSystem) throws
{
    let query = try native(question, system)
    #expect(query.pushedDown.isEmpty, "\(query.pushedDown)")
    #expect(query.addedByDiscover.count + query.notExpressible.count == 2)
    #expect(try query.text == native("", system).text || system == .brainstem)
}

@Test(arguments: NativeSystem.allCases)
func `what only raises the rank, names records or likens is told and not asked for`(system: NativeSystem) throws {
    let query = try native("~sex:female ~subjects:>=5 record:dandi:dataset:000026 like:dandi:dataset:000003", system)
    #expect(query.pushedDown.isEmpty)
    #expect(query.addedByDiscover.contains("sex: female — it only raises the rank"))
    #expect(query.addedByDiscover.contains("subjects: at least 5 — it only raises the rank"))
    #expect(query.notExpressible.contains { $0.hasPrefix("like: dandi:dataset:000003 — ") })
    let lists = system == .dandi ? query.addedByDiscover : query.notExpressible
    #expect(lists.contains { $0.hasPrefix("record: dandi:dataset:000026 — ") })
}
