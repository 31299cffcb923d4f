package import JSON
import Records

extension CatalogEntry {
    /// The record in DataCite's metadata schema 4.5, in its JSON form.
    ///
    /// What the schema requires and the record lacks (a creator, a year) is left out, too: such a record describes, but
    /// could not be registered as it is.
    package var datacite: JSONValue {
        var descriptions: [JSONValue] = []
        if !description.isEmpty {
            descriptions.append(["description": .string(description), "descriptionType": "Abstract"])
        }
        return .members([
            "schemaVersion": "http://datacite.org/schema/kernel-4",
            "doi": .text(doi),
            "url": .text(url ?? address),
            "types": ["resourceTypeGeneral": .string(generalType), "resourceType": .string(id.type.rawValue)],
            "creators": .array(creators.map { $0.datacite() }),
            "titles": title.isEmpty ? nil : [["title": .string(title)]],
            "publisher": publisher.map { ["name": .string($0.name)] },
            "publicationYear": .text(year.map(String.init)),
            "subjects": .array(subjects),
            "contributors": .array(organisations.map { $0.datacite(contributorType: "Other") }),
            "dates": .array(dates),
            "alternateIdentifiers": [
                ["alternateIdentifier": .string(id.description), "alternateIdentifierType": "discover"]
            ],
            "relatedIdentifiers": .array(related),
            "sizes": bytes.flatMap { bytes in
                bytes < 9e15 && bytes >= 0 ? [.string("\(Int(bytes)) bytes")] : nil
            },
            "formats": .texts(formats),
            "rightsList": .array(
                licenses.map { license in
                    .members([
                        "rights": .string(license.name), "rightsUri": .text(license.url),
                        "rightsIdentifier": .text(license.spdx),
                        "rightsIdentifierScheme": license.spdx == nil ? nil : "SPDX",
                        "schemeUri": license.spdx == nil ? nil : "https://spdx.org/licenses/",
                    ])
                }),
            "descriptions": .array(descriptions),
        ])
    }

    private var generalType: String {
        switch id.type {
        case .dataset, .session, .subject: "Dataset"
        case .cohort, .collection: "Collection"
        case .software: "Software"
        case .model: "Model"
        case .protocol, .setup, .document: "Other"
        }
    }

    private var subjects: [JSONValue] {
        var seen: Set<JSONValue> = []
        let keywords = keywords.map { JSONValue.members(["subject": .string($0)]) }
        let terms = terms.map { term in
            JSONValue.members([
                "subject": .string(term.label), "classificationCode": .text(term.curie),
                "subjectScheme": .text(term.curie?.split(separator: ":").first.map(String.init)),
            ])
        }
        return (keywords + terms).filter { seen.insert($0).inserted }
    }

    private var dates: [JSONValue] {
        func date(_ day: Int?, _ type: String) -> JSONValue? {
            day.map { ["date": .string(CalendarDay.iso($0)), "dateType": .string(type)] }
        }
        let collected: JSONValue? = recorded.map { days in
            let (first, last) = (CalendarDay.iso(days.lowerBound), CalendarDay.iso(days.upperBound))
            return ["date": .string(first == last ? first : "\(first)/\(last)"), "dateType": "Collected"]
        }
        let available = access == .embargoed ? embargoedUntil.map { $0 + 1 } : nil
        return [date(published, "Issued"), date(modified, "Updated"), collected, date(available, "Available")]
            .compactMap(\.self)
    }

    private var related: [JSONValue] {
        var result: [JSONValue] = []
        func add(_ target: String, _ relation: String) {
            let value: JSONValue
            if Self.isDOI(target) {
                value = [
                    "relatedIdentifier": .string(target), "relatedIdentifierType": "DOI",
                    "relationType": .string(relation),
                ]
            } else if let address = WebLink.safe(target) {
                value = [
                    "relatedIdentifier": .string(address), "relatedIdentifierType": "URL",
                    "relationType": .string(relation),
                ]
            } else {
                return
            }
            if !result.contains(value) { result.append(value) }
        }
        for link in links {
            switch link.relation {
            case .sameAs: add(link.target, "IsIdenticalTo")
            case .partOf: add(link.target, "IsPartOf")
            case .hasPart: add(link.target, "HasPart")
            case .describedBy: add(link.target, "IsDescribedBy")
            case .related: continue  // DataCite has no relation that says so little.
            }
        }
        for page in alsoAt { add(page, "IsIdenticalTo") }
        return result
    }
}

extension CatalogEntry.Agent {
    fileprivate func datacite(contributorType: String? = nil) -> JSONValue {
        let type: String? =
            switch kind {
            case .person: "Personal"
            case .organisation: "Organizational"
            case nil: nil
            }
        let identifiers: [JSONValue] =
            identifier.map { address in
                let isORCID = address.hasPrefix("https://orcid.org/")
                return [
                    [
                        "nameIdentifier": .string(address), "nameIdentifierScheme": isORCID ? "ORCID" : "ROR",
                        "schemeUri": isORCID ? "https://orcid.org" : "https://ror.org",
                    ]
                ]
            } ?? []
        return .members([
            "name": .string(name), "nameType": .text(type), "familyName": .text(family), "givenName": .text(given),
            "nameIdentifiers": .array(identifiers), "contributorType": .text(contributorType),
        ])
    }
}
