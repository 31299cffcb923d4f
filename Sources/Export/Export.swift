/// Export: records, lists and searches in the forms other programs read.  Pure functions from values to text; no I/O.
///
/// A record is first read into a ``CatalogEntry``, which holds what all forms have in common, with every text made
/// safe; each form is then an extension of it.  What a record lacks is left out, never invented: a record without a
/// year gives a citation without a year.
///
/// Standards: schema.org, BibTeX and BibLaTeX, RIS, CSL-JSON 1.0, DataCite 4.5, RFC 4180, RFC 4287, RFC 8288 with FAIR
/// Signposting, OpenSearch 1.1, sitemaps.org 0.9.

/// A form of export.  The raw value is what `format=` and the flags say.
package enum ExportFormat: String, CaseIterable, Sendable, Hashable {
    case json, ndjson, csv, jsonld, bibtex, ris, csl, datacite

    /// The media type of an answer in this form.
    package var mediaType: String {
        switch self {
        case .json: "application/json"
        case .ndjson: "application/x-ndjson"
        case .csv: "text/csv; charset=utf-8; header=present"
        case .jsonld: "application/ld+json"
        case .bibtex: "application/x-bibtex; charset=utf-8"
        case .ris: "application/x-research-info-systems; charset=utf-8"
        case .csl: "application/vnd.citationstyles.csl+json"
        case .datacite: "application/vnd.datacite.datacite+json"
        }
    }

    /// What a file of it is called.
    package var fileExtension: String {
        switch self {
        case .json, .csl, .datacite: "json"
        case .ndjson: "ndjson"
        case .csv: "csv"
        case .jsonld: "jsonld"
        case .bibtex: "bib"
        case .ris: "ris"
        }
    }

    /// Forms of one record.
    package static let ofRecords: [ExportFormat] = [.json, .jsonld, .bibtex, .ris, .csl, .datacite]

    /// The media type without its parameters.
    var essence: Substring { mediaType.prefix { $0 != ";" } }

    /// The form an `Accept` field asks for (RFC 9110 section 12.5.1): the one of highest quality, of equal ones the
    /// first of `offered`; nil when it accepts none of them.  An empty field accepts all.
    package static func negotiated(accept: String, among offered: [ExportFormat]) -> ExportFormat? {
        let ranges = accept.split(separator: ",").map(MediaRange.init)
        guard !ranges.isEmpty else { return offered.first }
        var best: (format: ExportFormat, quality: Double)?
        for format in offered {
            // The most telling range decides: `text/csv` before `text/*` before `*/*`.
            let quality = ranges.filter { $0.matches(format.essence) }.max { $0.rank < $1.rank }?.quality ?? 0
            if quality > best?.quality ?? 0 { best = (format, quality) }
        }
        return best?.format
    }

    private struct MediaRange {
        let type: String
        let quality: Double

        init(_ text: Substring) {
            let pieces = text.split(separator: ";").map { $0.filter { !$0.isWhitespace }.lowercased() }
            type = pieces.first ?? ""
            let given = pieces.dropFirst().first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) }
            quality = min(max(given ?? 1, 0), 1)
        }

        var rank: Int { type == "*/*" ? 0 : type.hasSuffix("/*") ? 1 : 2 }

        func matches(_ essence: Substring) -> Bool {
            type == "*/*" || type == essence || type.hasSuffix("/*") && essence.hasPrefix(type.dropLast())
        }
    }
}
