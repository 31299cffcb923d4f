internal import JSON
internal import Records

/// Reads records as ``StagingFile`` and ``GenerationWriter`` encode them.
///
/// Each is read once more while it is linked, and for each hit: the toolchain's decoder took longer than a full-text
/// search.  Unknown keys are skipped, as that decoder does.
enum StoredJSON {
    /// - Throws: what is missing or no record.
    static func record(_ json: String) throws(JSONError) -> Record {
        try whole(json, record)
    }

    /// What names a record, and who may have it when.
    struct Heading {
        var title = ""
        var doi: String?
        var access: Access?
        var embargoedUntil: Int?
    }

    /// The first fields of a record; the others are skipped.
    static func heading(_ json: String) throws(JSONError) -> Heading {
        try whole(json) { (reader) throws(JSONError) in
            var heading = Heading()
            try reader.members { (reader, key) throws(JSONError) in
                switch key {
                case "title": heading.title = try reader.text()
                case "doi": heading.doi = try reader.text()
                case "access": heading.access = try named(&reader)
                case "embargoedUntil": heading.embargoedUntil = try reader.integer()
                default: try reader.skip()
                }
            }
            return heading
        }
    }

    /// - Throws: what is missing or malformed.
    static func alsoAt(_ json: String) throws(JSONError) -> [AlsoAt] {
        try whole(json) { (reader) throws(JSONError) in try list(&reader, alsoAt) }
    }

    private static func whole<Value>(
        _ json: String, _ read: (inout JSONReader) throws(JSONError) -> Value
    ) throws(JSONError) -> Value {
        var reader = JSONReader(json)
        let value = try read(&reader)
        try reader.finish()
        return value
    }

    private static func list<Value>(
        _ reader: inout JSONReader, _ read: (inout JSONReader) throws(JSONError) -> Value
    ) throws(JSONError) -> [Value] {
        var values: [Value] = []
        try reader.items { (reader) throws(JSONError) in values.append(try read(&reader)) }
        return values
    }

    private static func texts(_ reader: inout JSONReader) throws(JSONError) -> [String] {
        try list(&reader) { (reader) throws(JSONError) in try reader.text() }
    }

    /// A value that is written by its name; nil for a name this version does not know, which then counts as missing.
    private static func named<Value: RawRepresentable<String>>(_ reader: inout JSONReader) throws(JSONError) -> Value? {
        Value(rawValue: try reader.text())
    }

    private static func record(_ reader: inout JSONReader) throws(JSONError) -> Record {
        var id: RecordID?
        var (title, description): (String?, String?) = (nil, nil)
        var (url, doi, citation, accessNote): (String?, String?, String?, String?) = (nil, nil, nil, nil)
        var access: Access?
        var embargoedUntil: Int?
        var (contributors, labs, keywords, notes): ([String]?, [String]?, [String]?, [String]?) = (nil, nil, nil, nil)
        var parts: [Part]?
        var statements: [Records.Statement]?
        var quantities: [Quantity]?
        var passages: [Passage]?
        var links: [Link]?
        try reader.members { (reader, key) throws(JSONError) in
            switch key {
            case "id": id = RecordID(try reader.text())
            case "title": title = try reader.text()
            case "description": description = try reader.text()
            case "url": url = try reader.text()
            case "doi": doi = try reader.text()
            case "citation": citation = try reader.text()
            case "access": access = try named(&reader)
            case "accessNote": accessNote = try reader.text()
            case "embargoedUntil": embargoedUntil = try reader.integer()
            case "contributors": contributors = try texts(&reader)
            case "labs": labs = try texts(&reader)
            case "keywords": keywords = try texts(&reader)
            case "notes": notes = try texts(&reader)
            case "parts": parts = try list(&reader, part)
            case "statements": statements = try list(&reader, statement)
            case "quantities": quantities = try list(&reader, quantity)
            case "passages": passages = try list(&reader, passage)
            case "links": links = try list(&reader, link)
            default: try reader.skip()
            }
        }
        guard let id, let title, let description, let access, let contributors, let labs, let keywords, let parts,
            let statements, let quantities, let passages, let links, let notes
        else { throw reader.failure("no record ends here") }
        return Record(
            id: id, title: title, description: description, url: url, doi: doi, citation: citation, access: access,
            accessNote: accessNote, embargoedUntil: embargoedUntil, contributors: contributors, labs: labs,
            keywords: keywords, parts: parts, statements: statements, quantities: quantities, passages: passages,
            links: links, notes: notes)
    }

