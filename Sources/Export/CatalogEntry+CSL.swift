package import JSON
import Records

extension CatalogEntry {
    /// The record as an item of CSL-JSON (citationstyles.org, schema 1.0).
    package var csl: JSONValue {
        let authors = creators.map { creator -> JSONValue in
            guard let family = creator.family, let given = creator.given else {
                return ["literal": .string(creator.name)]
            }
            return ["family": .string(family), "given": .string(given)]
        }
        let issued: JSONValue? = published.map { day in
            let (year, month, number) = CalendarDay.civil(day)
            return ["date-parts": [[.int(year), .int(month), .int(number)]]]
        }
        let type =
            switch id.type {
            case .dataset, .session, .subject, .cohort, .collection, .model: "dataset"
            case .software: "software"
            case .protocol, .setup, .document: "document"
            }
        return .members([
            "id": .string(citationKey), "type": .string(type), "title": .string(title), "author": .array(authors),
            "issued": issued, "publisher": .text(publisher?.name), "DOI": .text(doi), "URL": .text(address),
            "abstract": .string(description), "keyword": .string(keywords.joined(separator: ", ")),
            "note": .text(conditions),
        ])
    }
}
