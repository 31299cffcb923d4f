import FoundationEssentials
import Planner
import Records
import Vocabulary

/// Measures what a question costs: reading the vocabularies, planning.  One thread; prints one JSON object.
struct Timing {
    let folder: String
    /// Lines of `{"query": …}`; without them a few questions of our own.
    let questions: String?

    private struct Line: Decodable { let query: String }

    private struct Measured: Encodable {
        let terms: Int
        let questions: Int
        let plans: Int
        /// Reading all tables and indexing the names that text is read for.
        let loadMedianMs: Double
        /// The same with the silent names, which the first unknown word or operator asks for.
        let loadAllMedianMs: Double
        let planMedianUs: Double
        let plan99Us: Double
        let planMaxUs: Double
    }

    func run() throws {
        let queries = try asked()
        var loads: [Double] = []
        var alls: [Double] = []
        for _ in 0..<15 {
            let start = ContinuousClock.now
            let vocabulary = try Vocabulary.load(folder: folder)
            loads.append((ContinuousClock.now - start) / .milliseconds(1))
            _ = vocabulary.terms(named: "glorpization", facet: .region)
            alls.append((ContinuousClock.now - start) / .milliseconds(1))
        }
        let vocabulary = try Vocabulary.load(folder: folder)
        let planner = Planner(vocabulary: vocabulary)
        for query in queries { _ = try? planner.plan(query, today: 20_000) }
        var times: [Double] = []
        for _ in 0..<max(1, 20_000 / queries.count) {
            for query in queries {
                let start = ContinuousClock.now
                _ = try? planner.plan(query, today: 20_000)
                times.append((ContinuousClock.now - start) / .microseconds(1))
            }
        }
        times.sort()
        let measured = Measured(
            terms: vocabulary.count, questions: queries.count, plans: times.count, loadMedianMs: Self.median(loads),
            loadAllMedianMs: Self.median(alls), planMedianUs: times[times.count / 2],
            plan99Us: times[times.count * 99 / 100], planMaxUs: times[times.count - 1])
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
        print(String(decoding: try encoder.encode(measured), as: UTF8.self))
    }

    private func asked() throws -> [String] {
        guard let questions else {
            return [
                "Find thalamic recordings from a sleeping animal with a Neuropixels probe.",
                "Show subjects with an inhibitory-acting virus injections in the Visual cortex",
                "two-photon calcium imaging of mouse visual areas during change detection",
                "how does the sleeping brain replay what happened during the day",
                "Rat datasets with at least 30 subjects",
            ]
        }
        let text = try String(contentsOfFile: questions, encoding: .utf8)
        return try text.split(separator: "\n").map { try JSONDecoder().decode(Line.self, from: Data($0.utf8)).query }
    }

    private static func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
}
