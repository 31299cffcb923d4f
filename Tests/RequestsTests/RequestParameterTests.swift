import Requests
import Testing

struct RequestParameterTests {
    @Test(
        arguments: [
            (RequestParameter.limit, "0", RequestFault.Kind.tooSmall, "from 1 to 100, not '0'", nil),
            (.limit, "101", .tooLarge, "from 1 to 100, not '101'", nil), (.limit, "ten", .malformed, "not 'ten'", nil),
            (.limit, "+5", .malformed, "not '+5'", nil), (.limit, "1.5", .malformed, "not '1.5'", nil),
            (.limit, "99999999999999999999", .malformed, "whole number", nil),
            (.sort, "newset", .unknownChoice, "relevance, newest, oldest, not 'newset'", "newest"),
            (.strict, "yes", .malformed, "true or false", "true"),
            (.question, String(repeating: "a", count: 1025), .tooLong, "1025 bytes", nil),
            (.cursor, "", .malformed, "NAME takes a text", nil), (.filter, "species", .malformed, "FACET=VALUE", nil),
            (.filter, "specie=mouse", .unknownFacet, "no facet 'specie'", "species"),
            (.not, "species= ", .malformed, "no value", nil),
            (.filter, "species=" + String(repeating: "a", count: 1024), .tooLong, "at most 1024", nil),
            (.mode, "a\u{1B}[31mb", .unknownChoice, "not 'a [31mb'", nil),
        ] as [(RequestParameter, String, RequestFault.Kind, String, String?)])
    func `a value that is not allowed is met with what is`(
        parameter: RequestParameter, text: String, kind: RequestFault.Kind, detail: String, suggestion: String?
    ) throws {
        let fault = try #require(throws: RequestFault.self) { try parameter.check(text, written: "NAME") }
        #expect(fault.kind == kind)
        #expect(fault.detail.contains(detail), "\(fault.detail)")
        if let suggestion { #expect(fault.suggestions.contains(suggestion)) }
    }

    @Test(
        arguments: [
            (.limit, "1"), (.limit, "100"), (.sort, "newest"), (.strict, "false"), (.question, "sleep"),
            (.filter, "species=mouse"), (.filter, "region:MBA:549"), (.not, "state=a = b"),
        ] as [(RequestParameter, String)])
    func `a value that is allowed is taken`(parameter: RequestParameter, text: String) throws {
        try parameter.check(text, written: "NAME")
    }

    @Test(arguments: [
        RequestParameter.ofSearch, RequestParameter.ofPlan, RequestParameter.ofWhyNot, RequestParameter.ofFacets,
        RequestParameter.ofCoverage, RequestParameter.ofSimilar, RequestParameter.ofSuggest,
    ])
    func `defaults and examples are values that are allowed, and no name stands twice`(
        parameters: [RequestParameter]
    ) throws {
        for parameter in parameters {
            for text in [parameter.standard, parameter.example].compactMap({ $0 }) {
                try parameter.check(text, written: parameter.name)
            }
            #expect(parameter.help.hasSuffix("."))
        }
        #expect(Set(parameters.map(\.name)).count == parameters.count)
    }
}
