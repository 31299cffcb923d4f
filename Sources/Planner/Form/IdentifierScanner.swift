import Records

/// What names one record in a text.
struct WrittenIdentifier: Equatable {
    /// Byte offset behind it.
    let end: Int
    /// As a plan has it: a record's id, `doi:…`, `uuid:…` or `url:…`; nil for a link that shows no record.
    let name: String?
    /// The archive whose numbers may follow in a list: "DANDI:000017 and 000019".
    var series: Source?
}

/// Reads what names one record: a DOI, a link, `DANDI:000003`, `dandiset 3`, `ds000117`, a UUID, a record's id.
///
/// Form only: whether an index holds the record is another question.  Nothing that is also an ordinary number, a strain
/// or a probe is a name: accessions have the word of their archive, or all their digits.
struct IdentifierScanner {
    private let bytes: [UInt8]
    /// With capitals made small, byte by byte.
    private let lower: [UInt8]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        lower = bytes.map { $0 >= 0x41 && $0 <= 0x5a ? $0 | 0x20 : $0 }
    }

    /// The name that begins at a byte.
    func identifier(at start: Int) -> WrittenIdentifier? {
        guard start < bytes.count, !isNameByte(start - 1) else { return nil }
        // The second half of a number or of a file's name.
        if start > 0, lower[start - 1] == UInt8(ascii: "."), isNameByte(start - 2) { return nil }
        return link(at: start) ?? doi(at: start) ?? recordID(at: start) ?? dandiset(at: start) ?? openNeuro(at: start)
            ?? uuid(at: start)
    }

    /// Whether a text is a record's name and nothing else.
    static func isName(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard let found = IdentifierScanner(bytes).identifier(at: 0) else { return false }
        return found.name != nil && found.end == bytes.count
    }

    /// The number of an archive in a list behind another one: the whole number, or a short one where `isShort`.
    func number(at start: Int, of series: Source, isShort: Bool) -> WrittenIdentifier? {
        let length = digits(at: start)
        guard length == Self.digitsOfNumber || (isShort && (1..<Self.digitsOfNumber).contains(length)),
            isEnd(start + length)
        else { return nil }
        return numbered(series, from: start, length)
    }

    // MARK: Addresses

    /// `https://…`, and without a scheme an address that shows a record.
    private func link(at start: Int) -> WrittenIdentifier? {
        let hasScheme = ["http://", "https://"].contains { has($0, at: start) }
        guard hasScheme || isHost(at: start) else { return nil }
        let end = trimmed(start, endOfChunk(start))
        let text = text(start, end)
        let name = Self.name(ofAddress: text)
        guard hasScheme ? text.contains(".") : name != nil else { return nil }
        return WrittenIdentifier(end: end, name: name)
    }

    /// Whether a host name and a slash stand here: `openneuro.org/`.
    private func isHost(at start: Int) -> Bool {
        var at = start
        var dot: Int?
        while at < lower.count, isNameByte(at) || lower[at] == UInt8(ascii: "-") || lower[at] == UInt8(ascii: ".") {
            if lower[at] == UInt8(ascii: ".") { dot = at }
            at += 1
        }
        guard let dot, at < lower.count, lower[at] == UInt8(ascii: "/"), at - dot > 2 else { return false }
        return lower[(dot + 1)..<at].allSatisfy { $0 >= 0x61 && $0 <= 0x7a }
    }

    /// The record that an address shows: a DOI, a page of a source, or any address with a record's own name in it.
    private static func name(ofAddress address: String) -> String? {
        if let doi = DOI(address) { return "doi:\(doi.text)" }
        var rest = address[...]
        if let scheme = rest.firstRange(of: "://") { rest = rest[scheme.upperBound...] }
        if rest.lowercased().hasPrefix("www.") { rest = rest.dropFirst(4) }
        let pieces = rest.split { "/?#&=".contains($0) }.map(String.init)
        guard let host = pieces.first?.lowercased() else { return nil }
        let path = Array(pieces.dropFirst())
        let isPage = Source.allCases.flatMap(\.descriptor.pages).contains { page in
            page.hosts.contains(host) && path.count > page.path.count && path.starts(with: page.path)
        }
        return isPage || path.contains(where: isName) ? "url:\(address)" : nil
    }

    // MARK: DOIs

    /// `10.` and four to nine digits, a slash, and a suffix (ISO 26324), behind `doi:` or alone.
    private func doi(at start: Int) -> WrittenIdentifier? {
        var from = start
        if has("doi", at: start) {
            from += 3
            while from < lower.count, [UInt8(ascii: ":"), UInt8(ascii: " "), UInt8(ascii: "=")].contains(lower[from]) {
                from += 1
            }
        }
        guard has("10.", at: from), digits(at: from + 3) >= 4 else { return nil }
        let end = trimmed(from, endOfChunk(from))
        guard let doi = DOI(text(from, end)), (4...9).contains(doi.prefix.count - 3) else { return nil }
        return WrittenIdentifier(end: end, name: "doi:\(doi.text)")
    }

    // MARK: Ids

    /// `ibl:session:…`: the id of a record, as this program writes it.
    private func recordID(at start: Int) -> WrittenIdentifier? {
        guard
            Source.allCases.contains(where: {
                has($0.rawValue, at: start) && byte(start + $0.rawValue.utf8.count) == UInt8(ascii: ":")
            })
        else { return nil }
        let end = trimmed(start, endOfChunk(start))
        let pieces = text(start, end).split(separator: ":", maxSplits: 2).map(String.init)
        guard pieces.count == 3,
            let id = RecordID("\(pieces[0].lowercased()):\(pieces[1].lowercased()):\(pieces[2])")
        else { return nil }
        return WrittenIdentifier(end: end, name: id.description)
    }

    /// Eight, four, four, four and twelve hexadecimal digits (RFC 9562).
    private func uuid(at start: Int) -> WrittenIdentifier? {
        guard byte(start - 1) != UInt8(ascii: "-") else { return nil }
        var at = start
        for (place, length) in [8, 4, 4, 4, 12].enumerated() {
            if place > 0 {
                guard byte(at) == UInt8(ascii: "-") else { return nil }
                at += 1
            }
            for _ in 0..<length {
                guard let byte = byte(at), (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte) else {
                    return nil
                }
                at += 1
            }
        }
        guard isEnd(at), !(byte(at) == UInt8(ascii: "-") && isNameByte(at + 1)) || has("-like", at: at) else {
            return nil
        }
        return WrittenIdentifier(end: at, name: "uuid:\(String(decoding: lower[start..<at], as: UTF8.self))")
    }

    // MARK: Accessions

    /// Digits of an archive's numbers: `000026`.
    private static let digitsOfNumber = 6

    /// `DANDI:000017`, `DANDI:17`, `DANDI 000017`, `dandiset 17`, with a version or without; and the bare number, whose
    /// two zeros no other number has.
    private func dandiset(at start: Int) -> WrittenIdentifier? {
        var at = start
        var mostDigits: ClosedRange<Int>
        if has("dandiset", at: start), byte(start + 8).map({ isSeparator($0) }) == true {
            at = past(words: ["id", "no", "nr", "number"], from: start + 8)
            mostDigits = 1...Self.digitsOfNumber
        } else if has("dandisets", at: start), byte(start + 9) == UInt8(ascii: " ") {
            at = past(words: ["id", "no", "nr", "number"], from: start + 9)
            mostDigits = Self.digitsOfNumber...Self.digitsOfNumber
            // "Dandisets 17 and 26" are a list of two.
            if isShortList(at: at) { mostDigits = 1...Self.digitsOfNumber }
        } else if has("dandi", at: start) {
            at = past(words: [], from: start + 5)
            let isTight = at == start + 6 && byte(start + 5) == UInt8(ascii: ":")
            mostDigits = (isTight ? 1 : Self.digitsOfNumber)...Self.digitsOfNumber
        } else if digits(at: start) == Self.digitsOfNumber, has("00", at: start), byte(start - 1) != UInt8(ascii: "-") {
            mostDigits = Self.digitsOfNumber...Self.digitsOfNumber
        } else {
            return nil
        }
        let length = digits(at: at)
        guard mostDigits.contains(length), !(length == 4 && isYear(at: at)), isEnd(at + length)
        else { return nil }
        return numbered(.dandi, from: at, length)
    }

    /// `ds000117`, `ds000117:1.0.0`, `OpenNeuro 117`'s `ds117`.
    private func openNeuro(at start: Int) -> WrittenIdentifier? {
        var at = start
        var isTold = false
        for name in ["openneuro", "openfmri"] where has(name, at: start) {
            at = past(words: ["accession", "dataset", "id", "no", "number"], from: start + name.utf8.count)
            guard at > start + name.utf8.count else { return nil }
            isTold = true
        }
        if has("ds", at: at) {
            at += 2
            if byte(at) == UInt8(ascii: " ") || byte(at) == UInt8(ascii: "-"), digits(at: at + 1) == 6 { at += 1 }
        } else if !isTold {
            return nil
        }
        let length = digits(at: at)
        let isShort = isTold && byte(at - 1) == UInt8(ascii: "s") && (3...Self.digitsOfNumber).contains(length)
        guard length == Self.digitsOfNumber || isShort, isEnd(at + length) else { return nil }
        return numbered(.openneuro, from: at, length)
    }

    /// The record with an archive's number, and the end of the version that may follow.
    private func numbered(_ source: Source, from start: Int, _ length: Int) -> WrittenIdentifier {
        let zeros = String(repeating: "0", count: Self.digitsOfNumber - length)
        let native = (source == .openneuro ? "ds" : "") + zeros + text(start, start + length)
        var end = start + length
        if let mark = byte(end), [0x2f, 0x3a, 0x40, 0x2e].contains(mark) {
            let rest = endOfChunk(end)
            let version = text(end + 1, trimmed(end, rest)).lowercased()
            let isVersion =
                version == "draft" || version.hasPrefix("versions/")
                || (version.contains(".") && version.allSatisfy { $0.isNumber || $0 == "." || $0 == "v" })
            if isVersion { end = trimmed(end, rest) }
        }
        return WrittenIdentifier(
            end: end, name: RecordID(source, .dataset, native).description, series: source)
    }

    private func isShortList(at start: Int) -> Bool {
        let end = start + digits(at: start)
        guard end > start, byte(end) == UInt8(ascii: " ") || byte(end) == UInt8(ascii: ",") else { return false }
        var next = end
        while next < lower.count, lower[next] == UInt8(ascii: " ") || lower[next] == UInt8(ascii: ",") { next += 1 }
        for joint in ["and ", "or ", "& "] where has(joint, at: next) { next += joint.utf8.count }
        return next > end + 1 && digits(at: next) > 0
    }

    private func isYear(at start: Int) -> Bool { has("19", at: start) || has("20", at: start) }

    /// The first byte behind separators and words of a kind.
    private func past(words: [String], from start: Int) -> Int {
        var at = start
        while true {
            let before = at
            while let byte = byte(at), isSeparator(byte) { at += 1 }
            for word in words where has(word, at: at) {
                let end = at + word.utf8.count
                if let byte = byte(end), isSeparator(byte) || byte == UInt8(ascii: ".") { at = end + 1 }
            }
            if at == before { return at }
        }
    }

    private func isSeparator(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: ":") || byte == UInt8(ascii: "#")
            || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "/")
    }
}

