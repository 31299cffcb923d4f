package import Records

/// How the terms of a template belong together, by their keys.
///
///     a=b   one scope          a#b   not one scope        a^b   different parts
///     a|b   alternatives       a&b|c&d   alternatives of two filters each
///     a>b   b stands in the filter of a, if in any
///     subjects>=n, duration_s<=n*3600   a range
///     !age_days   no range of the field
///     any   whether terms are joined by AND or OR is not judged
///     more  filters beyond those expected are not judged
package struct Relations: Sendable {
    package var bound: [(String, String)] = []
    package var unbound: [(String, String)] = []
    package var apart: [(String, String)] = []
    /// A family and a member that is only named with it.
    package var families: [(String, String)] = []
    /// Alternations; each choice is a list of keys that hold together.
    package var either: [[[String]]] = []
    package var ranges: [(field: RangeField, isMinimum: Bool, number: String, factor: Int)] = []
    package var unranged: [RangeField] = []
    package var groupingIsOpen = false
    package var moreIsAllowed = false

    package init(_ source: String) {
        for token in source.split(separator: " ") {
            if token == "any" {
                groupingIsOpen = true
            } else if token == "more" {
                moreIsAllowed = true
            } else if token.hasPrefix("!") {
                unranged.append(Self.field(token.dropFirst()))
            } else if let range = Self.range(token, sign: ">=") ?? Self.range(token, sign: "<=") {
                ranges.append(range)
            } else if let pair = Self.pair(token, sign: "=") {
                bound.append(pair)
            } else if let pair = Self.pair(token, sign: "#") {
                unbound.append(pair)
            } else if let pair = Self.pair(token, sign: "^") {
                apart.append(pair)
            } else if let pair = Self.pair(token, sign: ">") {
                families.append(pair)
            } else {
                either.append(token.split(separator: "|").map { $0.split(separator: "&").map(String.init) })
                precondition((either.last?.count ?? 0) > 1, "\(token) relates nothing")
            }
        }
    }

    /// All keys of terms that something is said of.
    package var keys: [String] {
        (bound + unbound + apart + families).flatMap { [$0.0, $0.1] } + either.joined().joined()
    }

    private static func pair(_ token: Substring, sign: String) -> (String, String)? {
        let sides = token.split(separator: sign)
        return sides.count == 2 ? (String(sides[0]), String(sides[1])) : nil
    }

    private static func range(
        _ token: Substring, sign: String
    ) -> (field: RangeField, isMinimum: Bool, number: String, factor: Int)? {
        guard let (name, value) = pair(token, sign: sign) else { return nil }
        let product = value.split(separator: "*")
        let factor = product.count > 1 ? Int(product[1]) ?? 1 : 1
        return (field(Substring(name)), sign == ">=", String(product[0]), factor)
    }

    private static func field(_ name: Substring) -> RangeField {
        guard let field = RangeField(rawValue: String(name)) else { preconditionFailure("\(name) is no field") }
        return field
    }
}
