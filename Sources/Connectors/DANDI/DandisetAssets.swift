import JSON
import Records

/// The assets of one dandiset, grouped by participant and by session.
///
/// A session is what its files say it is (`wasGeneratedBy`), else what their path says (`sub-…_ses-…`).  Only what
/// the metadata say is kept, so memory grows with sessions, not with files.
struct DandisetAssets {
    /// The dandiset they belong to.
    let dandiset: Record
    let run: Harvest
    private var subjects: [String: Group] = [:]
    private var sessions: [String: Group] = [:]
    private var order: [(isSession: Bool, key: String)] = []

    /// - Parameter dandiset: the record whose access and page the new ones inherit.
    init(of dandiset: Record, run: Harvest) {
        self.dandiset = dandiset
        self.run = run
    }

    /// What all files of one participant or session say.
    private struct Group {
        let subject: String?
        let name: String
        var statements: [Statement] = []
        var ages: Set<ClosedRange<Double>> = []
        var days: Set<Int> = []
        var descriptions: [String] = []
        var genotypes: [String] = []
        var keywords: [String] = []
        var bytes = 0.0
        var files = 0
        var sessions: Set<String> = []

        mutating func add(_ new: [Statement]) {
            for statement in new where !statements.contains(statement) { statements.append(statement) }
        }
    }

    /// Takes one asset in.
    mutating func add(_ asset: JSONValue, provenance: String) {
        let metadata = asset["metadata"] ?? asset
        guard metadata.object != nil, let path = (asset["path"] ?? metadata["path"])?.text else {
            return run.reject(provenance, field: "path", "an asset without path")
        }
        let file = path.split(separator: "/").last.map(String.init) ?? path
        let participants = (metadata["wasAttributedTo"]?.array ?? []).filter {
            ($0["schemaKey"]?.string ?? "Participant") == "Participant"
        }
        let subject = participants.first?["identifier"]?.identifier ?? BIDSVocabulary.entity("sub", in: file)
        let generated = (metadata["wasGeneratedBy"]?.array ?? []).first { $0["schemaKey"]?.string == "Session" }
        let session =
            generated?["identifier"]?.identifier ?? BIDSVocabulary.entity("ses", in: file)
            ?? generated.flatMap { $0["startDate"]?.text }
        let biology = participants.flatMap(Self.statements(ofParticipant:))
        let ages = Set(participants.compactMap(Self.age))
        let genotypes = participants.compactMap { $0["genotype"]?.text }
        let size = (metadata["contentSize"] ?? asset["size"])?.number ?? 0
        if let subject {
            update(false, subject, Group(subject: subject, name: subject)) { group in
                group.add(biology)
                group.genotypes += genotypes.filter { !group.genotypes.contains($0) }
                group.bytes += max(0, size)
                group.files += 1
                if let session { group.sessions.insert(session) }
            }
        }
        guard let session else { return }
        update(true, "\(subject ?? "")/\(session)", Group(subject: subject, name: session)) { group in
            group.add(biology)
            group.add(Self.statements(ofAsset: metadata))
            group.ages.formUnion(ages)
            group.bytes += max(0, size)
            group.files += 1
            let keywords = (metadata["keywords"]?.array ?? []).compactMap(\.text)
            group.keywords += keywords.filter { !group.keywords.contains($0) }
            if let day = generated?["startDate"]?.text.flatMap({ CalendarDay.number(iso: $0) }) {
                group.days.insert(day)
            }
            let descriptions = [generated?["description"]?.text].compactMap(\.self)
            group.descriptions += descriptions.filter { !group.descriptions.contains($0) }
        }
    }

    private mutating func update(_ isSession: Bool, _ key: String, _ new: Group, _ change: (inout Group) -> Void) {
        let isNew = isSession ? sessions[key] == nil : subjects[key] == nil
        if isNew { order.append((isSession, key)) }
        if isSession { change(&sessions[key, default: new]) } else { change(&subjects[key, default: new]) }
    }

    private static func statements(ofParticipant participant: JSONValue) -> [Statement] {
        [("species", Facet.species), ("strain", .strain), ("sex", .sex), ("disorder", .disease)].flatMap {
            field, facet in
            let value = participant[field]
            return (value?.array ?? [value].compactMap(\.self)).compactMap { item -> Statement? in
                let identifier = item["identifier"]?.text.flatMap(CURIE.normalised)
                guard let name = item["name"]?.text ?? item.text ?? identifier else { return nil }
                return Statement(
                    facet, PlainText.line(name), identifiers: [identifier].compactMap(\.self),
                    provenance: "assets, wasAttributedTo, \(field)")
            }
        }
    }

