import Foundation
import Store
import Testing

@testable import Search

private func settings(documents: Int = 200, neighbors: Int = 2, weight: Double = 0.5) -> RankingSettings.Diffusion {
    var settings = RankingSettings.Diffusion()
    (settings.documents, settings.neighbors, settings.weight) = (documents, neighbors, weight)
    return settings
}

private func unit(_ degrees: Double) -> [Float] {
    [Float(cos(degrees * .pi / 180)), Float(sin(degrees * .pi / 180))]
}

private func scores(_ values: [Double]) -> RowScores {
    RowScores(capacity: values.count, values.enumerated().map { (row: $0.offset, value: $0.element) })
}

/// All of the scores diffused.
private func smoothed(
    _ scores: RowScores, _ settings: RankingSettings.Diffusion = settings(), vector: @escaping (Int) -> [Float]
) -> RowScores {
    Diffusion(settings: settings, vector: vector).smoothed(scores, of: scores, share: 1)
}

private func order(_ scores: RowScores) -> [Int] { scores.best(scores.count).map(\.row) }

@Test func `a record beside good ones rises above one that stands alone`() {
    let angles = [0.0, 2, 4, 90]
    let plain = scores([0.9, 0.85, 0.5, 0.52])
    let spread = smoothed(plain) { unit(angles[$0]) }
    #expect(order(plain) == [0, 1, 3, 2])
    #expect(order(spread) == [0, 1, 2, 3])
}

@Test func `only the part that is diffused moves, by its share`() {
    // All lie together, so that each has the other two as neighbours.
    let words = scores([1, 0.4, 0])
    let joined = scores([0.7, 0.5, 0.6])
    let spread = Diffusion(settings: settings(weight: 0.5), vector: { unit(Double($0) * 1e-4) })
        .smoothed(joined, of: words, share: 0.2)
    // A tenth of what the neighbours' words have more or less than the own ones.
    let expected = [0.7 + 0.1 * (0.2 - 1), 0.5 + 0.1 * (0.5 - 0.4), 0.6 + 0.1 * (0.7 - 0)]
    for (value, wanted) in zip(spread.values, expected) { #expect(abs(value - wanted) < 1e-6) }
}

@Test func `a record without any of the words rises beside records that have them`() {
    let angles = [0.0, 2, 4, 90, 92, 94]
    let words = RowScores(capacity: 6, [(row: 0, value: 0.9), (row: 1, value: 1)])
    let joined = scores([0.8, 0.8, 0.5, 0.55, 0.3, 0.3])
    let spread = Diffusion(settings: settings(), vector: { unit(angles[$0]) }).smoothed(joined, of: words, share: 0.4)
    #expect(order(spread).firstIndex(of: 2)! < order(spread).firstIndex(of: 3)!)
}

@Test(arguments: [0.0, 0.4])
func `where no words were searched, or they have no share, nothing moves`(share: Double) {
    let joined = scores([0.8, 0.7, 0.5, 0.55])
    let words = share == 0 ? joined : RowScores(capacity: 4)
    let spread = Diffusion(settings: settings(), vector: { unit(Double($0)) }).smoothed(joined, of: words, share: share)
    #expect(spread.values == joined.values)
}

@Test(arguments: [settings(weight: 0), settings(neighbors: 0), settings(documents: 0)])
func `diffusion that is off changes nothing`(settings: RankingSettings.Diffusion) {
    let plain = scores([0.3, 0.9, 0.1])
    #expect(smoothed(plain, settings) { unit(Double($0)) }.values == plain.values)
}

@Test(arguments: [0, 1, 2]) func `few candidates stay as they are`(count: Int) {
    let plain = scores(Array([0.4, 0.2].prefix(count)))
    #expect(smoothed(plain) { unit(Double($0)) }.values == plain.values)
}

@Test(arguments: 1...20)
func `records behind the best keep their order and never come before them`(seed: Int) {
    var state = UInt64(seed)
    func next() -> Double {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Double(state >> 11) / Double(1 << 53)
    }
    let values = (0..<60).map { _ in next() }
    let angles = (0..<60).map { _ in next() * 360 }
    let plain = scores(values)
    let spread = smoothed(plain, settings(documents: 20, neighbors: 5)) { unit(angles[$0]) }
    #expect(Set(order(spread).prefix(20)) == Set(order(plain).prefix(20)))
    #expect(Array(order(spread).dropFirst(20)) == Array(order(plain).dropFirst(20)))
    #expect(spread.values.allSatisfy { (0...1).contains($0) })
}

@Test func `vectors of different lengths diffuse nothing`() {
    let plain = scores([0.5, 0.4, 0.3])
    let spread = smoothed(plain) { [Float](repeating: 1, count: $0 + 1) }
    #expect(spread.values == plain.values)
}
