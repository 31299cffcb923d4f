import Text

/// A parameter of a route as one value: its name, what it takes, what it does.  The parser, the OpenAPI document and
/// `docs/http.md` derive from it.
package struct Parameter: Sendable, Hashable {
    /// What values are allowed.
    package enum Kind: Sendable, Hashable {
        /// Any text of at most so many bytes of UTF-8, and at least one.
        case text(longest: Int)
        /// A whole number within bounds.
        case integer(ClosedRange<Int>)
        /// One of a fixed list.
        case choice([String])
        /// `true` or `false`.
        case flag
        /// `facet=value` or `facet:value`.
        case facetValue
    }

    package enum Place: String, Sendable, Hashable { case query, path }

    package let name: String
    package let place: Place
    package let kind: Kind
    /// Whether it may be given more than once.
    package let repeats: Bool
    package let isRequired: Bool
    /// The value when it is not given, as it would be written.
    package let standard: String?
    /// One sentence that begins with a verb.
    package let help: String
    package let example: String?

    package init(
        _ name: String, in place: Place = .query, _ kind: Kind, repeats: Bool = false, isRequired: Bool = false,
        standard: String? = nil, help: String, example: String? = nil
    ) {
        self.name = name
        self.place = place
        self.kind = kind
        self.repeats = repeats
        self.isRequired = isRequired || place == .path
        self.standard = standard
        self.help = help
        self.example = example
    }

    /// Where a fault of this parameter is, as `errors[].pointer` says it.
    var pointer: String { "#/\(place.rawValue)/\(name)" }

    /// Refuses a value that is not allowed.
    func check(_ text: String) throws(Problem) {
        switch kind {
        case .text(let longest):
            guard text.utf8.count <= longest else {
                throw Problem(
                    name == Parameter.question.name ? .queryTooLong : .invalidParameter, at: pointer,
                    "'\(name)' has \(text.utf8.count) bytes; at most \(longest) are read")
            }
        case .integer(let range):
            let isPlain = !text.isEmpty && text.utf8.count <= 9 && text.utf8.allSatisfy { (48...57).contains($0) }
            guard isPlain, let number = Int(text) else {
                throw Problem(.invalidParameter, at: pointer, "'\(name)' is a whole number")
            }
            guard range.contains(number) else {
                let isPage = name == Parameter.limit.name && number > range.upperBound
                throw Problem(
                    isPage ? .pageTooLarge : .invalidParameter, at: pointer,
                    "'\(name)' is \(range.lowerBound) to \(range.upperBound)")
            }
        case .choice(let choices):
            guard choices.contains(text) else {
                throw Problem(
                    .invalidParameter, at: pointer, "'\(name)' is one of: \(choices.joined(separator: ", "))",
                    suggestions: closest(to: text, among: choices))
            }
        case .flag:
            guard text == "true" || text == "false" else {
                throw Problem(
                    .invalidParameter, at: pointer, "'\(name)' is true or false", suggestions: ["true", "false"])
            }
        case .facetValue: _ = try FacetValue(text, parameter: self)
        }
    }
}
