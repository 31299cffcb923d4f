internal import Records
internal import Text

/// Writes and reads the tags of a record as a generation stores them (`docs/index-format.md`).
///
/// As JSON they would take more space than the record itself: terms are stored as numbers, each text once, and words
/// that were found in the title or the description as their offsets.
enum StoredTags {
    /// - Parameter terms: the number of each tag's term; nil for one that is to be written out.
    static func encoded(_ tags: [Tag], terms: [Int?], of record: Record) -> [UInt8] {
        var writer = Writer(record)
        writer.number(tags.count)
        for (tag, term) in zip(tags, terms) { writer.tag(tag, term: term) }
        return writer.bytes
    }

    /// - Throws: kind `corrupt` where the bytes are no tags of the record.
    static func decoded(
        _ bytes: [UInt8], of record: Record, term: (Int) throws(StoreError) -> StoredTerm
    ) throws(StoreError) -> [Tag] {
        var reader = Reader(record, bytes)
        var tags: [Tag] = []
        // A tag takes four bytes at least.
        let count = try reader.number()
        guard count <= bytes.count / 4 else { throw Reader.damaged }
        tags.reserveCapacity(count)
        for _ in 0..<count { tags.append(try reader.tag(term)) }
        guard reader.isAtEnd else { throw Reader.damaged }
        return tags
    }

    /// What the head of a tag says: bits from the lowest.
    private enum Head {
        static let kinds = 2
        static let hasRule = 1 << 2
        static let hasStart = 1 << 3
        static let hasEnd = 1 << 4
        /// How the words are stored: not at all, as a text, or as the range from start to end.
        static let words = 5
        static let hasPart = 1 << 7
    }

    private enum Words: Int {
        case none, text, provenance
    }

    /// The text that `start` and `end` refer to, if the record alone determines it.
    private static func field(_ provenance: String, of record: Record) -> String? {
        switch provenance {
        case "title": record.title
        case "description": record.description
        default: nil
        }
    }

    private static func literalID(_ facet: String, label: String) -> String {
        "text:\(facet):\(Tokenizer.folded(label))"
    }

    private struct Writer {
        private(set) var bytes: [UInt8] = []
        private let record: Record
        private var texts: [String: Int] = [:]

        init(_ record: Record) { self.record = record }

        mutating func number(_ value: Int) { LEB128.append(UInt(bitPattern: value), to: &bytes) }

        /// Numbers near 0, negative ones too, in few bytes.
        mutating func signed(_ value: Int) { number(value << 1 ^ value >> (Int.bitWidth - 1)) }

        /// A text at its first occurrence, after a 0; elsewhere its number.
        mutating func text(_ value: String) {
            if let known = texts[value] {
                number(known)
                return
            }
            texts[value] = texts.count + 1
            number(0)
            number(value.utf8.count)
            bytes += value.utf8
        }

        mutating func tag(_ tag: Tag, term: Int?) {
            if let term {
                number(term + 1)
            } else {
                number(0)
                text(tag.facet.rawValue)
                text(tag.label)
                let isUsual = tag.term == literalID(tag.facet.rawValue, label: tag.label)
                number(isUsual ? 0 : 1)
                if !isUsual { text(tag.term) }
            }
            let evidence = tag.evidence
            var words = Words.none
            if let quoted = evidence.words {
                words = .text
                if let start = evidence.start, let end = evidence.end,
                    let field = field(evidence.provenance, of: record), field.holds(quoted, from: start, to: end)
                {
                    words = .provenance
                }
            }
            var head = Evidence.Kind.allCases.firstIndex(of: evidence.kind) ?? 0
            if evidence.rule != nil { head |= Head.hasRule }
            if evidence.start != nil { head |= Head.hasStart }
            if evidence.end != nil { head |= Head.hasEnd }
            if tag.part != nil { head |= Head.hasPart }
            number(head | words.rawValue << Head.words)
            if let part = tag.part { signed(part) }
            text(evidence.provenance)
            if let rule = evidence.rule { text(rule) }
            if let start = evidence.start { signed(start) }
            if let end = evidence.end { signed(end &- (evidence.start ?? 0)) }
            if words == .text, let quoted = evidence.words { text(quoted) }
        }
    }

