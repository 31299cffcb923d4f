/// Requests: what can be asked of the index, and which values are allowed?
///
/// A parameter of a request stands once, in `RequestParameter+All.swift`, with its kind, bounds, default and help.  The
/// flags of the command line, the parameters of HTTP, the input schemas of MCP, the shells' completions and the pages
/// of `docs/` derive from it.  A value is checked by ``RequestParameter/check(_:written:)``, whichever way it came in,
/// and ``RequestValues`` turns checked values into a search.  How a name is written, and which status or exit code an
/// error gets, is the business of each of the three.

/// A parameter of a request as one value: its name, what it takes, what it does.
package struct RequestParameter: Sendable, Hashable {
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
        /// A ``FacetValue``.
        case facetValue
    }

    /// Words joined by `_`, as HTTP and MCP write it; the command line writes `-` instead.
    package let name: String
    package private(set) var kind: Kind
    /// Whether it may be given more than once.
    package let repeats: Bool
    package private(set) var isRequired: Bool
    /// The value when it is not given, as it would be written; nil where that means something of its own.
    package private(set) var standard: String?
    /// Sentences in plain words, the first of which begins with a verb.
    package let help: String
    /// What a switch does that turns it off; for those that are on by themselves.
    package let helpOff: String?
    package let example: String?

    package init(
        _ name: String, _ kind: Kind, repeats: Bool = false, isRequired: Bool = false, standard: String? = nil,
        help: String, helpOff: String? = nil, example: String? = nil
    ) {
        self.name = name
        self.kind = kind
        self.repeats = repeats
        self.isRequired = isRequired
        self.standard = standard
        self.help = help
        self.helpOff = helpOff
        self.example = example
    }

    /// The same where nothing can be done without it.
    package var required: Self {
        var other = self
        other.isRequired = true
        return other
    }

    /// The same with another default; what has one need not be given.
    package func standing(at standard: String?) -> Self {
        var other = self
        other.standard = standard
        other.isRequired = isRequired && standard == nil
        return other
    }

    /// The same number within other bounds.
    package func within(_ bounds: ClosedRange<Int>) -> Self {
        var other = self
        other.kind = .integer(bounds)
        return other
    }
}
