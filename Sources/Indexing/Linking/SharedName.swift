internal import Connectors
internal import Records

/// The names by which two records are joined: DOIs, record ids and pages, each in canonical form.
///
/// A name holds the record type (`dataset doi:10.48324/dandi.000003`, `dandi:dataset:000003`, `session page:…`), so
/// that records of different kinds never share one.
enum SharedName {
    /// The names of a DOI: the DOI without the version that some archives append, and the id of the archive's record.
    /// None for a session or subject that carries the DOI of a dataset: it is a part of it.
    static func ofDOI(_ text: String, type: RecordType) -> [String] {
        guard let doi = CURIE.doi(text), let slash = doi.firstIndex(of: "/") else { return [] }
        let suffix = doi[doi.index(after: slash)...]
        func name(_ doi: String) -> String { "\(type.rawValue) doi:\(doi)" }
        let prefix = doi[..<slash]
        if let (source, form) = withDOIs[prefix] {
            guard type == .dataset, let native = form.native(of: suffix) else { return [] }
            return [name(form.doi(of: native)), RecordID(source, .dataset, String(native)).description]
        }
        // figshare, whose DOIs other places give: `10.6084/m9.figshare.12345.v2`
        if prefix == "10.6084" {
            let pieces = suffix.split(separator: ".", maxSplits: 3, omittingEmptySubsequences: false)
            return [name("10.6084/\(pieces.prefix(3).joined(separator: "."))")]
        }
        return [name(doi)]
    }

    /// The names of what a `same_as` link of a record of a type points at: a record id, a DOI or an address.  None when
    /// it is of another kind, or none at all.
    static func ofTarget(_ target: String, type: RecordType) -> [String] {
        if let id = RecordID(target) { return id.type == type ? [id.description] : [] }
        if let colon = target.firstIndex(of: ":"), let source = withCURIEs[target[..<colon].lowercased()] {
            let native = target[target.index(after: colon)...].prefix { $0 != "/" }
            return type == .dataset ? [RecordID(source, .dataset, String(native)).description] : []
        }
        let names = ofDOI(target, type: type)
        if !names.isEmpty || CURIE.doi(target) != nil { return names }
        return ofPage(target, type: type)
    }

    /// The name of a page: the record's id if the URL contains it, else the normalised URL.
    static func ofPage(_ address: String, type: RecordType) -> [String] {
        guard let address = WebAddress(address.replacing("/#/", with: "/", maxReplacements: 1)) else { return [] }
        let host = address.host.hasPrefix("www.") ? address.host.dropFirst(4) : address.host[...]
        let path = address.path.split(separator: "/")
        if let (source, types, native) = archived(host: host, path: path) {
            return types.contains(type) ? ["\(source.rawValue):\(type.rawValue):\(native)"] : []
        }
        // The front page of a portal names no single record.
        guard !path.isEmpty || !address.query.isEmpty else { return [] }
        let query = address.query.isEmpty ? "" : "?\(address.query)"
        return ["\(type.rawValue) page:\(host)/\(path.joined(separator: "/"))\(query)"]
    }

    /// The source's record that an address shows, and the kinds of record it may be.
    private static func archived(host: Substring, path: [Substring]) -> (Source, [RecordType], Substring)? {
        for (source, page) in pages[String(host)] ?? [] {
            if path.count > page.path.count, path.starts(with: page.path, by: { $0 == $1 }) {
                return (source, page.types, path[page.path.count])
            }
        }
        return nil
    }

    /// The pages of records by their hosts.
    private static let pages: [String: [(Source, SourceDescriptor.Page)]] = Dictionary(
        grouping: Source.allCases.flatMap { source in
            source.descriptor.pages.flatMap { page in page.hosts.map { (host: $0, entry: (source, page)) } }
        }, by: \.host
    ).mapValues { $0.map(\.entry) }

    /// The sources that give their datasets DOIs, by the registrant.
    private static let withDOIs: [Substring: (Source, SourceDescriptor.DOIForm)] = Dictionary(
        uniqueKeysWithValues: Source.allCases.compactMap { source in
            source.descriptor.doi.map { (Substring($0.prefix), (source, $0)) }
        })

    /// The sources that have identifiers of their own, by what stands before the colon.
    private static let withCURIEs = Dictionary(
        uniqueKeysWithValues: Source.allCases.compactMap { source in
            source.descriptor.curiePrefix.map { ($0, source) }
        })
}