    private static func part(_ reader: inout JSONReader) throws(JSONError) -> Part {
        var role: Part.Role?
        var (type, label, native): (String?, String?, String?) = (nil, nil, nil)
        try reader.members { (reader, key) throws(JSONError) in
            switch key {
            case "role": role = try named(&reader)
            case "type": type = try reader.text()
            case "label": label = try reader.text()
            case "native": native = try reader.text()
            default: try reader.skip()
            }
        }
        guard let role, let type, let label else { throw reader.failure("no part ends here") }
        return Part(role: role, type: type, label: label, native: native)
    }

    private static func statement(_ reader: inout JSONReader) throws(JSONError) -> Records.Statement {
        var facet: Facet?
        var (value, scheme, provenance, grade): (String?, String?, String?, String?) = (nil, nil, nil, nil)
        var identifiers: [String]?
        var part: Int?
        try reader.members { (reader, key) throws(JSONError) in
            switch key {
            case "facet": facet = try named(&reader)
            case "value": value = try reader.text()
            case "identifiers": identifiers = try texts(&reader)
            case "scheme": scheme = try reader.text()
            case "part": part = try reader.integer()
            case "place": provenance = try reader.text()
            case "grade": grade = try reader.text()
            default: try reader.skip()
            }
        }
        guard let facet, let value, let identifiers, let provenance else {
            throw reader.failure("no statement ends here")
        }
        return Records.Statement(
            facet, value, identifiers: identifiers, scheme: scheme, part: part, provenance: provenance, grade: grade)
    }

    private static func quantity(_ reader: inout JSONReader) throws(JSONError) -> Quantity {
        var field: RangeField?
        var (min, max): (Double?, Double?) = (nil, nil)
        var part: Int?
        var provenance: String?
        try reader.members { (reader, key) throws(JSONError) in
            switch key {
            case "field": field = try named(&reader)
            case "min": min = try reader.double()
            case "max": max = try reader.double()
            case "part": part = try reader.integer()
            case "place": provenance = try reader.text()
            default: try reader.skip()
            }
        }
        guard let field, let min, let max, min <= max, let provenance else {
            throw reader.failure("no quantity ends here")
        }
        return Quantity(field, min...max, part: part, provenance: provenance)
    }

    private static func passage(_ reader: inout JSONReader) throws(JSONError) -> Passage {
        var (field, text): (String?, String?) = (nil, nil)
        var part: Int?
        var isEvidence: Bool?
        try reader.members { (reader, key) throws(JSONError) in
            switch key {
            case "field": field = try reader.text()
            case "text": text = try reader.text()
            case "part": part = try reader.integer()
            case "isEvidence": isEvidence = try reader.bool()
            default: try reader.skip()
            }
        }
        guard let field, let text, let isEvidence else { throw reader.failure("no passage ends here") }
        return Passage(field, text, part: part, isEvidence: isEvidence)
    }

    private static func link(_ reader: inout JSONReader) throws(JSONError) -> Link {
        var relation: Link.Relation?
        var (target, label): (String?, String?) = (nil, nil)
        try reader.members { (reader, key) throws(JSONError) in
            switch key {
            case "relation": relation = try named(&reader)
            case "target": target = try reader.text()
            case "label": label = try reader.text()
            default: try reader.skip()
            }
        }
        guard let relation, let target else { throw reader.failure("no link ends here") }
        return Link(relation, target, label: label)
    }

    private static func alsoAt(_ reader: inout JSONReader) throws(JSONError) -> AlsoAt {
        var id: RecordID?
        var (url, rule): (String?, String?) = (nil, nil)
        try reader.members { (reader, key) throws(JSONError) in
            switch key {
            case "id":
                guard let read = RecordID(try reader.text()) else { throw reader.failure("no record id ends here") }
                id = read
            case "url": url = try reader.text()
            case "rule": rule = try reader.text()
            default: try reader.skip()
            }
        }
        guard let rule else { throw reader.failure("no other place ends here") }
        return AlsoAt(id: id, url: url, rule: rule)
    }
}
