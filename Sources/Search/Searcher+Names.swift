import Planner
import Records
import Store

/// The records that a plan names, as rows of one generation.
struct NamedRecords {
    /// The records of ``Plan/records``; nil where the plan names none.
    var rows: Bitset?
    /// The record of ``Plan/like``; nil where there is none, or the index does not hold it.
    var model: Int?
    /// What may be listed beside the model: all but itself, and nothing where the index lacks it.
    var others: Bitset?
    /// Names that lead to no record.
    var warnings: [Plan.Warning] = []
}

extension Searcher {
    /// Resolves the names of a plan.
    func names(of plan: Plan) throws(SearchError) -> NamedRecords {
        var names = NamedRecords()
        let count = generation.facets.recordCount
        if !plan.records.isEmpty {
            var found = Bitset(capacity: count)
            for name in plan.records {
                let rows = try rows(meantBy: name)
                if rows.isEmpty { names.warnings.append(try unknownRecord(name)) }
                for row in rows { found.insert(row) }
            }
            names.rows = found
        }
        if let like = plan.like {
            names.model = try rows(meantBy: like).first
            if let model = names.model {
                var others = Bitset(all: count)
                others.remove(model)
                names.others = others
            } else {
                names.others = Bitset(capacity: count)
                names.warnings.append(try unknownRecord(like))
            }
        }
        return names
    }

    private func unknownRecord(_ name: String) throws(SearchError) -> Plan.Warning {
        Plan.Warning(
            code: "unknown_record", message: "the index holds no record '\(name)'",
            suggestions: try neighbors(of: name))
    }

    /// Ids like one that the index does not hold: those beside it that differ at the end only, as slips of typing do.
    private func neighbors(of name: String) throws(SearchError) -> [String] {
        guard let id = RecordID(name) else { return [] }
        let alike = id.native.dropLast(min(2, id.native.count / 2))
        return try reading { () throws(StoreError) in try generation.neighbors(of: id) }
            .filter { $0.native.hasPrefix(alike) }.map(\.description)
    }

    /// Rows of the records that a name means, however it is written: a record's id, `doi:`, `uuid:`, `url:`, an
    /// accession of an archive, or a native id alone.  Case and a version at the end are passed over where the very
    /// name is unknown.  Empty where the index holds none.
    func rows(meantBy name: String) throws(SearchError) -> [Int] {
        let name = name.trimmingSpaces
        if let id = RecordID(name) { return try rows(of: id) }
        for lead in ["uuid:", "url:"] where name.lowercased().hasPrefix(lead) {
            let rest = String(name.dropFirst(lead.count))
            return lead == "url:" ? try rows(at: rest) : try rows(ofNative: rest)
        }
        if let doi = DOI(name) { return try rows(of: doi) }
        if name.contains("://") { return try rows(at: name) }
        if let colon = name.firstIndex(of: ":") {
            let prefix = name[..<colon].lowercased()
            if let source = Source.allCases.first(where: { $0.descriptor.curiePrefix == prefix }) {
                return try rows(of: RecordID(source, .dataset, String(name[name.index(after: colon)...])))
            }
        }
        return try rows(ofNative: name)
    }

    private func rows(of id: RecordID) throws(SearchError) -> [Int] {
        var natives = [id.native, id.native.lowercased(), id.source.unversioned(id.native).lowercased()]
        // Numbers of archives have zeros before them, which people leave out.
        if id.native.utf8.count < Self.digitsOfNumber, id.native.utf8.allSatisfy({ (48...57).contains($0) }) {
            natives.append(String(repeating: "0", count: Self.digitsOfNumber - id.native.utf8.count) + id.native)
        }
        for native in natives {
            let known = try reading { () throws(StoreError) in
                try generation.row(of: RecordID(id.source, id.type, native))
            }
            if let known { return [known] }
        }
        return []
    }

    private func rows(ofNative native: String) throws(SearchError) -> [Int] {
        for native in [native, native.lowercased()] {
            let rows = try reading { () throws(StoreError) in try generation.rows(ofNative: native) }
            if !rows.isEmpty { return rows }
        }
        // A probe insertion is a part of its session.
        return try reading { () throws(StoreError) in try generation.rows(ofPart: native) }
    }

    /// The records that have a DOI; of a dataset and its parts, the dataset.
    private func rows(of doi: DOI) throws(SearchError) -> [Int] {
        var rows = try reading { () throws(StoreError) in try generation.rows(ofDOI: doi) }
        if rows.isEmpty {
            for source in Source.allCases {
                guard let form = source.descriptor.doi, form.prefix == doi.prefix,
                    let native = form.native(of: doi.suffix)
                else { continue }
                rows = try self.rows(of: RecordID(source, .dataset, String(native)))
            }
        }
        let datasets = rows.filter { generation.facets.type(ofRecord: $0) == .dataset }
        return datasets.isEmpty ? rows : datasets
    }

    /// The record that an address shows: by the pages of its source, else by the last piece of the address that is a
    /// native id.
    private func rows(at address: String) throws(SearchError) -> [Int] {
        if let doi = DOI(address) { return try rows(of: doi) }
        var rest = address[...]
        if let scheme = rest.firstRange(of: "://") { rest = rest[scheme.upperBound...] }
        if rest.lowercased().hasPrefix("www.") { rest = rest.dropFirst(4) }
        let pieces = rest.split { "/?#&=".contains($0) }.map(String.init)
        guard let host = pieces.first?.lowercased() else { return [] }
        let path = Array(pieces.dropFirst())
        for source in Source.allCases {
            for page in source.descriptor.pages where page.hosts.contains(host) {
                guard path.count > page.path.count, path.starts(with: page.path) else { continue }
                for type in page.types {
                    let rows = try rows(of: RecordID(source, type, path[page.path.count]))
                    if !rows.isEmpty { return rows }
                }
            }
        }
        for piece in path.reversed() where piece.count >= Self.shortestNative {
            let rows = try piece.contains(":") ? rows(meantBy: piece) : rows(ofNative: piece)
            if !rows.isEmpty { return rows }
        }
        return []
    }

    /// Digits of an archive's numbers: `000026`.
    private static let digitsOfNumber = 6
    /// Shorter pieces of an address than this are words like `dataset`, not ids.
    private static let shortestNative = 6
}

extension Source {
    /// A native id without the version that addresses and DOIs append: `000026/0.220101.1`, `ds000117.v1.0.0`,
    /// `ds000117:1.0.0`.
    fileprivate func unversioned(_ native: String) -> String {
        let marks: [Character] = ["/", ":"] + [descriptor.doi?.versionMark].compactMap(\.self)
        return String(native.prefix { !marks.contains($0) })
    }
}
