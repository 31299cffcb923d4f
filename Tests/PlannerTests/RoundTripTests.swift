import Planner
import Records
import TestSupport
import Testing

/// What must survive being written as an operator query.
private func essence(_ plan: Plan) -> String {
    let filters = plan.filters.map { "\($0.exact ?? false)\(short($0))#\($0.scope ?? 0)\($0.role?.rawValue ?? "")" }
        .sorted()
    let ranges = plan.ranges.map { "\($0.field.rawValue)\($0.min?.value ?? -1)..\($0.max?.value ?? -1)" }.sorted()
    return "\(plan.target?.rawValue ?? "any") \(filters) \(ranges) \(plan.text)"
}

@Test(arguments: [
    "Find thalamic recordings from a sleeping animal with a Neuropixels probe.",
    "Show subjects with an inhibitory-acting virus injections in the Visual cortex",
    "mouse, rat or gerbil inferior colliculus recordings", "CTX recordings but not hippocampus",
    "human fMRI, ages 18–35, n > 100, published 2020 or later", "sessions from the Moser lab since 2019",
    "region:CA1 species:rat -state:anesthetized \"theta sequences\"", "embargoed datasets under 5 GB",
    "Recordings in primary visual cortex under anesthesia", "datasets by Karel Svoboda",
    "text:\"prefrontal cortex\" mice", "\"visual cortex \" \"sleep recording session \"", "person:a_b:\"c d\"",
    "excitatory and inhibitory neurons", "anatomy_exact:hippocampus anatomy:thalamus", "datasets over 10,000k GB",
])
func `a plan written as operators parses back to itself`(query: String) throws {
    let planner = try planner.get()
    let plan = try planner.plan(query)
    let written = planner.operatorQuery(for: plan)
    let again = try planner.plan(written)
    #expect(essence(again) == essence(plan), "\(written)")
    #expect(planner.operatorQuery(for: again) == written)
}

@Test func `random words and signs never break the planner, and offsets stay inside the text`() throws {
    let planner = try planner.get()
    let pieces = [
        "not", "no", "and", "or", "between", "CA1", "mice", "Neuropixels", "2.0", "at least", "10", "subjects", "P60",
        "\"", "(",
        ")", "{", "}", "recording{", ",", ";", "since", "2021", "March", "–", ">", "≥", "-", "species:mouse", "OR",
        "lab", "Moser",
        "é", "日本", "\u{202e}", "\0", "🧠", "'; DROP TABLE", "NEAR(", "*", "of", "in", "older than", "years", "1e999",
        "..", ":",
    ]
    var random = SplitMix(seed: 11)
    for _ in 0..<1_500 {
        let count = Int(random.next() % 14)
        let query = (0..<count).map { _ in pieces[Int(random.next() % UInt64(pieces.count))] }.joined(separator: " ")
        guard let plan = try? planner.plan(query) else { continue }
        let length = query.utf8.count
        for words in plan.filters.map(\.words) + plan.ranges.map(\.words) {
            #expect(words.start >= 0 && words.start <= words.end && words.end <= length, "\(query)")
        }
        let written = planner.operatorQuery(for: plan)
        let again = try planner.plan(written)
        #expect(essence(again) == essence(plan), "\(query.debugDescription) written as \(written.debugDescription)")
        #expect(planner.operatorQuery(for: again) == written)
    }
}
