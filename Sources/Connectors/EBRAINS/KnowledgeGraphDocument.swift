import JSON
import Records

/// A document of the Knowledge Graph's search as a record.
///
/// Values come as `{"value": …}`, `{"reference": id, "value": name}` and `{"url": …, "value": name}`, alone or in
/// lists.
struct KnowledgeGraphDocument {
    let document: JSONValue
    let id: String
    /// The type that listed it, `Dataset`.
    let type: String
    let run: Harvest

    init(_ document: JSONValue, id: String, type: String, run: Harvest) {
        self.document = document
        self.id = id
        self.type = type
        self.run = run
    }

    /// A value of a field.
    struct Value {
        let text: String
        let reference: String?
        let url: String?

        /// Nil for what says nothing.
        init?(_ value: JSONValue) {
            let url = value["url"]?.text.flatMap { WebAddress($0)?.text }
            guard let text = value["value"]?.words ?? url else { return nil }
            self.text = PlainText.line(text)
            reference = value["reference"]?.text
            self.url = url
        }
    }

    /// The values of a field, whether it holds one or many.
    static func values(_ value: JSONValue?) -> [Value] {
        (value?.array ?? [value].compactMap(\.self)).prefix(5_000).compactMap(Value.init)
    }

    private func values(_ field: String) -> [Value] { Self.values(document["fields"]?[field]) }

    /// A field that holds one text; a value of another kind is reported.
    private func text(_ field: String) -> String? {
        guard let value = document["fields"]?[field] else { return nil }
        if value["value"].map({ $0.string == nil }) ?? true {
            run.reject(field: field, of: "\(type) \(id)", "is \((value["value"] ?? value).kind)")
        }
        return value["value"]?.text
    }

    /// Nil, and reported, when the document has no title.
    func record(as recordType: RecordType) -> Record? {
        guard let title else {
            run.reject(
                "\(type) \(id)", field: "title",
                document["title"].map { "is \($0.kind)" } ?? "is missing: nothing to show the record by")
            return nil
        }
        var record = Record(
            id: RecordID(.ebrains, recordType, id), title: title,
            description: text("description").map(PlainText.paragraph) ?? "",
            url: "https://search.kg.ebrains.eu/instances/\(id)", doi: text("doi").flatMap(CURIE.doi),
            citation: text("customCitation"))
        addAccess(to: &record)
        if let released = text("releasedAt") {
            if let day = CalendarDay.number(iso: released) {
                record.quantities.append(Quantity(.published, Double(day), provenance: "releasedAt"))
            } else {
                run.reject(field: "releasedAt", of: "\(type) \(id)", "is no date")
            }
        }
        addPeople(to: &record)
        addMatter(to: &record)
        addLinks(to: &record)
        if let tree = document["fields"]?["specimenBySubject"] { KnowledgeGraphSpecimens(tree).add(to: &record) }
        return record
    }

    // MARK: Title and version

    /// The version where the document names it.
    private var version: String? { document["version"]?.text ?? document["meta"]?["version"]?.text }

    /// The title; of a record with one version it ends in the version, which is no part of its name.
    private var title: String? {
        guard let title = document["title"]?.text.map({ PlainText.line($0) }) else { return nil }
        if let name = document["meta"]?["name"]?.text.map({ PlainText.line($0) }), title.hasPrefix(name) { return name }
        guard title.last == ")", let open = title.lastIndex(of: "("), open > title.startIndex else { return title }
        let version = title[title.index(after: open)...].dropLast()
        let number = version.drop { $0 == "v" || $0 == "V" }
        guard number.first?.isNumber ?? false, !version.contains(" ") else { return title }
        return PlainText.trimmed(String(title[..<open]))
    }

    // MARK: Access

    /// Datasets and services say it in a word, the others only when they are under embargo.
    private func addAccess(to record: inout Record) {
        let note = document["fields"]?["embargo"]?["value"]?.text.map { PlainText.paragraph(HTMLText.plain($0)) }
        let word = values("dataAccessibility").first?.text ?? values("accessibility").first?.text
        switch (word?.lowercased(), type) {
        case ("free access", _): record.access = .open
        case ("under embargo", _): record.access = .embargoed
        case (nil, "Dataset"): record.access = note?.contains("under embargo") ?? false ? .embargoed : .restricted
        case (nil, _): record.access = note == nil ? .open : .embargoed
        default: record.access = .restricted
        }
        switch (record.access, word?.lowercased()) {
        case (.open, _): break
        case (.embargoed, _): record.accessNote = "Under embargo; ask its custodians on the dataset's page."
        case (.restricted, "controlled access"):
            record.accessNote =
                "Access is controlled (Human Data Gateway); request it with an EBRAINS account at "
                + "https://data-proxy.ebrains.eu/datasets/\(id)"
        case (.restricted, "restricted access"):
            record.accessNote = "The data provider holds the data; request access on the dataset's page at EBRAINS."
        case (.restricted, let word?) where word != "free access":
            record.accessNote = "Not available (\(word)); see the dataset's page at EBRAINS."
        case (.restricted, _):
            record.accessNote = "EBRAINS does not say how the data can be had; see the dataset's page."
        }
    }

