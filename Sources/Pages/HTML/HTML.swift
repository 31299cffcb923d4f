import Text

/// A fragment of a page that is guaranteed to be escaped correctly.
///
/// Written as a literal, whose own words are markup; what is interpolated is text and gets escaped, is ``HTML``
/// already, or is an ``Address``:
///
///     let line: HTML = "<a href=\"\(address)\">\(record.title)</a>"
///
/// There is no way to turn a text into markup, so no text of a record can become an element or an attribute.
package struct HTML: Sendable, Hashable {
    /// What is sent.
    package private(set) var markup: String

    /// Nothing.
    package init() { markup = "" }

    private init(markup: String) { self.markup = markup }

    /// Untrusted text.
    package init(text: some StringProtocol) { markup = MarkupEscaping.escaped(text) }

    /// A fragment whose text is escaped and whose matches are between `<mark>` and `</mark>`, as in ``Hit``.  It is
    /// parsed and written again: no other element survives.
    package init(marked snippet: String) {
        var markup = ""
        for (index, piece) in snippet.pieces(around: "<mark>").enumerated() {
            let halves = index == 0 ? [piece] : piece.pieces(around: "</mark>")
            for (position, half) in halves.enumerated() {
                let text = MarkupEscaping.escaped(MarkupEscaping.unescaped(half))
                markup += index > 0 && position == 0 ? "<mark>\(text)</mark>" : text
            }
        }
        self.init(markup: markup)
    }

    /// A block of data for machines, which a browser neither shows nor runs.  The JSON may hold any text: what could
    /// end the block is written as an escape of JSON.
    package init(dataBlock json: String, type: StaticString) {
        self.init(markup: "<script type=\"\(type)\">\(MarkupEscaping.scriptSafe(json: json))</script>\n")
    }

    /// Pieces one after the other.
    package init(_ pieces: some Sequence<HTML>) {
        markup = pieces.reduce(into: "") { $0 += $1.markup }
    }

    /// Whether there is nothing to show.
    package var isEmpty: Bool { markup.isEmpty }

    package static func + (left: HTML, right: HTML) -> HTML { HTML(markup: left.markup + right.markup) }

    package static func += (left: inout HTML, right: HTML) { left.markup += right.markup }
}

extension HTML: ExpressibleByStringInterpolation {
    package init(stringLiteral literal: StaticString) { markup = literal.description }

    package init(stringInterpolation: Interpolation) { markup = stringInterpolation.markup }

    /// The values that a literal may interpolate.
    package struct Interpolation: StringInterpolationProtocol {
        var markup = ""

        package init(literalCapacity: Int, interpolationCount: Int) {
            markup.reserveCapacity(literalCapacity + interpolationCount * 24)
        }

        package mutating func appendLiteral(_ literal: StaticString) { markup += literal.description }

        /// Untrusted text; never the target of a link, which only an ``Address`` can be.
        package mutating func appendInterpolation(_ text: String) {
            precondition(
                ![" href=\"", " src=\"", " action=\""].contains { markup.hasSuffix($0) }, "a link needs an Address")
            for scalar in text.unicodeScalars { MarkupEscaping.append(scalar, to: &markup) }
        }

        package mutating func appendInterpolation(_ number: Int) { markup += String(number) }

        package mutating func appendInterpolation(_ html: HTML) { markup += html.markup }

        package mutating func appendInterpolation(_ pieces: [HTML]) {
            for piece in pieces { markup += piece.markup }
        }

        package mutating func appendInterpolation(_ address: Address) {
            for scalar in address.text.unicodeScalars { MarkupEscaping.append(scalar, to: &markup) }
        }
    }
}

extension StringProtocol {
    /// The text between the occurrences of a mark.
    func pieces(around mark: String) -> [String] {
        var pieces: [String] = []
        var rest = Array(self.utf8)[...]
        let mark = Array(mark.utf8)
        var piece: [UInt8] = []
        while let first = rest.first {
            if rest.starts(with: mark) {
                pieces.append(String(decoding: piece, as: UTF8.self))
                piece = []
                rest = rest.dropFirst(mark.count)
            } else {
                piece.append(first)
                rest = rest.dropFirst()
            }
        }
        return pieces + [String(decoding: piece, as: UTF8.self)]
    }
}
