/// HTML to text, as far as descriptions of data sets use HTML.
///
/// Not a parser: tags are dropped, block ends become line breaks, scripts and styles go with their content, entities
/// are decoded once.  A `<` that begins no tag ("p < 0.05") stays.  Never fails, never takes more than one pass.
enum HTMLText {
    /// The text without markup.
    static func plain(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: "&") }) else { return text }
        return decodingEntities(withoutTags(Array(text.utf8)))
    }

    private static func withoutTags(_ bytes: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count)
        var at = 0
        while at < bytes.count {
            guard bytes[at] == UInt8(ascii: "<"), let tag = Tag(bytes, at) else {
                out.append(bytes[at])
                at += 1
                continue
            }
            at = tag.end
            if tag.hidesContent, !tag.isClosing {
                at = endOfHidden(bytes, from: at, name: tag.name)
            }
            out.append(tag.isBlock ? UInt8(ascii: "\n") : UInt8(ascii: " "))
            if tag.isInline { out.removeLast() }
        }
        return out
    }

    /// Where the element with this name closes; the end of the text when it never does.
    private static func endOfHidden(_ bytes: [UInt8], from start: Int, name: String) -> Int {
        var at = start
        while let next = bytes[at...].firstIndex(of: UInt8(ascii: "<")) {
            if let tag = Tag(bytes, next), tag.isClosing, tag.name == name { return tag.end }
            at = next + 1
        }
        return bytes.count
    }

    private struct Tag {
        let name: String
        let isClosing: Bool
        /// Index after the closing bracket.
        let end: Int

        /// Nil when no tag begins here.
        init?(_ bytes: [UInt8], _ start: Int) {
            var at = start + 1
            guard at < bytes.count else { return nil }
            if bytes[at] == UInt8(ascii: "!") || bytes[at] == UInt8(ascii: "?") {
                name = "!"
                isClosing = false
            } else {
                isClosing = bytes[at] == UInt8(ascii: "/")
                if isClosing { at += 1 }
                let from = at
                while at < bytes.count, Self.isNameByte(bytes[at]), at - from < 20 { at += 1 }
                guard at > from, !(48...57).contains(bytes[from]) else { return nil }
                name = String(decoding: bytes[from..<at], as: UTF8.self).lowercased()
                guard at < bytes.count,
                    bytes[at] <= 32 || bytes[at] == UInt8(ascii: ">") || bytes[at] == UInt8(ascii: "/")
                else { return nil }
            }
            guard let close = bytes[at...].prefix(4_096).firstIndex(of: UInt8(ascii: ">")) else { return nil }
            end = close + 1
        }

        var hidesContent: Bool { name == "script" || name == "style" }
        var isBlock: Bool {
            switch name {
            case "p", "div", "br", "li", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "hr",
                "blockquote", "pre", "section", "article":
                true
            default: false
            }
        }
        /// Marks inside a word: `CO<sub>2</sub>`.
        var isInline: Bool {
            switch name {
            case "b", "i", "em", "strong", "sub", "sup", "u", "span", "a", "mark", "small", "font", "code": true
            default: false
            }
        }

        private static func isNameByte(_ byte: UInt8) -> Bool {
            (65...90).contains(byte) || (97...122).contains(byte) || (48...57).contains(byte)
        }
    }

    private static let names: [String: String] = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": " ", "ndash": "–", "mdash": "—",
        "hellip": "…", "micro": "µ", "mu": "μ", "deg": "°", "plusmn": "±", "times": "×", "middot": "·", "bull": "•",
        "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "theta": "θ", "lambda": "λ", "sigma": "σ",
        "omega": "ω", "Delta": "Δ", "rsquo": "’", "lsquo": "‘", "rdquo": "”", "ldquo": "“", "auml": "ä",
        "ouml": "ö", "uuml": "ü", "Auml": "Ä", "Ouml": "Ö", "Uuml": "Ü", "szlig": "ß", "eacute": "é", "egrave": "è",
        "agrave": "à", "aacute": "á", "iacute": "í", "oacute": "ó", "uacute": "ú", "ntilde": "ñ", "ccedil": "ç",
        "oslash": "ø", "aring": "å", "aelig": "æ", "copy": "©", "reg": "®", "trade": "™", "rarr": "→", "larr": "←",
        "le": "≤", "ge": "≥", "ne": "≠", "minus": "−", "commat": "@", "sup2": "²", "sup3": "³", "shy": "",
    ]

    private static func decodingEntities(_ bytes: [UInt8]) -> String {
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count)
        var at = 0
        while at < bytes.count {
            guard bytes[at] == UInt8(ascii: "&"),
                let semicolon = bytes[at...].prefix(12).firstIndex(of: UInt8(ascii: ";")),
                let decoded = entity(String(decoding: bytes[(at + 1)..<semicolon], as: UTF8.self))
            else {
                out.append(bytes[at])
                at += 1
                continue
            }
            out += decoded.utf8
            at = semicolon + 1
        }
        return String(decoding: out, as: UTF8.self)
    }

    private static func entity(_ name: String) -> String? {
        guard name.first == "#" else { return names[name] }
        let digits = name.dropFirst()
        let isHex = digits.first == "x" || digits.first == "X"
        guard let value = isHex ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits) else { return nil }
        return Unicode.Scalar(value).map { String(Character($0)) } ?? ""
    }
}
