import JSON
import Records

/// One `Dataset` of schema.org as a record.
struct SchemaOrgRecord {
    private let node: JSONValue
    private let page: Location
    private let provenance: String
    private let run: Harvest

    init(_ node: JSONValue, page: Location, provenance: String, run: Harvest) {
        self.node = node
        self.page = page
        self.provenance = provenance
        self.run = run
    }

    /// Values of a property, with either spelling of schema.org's prefix or none.
    private func list(_ name: String) -> [JSONValue] {
        let keys = [name, "schema:\(name)", "http://schema.org/\(name)", "https://schema.org/\(name)"]
        return GenericRecord.list(keys.lazy.compactMap { node[$0] }.first)
    }

    /// The words of a value: a text, a term or thing by its name, a value by itself.
    private static func words(_ value: JSONValue) -> String? {
        (value.text ?? value["name"]?.text ?? value["@value"]?.text ?? value["value"]?.words
            ?? value["termCode"]?.text).map { PlainText.line($0) }
    }

    private func texts(_ name: String) -> [String] { list(name).compactMap(Self.words) }

    /// Nil, and reported, without a name, or anything to tell the record by.
    func record() -> Record? {
        guard let name = texts("name").first ?? texts("headline").first else {
            run.reject(provenance, field: "name", "is missing: nothing to show the record by")
            return nil
        }
        let doi = identifiers.lazy.compactMap(CURIE.doi).first
        let address =
            (texts("url") + [node["@id"]?.text].compactMap(\.self)).lazy.compactMap { WebAddress($0)?.text }
            .first ?? pageAddress
        guard let native = doi ?? address ?? identifiers.first else {
            run.reject(provenance, field: "identifier", "is missing: nothing to tell the record by")
            return nil
        }
        var record = Record(
            id: RecordID(.schemaorg, .dataset, PlainText.line(native, limit: 400)), title: name,
            description: list("description").compactMap(\.text).map(PlainText.paragraph).joined(separator: "\n"),
            url: address ?? doi.map { "https://doi.org/\($0)" }, doi: doi)
        addPeople(to: &record)
        addAccess(to: &record)
        addNumbers(to: &record)
        addMatter(to: &record)
        addLinks(to: &record)
        return record
    }

    private var pageAddress: String? {
        if case .web(let address) = page { address.text } else { nil }
    }

    /// Texts of `identifier`, which may be values with a property's name.
    private var identifiers: [String] {
        (list("identifier") + list("sameAs") + [node["@id"]].compactMap(\.self)).compactMap { value in
            value.text ?? value["value"]?.words ?? value["@id"]?.text ?? value["url"]?.text
        }
    }

    private func addPeople(to record: inout Record) {
        for field in ["creator", "author", "contributor"] {
            for person in list(field) {
                let types = GenericRecord.list(person["@type"]).compactMap(\.string)
                let parts = [person["familyName"]?.text, person["givenName"]?.text].compactMap(\.self)
                guard let name = parts.count == 2 ? parts.joined(separator: ", ") : Self.words(person) else { continue }
                let ids =
                    [person["@id"]?.text, person["identifier"].flatMap(Self.words)]
                    + GenericRecord.list(person["sameAs"]).map(\.text)
                let orcid = ids.lazy.compactMap(\.self).first { $0.contains("orcid") }
                let isOrganisation = types.contains { $0.hasSuffix("Organization") || $0.hasSuffix("Consortium") }
                GenericRecord.add(name, isPerson: !isOrganisation, orcid: orcid, provenance: field, to: &record)
            }
        }
        for words in texts("publisher") + texts("includedInDataCatalog") {
            let statement = Statement(.source, words, provenance: "publisher")
            if !record.statements.contains(statement) { record.statements.append(statement) }
        }
        for field in ["publisher", "provider", "funder", "funding", "includedInDataCatalog"] {
            for words in texts(field) { record.passages.append(Passage(field, words, isEvidence: false)) }
        }
    }

