import Planner
import Records
import Search
import Store
import TestSupport
import Testing
import Vocabulary

/// Random plans over a random index, with all that a plan may hold, against the slow and plain account of it.
struct PlanOracleTests {
    /// Records of two kinds with parts of two roles; some values stand on the record as a whole.
    private static let index = Result { try SmallIndex(records(count: 70)) }

    private static let regions = ["thalamus", "diencephalon", "hippocampal formation", "visual cortex"]
    private static let devices = ["Neuropixels 1.0", "tetrode"]
    private static let species = ["mouse", "rat"]
    private static let states = ["sleep", "awake"]

    private static func records(count: Int) -> [Record] {
        var random = SplitMix(seed: 41)
        return (0..<count).map { number in
            let type: RecordType = number % 3 == 0 ? .dataset : .session
            var record = Record(id: RecordID(.brainstem, type, "p\(number)"), title: "Record \(number)")
            func say(_ facet: Facet, _ values: [String], part: Int? = nil) {
                guard Int.random(in: 0..<3, using: &random) > 0, let value = values.randomElement(using: &random) else {
                    return
                }
                record.statements.append(Statement(facet, value, part: part, provenance: "test"))
            }
            say(.species, species)
            say(.state, states)
            if Int.random(in: 0..<4, using: &random) == 0 { say(.region, regions) }
            for part in 0..<Int.random(in: 0...3, using: &random) {
                let role: Part.Role = Bool.random(using: &random) ? .recording : .manipulation
                record.parts.append(Part(role: role, type: "Test", label: "part \(part)"))
                say(.region, regions, part: part)
                say(.device, devices, part: part)
            }
            if Bool.random(using: &random) {
                record.quantities = [
                    Quantity(.subjects, Double(Int.random(in: 1...9, using: &random)), provenance: "t")
                ]
            }
            return record
        }
    }

    private static func plan(seed: Int, vocabulary: Vocabulary) throws -> Plan {
        var random = SplitMix(seed: UInt64(seed))
        func below(_ count: Int) -> Int { Int(random.next() % UInt64(count)) }
        func filter() throws -> Plan.Filter {
            let (facet, names): (Facet, [String]) = [
                (.region, regions), (.region, regions), (.device, devices), (.device, ["Neuropixels", "tetrode"]),
                (.species, species), (.state, states),
            ][below(6)]
            let values = try (0...below(2)).map { _ in
                let name = names[below(names.count)]
                let number = try #require(vocabulary.terms(named: name, facet: facet).first).number
                return vocabulary.value(of: number)
            }
            let isOfPart = facet == .region || facet == .device
            return Plan.Filter(
                facet: facet, anyOf: values, negated: below(6) == 0, weight: below(5) == 0 ? .preferred : .required,
                either: below(2) == 0 ? 1 + below(2) : nil, choice: below(4) == 0 ? nil : 1 + below(2),
                scope: isOfPart && below(3) > 0 ? 1 + below(3) : nil,
                role: isOfPart && below(4) == 0 ? .recording : nil, words: .init(text: "", start: 0, end: 0),
                via: .operator)
        }
        var plan = Plan(query: "")
        for _ in 0...below(6) { plan.filters.append(try filter()) }
        if below(3) == 0 {
            plan.ranges = [
                Plan.Range(
                    field: .subjects, min: .number(Double(1 + below(6))), max: nil,
                    weight: below(3) == 0 ? .preferred : .required, words: .init(text: "", start: 0, end: 0))
            ]
        }
        for _ in 0..<below(3) { plan.apart.append([1 + below(3), 1 + below(3)]) }
        if below(4) == 0 {
            plan.records = (0..<12).map { _ in
                let number = below(70)
                return "brainstem:\(number % 3 == 0 ? "dataset" : "session"):p\(number)"
            }
        }
        if below(3) == 0 { plan.target = below(2) == 0 ? .session : .dataset }
        return plan
    }

    private func listed(_ plan: Plan) throws -> (matches: Set<String>, possible: Set<String>, result: SearchResult) {
        let index = try Self.index.get()
        let result = try index.searcher.search(SearchRequest(plan: plan, limit: 100))
        let matches = index.natives(.match, of: result)
        let possible = index.natives(.possible, of: result)
        #expect(result.total == matches.count && result.possible == possible.count)
        return (matches, possible, result)
    }

    @Test(arguments: 0..<400)
    func `the sets of a plan are those of the plain account`(seed: Int) throws {
        let index = try Self.index.get()
        let vocabulary = index.searcher.vocabulary
        let plan = try Self.plan(seed: seed, vocabulary: vocabulary)
        let oracle = PlanOracle(
            vocabulary: vocabulary, plan: plan, named: plan.records.isEmpty ? nil : Set(plan.records))
        var (holding, open): (Set<String>, Set<String>) = ([], [])
        var ofType: Set<String> = []
        for record in try index.searcher.records(rows: Array(0..<70)) {
            let native = record.record.id.native
            switch oracle.answer(on: record) {
            case .holds: holding.insert(native)
            case .possible: open.insert(native)
            case .fails: break
            }
            if plan.target == nil || record.record.id.type == plan.target { ofType.insert(native) }
        }
        var (matches, possible) = (holding.intersection(ofType), open.intersection(ofType))
        if matches.isEmpty, !holding.isEmpty || possible.isEmpty {
            // Other kinds stand in.
            (matches, possible) = (holding, possible.isEmpty ? open : possible)
        } else {
            possible.formUnion(holding.subtracting(ofType))
        }
        let listed = try listed(plan)
        #expect(listed.matches.symmetricDifference(matches).sorted() == [], "\(plan.written)")
        #expect(listed.possible.symmetricDifference(possible).sorted() == [], "\(plan.written)")
    }

