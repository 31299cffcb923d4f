import Foundation
import Testing

@testable import Search

private func unit(_ degrees: Double) -> [Float] {
    [Float(cos(degrees * .pi / 180)), Float(sin(degrees * .pi / 180))]
}

private func moved(
    documents: Int = 20, weight: Double = 1, temperature: Double = 0.05,
    towards best: [(degrees: Double, score: Double)]
) -> Double? {
    var settings = RankingSettings.Feedback()
    (settings.documents, settings.weight, settings.temperature) = (documents, weight, temperature)
    return Feedback(settings: settings, vector: { unit(best[$0].degrees) })
        .moved(unit(0), towards: best.enumerated().map { ($0.offset, $0.element.score) })
        .map { Double(atan2($0[1], $0[0])) * 180 / .pi }
}

@Test func `a document that stands out leads alone, and equal ones lead together`() throws {
    let crowd = [(degrees: -20.0, score: 0.5), (-20, 0.5), (-20, 0.5)]
    let led = try #require(moved(towards: [(20, 0.9)] + crowd))
    #expect(abs(led - 10) < 0.1, "halfway to the best")
    let shared = try #require(moved(towards: [(20, 0.5)] + crowd))
    #expect(shared < 0, "to where most of the equal ones are")
    let patient = try #require(moved(temperature: 100, towards: [(20, 0.9)] + crowd))
    #expect(abs(patient - shared) < 0.1, "a high temperature makes all equal")
}

@Test func `only so many documents count`() throws {
    let few = try #require(moved(documents: 1, temperature: 100, towards: [(20, 0.9), (-60, 0.9)]))
    #expect(abs(few - 10) < 0.1)
}

@Test func `feedback that that is off or has nothing to go by is none`() {
    #expect(moved(weight: 0, towards: [(20, 0.9)]) == nil)
    #expect(moved(documents: 0, towards: [(20, 0.9)]) == nil)
    #expect(moved(towards: []) == nil)
}

@Test func `vectors of another length move nothing`() {
    let feedback = Feedback(settings: RankingSettings.Feedback(), vector: { _ in [1] })
    #expect(feedback.moved([1, 0], towards: [(0, 1)]) == nil)
}
