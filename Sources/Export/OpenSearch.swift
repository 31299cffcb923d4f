package import JSON
import Records
package import Search

/// How browsers learn to search here (OpenSearch 1.1).
package struct OpenSearch: Sendable {
    package static let mediaType = "application/opensearchdescription+xml; charset=utf-8"
    package static let suggestionsMediaType = "application/x-suggestions+json"

    package let site: SiteAddress

    package init(site: SiteAddress) { self.site = site }

    /// The description document.
    package var description: String {
        let urls = [
            ("text/html", "\(site.base)/?q={searchTerms}", nil),
            ("application/json", "\(site.base)/v1/search?q={searchTerms}&limit={count?}", nil),
            ("application/atom+xml", "\(site.base)/v1/feed.atom?q={searchTerms}", nil),
            (
                Self.suggestionsMediaType, "\(site.base)/v1/suggest?q={searchTerms}&format=opensearch",
                "suggestions"
            ),
            ("application/opensearchdescription+xml", "\(site.base)/opensearch.xml", "self"),
        ]
        return
            ([
                "<?xml version=\"1.0\" encoding=\"utf-8\"?>",
                "<OpenSearchDescription xmlns=\"http://a9.com/-/spec/opensearch/1.1/\">",
                XML.element("ShortName", "discover"),
                XML.element("Description", "Public neuroscience data by what was recorded, where, how and in whom"),
                XML.element("Tags", "neuroscience data recordings"),
            ]
            + urls.map { XML.empty("Url", ["type": $0.0, "rel": $0.2, "template": $0.1]) }
            + [
                XML.element("Language", "en"), XML.element("InputEncoding", "UTF-8"),
                XML.element("OutputEncoding", "UTF-8"), "</OpenSearchDescription>",
            ]).joined(separator: "\n") + "\n"
    }

    /// Answer to a half-typed word (OpenSearch suggestions 1.1): the word, completions as operators, what they are, and
    /// the searches they lead to.
    package func suggestions(for prefix: String, _ found: [Suggestion]) -> JSONValue {
        let completions = found.map { suggestion in
            let label = SafeText.line(suggestion.label).split(separator: "\"").joined(separator: " ")
            return "\(suggestion.facet.rawValue):"
                + (label.allSatisfy { $0.isLetter || $0.isNumber } ? label : "\"\(label)\"")
        }
        return .array([
            .string(prefix), .texts(completions),
            .texts(found.map { "\($0.facet.rawValue), \($0.count) \($0.count == 1 ? "record" : "records")" }),
            .texts(completions.map { "\(site.base)/?q=\(WebLink.queryValue($0))" }),
        ])
    }
}
