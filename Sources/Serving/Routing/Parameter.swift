package import Requests
import Text

/// A parameter of a route: one of a request, and where and under which name it stands in an address.  The parser, the
/// OpenAPI document and `docs/http.md` derive from it.
package struct Parameter: Sendable, Hashable {
    package enum Place: String, Sendable, Hashable { case query, path }

    /// What it is, whichever way a request comes in.
    package let request: RequestParameter
    /// The name in an address.
    package let name: String
    package let place: Place
    /// Sentences that only an address needs.
    private let note: String?

    package var kind: RequestParameter.Kind { request.kind }
    package var repeats: Bool { request.repeats }
    package var isRequired: Bool { request.isRequired || place == .path }
    package var standard: String? { request.standard }
    package var example: String? { request.example }
    package var help: String { note.map { "\(request.help) \($0)" } ?? request.help }

    /// A parameter of requests in an address.
    package init(
        _ request: RequestParameter, named name: String? = nil, in place: Place = .query, note: String? = nil
    ) {
        self.request = request
        self.name = name ?? request.name
        self.place = place
        self.note = note
    }

    /// A parameter that only addresses have.
    package init(
        _ name: String, in place: Place = .query, _ kind: RequestParameter.Kind, standard: String? = nil,
        help: String, example: String? = nil
    ) {
        self.init(RequestParameter(name, kind, standard: standard, help: help, example: example), in: place)
    }

    /// Where a fault of this parameter is, as `errors[].pointer` says it.
    var pointer: String { "#/\(place.rawValue)/\(name)" }

    /// Refuses a value that is not allowed.
    func check(_ text: String) throws(Problem) {
        do {
            try request.check(text, written: "'\(name)'")
        } catch {
            throw Problem(code(of: error), at: pointer, error.detail, suggestions: error.suggestions)
        }
    }

    private func code(of fault: RequestFault) -> Problem.Code {
        switch fault.kind {
        case .tooLong where request.name == RequestParameter.question.name || kind == .facetValue: .queryTooLong
        case .tooLarge: request.name == RequestParameter.limit.name ? .pageTooLarge : .invalidParameter
        case .unknownFacet: .unknownValue
        case .tooLong, .malformed, .tooSmall, .unknownChoice: .invalidParameter
        }
    }
}
