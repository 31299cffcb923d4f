import Export
import Records
import Search
import Store

extension Request {
    /// The form of export that is asked for: by parameter, else by `Accept`; 406 where neither fits.
    func format(_ parameter: Parameter, among offered: [ExportFormat]) throws(Problem) -> ExportFormat {
        if let named = values.text(parameter).flatMap({ ExportFormat(rawValue: $0) }) { return named }
        guard let format = ExportFormat.negotiated(accept: headers.accept ?? "", among: offered) else {
            throw Problem(
                .notAcceptable, "there is this as \(offered.map(\.mediaType).joined(separator: ", "))",
                suggestions: offered.map(\.rawValue))
        }
        return format
    }

    /// Records with all that exports say of them, in the order of the ids.
    func entries(of ids: [RecordID]) throws(Problem) -> [CatalogEntry] {
        try searching { () throws(SearchError) in
            var entries: [CatalogEntry] = []
            for id in ids {
                let stored = try searcher.record(named: id.description)
                entries.append(CatalogEntry(stored, vocabulary: searcher.vocabulary))
            }
            return entries
        }
    }
}

extension Response {
    /// The hits of a page in a form other than the result's own.
    init(_ hits: [Hit], as format: ExportFormat, _ request: Request) throws(Problem) {
        let text: String?
        switch format {
        case .csv: text = HitList(hits).csv
        case .ndjson: text = try? HitList(hits).ndjson
        default:
            text = RecordList(try request.entries(of: hits.map(\.id))).text(as: format, at: SiteAddress(request.site))
        }
        guard let text else { throw Problem(.internalError, "the answer cannot be written") }
        self.init(text, mediaType: format.mediaType)
        if request.values.has(.formatOfList) { attach("discover", as: format) }
    }

    /// Lets browsers keep the answer as a file, where they cannot show it (RFC 6266).
    mutating func attach(_ name: String, as format: ExportFormat) {
        guard format != .json else { return }
        let name = String(name.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == ".") ? $0 : "-" })
        fields.append(
            HeaderField("Content-Disposition", "attachment; filename=\"\(name).\(format.fileExtension)\""))
    }
}

extension Route.Answer {
    /// A record in one form.
    init(record format: ExportFormat) {
        self.init(
            String(format.mediaType.prefix { $0 != ";" }), schema: format == .json ? "Record" : nil,
            format == .json ? "The record with its tags." : "The record as \(format.name).")
    }

    /// A page of hits in one form.
    init(list format: ExportFormat) {
        self.init(String(format.mediaType.prefix { $0 != ";" }), "The hits of the page as \(format.name).")
    }
}

extension ExportFormat {
    /// What people call it.
    fileprivate var name: String {
        switch self {
        case .json: "JSON"
        case .ndjson: "JSON, one hit a line"
        case .csv: "a table"
        case .jsonld: "schema.org linked data"
        case .bibtex: "BibTeX"
        case .ris: "RIS"
        case .csl: "CSL-JSON"
        case .datacite: "DataCite metadata"
        }
    }
}