    @Test(arguments: 0..<120)
    func `what is preferred changes the order and nothing else`(seed: Int) throws {
        let plan = try Self.plan(seed: seed, vocabulary: try Self.index.get().searcher.vocabulary)
        var without = plan
        without.filters.removeAll { $0.weight == .preferred }
        without.ranges.removeAll { $0.weight == .preferred }
        let (wishful, plain) = (try listed(plan), try listed(without))
        #expect(wishful.matches == plain.matches && wishful.possible == plain.possible)
        #expect(wishful.result.facets == plain.result.facets)
        #expect(wishful.result.notRecorded == plain.result.notRecorded)
        #expect(wishful.result.hits.allSatisfy { ($0.preferred != nil) == plan.prefers })
        // Of matches alike but for the wishes, those that fulfil more come first.
        let shares = wishful.result.hits.filter { $0.tier == .match }.map(\.score)
        #expect(shares == shares.sorted(by: >))
        let boosts = RankingSettings().boosts
        #expect(shares.allSatisfy { $0 <= 1 + boosts.preferred + boosts.stated })
    }

    @Test(arguments: 0..<60)
    func `the count beside a value is the total after asking for it, whatever else a plan holds`(seed: Int) throws {
        let plan = try Self.plan(seed: seed, vocabulary: try Self.index.get().searcher.vocabulary)
        let result = try listed(plan).result
        for (facet, values) in result.facets {
            for value in values {
                var narrowed = plan
                narrowed.filters.append(
                    Plan.Filter(
                        facet: try #require(Facet(rawValue: facet)), anyOf: [.init(id: value.id, label: value.label)],
                        words: .init(text: "", start: 0, end: 0), via: .operator))
                let matches = try listed(narrowed).matches
                // Where other kinds stood in, they may no longer have to.
                #expect(
                    matches.count == value.count
                        || result.warnings.contains { $0.code == "other_type" } && matches.isEmpty,
                    "\(facet) \(value)")
            }
        }
    }

    @Test(arguments: 0..<60)
    func `why-not tells the tier that the search tells, and a cause where there is none`(seed: Int) throws {
        let index = try Self.index.get()
        let plan = try Self.plan(seed: seed, vocabulary: index.searcher.vocabulary)
        let (matches, possible, _) = try listed(plan)
        for record in try index.searcher.records(rows: Array(stride(from: seed % 7, to: 70, by: 7))) {
            let id = record.record.id
            let answer = try index.searcher.whyNot(id.description, request: SearchRequest(plan: plan))
            #expect((answer.tier == .match) == matches.contains(id.native))
            #expect((answer.tier == .possible) == possible.contains(id.native))
            let causes = answer.verdicts.filter { $0.weight == nil && $0.state == .fails }
            if answer.tier == nil { #expect(!causes.isEmpty, "\(plan.written) \(id)") }
            if answer.tier == .match { #expect(causes.allSatisfy { $0.condition.hasPrefix("type:") }) }
        }
    }

    @Test(arguments: 0..<60)
    func `what to drop gives the total that is told`(seed: Int) throws {
        let index = try Self.index.get()
        let plan = try Self.plan(seed: seed, vocabulary: index.searcher.vocabulary)
        let result = try listed(plan).result
        guard result.total == 0 else { return }
        for relaxation in result.relax where relaxation.drop == "different parts" {
            var without = plan
            without.apart = []
            #expect(try listed(without).matches.count == relaxation.total)
        }
        for relaxation in result.relax where relaxation.drop == plan.recordsName {
            var without = plan
            without.records = []
            #expect(try listed(without).matches.count == relaxation.total)
        }
        for (either, name) in plan.alternationNames {
            for relaxation in result.relax where relaxation.drop == name {
                var without = plan
                without.filters.removeAll { $0.either == either && $0.weight == .required }
                #expect(try listed(without).matches.count == relaxation.total)
            }
        }
    }
}

extension Plan {
    /// The plan for people who look for what went wrong.
    fileprivate var written: String {
        let filters = filters.map {
            "\($0.name) \($0.weight) either \($0.either ?? 0).\($0.choice ?? 0) scope \($0.scope ?? 0) \($0.role?.rawValue ?? "")"
        }
        return "\(filters) ranges \(ranges.map(\.name)) apart \(apart) records \(records) \(target?.rawValue ?? "")"
    }
}
