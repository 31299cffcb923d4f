import Planner
import Records
import TestSupport
import Testing
import Vocabulary

/// What must survive being written as an operator query.
private func essence(_ plan: Plan) -> String {
    // Numbers say only what stands together: each is told by the filters that have it.
    func together(_ isWith: (Plan.Filter) -> Bool) -> String {
        plan.filters.filter(isWith).map(short).sorted().joined()
    }
    func member(_ filter: Plan.Filter) -> String {
        let scope = filter.scope.map { number in together { $0.scope == number } } ?? ""
        let either = filter.either.map { number in together { $0.either == number } } ?? ""
        // A choice without a number is its own.
        let choice =
            filter.choice.map { number in together { $0.either == filter.either && $0.choice == number } }
            ?? (filter.either == nil ? "" : short(filter))
        return "\(filter.exact ?? false)\(filter.weight)\(short(filter))#\(scope)\(filter.role?.rawValue ?? "")"
            + " either \(either) choice \(choice)"
    }
    let filters = plan.filters.map(member).sorted()
    let ranges = plan.ranges.map {
        "\($0.weight)\($0.field.rawValue)\($0.min?.value ?? -1)..\($0.max?.value ?? -1)"
    }.sorted()
    let apart = plan.apart.map { pair in
        pair.map { scope in together { $0.scope == scope } }.sorted().joined(separator: "/")
    }
    return "\(plan.target?.rawValue ?? "any") \(filters) \(ranges) \(plan.text) \(plan.records) \(plan.like ?? "") "
        + "\(apart.sorted())"
}

@Test(arguments: [
    "Find thalamic recordings from a sleeping animal with a Neuropixels probe.",
    "Show subjects with an inhibitory-acting virus injections in the Visual cortex",
    "mouse, rat or gerbil inferior colliculus recordings", "CTX recordings but not hippocampus",
    "human fMRI, ages 18–35, n > 100, published 2020 or later", "sessions from the Moser lab since 2019",
    "region:CA1 species:rat -state:anesthetized \"theta sequences\"", "embargoed datasets under 5 GB",
    "Recordings in primary visual cortex under anesthesia", "datasets by Karel Svoboda",
    "text:\"prefrontal cortex\" mice", "\"visual cortex \" \"sleep recording session \"", "person:a_b:\"c d\"",
    "species:mouse OR device:tetrode", "(species:mouse device:Neuropixels) OR (species:rat device:tetrode)",
    "(species:mouse OR species:rat) OR (state:sleep)", "~state:sleep ~-sex:male ~subjects:>=5 region:CA1",
    "#1{region:CA1} recording#2{region:V1 device:tetrode} apart:1-2",
    "#7{region:CA1} (#7{device:tetrode}) OR (sex:male)",
    "(species:mouse) OR (species:rat) (sex:male region:CA1) OR (sex:female)",
    "record:dandi:dataset:000026 species:mouse",
    "(recording{region:CA1 ~device:tetrode}) OR ({region:V1 agent:muscimol} -state:sleep)", "like:doi:10.1234/a.b/c",
    "record:\"url:https://a.example/x?y=(z)\" record:uuid:0a",
    "((species:mouse)) OR ((sex:male region:CA1) OR (sex:female))",
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
        "..", ":", "#1{", "#1", "apart:1-1", "~species:rat", "~", "OR", "(", ")", "sex:male", "record:x", "like:y",
        "manipulation#2{", "region:CA1",
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

/// A plan of real terms with everything a plan may hold.
func randomPlan(seed: Int) throws -> Plan {
    let vocabulary = try planner.get().vocabulary
    var draw = Draw(random: SplitMix(seed: UInt64(seed)))
    var plan = Plan(query: "", target: draw.maybe { $0.one(of: RecordType.self) })
    let terms: [(Facet, String)] = [
        (.region, "CA1"), (.region, "thalamus"), (.device, "tetrode"), (.species, "mouse"), (.species, "rat"),
        (.state, "sleep"), (.sex, "female"), (.technique, "EEG"), (.lab, "danlab"),
    ]
    for _ in 0..<draw.below(7) {
        let (facet, name) = terms[draw.below(terms.count)]
        let number = try #require(vocabulary.terms(named: name, facet: facet).first).number
        plan.filters.append(
            Plan.Filter(
                facet: facet, anyOf: [vocabulary.value(of: number)], negated: draw.below(4) == 0,
                weight: draw.one(of: Plan.Weight.self), either: draw.maybe { 1 + $0.below(2) },
                choice: draw.maybe { 1 + $0.below(3) }, scope: draw.maybe { 1 + $0.below(3) },
                role: draw.below(5) == 0 ? draw.one(of: Part.Role.self) : nil,
                words: .init(text: "", start: 0, end: 0), via: .operator))
    }
    if draw.below(3) == 0 {
        plan.ranges = [
            Plan.Range(
                field: .subjects, min: .number(5), max: draw.maybe { .number(Double(6 + $0.below(9))) },
                weight: draw.one(of: Plan.Weight.self), words: .init(text: "", start: 0, end: 0))
        ]
    }
    if draw.below(3) == 0 { plan.records = ["dandi:dataset:000026", "doi:10.1234/x.(1)"] }
    if draw.below(4) == 0 { plan.like = "openneuro:dataset:ds000117" }
    for _ in 0..<draw.below(3) { plan.apart.append([1 + draw.below(3), 1 + draw.below(3)]) }
    return plan
}

@Test func `a plan that somebody sends is that of its own query, whatever it holds`() throws {
    let planner = try planner.get()
    for seed in 0..<600 {
        let sent = try randomPlan(seed: seed)
        let resolved = try planner.resolved(sent, at: "#") { _, _ in nil }
        let again = try planner.plan(resolved.query)
        #expect(essence(again) == essence(resolved), "\(seed): \(resolved.query)")
        #expect(planner.operatorQuery(for: again) == resolved.query)
    }
}
