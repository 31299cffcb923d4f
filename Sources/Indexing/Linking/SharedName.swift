internal import Connectors
internal import Records

/// The names by which two records are seen to be one thing: DOIs, record ids and pages, each in one spelling.
///
/// A name holds the record type (`dataset doi:10.48324/dandi.000003`, `dandi:dataset:000003`, `session page:…`), so
/// that records of different kinds never share one.
enum SharedName {
    /// The names a DOI stands for: the DOI without the version that some archives append, and the id of the archive's
    /// record.  None for a session or subject that carries the DOI of a dataset: it is a part of it.
    static func ofDOI(_ text: String, type: RecordType) -> [String] {
        guard let doi = CURIE.doi(text), let slash = doi.firstIndex(of: "/") else { return [] }
        let suffix = doi[doi.index(after: slash)...]
        func name(_ doi: String) -> String { "\(type.rawValue) doi:\(doi)" }
        switch doi[..<slash] {
        case "10.48324":
            // DANDI: `10.48324/dandi.000003/0.230629.1955`
            let base = suffix.prefix { $0 != "/" }
            guard base.hasPrefix("dandi."), type == .dataset else { return [] }
            return [name("10.48324/\(base)"), "dandi:dataset:\(base.dropFirst(6))"]
        case "10.18112":
            // OpenNeuro: `10.18112/openneuro.ds000001.v1.0.0`
            let pieces = suffix.split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false)
            guard pieces.count >= 2, pieces[0] == "openneuro", type == .dataset else { return [] }
            return [name("10.18112/openneuro.\(pieces[1])"), "openneuro:dataset:\(pieces[1])"]
        case "10.6084":
            // figshare: `10.6084/m9.figshare.12345.v2`
            let pieces = suffix.split(separator: ".", maxSplits: 3, omittingEmptySubsequences: false)
            return [name("10.6084/\(pieces.prefix(3).joined(separator: "."))")]
        default:
            return [name(doi)]
        }
    }

    /// The names of what a `same_as` link of a record of a type points at: a record id, a DOI or an address.  None when
    /// it is of another kind, or no such thing.
    static func ofTarget(_ target: String, type: RecordType) -> [String] {
        if let id = RecordID(target) { return id.type == type ? [id.description] : [] }
        if target.lowercased().hasPrefix("dandi:") {
            return type == .dataset ? ["dandi:dataset:\(target.dropFirst(6).prefix { $0 != "/" })"] : []
        }
        let names = ofDOI(target, type: type)
        if !names.isEmpty || CURIE.doi(target) != nil { return names }
        return ofPage(target, type: type)
    }

    /// The name of a page: the record's id where the address tells it, else the address without what does not matter.
    static func ofPage(_ address: String, type: RecordType) -> [String] {
        guard let address = WebAddress(address.replacing("/#/", with: "/", maxReplacements: 1)) else { return [] }
        let host = address.host.hasPrefix("www.") ? address.host.dropFirst(4) : address.host[...]
        let path = address.path.split(separator: "/")
        if let (source, types, native) = archived(host: host, path: path) {
            return types.contains(type) ? ["\(source.rawValue):\(type.rawValue):\(native)"] : []
        }
        // The front page of a portal names no single thing.
        guard !path.isEmpty || !address.query.isEmpty else { return [] }
        let query = address.query.isEmpty ? "" : "?\(address.query)"
        return ["\(type.rawValue) page:\(host)/\(path.joined(separator: "/"))\(query)"]
    }

    /// The archive's record that an address shows, and the kinds of record it may be.
    private static func archived(host: Substring, path: [Substring]) -> (Source, Set<RecordType>, Substring)? {
        func after(_ names: [Substring]) -> Substring? {
            path.starts(with: names) && path.count > names.count ? path[names.count] : nil
        }
        switch host {
        case "dandiarchive.org", "gui.dandiarchive.org":
            return after(["dandiset"]).map { (.dandi, [.dataset], $0) }
        case "api.dandiarchive.org":
            return after(["api", "dandisets"]).map { (.dandi, [.dataset], $0) }
        case "openneuro.org":
            return after(["datasets"]).map { (.openneuro, [.dataset], $0) }
        case "search.kg.ebrains.eu":
            return after(["instances"]).map { (.ebrains, [.dataset, .model, .software], $0) }
        case "kg.ebrains.eu":
            return after(["api", "instances"]).map { (.ebrains, [.dataset, .model, .software], $0) }
        default:
            return nil
        }
    }
}
