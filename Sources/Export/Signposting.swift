import Records

/// A typed link of an HTTP answer (RFC 8288).
package struct TypedLink: Sendable, Hashable {
    package let target: String
    package let relation: String
    /// Media type of the target, where it is known.
    package let type: String?

    package init(_ target: String, relation: String, type: String? = nil) {
        self.target = target
        self.relation = relation
        self.type = type
    }

    /// `<https://doi.org/10.48324/dandi.000003>; rel="cite-as"`.
    package var value: String {
        "<\(target)>; rel=\"\(relation)\"" + (type.map { "; type=\"\($0)\"" } ?? "")
    }
}

extension CatalogEntry {
    /// FAIR Signposting, level 1 (signposting.org/FAIR), for the page of a record: one `Link` field a value.  What is
    /// not known is left out; `item` is, because no source gives the URL of a file.
    package func signposts(at site: SiteAddress) -> [TypedLink] {
        var links: [TypedLink] = []
        if let doi { links.append(TypedLink(WebLink.doi(doi), relation: "cite-as")) }
        for format in [ExportFormat.jsonld, .datacite, .bibtex, .ris, .csl, .json] {
            links.append(
                TypedLink(site.data(id, format), relation: "describedby", type: String(format.essence)))
        }
        links.append(TypedLink("https://schema.org/AboutPage", relation: "type"))
        links.append(TypedLink("https://schema.org/\(schemaType)", relation: "type"))
        for license in licenses { if let url = license.url { links.append(TypedLink(url, relation: "license")) } }
        for creator in creators {
            if let address = creator.identifier { links.append(TypedLink(address, relation: "author")) }
        }
        return links
    }

    /// The same for a record as data: the way to its page, to its persistent name and to its other forms.
    package func signpostsOfData(at site: SiteAddress, as format: ExportFormat) -> [TypedLink] {
        var links = [TypedLink(site.page(id), relation: "describes", type: "text/html")]
        if let doi { links.append(TypedLink(WebLink.doi(doi), relation: "cite-as")) }
        for other in ExportFormat.ofRecords where other != format {
            links.append(TypedLink(site.data(id, other), relation: "alternate", type: String(other.essence)))
        }
        for license in licenses { if let url = license.url { links.append(TypedLink(url, relation: "license")) } }
        return links
    }
}
