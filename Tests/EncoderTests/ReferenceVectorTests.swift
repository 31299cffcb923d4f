import Encoder
import Foundation
import LinearAlgebra
import Synchronization
import Testing

/// Sentences with the vectors that the model gives in double precision.
private struct Reference: Decodable {
    struct Sentence: Decodable {
        let text: String
        let vector: Data
        var numbers: [Float] {
            stride(from: 0, to: vector.count, by: 2).map { at in
                Float(Float16(bitPattern: UInt16(vector[at]) | UInt16(vector[at + 1]) << 8))
            }
        }
    }
    let sentences: [Sentence]

    static func load() throws -> Reference {
        try JSONDecoder().decode(Reference.self, from: Data(contentsOf: fixture("minilm-200.json")))
    }
}

/// What several threads leave behind.
private final class Gathered<Value: Sendable>: Sendable {
    private let values = Mutex<[Int: Value]>([:])
    var count: Int { values.withLock { $0.count } }
    func add(_ value: Value, at index: Int) { values.withLock { $0[index] = value } }
    subscript(index: Int) -> Value? { values.withLock { $0[index] } }
}

/// Cosine of two vectors in double precision.
private func cosine(_ a: [Float], _ b: [Float]) -> Double {
    var dot = 0.0
    var left = 0.0
    var right = 0.0
    for (x, y) in zip(a, b) {
        dot += Double(x) * Double(y)
        left += Double(x) * Double(x)
        right += Double(y) * Double(y)
    }
    return dot / (left * right).squareRoot()
}

struct ReferenceVectorTests {
    let encoder: SentenceEncoder

    init() throws { encoder = try SentenceEncoder(folder: ModelCache.folder()) }

    @Test func `200 sentences have the vectors of the reference model`() throws {
        let reference = try Reference.load()
        #expect(reference.sentences.count == 200)
        let vectors = encoder.encode(batch: reference.sentences.map(\.text))
        #expect(vectors.rows == 200)
        #expect(vectors.columns == 384)
        var worst = 1.0
        for (index, sentence) in reference.sentences.enumerated() {
            let similarity = cosine(vectors.row(index), sentence.numbers)
            #expect(similarity >= 0.9999, "\(sentence.text)")
            worst = min(worst, similarity)
        }
        #expect(worst > 0.999_99, "cosine of the worst sentence")
    }

    @Test func `one text alone has the vector it has in a batch`() throws {
        let texts = try Reference.load().sentences.prefix(20).map(\.text)
        let batch = encoder.encode(batch: texts)
        for (index, text) in texts.enumerated() {
            #expect(encoder.encode(text) == batch.row(index))
        }
    }

    @Test func `a text has the same vector in whatever batch it is`() throws {
        let texts = try Reference.load().sentences.prefix(40).map(\.text)
        let batch = encoder.encode(batch: texts)
        for index in [0, 7, 39] {
            #expect(encoder.encode(batch: [texts[index]]).row(0) == batch.row(index))
        }
        #expect(encoder.encode(batch: texts.reversed(), workers: 1).row(39) == batch.row(0))
    }

    @Test(arguments: ["", " ", "mouse", "\u{0}\u{FFFD}", "🧠", "[MASK]"], [1, 3000])
    func `every text has a vector of length one`(text: String, times: Int) {
        let vector = encoder.encode(String(repeating: text, count: times))
        #expect(vector.count == encoder.dimensions)
        #expect(abs(vector.reduce(0) { $0 + $1 * $1 } - 1) < 1e-5)
    }

    @Test func `threads that share an encoder do not disturb one another`() throws {
        let texts = try Reference.load().sentences.prefix(16).map(\.text)
        let alone = texts.map { encoder.encode($0) }
        let together = Gathered<[Float]>()
        let shared = encoder
        Workers.run(count: texts.count) { index in together.add(shared.encode(texts[index]), at: index) }
        for (index, vector) in alone.enumerated() { #expect(together[index] == vector) }
    }

    @Test func `progress only grows and ends with the last text`() throws {
        let told = Gathered<Int>()
        _ = encoder.encode(batch: Array(repeating: "mouse", count: 300)) { done in told.add(done, at: told.count) }
        let steps = (0..<told.count).compactMap { told[$0] }
        #expect(steps == steps.sorted())
        #expect(Set(steps).count == steps.count)
        #expect(steps.last == 300)
    }
}