    /// An age counted from birth; from conception it is another number.
    private static func age(_ participant: JSONValue) -> ClosedRange<Double>? {
        guard let age = participant["age"] else { return nil }
        let reference = age["valueReference"]?["value"]?.text ?? "dandi:BirthReference"
        guard reference == "dandi:BirthReference" else { return nil }
        return (age["value"]?.text ?? age.text).flatMap(ISODuration.days)
    }

    private static func statements(ofAsset metadata: JSONValue) -> [Statement] {
        var found: [Statement] = []
        for (field, scheme) in [("approach", "dandi:approach"), ("measurementTechnique", "dandi:technique")] {
            for item in metadata[field]?.array ?? [] {
                guard let name = item["name"]?.text else { continue }
                found.append(
                    Statement(.technique, PlainText.line(name), scheme: scheme, provenance: "assets, \(field)"))
            }
        }
        for item in metadata["variableMeasured"]?.array ?? [] {
            guard let name = (item["value"] ?? item).text.map({ PlainText.line($0) }) else { continue }
            found.append(
                Statement(
                    .signal, name, identifiers: ["nwb:\(name)"], scheme: "nwb", provenance: "assets, variableMeasured"))
        }
        for sample in metadata["wasDerivedFrom"]?.array ?? [] {
            for anatomy in sample["anatomy"]?.array ?? [] {
                let identifier = anatomy["identifier"]?.text.flatMap(CURIE.normalised)
                guard let name = anatomy["name"]?.text ?? identifier else { continue }
                found.append(
                    Statement(
                        .region, PlainText.line(name), identifiers: [identifier].compactMap(\.self),
                        provenance: "assets, wasDerivedFrom, anatomy"))
            }
        }
        return found
    }

    // MARK: Records

    /// Subjects and sessions in the order of their first files.
    func emit(into sink: (Record) throws -> Void) throws {
        for (isSession, key) in order {
            guard let group = isSession ? sessions[key] : subjects[key] else { continue }
            try run.emit(record(of: group, isSession: isSession), into: sink)
        }
    }

    private func record(of group: Group, isSession: Bool) -> Record {
        let native = [dandiset.id.native] + (isSession ? [group.subject ?? "-", group.name] : [group.name])
        let title =
            isSession ? "Session \(group.name) of \(group.subject ?? "unnamed subject")" : "Subject \(group.name)"
        var record = Record(
            id: RecordID(.dandi, isSession ? .session : .subject, native.map(Self.safe).joined(separator: "/")),
            title: PlainText.line("\(title), \(dandiset.title)"),
            description: group.descriptions.prefix(5).map(PlainText.paragraph).joined(separator: "\n"),
            url: dandiset.url, access: dandiset.access)
        record.accessNote = dandiset.accessNote
        record.embargoedUntil = dandiset.embargoedUntil
        record.statements = group.statements
        record.keywords = group.keywords.map { PlainText.line($0) }
        record.passages = group.genotypes.map { Passage("genotype", $0) }
        record.links = [Link(.partOf, dandiset.id.description, label: dandiset.title)]
        if isSession, let subject = group.subject {
            let id = RecordID(.dandi, .subject, "\(dandiset.id.native)/\(Self.safe(subject))")
            record.links.append(Link(.related, id.description, label: "subject \(subject)"))
        }
        record.quantities = group.ages.sorted { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }
            .map { Quantity(.ageDays, $0, provenance: "assets, wasAttributedTo, age") }
        record.quantities += group.days.sorted().map { Quantity(.date, Double($0), provenance: "assets, startDate") }
        record.quantities.append(Quantity(.sizeBytes, group.bytes, provenance: "assets, contentSize"))
        if !isSession {
            record.quantities.append(Quantity(.sessions, Double(group.sessions.count), provenance: "assets"))
        }
        return record
    }

    /// A name without blanks or slashes, as part of an id.
    private static func safe(_ name: String) -> String {
        String(PlainText.line(name, limit: 120).map { $0.isWhitespace || $0 == "/" ? "_" : $0 })
    }
}
