/// A piece of a template, read once.
///
///     pattern  = *( text / choice / option / phrase / slot )
///     choice   = "(" pattern *( "|" pattern ) ")"
///     option   = "[" pattern "]"
///     phrase   = "<" name ">"
///     slot     = "{" [ sign ] class [ number ] [ ":" form ] "}"
package indirect enum Pattern: Sendable {
    case text(String)
    case sequence([Pattern])
    case choice([Pattern])
    case option(Pattern)
    case phrase(String)
    case slot(Slot)

    /// A place that a term fills.
    package struct Slot: Sendable {
        package let sign: Sign
        /// The class with its number: two slots of one key hold the same term.
        package let key: String
        package let form: String
        /// The list of terms that it is drawn from.
        package var list: String { String(key.prefix { !$0.isNumber }) }
    }

    package init(_ source: String) {
        var rest = Substring(source)
        self = Self.sequence(from: &rest)
        precondition(rest.isEmpty, "a bracket is closed that was never opened in \(source)")
    }

    private static func sequence(from rest: inout Substring) -> Pattern {
        var parts: [Pattern] = []
        while let first = rest.first, first != ")", first != "|", first != "]" {
            switch first {
            case "(":
                var members: [Pattern] = []
                repeat {
                    rest.removeFirst()
                    members.append(sequence(from: &rest))
                } while rest.first == "|"
                close(")", &rest)
                parts.append(.choice(members))
            case "[":
                rest.removeFirst()
                parts.append(.option(sequence(from: &rest)))
                close("]", &rest)
            case "<":
                parts.append(.phrase(inside(">", &rest)))
            case "{":
                parts.append(.slot(Slot(inside("}", &rest))))
            default:
                let text = rest.prefix { !"()[]|<{".contains($0) }
                rest.removeFirst(text.count)
                parts.append(.text(String(text)))
            }
        }
        return parts.count == 1 ? parts[0] : .sequence(parts)
    }

    private static func close(_ bracket: Character, _ rest: inout Substring) {
        precondition(rest.first == bracket, "\(bracket) is missing before \(rest)")
        rest.removeFirst()
    }

    private static func inside(_ end: Character, _ rest: inout Substring) -> String {
        guard let index = rest.firstIndex(of: end) else { preconditionFailure("\(end) is missing in \(rest)") }
        let text = rest[rest.index(after: rest.startIndex)..<index]
        rest = rest[rest.index(after: index)...]
        return String(text)
    }
}

extension Pattern.Slot {
    init(_ source: String) {
        let halves = source.split(separator: ":", maxSplits: 1).map(String.init)
        let sign = Sign(rawValue: String(halves[0].prefix(1))) ?? .wanted
        self.sign = sign
        key = sign == .wanted ? halves[0] : String(halves[0].dropFirst())
        form = halves.count > 1 ? halves[1] : ""
    }
}
