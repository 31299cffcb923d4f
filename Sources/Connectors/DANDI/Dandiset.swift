import JSON
import Records

/// Metadata of one dandiset (dandischema 0.6 and 0.7) as a record.
struct Dandiset {
    let metadata: JSONValue
    /// The location of the metadata, for reports.
    let provenance: String
    let run: Harvest
    /// What the archive's list said; nil for a dump.
    var listed: DANDIArchive.Entry?

    /// Nil, and reported, when there is no identifier or no name.
    func record() -> Record? {
        guard metadata.object != nil else {
            run.reject(provenance, "is \(metadata.kind), not a dandiset")
            return nil
        }
        guard let id = identifier else {
            // A saved answer may be the archive's refusal.
            let said = metadata["detail"]?.text.map { ": the archive said \"\(PlainText.line($0, limit: 100))\"" } ?? ""
            run.reject(provenance, field: "identifier", "is missing or no dandiset's\(said)")
            return nil
        }
        guard let name = text("name", id) else {
            run.reject("dandiset \(id)", field: "name", "is missing: nothing to show the record by")
            return nil
        }
        var record = Record(
            id: RecordID(.dandi, .dataset, instance.map { "\($0):\(id)" } ?? id), title: PlainText.line(name),
            description: text("description", id).map(PlainText.paragraph) ?? "")
        // Other instances have pages of their own.
        let repository = text("repository", id).flatMap { WebAddress($0) }?.origin ?? "https://dandiarchive.org"
        record.url = text("url", id) ?? "\(repository)/dandiset/\(id)"
        // Drafts carry a placeholder with the number of no dandiset.
        record.doi = metadata["doi"]?.text.flatMap(CURIE.doi).flatMap { doi in
            doi.contains("dandi.") && !doi.contains("dandi.\(id)") ? nil : doi
        }
        record.citation = text("citation", id)
        addAccess(to: &record)
        addDates(to: &record, id)
        addPeople(to: &record, id)
        addSubjectMatter(to: &record, id)
        addSummary(to: &record, id)
        addResources(to: &record, id)
        return record
    }

    /// What another instance than DANDI calls itself, `EMBER-DANDI`: its numbers are counted anew, so that it stands
    /// before them in ids.
    var instance: String? {
        let text = metadata["identifier"]?.text ?? metadata["id"]?.text ?? ""
        guard let colon = text.firstIndex(of: ":") else { return nil }
        let name = text[..<colon].uppercased()
        let isName = name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
        return name == "DANDI" || !isName || name.count > 40 || name.isEmpty ? nil : name
    }

    /// `000003` of `DANDI:000003`, `DANDI:000003/draft` or `000003`, and of other instances' prefixes.
    private var identifier: String? {
        guard let text = listed?.id ?? metadata["identifier"]?.identifier ?? metadata["id"]?.identifier else {
            return nil
        }
        let name = text.split(separator: ":").last?.prefix { $0 != "/" } ?? ""
        return name.count == 6 && name.allSatisfy { $0.isASCII && $0.isNumber } ? String(name) : nil
    }

    /// Text of a field; another kind of value is reported.
    private func text(_ field: String, _ id: String) -> String? {
        guard let value = metadata[field] else { return nil }
        if value.string == nil { run.reject(field: field, of: "dandiset \(id)", "is \(value.kind)") }
        return value.text
    }

    /// Members of a list; a single value counts as a list of one, a value of another kind is reported.
    private func list(_ field: String, in holder: JSONValue?, _ id: String) -> [JSONValue] {
        guard let value = holder?[field] else { return [] }
        if let items = value.array { return items }
        run.reject(field: field, of: "dandiset \(id)", "is \(value.kind), not a list")
        return []
    }

    // MARK: Access and dates

    /// The strictest of what the archive's list and the metadata say.
    ///
    /// In dandischema the field is optional and written by the archive; where it is missing the list decides, and a
    /// dump of public metadata counts as open.  A value that is not known is restricted.
    private func addAccess(to record: inout Record) {
        var said: [Access] = []
        if let status = listed?.embargoStatus {
            said.append(["OPEN": .open, "EMBARGOED": .embargoed, "UNEMBARGOING": .embargoed][status] ?? .restricted)
        }
        if let access = metadata["access"] {
            let items = access.array ?? []
            for item in items {
                switch item["status"]?.string {
                case "dandi:OpenAccess": said.append(.open)
                case "dandi:EmbargoedAccess": said.append(.embargoed)
                default: said.append(.restricted)
                }
                if let day = item["embargoedUntil"]?.string.flatMap({ CalendarDay.number(iso: $0) }) {
                    record.embargoedUntil = max(record.embargoedUntil ?? day, day)
                }
            }
            if items.isEmpty {
                said.append(.restricted)
                run.reject(field: "access", of: "dandiset \(record.id.native)", "holds no access requirement")
            }
        }
        record.access =
            said.contains(.restricted) ? .restricted : said.contains(.embargoed) ? .embargoed : .open
        // A date without the word is an embargo all the same; when it has passed, every search shows the record as
        // open.
        if record.access == .open, record.embargoedUntil != nil { record.access = .embargoed }
        if record.access != .embargoed { record.embargoedUntil = nil }
        switch record.access {
        case .open: break
        case .embargoed:
            let end = record.embargoedUntil.map { " until \(CalendarDay.iso($0))" } ?? ""
            record.accessNote = "Embargoed\(end); ask the contact person named on the dandiset's page."
        case .restricted:
            record.accessNote = "Not openly available; ask the contact person named on the dandiset's page."
        }
    }