// MARK: Bytes

extension IdentifierScanner {
    private func byte(_ at: Int) -> UInt8? { lower.indices.contains(at) ? lower[at] : nil }

    private func has(_ text: String, at start: Int) -> Bool {
        start >= 0 && start + text.utf8.count <= lower.count && lower[start...].starts(with: text.utf8)
    }

    private func digits(at start: Int) -> Int {
        guard start < lower.count else { return 0 }
        return lower[start...].prefix { $0 >= 0x30 && $0 <= 0x39 }.count
    }

    /// Letters, digits, the underscore, and all that is not ASCII.
    private func isNameByte(_ at: Int) -> Bool {
        guard let byte = byte(at) else { return false }
        return (byte >= 0x30 && byte <= 0x39) || (byte >= 0x61 && byte <= 0x7a) || byte == 0x5f || byte >= 0x80
    }

    /// Whether a name can end before a byte: no letter and no fraction follows.
    private func isEnd(_ at: Int) -> Bool {
        !isNameByte(at)
            && !(byte(at) == UInt8(ascii: ".") && digits(at: at + 1) > 0 && at > 0 && digits(at: at - 1) == 0)
    }

    private func text(_ start: Int, _ end: Int) -> String {
        start < end ? String(decoding: bytes[start..<end], as: UTF8.self) : ""
    }

    /// Where what is written without a space ends; quotes, brackets of other kinds and commas belong to the sentence.
    private func endOfChunk(_ start: Int) -> Int {
        var at = start
        while at < bytes.count, bytes[at] > 0x20, bytes[at] < 0x7f, !Self.ends.contains(bytes[at]) { at += 1 }
        return at
    }

    private static let ends = Set(#"",<>{}|\^`"#.utf8)

    /// Without the marks of the sentence at the end.
    private func trimmed(_ start: Int, _ end: Int) -> Int {
        var end = end
        while end > start {
            let last = bytes[end - 1]
            if last == UInt8(ascii: ")") {
                let opened = bytes[start..<end].count { $0 == UInt8(ascii: "(") }
                if opened >= bytes[start..<end].count(where: { $0 == UInt8(ascii: ")") }) { return end }
            } else if !Self.marks.contains(last) {
                return end
            }
            end -= 1
        }
        return end
    }

    private static let marks = Set(".,;:!?'\"]*_([".utf8)
}
