import Export
import Text

/// Why a value is not allowed.
package struct RequestFault: Error, Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        case tooLong
        /// No number, no truth value, or not of the form that is asked for.
        case malformed
        /// A number below or above its bounds.
        case tooSmall, tooLarge
        /// None of a fixed list.
        case unknownChoice
        case unknownFacet
    }

    package let kind: Kind
    /// One sentence, without a full stop.
    package let detail: String
    /// What may have been meant.
    package let suggestions: [String]

    init(_ kind: Kind, _ detail: String, suggestions: [String] = []) {
        self.kind = kind
        self.detail = detail
        self.suggestions = suggestions
    }

    static func tooLong(_ text: String, longest: Int, written name: String) -> Self {
        Self(.tooLong, "\(name) has \(text.utf8.count) bytes; at most \(longest) are read")
    }

    /// What somebody typed, short and printable.
    static func shown(_ text: String) -> String { SafeText.shortened(SafeText.line(text), to: 80) }
}

extension RequestParameter {
    /// Refuses a value that is not allowed; `written` is the parameter as the one who asks writes it, for the message.
    package func check(_ text: String, written name: String) throws(RequestFault) {
        try Self.check(text, as: kind, written: name)
    }

    /// The same for a value of a kind.
    package static func check(_ text: String, as kind: Kind, written name: String) throws(RequestFault) {
        switch kind {
        case .text(let longest): try check(text: text, longest: longest, written: name)
        case .integer(let bounds): try check(number: text, within: bounds, written: name)
        case .choice(let choices): try check(choice: text, among: choices, written: name)
        case .flag: try check(flag: text, written: name)
        case .facetValue: _ = try FacetValue(text, written: name)
        }
    }

    private static func check(text: String, longest: Int, written name: String) throws(RequestFault) {
        guard !text.isEmpty else { throw RequestFault(.malformed, "\(name) takes a text, not an empty one") }
        guard text.utf8.count <= longest else { throw .tooLong(text, longest: longest, written: name) }
    }

    private static func check(number text: String, within bounds: ClosedRange<Int>, written name: String)
        throws(RequestFault)
    {
        let isPlain = (1...9).contains(text.utf8.count) && text.utf8.allSatisfy { (48...57).contains($0) }
        let number = isPlain ? Int(text) : nil
        if let number, bounds.contains(number) { return }
        let kind: RequestFault.Kind = number.map { $0 < bounds.lowerBound ? .tooSmall : .tooLarge } ?? .malformed
        throw RequestFault(
            kind,
            "\(name) takes a whole number from \(bounds.lowerBound) to \(bounds.upperBound), "
                + "not '\(RequestFault.shown(text))'")
    }

    private static func check(choice text: String, among choices: [String], written name: String)
        throws(RequestFault)
    {
        guard !choices.contains(text) else { return }
        throw RequestFault(
            .unknownChoice,
            "\(name) takes one of \(choices.joined(separator: ", ")), not '\(RequestFault.shown(text))'",
            suggestions: closest(to: text, among: choices))
    }

    private static func check(flag text: String, written name: String) throws(RequestFault) {
        guard text != "true", text != "false" else { return }
        throw RequestFault(
            .malformed, "\(name) takes true or false, not '\(RequestFault.shown(text))'",
            suggestions: ["true", "false"])
    }
}