    private func addDates(to record: inout Record, _ id: String) {
        func day(_ field: String) -> Double? {
            guard let text = text(field, id) else { return nil }
            if let day = CalendarDay.number(iso: text) { return Double(day) }
            run.reject(field: field, of: "dandiset \(id)", "is no date")
            return nil
        }
        if let day = day("datePublished") {
            record.quantities.append(Quantity(.published, day, provenance: "datePublished"))
        } else if let day = Self.dayOfVersion(metadata["version"]?.text ?? "") {
            record.quantities.append(Quantity(.published, Double(day), provenance: "version"))
        }
        if let day = day("dateModified") {
            record.quantities.append(Quantity(.modified, day, provenance: "dateModified"))
        }
        // dateCreated is the day somebody opened the dandiset, neither recording nor publication; only checked.
        _ = day("dateCreated")
    }

    /// A version's number is the moment of its publication: `0.230629.1955`.
    static func dayOfVersion(_ version: String) -> Int? {
        let fields = version.split(separator: ".")
        guard fields.count == 3, fields[1].count == 6, let number = Int(fields[1]), number >= 0 else { return nil }
        return CalendarDay.number(year: 2000 + number / 10_000, month: number / 100 % 100, day: number % 100)
    }

    // MARK: People

    private func addPeople(to record: inout Record, _ id: String) {
        var funders: [String] = []
        var affiliations: [String] = []
        for contributor in list("contributor", in: metadata, id) {
            guard let name = contributor["name"]?.text.map({ PlainText.line($0) }), !name.isEmpty else { continue }
            let roles = (contributor["roleName"]?.array ?? []).compactMap(\.string)
            if contributor["schemaKey"]?.string == "Person" {
                let orcid = contributor["identifier"]?.text.map { "orcid:\($0)" }
                record.contributors.append(name)
                record.statements.append(
                    Statement(.person, name, identifiers: [orcid].compactMap(\.self), provenance: "contributor"))
                affiliations += (contributor["affiliation"]?.array ?? []).compactMap { $0["name"]?.text }
            } else if !roles.isEmpty, roles.allSatisfy({ $0 == "dcite:Funder" || $0 == "dcite:Sponsor" }) {
                funders.append(name)
            } else {
                record.labs.append(name)
                let ror = contributor["identifier"]?.text
                record.statements.append(
                    Statement(.lab, name, identifiers: [ror].compactMap(\.self), provenance: "contributor"))
            }
        }
        say("funder", funders, in: &record)
        say("affiliation", affiliations, in: &record)
    }

    private func say(_ field: String, _ texts: [String], in record: inout Record, isEvidence: Bool = false) {
        var seen: Set<String> = []
        for text in texts.map(PlainText.paragraph) where !text.isEmpty && seen.insert(text).inserted {
            record.passages.append(Passage(field, text, isEvidence: isEvidence))
        }
    }

    // MARK: What it is about

