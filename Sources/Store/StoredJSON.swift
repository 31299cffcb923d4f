internal import JSON
internal import Records

/// Writes and reads records as ``StagingFile`` and ``GenerationWriter`` keep them.
///
/// Each is read once more while it is linked, and for each hit: the toolchain's decoder took longer than a full-text
/// search.  Unknown members are skipped, as that decoder does.
enum StoredJSON {
    /// Throws `io` for a number that JSON has no form for.
    static func encoded(_ value: some StoredValue, of id: RecordID) throws(StoreError) -> String {
        var writer = JSONWriter()
        value.write(&writer)
        guard writer.isFaithful else {
            throw StoreError(.io, "\(id) cannot be stored: a number of it is infinite")
        }
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    /// - Throws: what is missing or no record.
    static func record(_ json: String) throws(JSONError) -> Record { try whole(json) }

    /// The first fields of a record; the others are skipped.
    static func heading(_ json: String) throws(JSONError) -> Heading { try whole(json) }

    /// - Throws: what is missing or malformed.
    static func alsoAt(_ json: String) throws(JSONError) -> [AlsoAt] { try whole(json) }

    private static func whole<Value: StoredValue>(_ json: String) throws(JSONError) -> Value {
        var reader = JSONReader(json)
        let value = try Value.read(&reader)
        try reader.finish()
        return value
    }

    /// What names a record, and who may have it when.
    struct Heading: StoredObject {
        var title: String
        var doi: String?
        var access: Access
        var embargoedUntil: Int?

        static var blank: Heading { Heading(title: "", access: .restricted) }
        static let noun = "record"

        mutating func members(_ visitor: inout some MemberVisitor) throws(JSONError) {
            try visitor.member("access", &access)
            try visitor.member("doi", &doi)
            try visitor.member("embargoedUntil", &embargoedUntil)
            try visitor.member("title", &title)
        }
    }
}

extension Facet: StoredValue {}
extension RangeField: StoredValue {}
extension Access: StoredValue {}
extension Part.Role: StoredValue {}
extension Link.Relation: StoredValue {}

extension RecordID: StoredValue {
    static func read(_ reader: inout JSONReader) throws(JSONError) -> RecordID {
        guard let id = RecordID(try reader.text()) else { throw reader.failure("no record id ends here") }
        return id
    }

    func write(_ writer: inout JSONWriter) { writer.text(description) }
}

extension Record: StoredObject {
    static var blank: Record { Record(id: RecordID(.beir, .document, ""), title: "") }
    static let noun = "record"

    mutating func members(_ visitor: inout some MemberVisitor) throws(JSONError) {
        try visitor.member("access", &access)
        try visitor.member("accessNote", &accessNote)
        try visitor.member("citation", &citation)
        try visitor.member("contributors", &contributors)
        try visitor.member("description", &description)
        try visitor.member("doi", &doi)
        try visitor.member("embargoedUntil", &embargoedUntil)
        try visitor.member("id", &id)
        try visitor.member("keywords", &keywords)
        try visitor.member("labs", &labs)
        try visitor.member("links", &links)
        try visitor.member("notes", &notes)
        try visitor.member("parts", &parts)
        try visitor.member("passages", &passages)
        try visitor.member("quantities", &quantities)
        try visitor.member("statements", &statements)
        try visitor.member("title", &title)
        try visitor.member("url", &url)
    }
}

extension Part: StoredObject {
    static var blank: Part { Part(role: .recording, type: "", label: "") }
    static let noun = "part"

    mutating func members(_ visitor: inout some MemberVisitor) throws(JSONError) {
        try visitor.member("label", &label)
        try visitor.member("native", &native)
        try visitor.member("role", &role)
        try visitor.member("type", &type)
    }
}

extension Records.Statement: StoredObject {
    static var blank: Records.Statement { Records.Statement(.species, "", provenance: "") }
    static let noun = "statement"

    mutating func members(_ visitor: inout some MemberVisitor) throws(JSONError) {
        try visitor.member("facet", &facet)
        try visitor.member("grade", &grade)
        try visitor.member("identifiers", &identifiers)
        try visitor.member("part", &part)
        try visitor.member("place", &provenance)
        try visitor.member("scheme", &scheme)
        try visitor.member("value", &value)
    }
}

extension Quantity: StoredObject {
    static var blank: Quantity { Quantity(.date, 0, provenance: "") }
    static let noun = "quantity"
    var isSound: Bool { min <= max }

    mutating func members(_ visitor: inout some MemberVisitor) throws(JSONError) {
        try visitor.member("field", &field)
        try visitor.member("max", &max)
        try visitor.member("min", &min)
        try visitor.member("part", &part)
        try visitor.member("place", &provenance)
    }
}

extension Passage: StoredObject {
    static var blank: Passage { Passage("", "") }
    static let noun = "passage"

    mutating func members(_ visitor: inout some MemberVisitor) throws(JSONError) {
        try visitor.member("field", &field)
        try visitor.member("isEvidence", &isEvidence)
        try visitor.member("part", &part)
        try visitor.member("text", &text)
    }
}

extension Link: StoredObject {
    static var blank: Link { Link(.related, "") }
    static let noun = "link"

    mutating func members(_ visitor: inout some MemberVisitor) throws(JSONError) {
        try visitor.member("label", &label)
        try visitor.member("relation", &relation)
        try visitor.member("target", &target)
    }
}

extension AlsoAt: StoredObject {
    static var blank: AlsoAt { AlsoAt(rule: "") }
    static let noun = "other place"

    mutating func members(_ visitor: inout some MemberVisitor) throws(JSONError) {
        try visitor.member("id", &id)
        try visitor.member("rule", &rule)
        try visitor.member("url", &url)
    }
}
