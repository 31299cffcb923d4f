import FoundationEssentials
import Text

/// Where a page ends, as opaque text: bound to the question, its settings and the generation, so that a page can
/// never continue another question or another run.
struct Cursor: Equatable {
    /// Fingerprint of everything that decides the order of hits.
    let question: UInt64
    let generation: String
    let offset: Int

    init(question: UInt64, generation: String, offset: Int) {
        self.question = question
        self.generation = generation
        self.offset = offset
    }

    /// Base64 with the URL alphabet and no padding (RFC 4648 section 5).
    var text: String {
        let plain = "1 \(String(question, radix: 16)) \(offset) \(generation)"
        let sealed = "\(String(Cursor.fingerprint(of: plain), radix: 16)) \(plain)"
        return String(
            Data(sealed.utf8).base64EncodedString().compactMap { character -> Character? in
                switch character {
                case "+": "-"
                case "/": "_"
                case "=": nil
                default: character
                }
            })
    }

    /// Nil when the text was not made by ``text``.
    init?(_ text: String) {
        guard text.utf8.count <= 1024 else { return nil }
        var base64 = String(text.map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 })
        base64 += String(repeating: "=", count: (4 - base64.count % 4) % 4)
        guard let data = Data(base64Encoded: base64) else { return nil }
        let fields = String(decoding: data, as: UTF8.self).split(separator: " ", maxSplits: 4)
        guard fields.count == 5, fields[1] == "1", let question = UInt64(fields[2], radix: 16),
            let offset = Int(fields[3]), offset > 0,
            UInt64(fields[0], radix: 16) == Cursor.fingerprint(of: fields[1...].joined(separator: " "))
        else { return nil }
        self.init(question: question, generation: String(fields[4]), offset: offset)
    }

    /// Stable between runs, not a secret.
    static func fingerprint(of text: String) -> UInt64 { WordHash.of(text) }
}

extension Searcher {
    /// The generation a cursor belongs to; nil when the text is no cursor.
    package static func generation(ofCursor text: String) -> String? { Cursor(text)?.generation }

    /// How many hits precede the page of a cursor; nil when the text is no cursor.
    package static func offset(ofCursor text: String) -> Int? { Cursor(text)?.offset }
}