    private func addSubjectMatter(to record: inout Record, _ id: String) {
        let keywords = list("keywords", in: metadata, id)
        if keywords.contains(where: { $0.string == nil }) {
            run.reject(field: "keywords", of: "dandiset \(id)", "holds something that is no text")
        }
        record.keywords = keywords.compactMap { $0.text.map { PlainText.line($0) } }
        for topic in list("about", in: metadata, id) {
            let name = topic["name"]?.text.map { PlainText.line($0) } ?? ""
            let identifier = CURIE.normalised(topic["identifier"]?.text ?? name)
            let facet: Facet
            switch topic["schemaKey"]?.string {
            case "Anatomy": facet = .region
            case "Disorder": facet = .disease
            case "CellType", "CellLine": facet = .celltype
            default:
                switch identifier?.prefix(while: { $0 != ":" }) {
                case "UBERON": facet = .region
                case "DOID", "MONDO": facet = .disease
                case "CL": facet = .celltype
                default:
                    say("about", [name], in: &record, isEvidence: true)
                    continue
                }
            }
            guard !name.isEmpty || identifier != nil else { continue }
            record.statements.append(
                Statement(facet, name, identifiers: [identifier].compactMap(\.self), provenance: "about"))
        }
        say("study target", list("studyTarget", in: metadata, id).compactMap(\.text), in: &record, isEvidence: true)
        for project in list("wasGeneratedBy", in: metadata, id) {
            say(
                "project", [project["name"]?.text, project["description"]?.text].compactMap(\.self), in: &record,
                isEvidence: true)
        }
        say("acknowledgement", [text("acknowledgement", id)].compactMap(\.self), in: &record)
        for license in list("license", in: metadata, id).compactMap(\.text) {
            let name = license.hasPrefix("spdx:") ? String(license.dropFirst(5)) : license
            record.statements.append(Statement(.license, name, identifiers: ["spdx:\(name)"], provenance: "license"))
        }
    }

    /// `assetsSummary`: what the archive counted and found in the files.
    private func addSummary(to record: inout Record, _ id: String) {
        guard let summary = metadata["assetsSummary"] else { return }
        guard summary.object != nil else {
            return run.reject(field: "assetsSummary", of: "dandiset \(id)", "is \(summary.kind)")
        }
        func state(_ facet: Facet, _ field: String, scheme: String?, identifier: (JSONValue) -> String?) {
            for item in list(field, in: summary, id) {
                let name = (item["name"] ?? item["value"])?.text ?? item.text ?? ""
                let identifiers = [identifier(item)].compactMap(\.self)
                guard !name.isEmpty || !identifiers.isEmpty else { continue }
                record.statements.append(
                    Statement(
                        facet, PlainText.line(name), identifiers: identifiers, scheme: scheme,
                        provenance: "assetsSummary, \(field)"))
            }
        }
        let own: (JSONValue) -> String? = { $0["identifier"]?.text.flatMap(CURIE.normalised) }
        state(.species, "species", scheme: nil, identifier: own)
        state(.technique, "approach", scheme: "dandi:approach", identifier: own)
        state(.technique, "measurementTechnique", scheme: "dandi:technique", identifier: own)
        state(.format, "dataStandard", scheme: nil, identifier: own)
        state(.signal, "variableMeasured", scheme: "nwb") { item in
            (item["value"]?.text ?? item.text).flatMap { name in
                name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") } ? "nwb:\(name)" : nil
            }
        }
        let counts: [(RangeField, String)] = [
            (.subjects, "numberOfSubjects"), (.units, "numberOfCells"), (.sizeBytes, "numberOfBytes"),
        ]
        for (field, name) in counts {
            guard let value = summary[name] else { continue }
            if let number = value.number, number >= 0 {
                record.quantities.append(Quantity(field, number, provenance: "assetsSummary, \(name)"))
            } else {
                run.reject(field: name, of: "dandiset \(id)", "is no count")
            }
        }
    }

    // MARK: Related resources

    private func addResources(to record: inout Record, _ id: String) {
        for resource in list("relatedResource", in: metadata, id) {
            let name = resource["name"]?.text.map { PlainText.line($0) }
            let written = [resource["identifier"]?.text, resource["url"]?.text].compactMap(\.self)
            let target = written.compactMap(CURIE.doi).first ?? written.first { WebAddress($0) != nil }
            let relation = Self.relation(resource["relation"]?.string ?? "")
            if let target { record.links.append(Link(relation, target, label: name)) }
            if let name, CURIE.doi(name) == nil {
                say("related resource", [name], in: &record, isEvidence: relation == .describedBy)
            }
        }
        for address in list("protocol", in: metadata, id).compactMap(\.text) {
            if let target = CURIE.doi(address) ?? WebAddress(address)?.text {
                record.links.append(Link(.describedBy, target, label: "protocol"))
            }
        }
        for other in list("sameAs", in: metadata, id).compactMap(\.text) {
            record.links.append(Link(.sameAs, CURIE.doi(other) ?? other))
        }
    }

    /// DataCite's relation types, as far as they map to different links of ours.
    private static func relation(_ name: String) -> Link.Relation {
        switch name {
        case "dcite:IsDescribedBy", "dcite:IsDocumentedBy", "dcite:IsSupplementTo", "dcite:IsPublishedIn":
            .describedBy
        case "dcite:IsIdenticalTo": .sameAs
        case "dcite:IsPartOf": .partOf
        case "dcite:HasPart": .hasPart
        default: .related
        }
    }
}
