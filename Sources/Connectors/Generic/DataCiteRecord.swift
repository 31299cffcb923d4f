import JSON
import Records

/// One record of DataCite's metadata schema 4 in JSON, or as its REST interface wraps it.
struct DataCiteRecord {
    private let attributes: JSONValue
    private let provenance: String
    private let run: Harvest

    /// - Parameter value: the attributes, or an object that holds them under `attributes` or `data`.
    init(_ value: JSONValue, provenance: String, run: Harvest) {
        let value = value["data"] ?? value
        attributes = value["attributes"] ?? value
        self.provenance = provenance
        self.run = run
    }

    private func list(_ field: String) -> [JSONValue] { GenericRecord.list(attributes[field]) }

    /// Nil, and told, for what has no DOI or title, or is a text and no data.
    func record() -> Record? {
        guard attributes.object != nil else {
            run.reject(provenance, "is \(attributes.kind), not a record of DataCite")
            return nil
        }
        let identifiers =
            [attributes["doi"]?.text, attributes["id"]?.text]
            + list("identifiers").map {
                $0["identifier"]?.text
            }
        guard let doi = identifiers.lazy.compactMap({ $0.flatMap(CURIE.doi) }).first else {
            run.reject(provenance, field: "doi", "is missing or no DOI")
            return nil
        }
        let titles = list("titles").filter { $0["titleType"] == nil } + list("titles") + list("title")
        guard let title = titles.lazy.compactMap({ ($0["title"] ?? $0).text }).first else {
            run.reject(doi, field: "titles", "is missing: nothing to show the record by")
            return nil
        }
        guard let type = recordType else {
            run.note("records that are texts, not data, are left out")
            return nil
        }
        let descriptions = list("descriptions") + list("description")
        let abstract = descriptions.first { $0["descriptionType"]?.text == "Abstract" } ?? descriptions.first
        var record = Record(
            id: RecordID(.datacite, type, doi), title: PlainText.line(title),
            description: abstract.flatMap { ($0["description"] ?? $0).text }.map(PlainText.paragraph) ?? "",
            url: attributes["url"]?.text.flatMap { WebAddress($0)?.text } ?? "https://doi.org/\(doi)", doi: doi)
        for other in descriptions where other != abstract {
            guard let text = (other["description"] ?? other).text else { continue }
            record.passages.append(Passage("description", PlainText.paragraph(text)))
        }
        addPeople(to: &record)
        addRights(to: &record)
        addDates(doi, to: &record)
        addMatter(to: &record)
        addLinks(to: &record)
        return record
    }

    /// What the record is of; nil for texts.
    private var recordType: RecordType? {
        switch attributes["types"]?["resourceTypeGeneral"]?.text ?? "Dataset" {
        case "Software", "ComputationalNotebook", "Workflow": .software
        case "Model": .model
        case "Collection": .collection
        case "Text", "JournalArticle", "Journal", "Preprint", "Book", "BookChapter", "ConferencePaper", "DataPaper",
            "ConferenceProceeding", "Dissertation", "PeerReview", "Report", "OutputManagementPlan", "Event", "Award":
            nil
        default: .dataset
        }
    }

    private func addPeople(to record: inout Record) {
        for field in ["creators", "contributors"] {
            for person in list(field) {
                guard let name = person["name"]?.text ?? person.text else { continue }
                let orcid = GenericRecord.list(person["nameIdentifiers"]).lazy.compactMap {
                    $0["nameIdentifier"]?.text
                }.first
                GenericRecord.add(
                    name, isPerson: person["nameType"]?.text != "Organizational", orcid: orcid, provenance: field,
                    to: &record)
                for affiliation in GenericRecord.list(person["affiliation"]) {
                    guard let words = (affiliation["name"] ?? affiliation).text else { continue }
                    let passage = Passage("affiliation", PlainText.line(words), isEvidence: false)
                    if !record.passages.contains(passage) { record.passages.append(passage) }
                }
            }
        }
        if let publisher = (attributes["publisher"]?["name"] ?? attributes["publisher"])?.text {
            record.passages.append(Passage("publisher", PlainText.line(publisher), isEvidence: false))
            record.statements.append(Statement(.source, PlainText.line(publisher), provenance: "publisher"))
        }
        for funding in list("fundingReferences") {
            let words = [funding["funderName"]?.text, funding["awardTitle"]?.text, funding["awardNumber"]?.words]
            let text = words.compactMap(\.self).joined(separator: " ")
            if !text.isEmpty { record.passages.append(Passage("funding", PlainText.line(text), isEvidence: false)) }
        }
    }