    private func addAccess(to record: inout Record) {
        var isOpen = false
        for license in list("license") {
            let address = license["url"]?.text ?? license["@id"]?.text ?? license.text.flatMap { WebAddress($0)?.text }
            let name = license["name"]?.text ?? license.text.flatMap { WebAddress($0) == nil ? $0 : nil }
            guard let statement = GenericRecord.license(name: name, address: address, provenance: "license") else {
                continue
            }
            record.statements.append(statement)
            if GenericRecord.isOpen(statement) { isOpen = true }
        }
        let conditions = texts("conditionsOfAccess").joined(separator: " ")
        switch list("isAccessibleForFree").first.flatMap({
            $0.bool ?? $0.text.map { $0.lowercased().hasSuffix("true") }
        }) {
        case true?: record.access = .open
        case false?: record.access = .restricted
        case nil: record.access = isOpen ? .open : .restricted
        }
        if record.access == .restricted {
            record.accessNote =
                conditions.isEmpty ? "The page names no open licence; see it for the conditions." : conditions
        }
    }

    private func addNumbers(to record: inout Record) {
        for (field, quantity) in [("datePublished", RangeField.published), ("dateModified", .modified)] {
            guard let text = texts(field).first else { continue }
            if let day = GenericRecord.day(text) {
                record.quantities.append(Quantity(quantity, Double(day), provenance: field))
            } else {
                run.reject(field: field, of: record.id.native, "is no date")
            }
        }
        for text in texts("temporalCoverage") {
            let ends = text.split(separator: "/").map(String.init).compactMap(GenericRecord.day)
            guard let first = ends.first, let last = ends.last, first <= last else { continue }
            record.quantities.append(Quantity(.date, Double(first)...Double(last), provenance: "temporalCoverage"))
        }
        let whole = texts("contentSize") + texts("size")
        let files = list("distribution").compactMap { $0["contentSize"]?.words }
        let size =
            whole.lazy.compactMap(GenericRecord.bytes).first ?? files.compactMap(GenericRecord.bytes).reduce(0, +)
        if size > 0 { record.quantities.append(Quantity(.sizeBytes, size.rounded(), provenance: "contentSize")) }
    }

    private func addMatter(to record: inout Record) {
        for words in list("keywords") {
            // One text holds several keywords with commas between them.
            let pieces =
                words.text.map { $0.split(separator: ",").map(String.init) } ?? [Self.words(words)].compactMap(\.self)
            for piece in pieces.map({ PlainText.line($0, limit: 300) }) where !piece.isEmpty {
                if !record.keywords.contains(piece) { record.keywords.append(piece) }
            }
        }
        for (field, facet) in [
            ("measurementTechnique", Facet.technique), ("taxonomicRange", .species), ("healthCondition", .disease),
        ] {
            for value in list(field) {
                guard let words = Self.words(value) else { continue }
                let ids = [
                    value["@id"]?.text, value["url"]?.text, value["identifier"].flatMap(Self.words),
                    value["termCode"]?.text,
                ]
                record.statements.append(
                    Statement(
                        facet, words, identifiers: ids.compactMap { $0.flatMap(CURIE.normalised) }, provenance: field))
            }
        }
        for field in ["variableMeasured", "about", "spatialCoverage"] {
            for words in texts(field) {
                record.passages.append(Passage(field, words, isEvidence: field != "spatialCoverage"))
            }
        }
        for format in list("distribution").compactMap({ $0["encodingFormat"]?.text }) + texts("encodingFormat") {
            let passage = Passage("format", PlainText.line(format), isEvidence: false)
            if !record.passages.contains(passage) { record.passages.append(passage) }
        }
        for version in list("version").compactMap(\.words) {
            record.passages.append(Passage("version", PlainText.line(version), isEvidence: false))
        }
    }

    private func addLinks(to record: inout Record) {
        for (field, relation) in [
            ("citation", Link.Relation.describedBy), ("isBasedOn", .related), ("isPartOf", .partOf),
            ("hasPart", .hasPart), ("sameAs", .sameAs),
        ] {
            for value in list(field) {
                let said = [
                    value.text, value["@id"]?.text, value["url"]?.text, value["identifier"].flatMap(Self.words),
                ]
                let target = said.lazy.compactMap { $0.flatMap { CURIE.doi($0) ?? WebAddress($0)?.text } }.first
                if let target, target != record.doi, target != record.url {
                    record.links.append(Link(relation, target, label: value["name"]?.text))
                } else if target == nil, let words = Self.words(value) {
                    record.passages.append(Passage(field, words, isEvidence: false))
                }
            }
        }
    }
}
