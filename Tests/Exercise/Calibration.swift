import Encoder
import FoundationEssentials
import LinearAlgebra
import Records
import TestSupport
import Text
import Vocabulary

/// Measures whether words outside the vocabulary can be linked to terms by the vectors of their names.
///
/// Positives: of every term with two synonyms or more, one is taken out (drawn with a seed) and linked to the nearest of
/// all remaining names; right is the term itself, one above it or one below it.  Negatives: plain English words that
/// name nothing.  Precision is given for as many negatives as positives; in questions there are more.  Prints Markdown.
struct Calibration {
    let folder: String
    let model: String

    private struct Linked {
        let cosine: Float
        let isRight: Bool
    }

    private static let most = 1_500

    func run() throws {
        let vocabulary = try Vocabulary.load(folder: folder)
        let encoder = try SentenceEncoder(folder: model)
        var random = SplitMix(seed: 20)
        var names: [(term: Int, name: String)] = []
        var held: [(term: Int, name: String)] = []
        for (number, term) in vocabulary.terms.enumerated()
        where term.flags.isDisjoint(with: [.silent, .obsolete, .weak]) {
            var synonyms = term.synonyms
            if synonyms.count > 1, random.next() % 2 == 0 {
                let taken = synonyms.remove(at: Int(random.next() % UInt64(synonyms.count)))
                // A name that other terms bear too says nothing.
                if Set(vocabulary.mentions(in: taken).flatMap(\.numbers)) == [number] { held.append((number, taken)) }
            }
            names.append((number, term.label))
            names += synonyms.map { (number, $0) }
        }
        held = Array(held.shuffled(using: &random).prefix(Self.most))
        let others = try negatives(of: vocabulary, using: &random)
        let stored = vectors(of: names.map(\.name), by: encoder)
        let positive = zip(held, vectors(of: held.map(\.name), by: encoder)).map { held, vector in
            let nearest = Self.nearest(to: vector, among: stored)
            let found = names[nearest.index].term
            return Linked(
                cosine: nearest.cosine,
                isRight: vocabulary.isTerm(found, within: held.term) || vocabulary.isTerm(held.term, within: found))
        }
        let negative = vectors(of: others, by: encoder).map { Self.nearest(to: $0, among: stored).cosine }
        report(positive: positive, negative: negative, names: names.count)
    }

    private func negatives(of vocabulary: Vocabulary, using random: inout SplitMix) throws -> [String] {
        let text = try String(contentsOfFile: folder + "/english/words.txt", encoding: .utf8)
        let words = text.split(separator: "\n").map(String.init).filter { word in
            word.utf8.count >= 4 && vocabulary.mentions(in: word).isEmpty
        }
        return Array(words.shuffled(using: &random).prefix(Self.most))
    }

    private func vectors(of texts: [String], by encoder: SentenceEncoder) -> [[Float]] {
        var vectors: [[Float]] = []
        vectors.reserveCapacity(texts.count)
        for start in stride(from: 0, to: texts.count, by: 256) {
            let matrix = encoder.encode(batch: Array(texts[start..<min(texts.count, start + 256)]))
            for row in 0..<matrix.rows { vectors.append(Array(matrix.row(row))) }
        }
        return vectors
    }

    private static func nearest(to vector: [Float], among stored: [[Float]]) -> (index: Int, cosine: Float) {
        var best = (index: 0, cosine: -Float.infinity)
        for (index, other) in stored.enumerated() {
            var sum = SIMD16<Float>.zero
            var at = 0
            while at + 16 <= other.count {
                var left = SIMD16<Float>()
                var right = SIMD16<Float>()
                for lane in 0..<16 {
                    left[lane] = vector[at + lane]
                    right[lane] = other[at + lane]
                }
                sum += left * right
                at += 16
            }
            let cosine = sum.sum()
            if cosine > best.cosine { best = (index, cosine) }
        }
        return best
    }

    private func report(positive: [Linked], negative: [Float], names: Int) {
        print("\(positive.count) synonyms taken out, \(negative.count) English words, \(names) names to link to.")
        print("")
        print("| cosine at least | linked right | linked wrong | English words linked | precision | recall |")
        print("| --- | --- | --- | --- | --- | --- |")
        let balance = Double(positive.count) / Double(max(1, negative.count))
        for step in 0...9 {
            let threshold = 0.5 + Float(step) * 0.05
            let right = positive.count { $0.cosine >= threshold && $0.isRight }
            let wrong = positive.count { $0.cosine >= threshold && !$0.isRight }
            let english = negative.count { $0 >= threshold }
            let all = Double(right) + Double(wrong) + Double(english) * balance
            let precision = all == 0 ? 1 : Double(right) / all
            let recall = Double(right) / Double(max(1, positive.count))
            func short(_ value: Double) -> String { String((value * 1000).rounded() / 1000) }
            print(
                "| \(short(Double(threshold))) | \(right) | \(wrong) | \(english) | \(short(precision)) | \(short(recall)) |"
            )
        }
    }
}