    /// Rights of DataCite name licences and, in the words of info:eu-repo, who may have the data.
    private func addRights(to record: inout Record) {
        var said: [Access] = []
        for rights in list("rightsList") {
            let address = rights["rightsUri"]?.text
            let words = (address ?? "") + " " + (rights["rights"]?.text ?? "")
            if words.contains("embargoedAccess") {
                said.append(.embargoed)
            } else if words.contains("restrictedAccess") || words.contains("closedAccess") {
                said.append(.restricted)
            } else if words.contains("openAccess") {
                said.append(.open)
            } else if let license = GenericRecord.license(
                name: rights["rights"]?.text, address: address, identifier: rights["rightsIdentifier"]?.text,
                provenance: "rightsList")
            {
                record.statements.append(license)
                if GenericRecord.isOpen(license) { said.append(.open) }
            }
        }
        record.access =
            said.contains(.restricted)
            ? .restricted : said.contains(.embargoed) ? .embargoed : said.contains(.open) ? .open : .restricted
        switch record.access {
        case .open: break
        case .embargoed: record.accessNote = "Under embargo; see the page of the record."
        case .restricted where said.isEmpty: record.accessNote = "The record names no open licence; see its page."
        case .restricted: record.accessNote = "Not openly available; see the page of the record."
        }
    }

    private func addDates(_ doi: String, to record: inout Record) {
        for date in list("dates") {
            guard let text = date["date"]?.text else { continue }
            let ends = text.split(separator: "/").map(String.init).compactMap(GenericRecord.day)
            guard let first = ends.first, let last = ends.last, first <= last else {
                run.reject(field: "dates", of: doi, "'\(text)' is no date")
                continue
            }
            switch date["dateType"]?.text {
            case "Collected":
                record.quantities.append(Quantity(.date, Double(first)...Double(last), provenance: "dates, Collected"))
            case "Issued": record.quantities.append(Quantity(.published, Double(first), provenance: "dates, Issued"))
            case "Updated": record.quantities.append(Quantity(.modified, Double(first), provenance: "dates, Updated"))
            case "Available" where record.access == .embargoed: record.embargoedUntil = first
            default: break
            }
        }
        if !record.quantities.contains(where: { $0.field == .published }),
            let year = (attributes["publicationYear"] ?? attributes["year"])?.words.flatMap(GenericRecord.day)
        {
            record.quantities.append(Quantity(.published, Double(year), provenance: "publicationYear"))
        }
    }

    private func addMatter(to record: inout Record) {
        for subject in list("subjects") {
            guard let words = (subject["subject"] ?? subject).text.map({ PlainText.line($0, limit: 300) }) else {
                continue
            }
            if !record.keywords.contains(words) { record.keywords.append(words) }
        }
        for format in list("formats").compactMap(\.text) {
            record.passages.append(Passage("format", PlainText.line(format), isEvidence: false))
        }
        let sizes = list("sizes").compactMap { $0.text.flatMap(GenericRecord.bytes) }
        if let size = sizes.max(), size > 0 {
            record.quantities.append(Quantity(.sizeBytes, size.rounded(), provenance: "sizes"))
        }
        if let version = attributes["version"]?.words {
            record.passages.append(Passage("version", PlainText.line(version), isEvidence: false))
        }
    }

    private func addLinks(to record: inout Record) {
        for related in list("relatedIdentifiers") {
            guard let text = related["relatedIdentifier"]?.text,
                let target = CURIE.doi(text) ?? WebAddress(text)?.text
            else { continue }
            let relation = related["relationType"]?.text ?? ""
            record.links.append(
                Link(GenericRecord.relation(relation), target, label: relation.isEmpty ? nil : relation))
        }
    }
}
