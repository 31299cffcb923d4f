package import JSON
import Records

extension CatalogEntry {
    /// The record as schema.org JSON-LD with the properties of Google's dataset search.  With a site, the record's page
    /// there is its `@id`; else its DOI or the source's page.
    ///
    /// Descriptions end after 5000 characters, the longest that Google reads.
    package func schemaOrg(at site: SiteAddress? = nil) -> JSONValue {
        var identifiers: [JSONValue] = [.string(id.description)]
        if let doi {
            identifiers.append([
                "@type": "PropertyValue", "propertyID": "https://registry.identifiers.org/registry/doi",
                "value": .string("doi:\(doi)"), "url": .string(WebLink.doi(doi)),
            ])
        }
        let catalog: JSONValue? = publisher.map { publisher in
            ["@type": "DataCatalog", "name": .string(publisher.name), "url": .string(publisher.url)]
        }
        let organisation: JSONValue? = publisher.map { publisher in
            ["@type": "Organization", "name": .string(publisher.name), "url": .string(publisher.url)]
        }
        let own = site?.page(id) ?? address
        return .members([
            "@context": "https://schema.org/",
            "@type": .string(schemaType),
            "@id": .text(own),
            "name": .string(title),
            "description": .string(SafeText.shortened(description, to: 5000)),
            "url": .text(site?.page(id) ?? url ?? address),
            "identifier": .array(identifiers),
            "sameAs": .texts(Self.distinct([doi.map(WebLink.doi), url] + alsoAt + sameElsewhere, except: own)),
            "keywords": .texts(keywords),
            "license": .array(licenses.map { .string($0.url ?? $0.name) }),
            "creator": .array(creators.map(\.schemaOrg)),
            "contributor": .array(organisations.map(\.schemaOrg)),
            "publisher": organisation,
            "includedInDataCatalog": schemaType == "Dataset" ? catalog : nil,
            "datePublished": .text(published.map(CalendarDay.iso)),
            "dateModified": .text(modified.map(CalendarDay.iso)),
            "temporalCoverage": .text(schemaType == "Dataset" ? interval : nil),
            "isAccessibleForFree": access == .open ? .bool(true) : nil,
            "conditionsOfAccess": .text(conditions),
            "creditText": .text(citation),
            "citation": .texts(targets(of: .describedBy)),
            "isPartOf": .texts(targets(of: .partOf)),
            "hasPart": .texts(targets(of: .hasPart)),
            "encodingFormat": .texts(formats),
            "measurementTechnique": .texts(labels(of: .measurementTechnique)),
            "variableMeasured": .texts(schemaType == "Dataset" ? labels(of: .variableMeasured) : []),
            "about": .array(
                terms.filter { $0.facet.descriptor.schemaOrg == .about }
                    .map { term in
                        .members([
                            "@type": "DefinedTerm", "name": .string(term.label), "termCode": .text(term.curie),
                        ])
                    }),
        ])
    }

    /// The type of the record in schema.org.
    var schemaType: String {
        switch id.type {
        case .dataset, .session, .subject, .cohort, .collection, .model: "Dataset"
        case .software: "SoftwareSourceCode"
        case .protocol, .setup, .document: "CreativeWork"
        }
    }

    private var interval: String? {
        recorded.map { days in
            let first = CalendarDay.iso(days.lowerBound)
            return days.count == 1 ? first : "\(first)/\(CalendarDay.iso(days.upperBound))"
        }
    }

    /// Who may have the data and how to ask; nil for open data.
    var conditions: String? {
        guard access != .open else { return nil }
        let until = embargoedUntil.map { "embargoed until \(CalendarDay.iso($0))" }
        return [until ?? access.rawValue, accessNote].compactMap(\.self).joined(separator: ". ")
    }

    private var sameElsewhere: [String?] { targets(of: .sameAs).map { $0 } }

    /// Addresses that links of a relation lead to.
    func targets(of relation: Link.Relation) -> [String] {
        Self.distinct(links.filter { $0.relation == relation }.map { Self.address(of: $0.target) }, except: nil)
    }

    /// A DOI or a web address as an address; nil for the id of a record.
    static func address(of target: String) -> String? {
        isDOI(target) ? WebLink.doi(target) : WebLink.safe(target)
    }

    func labels(of property: FacetDescriptor.SchemaOrgProperty) -> [String] {
        Self.distinct(terms.filter { $0.facet.descriptor.schemaOrg == property }.map(\.label), except: nil)
    }

    static func distinct(_ values: [String?], except: String?) -> [String] {
        var seen: Set<String> = except.map { [$0] } ?? []
        return values.compactMap(\.self).filter { seen.insert($0).inserted }
    }
}

extension CatalogEntry.Agent {
    fileprivate var schemaOrg: JSONValue {
        let type: String? =
            switch kind {
            case .person: "Person"
            case .organisation: "Organization"
            case nil: nil
            }
        return .members([
            "@type": .text(type), "@id": .text(identifier), "name": .string(name), "familyName": .text(family),
            "givenName": .text(given), "identifier": .text(identifier),
        ])
    }
}
