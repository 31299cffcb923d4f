package import JSON
import Records
package import Search
internal import Text

/// The whole index as a schema.org `DataCatalog`, for the search page.
package struct DataCatalog: Sendable {
    package let site: SiteAddress
    /// The sources that it gathers.
    package let sources: [SearchResult.SourceLine]
    /// When the generation that is served was built, ISO 8601.
    package let modified: String

    package init(site: SiteAddress, sources: [SearchResult.SourceLine], modified: String) {
        self.site = site
        self.sources = sources
        self.modified = modified
    }

    /// JSON-LD with a search action, so that search engines know how to ask.
    package var schemaOrg: JSONValue {
        let names = sources.map { "\($0.source.rawValue) (\($0.records) records)" }
        return .members([
            "@context": "https://schema.org/",
            "@type": "DataCatalog",
            "@id": .string(site.home),
            "name": "discover",
            "description": .string(
                "Public metadata of neuroscience recordings, animals and datasets"
                    + (names.isEmpty ? "." : ", from " + names.joined(separator: ", ") + ".")),
            "url": .string(site.home),
            "dateModified": .string(modified),
            "potentialAction": [
                "@type": "SearchAction",
                "target": [
                    "@type": "EntryPoint", "urlTemplate": .string("\(site.base)/?q={search_term_string}"),
                ],
                "query-input": "required name=search_term_string",
            ],
        ])
    }
}

extension JSONValue {
    /// Compact JSON that is safe inside HTML and JavaScript, see ``MarkupEscaping/scriptSafe(json:)``.
    package var scriptSafe: String { MarkupEscaping.scriptSafe(json: String(decoding: json, as: UTF8.self)) }
}
