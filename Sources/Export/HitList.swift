import JSON
import Records
package import Search

/// The hits of a search as a list.
package struct HitList: Sendable {
    package let hits: [Hit]

    package init(_ hits: [Hit]) { self.hits = hits }

    /// Head and body of the table.
    package var rows: [[String]] {
        [["id", "tier", "score", "type", "source", "access", "title", "url"]]
            + hits.map { hit in
                [
                    hit.id.description, hit.tier.rawValue, "\(hit.score)", hit.type.rawValue, hit.source.rawValue,
                    hit.access.rawValue, hit.title, hit.url ?? "",
                ]
            }
    }

    /// A table with a head.
    package var csv: String { CommaSeparated.table(rows) }

    /// One JSON document a line, one line a hit; keys sorted.
    package var ndjson: String {
        get throws {
            try hits.map { String(decoding: try JSONValue(encoding: $0).json, as: UTF8.self) + "\n" }.joined()
        }
    }
}

/// Several records in a form for records.
package struct RecordList: Sendable {
    package let entries: [CatalogEntry]

    package init(_ entries: [CatalogEntry]) { self.entries = entries }

    /// The list in a form; nil for the forms that hits or records of ours have themselves: JSON, NDJSON, CSV.
    package func text(as format: ExportFormat, at site: SiteAddress? = nil) -> String? {
        switch format {
        case .bibtex: entries.map(\.bibtex).joined(separator: "\n")
        case .ris: entries.map(\.ris).joined(separator: "\r\n")
        case .csl: line(.array(entries.map(\.csl)))
        case .datacite: line(.array(entries.map(\.datacite)))
        case .jsonld: line(graph(at: site))
        case .json, .ndjson, .csv: nil
        }
    }

    /// One context for all of them.
    private func graph(at site: SiteAddress?) -> JSONValue {
        let nodes = entries.map { entry -> JSONValue in
            guard case .object(var members) = entry.schemaOrg(at: site) else { return .null }
            members["@context"] = nil
            return .object(members)
        }
        return ["@context": "https://schema.org/", "@graph": .array(nodes)]
    }

    private func line(_ value: JSONValue) -> String { value.scriptSafe + "\n" }
}

extension CatalogEntry {
    /// The record in a form for records; nil for JSON, NDJSON and CSV, which hits and `ShownRecord` have.
    package func text(as format: ExportFormat, at site: SiteAddress? = nil) -> String? {
        switch format {
        case .bibtex: bibtex
        case .ris: ris
        case .csl: JSONValue.array([csl]).scriptSafe + "\n"
        case .datacite: datacite.scriptSafe + "\n"
        case .jsonld: schemaOrg(at: site).scriptSafe + "\n"
        case .json, .ndjson, .csv: nil
        }
    }
}