    private struct Reader {
        private let bytes: [UInt8]
        private let record: Record
        private var texts: [String] = []
        private var at = 0

        static var damaged: StoreError { StoreError(.corrupt, "the tags of a record cannot be read") }

        init(_ record: Record, _ bytes: [UInt8]) {
            self.record = record
            self.bytes = bytes
        }

        var isAtEnd: Bool { at == bytes.count }

        mutating func number() throws(StoreError) -> Int {
            guard let value = Int(exactly: try bits()) else { throw Reader.damaged }
            return value
        }

        private mutating func bits() throws(StoreError) -> UInt {
            guard let value = LEB128.number(in: bytes, at: &at) else { throw Reader.damaged }
            return value
        }

        private mutating func signed() throws(StoreError) -> Int {
            let value = try bits()
            return Int(bitPattern: value >> 1) ^ -Int(value & 1)
        }

        private mutating func text() throws(StoreError) -> String {
            let known = try number()
            if known > 0 {
                guard known <= texts.count else { throw Reader.damaged }
                return texts[known - 1]
            }
            let count = try number()
            guard count <= bytes.count - at else { throw Reader.damaged }
            let text = String(decoding: bytes[at..<at + count], as: UTF8.self)
            at += count
            texts.append(text)
            return text
        }

        mutating func tag(_ term: (Int) throws(StoreError) -> StoredTerm) throws(StoreError) -> Tag {
            let facet: Facet
            let (id, label): (String, String)
            let number = try number()
            if number > 0 {
                let known = try term(number - 1)
                (facet, id, label) = (known.facet, known.id, known.label)
            } else {
                guard let named = Facet(rawValue: try text()) else { throw Reader.damaged }
                facet = named
                label = try text()
                id = try self.number() == 0 ? literalID(facet.rawValue, label: label) : try text()
            }
            let head = try self.number()
            let kinds = Evidence.Kind.allCases
            let kind = head & (1 << Head.kinds - 1)
            guard kind < kinds.count, head < 1 << 8, let words = Words(rawValue: head >> Head.words & 3) else {
                throw Reader.damaged
            }
            let part = head & Head.hasPart != 0 ? try signed() : nil
            let provenance = try text()
            let rule = head & Head.hasRule != 0 ? try text() : nil
            let start = head & Head.hasStart != 0 ? try signed() : nil
            let end: Int?
            if head & Head.hasEnd != 0 {
                end = (start ?? 0) &+ (try signed())
            } else {
                end = nil
            }
            let quoted: String?
            switch words {
            case .none: quoted = nil
            case .text: quoted = try text()
            case .provenance:
                guard let start, let end, let words = field(provenance, of: record)?.text(from: start, to: end) else {
                    throw Reader.damaged
                }
                quoted = words
            }
            return Tag(
                facet: facet, term: id, label: label, part: part,
                evidence: Evidence(
                    kinds[kind], provenance: provenance, rule: rule, words: quoted, start: start, end: end))
        }
    }
}

extension String {
    /// The text between two offsets in UTF-8 bytes; nil if they are not valid in this text.
    fileprivate func text(from start: Int, to end: Int) -> String? {
        guard start >= 0, start <= end, end <= utf8.count else { return nil }
        let first = utf8.index(startIndex, offsetBy: start)
        return String(decoding: utf8[first..<utf8.index(first, offsetBy: end - start)], as: UTF8.self)
    }

    /// Whether a text is there, byte by byte.
    fileprivate func holds(_ text: String, from start: Int, to end: Int) -> Bool {
        self.text(from: start, to: end).map { $0.utf8.elementsEqual(text.utf8) } ?? false
    }
}
