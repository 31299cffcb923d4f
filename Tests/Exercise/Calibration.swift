import Encoder
import FoundationEssentials
import LinearAlgebra
import TestSupport
import Vocabulary

/// Measures whether words outside the vocabulary can be linked to terms by the vectors of their names.
///
/// Positives are synonyms taken out one at a time and linked to the nearest of all remaining names; negatives are words
/// that name nothing (``CalibrationSamples``).  Prints Markdown; with `pairs`, every link as tab-separated values to a
/// file, for review.
struct Calibration {
    let folder: String
    let model: String
    let pairs: String?

    private struct Link {
        let words: String
        let name: CalibrationSamples.Name
        let cosine: Float
        var isRight = false
    }

    private static let mostEnglish = 2_000

    func run() throws {
        let vocabulary = try Vocabulary.load(folder: folder)
        let samples = CalibrationSamples(vocabulary: vocabulary)
        var random = SplitMix(seed: 20)
        let english = try samples.englishWords(
            most: Self.mostEnglish, from: folder + "/english/words.txt", using: &random)
        let unknown = samples.unknownWords(in: try questions())

        let encoder = try SentenceEncoder(folder: model)
        let names = encoder.encode(batch: samples.names.map(\.text))
        func links(of words: [String], without keys: [UInt64]? = nil) -> [Link] {
            let vectors = encoder.encode(batch: words, as: .query)
            return zip(words, nearest(to: vectors, among: names, samples.names, without: keys)).map { words, best in
                Link(words: words, name: samples.names[best.index], cosine: best.cosine)
            }
        }
        var positive = links(of: samples.held.map(\.name.text), without: samples.held.map(\.name.key))
        for index in positive.indices {
            positive[index].isRight = samples.isRight(positive[index].name.term, for: samples.held[index].name.term)
        }
        let asked = zip(positive, samples.held).filter(\.1.isAsked).map(\.0)
        let groups = [
            ("synonym", positive), ("asked", asked), ("english", links(of: english)), ("unknown", links(of: unknown)),
        ]
        if let pairs { try write(groups, to: pairs, vocabulary) }
        report(positive: positive, asked: asked, english: groups[2].1, unknown: groups[3].1, names: samples.names.count)
    }

    /// The questions of public collections that are about many things, kept beside the checkout; none where they are
    /// not.
    private func questions() throws -> [String] {
        struct Line: Decodable { let text: String }
        let folder = Places.root + "/../shared/gold/ir"
        guard FileManager.default.fileExists(atPath: folder) else { return [] }
        return try FileManager.default.contentsOfDirectory(atPath: folder).sorted().flatMap { name -> [String] in
            let file = "\(folder)/\(name)/queries.jsonl"
            guard let text = try? String(contentsOfFile: file, encoding: .utf8) else { return [] }
            return try text.split(separator: "\n").map { try JSONDecoder().decode(Line.self, from: Data($0.utf8)).text }
        }
    }

    /// The nearest name of every row, of those whose key is not the row's own.
    private func nearest(
        to rows: Matrix, among stored: Matrix, _ names: [CalibrationSamples.Name], without keys: [UInt64]?
    ) -> [(index: Int, cosine: Float)] {
        var found: [(index: Int, cosine: Float)] = []
        for start in stride(from: 0, to: rows.rows, by: 256) {
            let block = Matrix(
                rows: min(256, rows.rows - start), columns: rows.columns, at: rows.start(of: start), keptBy: Kept(rows))
            let cosines = Product.dots(block, stored)
            for row in 0..<block.rows {
                let key = keys?[start + row]
                var best = (index: 0, cosine: -Float.infinity)
                for (index, cosine) in cosines.row(row).enumerated()
                where cosine > best.cosine && names[index].key != key { best = (index, cosine) }
                found.append(best)
            }
        }
        return found
    }

    /// Keeps a matrix while a part of it is looked at.
    private final class Kept: Sendable {
        let matrix: Matrix
        init(_ matrix: Matrix) { self.matrix = matrix }
    }

    private func write(_ groups: [(String, [Link])], to file: String, _ vocabulary: Vocabulary) throws {
        var text = ""
        for (group, links) in groups {
            for link in links {
                let label = vocabulary.label(of: link.name.term)
                text += "\(group)\t\(link.words)\t\(link.name.text)\t\(label)\t\(link.cosine)\t\(link.isRight)\n"
            }
        }
        try text.write(toFile: file, atomically: true, encoding: .utf8)
    }

    private func report(positive: [Link], asked: [Link], english: [Link], unknown: [Link], names: Int) {
        print(
            """
            \(names) names; \(positive.count) synonyms held out, \(asked.count) of which the planner would ask for; \
            \(english.count) English words; \(unknown.count) unknown words and pairs of the questions of other fields.

            | cosine at least | synonyms right | wrong | asked right | wrong | English linked | unknown linked \
            | precision | recall |
            | --- | --- | --- | --- | --- | --- | --- | --- | --- |
            """)
        for step in 0...9 {
            let threshold = 0.5 + Float(step) * 0.05
            func count(_ links: [Link], _ isRight: Bool) -> Int {
                links.count { $0.cosine >= threshold && $0.isRight == isRight }
            }
            let (right, wrong) = (count(asked, true), count(asked, false))
            // As many words that name nothing as words that name something.
            let others = Double(count(unknown, false)) * Double(asked.count) / Double(max(1, unknown.count))
            let all = Double(right + wrong) + others
            func short(_ value: Double) -> String { String((value * 1000).rounded() / 1000) }
            let cells: [String] = [
                short(Double(threshold)), "\(count(positive, true))", "\(count(positive, false))", "\(right)",
                "\(wrong)",
                "\(count(english, false))", "\(count(unknown, false))", all == 0 ? "none" : short(Double(right) / all),
                short(Double(right) / Double(max(1, asked.count))),
            ]
            print("| \(cells.joined(separator: " | ")) |")
        }
        let wrong = asked.filter { !$0.isRight }.sorted { ($1.cosine, $0.words) < ($0.cosine, $1.words) }.prefix(8)
        let examples = wrong.map { "\($0.words) to \($0.name.text) (\(String(($0.cosine * 1000).rounded() / 1000)))" }
        print("\nThe wrong links of the asked synonyms that are closest: \(examples.joined(separator: ", ")).")
    }
}
