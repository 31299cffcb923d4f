/// The path of a route: `/v1/records/{id}`.  A name in braces matches one segment that is not empty.
package struct PathPattern: Sendable, Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
    private enum Piece: Sendable, Hashable {
        case word(String)
        case name(String)
    }

    package let description: String
    private let pieces: [Piece]

    package init(stringLiteral text: String) {
        description = text
        pieces = text.split(separator: "/").map { piece in
            piece.first == "{" && piece.last == "}"
                ? .name(String(piece.dropFirst().dropLast())) : .word(String(piece))
        }
    }

    /// The segments of the names; nil if the path does not match.
    func match(_ segments: [String]) -> [String: String]? {
        guard segments.count == pieces.count else { return nil }
        var names: [String: String] = [:]
        for (segment, piece) in zip(segments, pieces) {
            switch piece {
            case .word(let word): if word != segment { return nil }
            case .name(let name):
                if segment.isEmpty { return nil }
                names[name] = segment
            }
        }
        return names
    }
}
