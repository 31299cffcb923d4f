import Foundation
import Indexing
import Records
import Store
import Vocabulary

/// What follows the name of the step.
struct Arguments {
    private let values: [String]

    init(_ count: Int) throws {
        values = Array(CommandLine.arguments.dropFirst(2))
        guard values.count == count else { throw CocoaError(.fileReadUnknown) }
    }

    subscript(index: Int) -> String { values[index] }
}

private struct Document: Decodable {
    let title: String
    let names: String
    let description: String
    let tags: [[String]]

    /// Everything counts as stated.
    var stated: [Tag] {
        tags.compactMap { parts in
            guard parts.count == 3, let facet = Facet(rawValue: parts[0]) else { return nil }
            return Tag(
                facet: facet, term: parts[1], label: parts[2], part: nil,
                evidence: Evidence(.stated, provenance: "invented")
            )
        }
    }
}

/// Makes an index of the documents, in their order, and says how long its parts took.
func build(_ arguments: Arguments) throws {
    let index = IndexFolder(path: arguments[0])
    let start = ContinuousClock.now
    let lock = try index.lock()
    let vocabulary = try Vocabulary.load(folder: arguments[2])
    let linker = Linker(vocabulary: vocabulary)
    let writer = try GenerationWriter(
        index: index, lock: lock, created: .now(),
        ancestors: { linker.ancestors(of: $0).map { TermName(id: $0.id, label: $0.label) } }, names: linker.names)
    let encoder = JSONEncoder()
    let decoder = JSONDecoder()
    var number = 0
    for line in try lines(of: arguments[1]) {
        let document = try decoder.decode(Document.self, from: line)
        let digits = String(number)
        let native = String(repeating: "0", count: 7 - digits.count) + digits
        let record = Record(
            id: RecordID(.dandi, .dataset, native), title: document.title, description: document.description,
            keywords: [document.names])
        try writer.append(
            record, json: String(decoding: try encoder.encode(record), as: UTF8.self), tags: document.stated,
            vectorKey: 0)
        number += 1
    }
    let appended = seconds(since: start)
    let generation = try writer.publish(sources: [], vocabulary: vocabulary.fingerprint, model: nil)
    let files = generation.manifest.files
    report([
        "records": Double(number), "append": appended, "total": seconds(since: start),
        "bytesOfWords": Double(files[Manifest.File.postings]?.bytes ?? 0),
        "bytesOfRecords": Double(files[Manifest.File.records]?.bytes ?? 0),
    ])
}

/// The lines of a file, one in memory at a time.
private func lines(of path: String) throws -> AnyIterator<Data> {
    guard let file = fopen(path, "r") else { throw CocoaError(.fileNoSuchFile) }
    var line: UnsafeMutablePointer<CChar>?
    var capacity = 0
    return AnyIterator {
        let count = getline(&line, &capacity, file)
        guard count > 0, let line else {
            free(line)
            fclose(file)
            return nil
        }
        return Data(bytes: line, count: count)
    }
}

/// Asks every question once unmeasured and once measured; one line a question: seconds, rows and scores of the best.
func search(_ arguments: Arguments) throws {
    let generation = try IndexFolder(path: arguments[0]).current()
    guard let reader = WordScorer(rawValue: arguments[2]), let limit = Int(arguments[3]) else {
        throw CocoaError(.fileReadUnknown)
    }
    let questions = try String(contentsOfFile: arguments[1], encoding: .utf8).split(separator: "\n").map(String.init)
    for question in questions {
        guard let expression = MatchExpression(anyWordOf: question) else { continue }
        _ = try generation.match(expression, limit: limit, with: reader)
        let start = ContinuousClock.now
        let hits = try generation.match(expression, limit: limit, with: reader)
        let taken = seconds(since: start)
        var all = 0.0
        if reader == .fastest {
            _ = try generation.scores(expression)
            let start = ContinuousClock.now
            _ = try generation.scores(expression)
            all = seconds(since: start)
        }
        let line: [String: Any] = [
            "question": question, "seconds": taken, "secondsOfAll": all, "rows": hits.map(\.row),
            "scores": hits.map(\.score),
        ]
        let data = try JSONSerialization.data(withJSONObject: line, options: .sortedKeys)
        print(String(decoding: data, as: UTF8.self))
    }
}

func seconds(since start: ContinuousClock.Instant) -> Double { start.duration(to: .now) / .seconds(1) }

func report(_ values: [String: Double]) {
    let data = try? JSONSerialization.data(withJSONObject: values, options: .sortedKeys)
    print(String(decoding: data ?? Data(), as: UTF8.self))
}
