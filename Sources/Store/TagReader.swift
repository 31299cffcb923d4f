internal import JSON
internal import Records

/// Reads the tags of a row as ``GenerationWriter`` writes them.
///
/// A page of hits has some five hundred tags: with the toolchain's decoder, reading them was a quarter of the work of a
/// search by words.
enum TagReader {
    /// - Throws: what is missing or no tag.
    static func tags(_ json: String) throws(JSONError) -> [Tag] {
        var reader = JSONReader(json)
        var tags: [Tag] = []
        try reader.items { (reader) throws(JSONError) in tags.append(try tag(&reader)) }
        try reader.finish()
        return tags
    }

    private static func tag(_ reader: inout JSONReader) throws(JSONError) -> Tag {
        var facet: Facet?
        var (term, label): (String?, String?) = (nil, nil)
        var part: Int?
        var evidence: Evidence?
        try reader.members { (reader, key) throws(JSONError) in
            switch key {
            case "facet": facet = Facet(rawValue: try reader.text())
            case "term": term = try reader.text()
            case "label": label = try reader.text()
            case "part": part = try reader.integer()
            case "evidence": evidence = try Self.evidence(&reader)
            default: try reader.skip()
            }
        }
        guard let facet, let term, let label, let evidence else { throw reader.failure("no tag ends here") }
        return Tag(facet: facet, term: term, label: label, part: part, evidence: evidence)
    }

    private static func evidence(_ reader: inout JSONReader) throws(JSONError) -> Evidence {
        var kind: Evidence.Kind?
        var place: String?
        var (rule, words): (String?, String?) = (nil, nil)
        var (start, end): (Int?, Int?) = (nil, nil)
        try reader.members { (reader, key) throws(JSONError) in
            switch key {
            case "kind": kind = Evidence.Kind(rawValue: try reader.text())
            case "where": place = try reader.text()
            case "rule": rule = try reader.text()
            case "words": words = try reader.text()
            case "start": start = try reader.integer()
            case "end": end = try reader.integer()
            default: try reader.skip()
            }
        }
        guard let kind, let place else { throw reader.failure("no evidence ends here") }
        return Evidence(kind, place: place, rule: rule, words: words, start: start, end: end)
    }
}
