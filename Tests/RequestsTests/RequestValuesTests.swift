import Planner
import Records
import Requests
import Search
import TestSupport
import Testing
import Vocabulary

struct RequestValuesTests {
    private static let planner = Result { Planner(vocabulary: try Vocabulary.load(folder: Places.vocabularies)) }

    private func request(_ given: [String: [String]]) throws -> SearchRequest {
        let values = RequestValues(definitions: RequestParameter.ofSearch, given: given)
        var request = try SearchRequest(
            asking: values.text(.question) ?? "", values: values, today: nil, planner: Self.planner.get())
        request.take(values)
        request.planMs = 0
        return request
    }

    @Test func `a search without values is one with the defaults`() throws {
        let given = try request([:])
        let plain = SearchRequest(plan: Plan(query: ""))
        #expect(given.limit == plain.limit)
        #expect(given.mode == plain.mode)
        #expect(given.sort == plain.sort)
        #expect(given.countsFacets == plain.countsFacets)
        #expect(!given.isStrict && !given.statedOnly && given.cursor == nil)
    }

    @Test(arguments: RequestParameter.ofSearch)
    func `no value of a search is passed over`(parameter: RequestParameter) throws {
        let value =
            switch parameter.kind {
            case .text: "mouse"
            case .integer(let bounds): "\(bounds.upperBound)"
            case .choice(let choices): choices.last ?? ""
            case .flag: parameter.standard == "true" ? "false" : "true"
            case .facetValue: "species=mouse"
            }
        #expect(value != parameter.standard)
        #expect(try "\(request([parameter.name: [value]]))" != "\(request([:]))")
    }

    @Test func `filters become choices, in their order`() throws {
        let values = RequestValues(
            definitions: RequestParameter.ofSearch,
            given: ["not": ["state=sleep"], "filter": ["species=mouse", "region:MBA:549"]])
        #expect(
            values.choices == [
                FacetChoice(facet: .species, value: "mouse", isNegated: false),
                FacetChoice(facet: .region, value: "MBA:549", isNegated: false),
                FacetChoice(facet: .state, value: "sleep", isNegated: true),
            ])
    }

    @Test func `the default is that of the request`() {
        let values = RequestValues(definitions: [.limit.standing(at: "50"), .strict], given: [:])
        #expect(values.integer(.limit) == 50)
        #expect(!values.flag(.strict))
        #expect(values.text(.cursor) == nil)
        #expect(!values.has(.limit))
    }
}