    // MARK: People and what it is about

    /// Names only.
    private func addPeople(to record: inout Record) {
        for field in ["contributors", "developers", "custodians"] {
            for value in values(field) where !record.contributors.contains(value.text) {
                record.contributors.append(value.text)
                record.statements.append(Statement(.person, value.text, provenance: field))
            }
        }
    }

    /// Fields that state a facet, with the openMINDS type of their terms.
    private static let stated: [(field: String, facet: Facet, scheme: String?)] = [
        ("technique", .technique, "openminds:Technique"),
        ("experimentalApproach", .technique, "openminds:ExperimentalApproach"),
        ("studiedBrainRegion", .region, nil), ("brainStructures", .region, nil),
        ("anatomicalLocationOfTissueSamples", .region, nil),
        ("behavioralProtocols", .task, "openminds:BehavioralProtocol"),
    ]
    /// Fields that are searched, and whether terms found in them count.
    private static let searched: [(field: String, name: String, isEvidence: Bool)] = [
        ("behavioralProtocols", "protocol", false), ("studyTargets", "study target", true),
        ("projects", "project", false), ("modelScope", "model scope", true),
        ("abstractionLevel", "abstraction level", true), ("modelFormat", "format", false),
        ("appCategory", "application category", false), ("operatingSystem", "operating system", false),
        ("programmingLanguages", "programming language", false), ("features", "feature", false),
        ("metaDataModelType", "type", false), ("newInThisVersion", "new in this version", false),
    ]

    private func addMatter(to record: inout Record) {
        for (field, facet, scheme) in Self.stated {
            for value in values(field) {
                let (name, atlas) = Self.place(value)
                let statement = Statement(
                    facet, name, scheme: scheme, provenance: atlas.map { "\(field), \($0)" } ?? field)
                if !record.statements.contains(statement) { record.statements.append(statement) }
            }
        }
        for value in values("preparation") {
            // "In vivo" does not determine the state; ex vivo does.
            if ["ex vivo", "in vitro"].contains(value.text.lowercased()) {
                record.statements.append(
                    Statement(.state, value.text, scheme: "openminds:PreparationType", provenance: "preparation"))
            } else {
                record.passages.append(Passage("preparation", value.text, isEvidence: false))
            }
        }
        for value in values("license_info") + values("license") {
            let identifiers = [value.url.flatMap(LicenseAddress.spdx)].compactMap(\.self)
            record.statements.append(
                Statement(.license, value.text, identifiers: identifiers, provenance: "license"))
        }
        record.keywords = values("keywords").map(\.text)
        for (field, name, isEvidence) in Self.searched {
            for value in values(field) {
                record.passages.append(Passage(name, PlainText.paragraph(value.text), isEvidence: isEvidence))
            }
        }
        if let version { record.passages.append(Passage("version", PlainText.line(version), isEvidence: false)) }
    }

    /// A region of an atlas is written `CA1 (Waxholm Space rat brain atlas v4)` and refers to nothing.
    static func place(_ value: Value) -> (name: String, atlas: String?) {
        guard value.reference == nil, value.text.last == ")", let open = value.text.lastIndex(of: "("),
            open > value.text.startIndex
        else { return (value.text, nil) }
        let atlas = String(value.text[value.text.index(after: open)...].dropLast())
        return (PlainText.trimmed(String(value.text[..<open])), atlas.isEmpty ? nil : atlas)
    }

    // MARK: Links

    private func addLinks(to record: inout Record) {
        for value in values("publications") {
            // Markdown with the DOI's address at its end: "[DOI: 10.1/x]: https://doi.org/10.1/x".
            guard let address = value.text.split(whereSeparator: \.isWhitespace).last(where: { $0.contains("10.") }),
                let doi = CURIE.doi(String(address))
            else {
                record.passages.append(Passage("publication", value.text, isEvidence: false))
                continue
            }
            record.links.append(Link(.describedBy, doi))
        }
        let addresses = [
            ("homepage", "homepage"), ("external_datalink", "data"), ("dataProxyLink", "data"),
            ("externalDownload", "download"), ("sourceCode", "source code"),
        ]
        for (field, label) in addresses {
            for value in values(field) {
                if let url = value.url { record.links.append(Link(.related, url, label: label)) }
            }
        }
        let records: [(field: String, relation: Link.Relation, type: RecordType)] = [
            ("projects", .partOf, .collection), ("dataset", .hasPart, .dataset), ("inputData", .related, .dataset),
            ("outputData", .related, .dataset),
        ]
        for (field, relation, type) in records {
            for value in values(field) {
                guard let reference = value.reference else { continue }
                let target = RecordID(.ebrains, type, reference).description
                record.links.append(Link(relation, target, label: value.text))
            }
        }
        // Older versions have pages, and no place in the search.
        for value in Self.values(document["versions"]) where value.reference != id {
            guard let reference = value.reference else { continue }
            let label = value.text == "version overview" ? value.text : "version \(value.text)"
            record.links.append(
                Link(.related, "https://search.kg.ebrains.eu/instances/\(reference)", label: label))
        }
    }
}
