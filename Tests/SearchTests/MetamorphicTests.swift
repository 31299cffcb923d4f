import Planner
import Records
import Search
import Testing

/// Relations that hold whatever the records are.
struct MetamorphicTests {
    private func index() throws -> SmallIndex { try SmallIndex.random.get() }

    private static let filters = [
        "region:thalamus", "region:diencephalon", "region:\"visual cortex\"", "device:Neuropixels", "device:tetrode",
        "species:mouse", "species:rat", "state:sleep", "-state:sleep", "-region:thalamus", "subjects:>=20",
    ]

    @Test(arguments: filters, filters)
    func `adding a filter never adds matches, and the order of filters does not matter`(
        first: String, second: String
    ) throws {
        let alone = try index().matches(first)
        let both = try index().matches("\(first) \(second)")
        #expect(both.isSubset(of: alone))
        #expect(try both == index().matches("\(second) \(first)"))
    }

    @Test(arguments: ["", "species:mouse", "state:sleep", "device:Neuropixels region:diencephalon", "reward"])
    func `the count beside a value is the total after adding it as a filter`(query: String) throws {
        let result = try index().search(query)
        var checked = 0
        for (facet, values) in result.facets {
            let facet = try #require(Facet(rawValue: facet))
            for value in values {
                let choice = FacetChoice(facet: facet, value: value.id, isNegated: false)
                #expect(try index().search(query, choices: [choice]).total == value.count, "\(facet) \(value)")
                checked += 1
            }
        }
        #expect(checked > 10)
    }

    @Test(arguments: [
        "\"reward in mice", "mice OR", "species:rat OR", "recording{", "{ sleep", "region:thalamus (", "-",
        "brainstem:session:r1", "species:",
    ])
    func `what a question leaves open takes in no chosen value`(question: String) throws {
        let planner = try index().planner
        let alone = try SearchRequest(asking: question, planner: planner).plan
        let choice = FacetChoice(facet: .device, value: "tetrode", isNegated: true)
        let request = try SearchRequest(asking: question, choices: [choice], planner: planner)
        #expect(request.plan.filters.dropLast() == alone.filters[...])
        #expect(request.plan.text == alone.text)
        let last = try #require(request.plan.filters.last)
        #expect(last.name == "not device: tetrode" && last.scope == nil && last.role == nil)
        #expect(last.words.start >= request.chosenFrom ?? .max)
        #expect(
            String(decoding: Array(request.plan.query.utf8)[last.words.start..<last.words.end], as: UTF8.self)
                == last.words.text)
        #expect(request.questionPlan.filters == alone.filters)
    }

    @Test(arguments: ["", "species:mouse", "thalamus sleep", "region:thalamus"], [1, 7, 25])
    func `paging visits each record once`(query: String, limit: Int) throws {
        var seen: [String] = []
        var cursor: String?
        var total = 0
        repeat {
            let page = try index().search(query, limit: limit, cursor: cursor)
            seen += page.hits.map(\.id.description)
            total = page.total + page.possible
            cursor = page.next
        } while cursor != nil && seen.count <= total
        #expect(seen.count == total)
        #expect(Set(seen).count == total)
        #expect(try seen == index().search(query, limit: 100).hits.map(\.id.description))
    }

    @Test(arguments: ["region:thalamus", "device:Neuropixels", "species:mouse", "state:sleep", "state:\"NREM sleep\""])
    func `a filter and its negation part the records into match, no match and not decided`(filter: String) throws {
        let positive = try index().search(filter)
        let negative = try index().search("-\(filter)")
        let holds = try index().natives(.match, of: positive)
        let fails = try index().natives(.match, of: negative)
        #expect(holds.isDisjoint(with: fails))
        #expect(positive.possible == negative.possible)
        #expect(holds.count + fails.count + positive.possible == 60)
    }

    @Test func `an exact region takes its own term only`() throws {
        let exact = try index().matches("anatomy_exact:diencephalon")
        let whole = try index().matches("anatomy:diencephalon")
        let below = try index().matches("anatomy:thalamus")
        #expect(!exact.isEmpty && exact.isSubset(of: whole))
        #expect(exact.union(below) == whole)
        #expect(exact != whole)
    }

    @Test func `what is not recorded and what is recorded add up`() throws {
        let result = try index().search("")
        let recorded = try index().matches("species:mouse").count + index().matches("species:rat").count
        #expect(result.notRecorded["species"] == 60 - recorded)
    }

    @Test func `the same question gets the same answer`() throws {
        let first = try index().search("sleep in thalamus")
        let second = try index().search("sleep in thalamus")
        #expect(first.hits.map(\.id) == second.hits.map(\.id))
        #expect(first.hits.map(\.score) == second.hits.map(\.score))
    }
}
