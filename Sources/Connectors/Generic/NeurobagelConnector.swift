import JSON
package import Records

/// Neurobagel's annotations of OpenNeuro's datasets (neurobagel.org, JSON-LD): age, sex and diagnosis of subjects in
/// harmonised terms.  Its records have the ids of OpenNeuro's, so that `--add` merges them into those.
package struct NeurobagelConnector: Connector {
    package let name = "neurobagel"
    package let source = Source.openneuro

    package init() {}

    package func harvest(_ location: Location, run: Harvest, into sink: (Record) throws -> Void) throws {
        if case .web(let address) = location {
            guard case .value(let body) = try WebClient(run: run).json(at: address) else {
                throw ConnectorError(.unusableLocation, "\(address.text) is not there, or not public")
            }
            try emit(body, address.text, run: run, into: sink)
            return run.finish()
        }
        try JSONDump.records(at: location, run: run) { try emit($1, $0, run: run, into: sink) }
    }

    private func emit(
        _ value: JSONValue, _ provenance: String, run: Harvest, into sink: (Record) throws -> Void
    ) throws {
        guard value["schemaKey"]?.text == "Dataset", let samples = value["hasSamples"]?.array else {
            return run.reject(provenance, field: "hasSamples", "is no Dataset of Neurobagel")
        }
        guard let accession = Self.accession(of: value) else {
            return run.reject(provenance, field: "hasRepositoryURL", "names no dataset of OpenNeuro")
        }
        let subjects = samples.compactMap { Subject($0) }
        var dataset = Record(
            id: RecordID(.openneuro, .dataset, accession),
            title: value["hasLabel"]?.text.map { PlainText.line($0) } ?? accession,
            url: "https://openneuro.org/datasets/\(accession)",
            access: value["hasAccessType"]?.text == "public" ? .open : .restricted)
        if dataset.access == .restricted { dataset.accessNote = "Registered or restricted; see the dataset's page." }
        for author in GenericRecord.list(value["hasAuthors"]).compactMap(\.text) {
            GenericRecord.add(author, isPerson: true, provenance: "hasAuthors", to: &dataset)
        }
        dataset.statements.append(BIDSVocabulary.format)
        if !subjects.isEmpty {
            dataset.quantities.append(Quantity(.subjects, Double(subjects.count), provenance: "hasSamples"))
        }
        for subject in subjects {
            dataset.statements += subject.statements.filter { !dataset.statements.contains($0) }
        }
        for age in Set(subjects.flatMap(\.ages)).sorted() {
            dataset.quantities.append(Quantity(.ageDays, age, provenance: "hasAge"))
        }
        try run.emit(dataset, into: sink)
        for subject in subjects {
            var record = Record(
                id: RecordID(.openneuro, .subject, "\(accession)/\(subject.name)"),
                title: "\(subject.name) of \(dataset.title)", url: dataset.url, access: dataset.access)
            record.accessNote = dataset.accessNote
            record.statements = subject.statements
            record.quantities = subject.ages.sorted().map { Quantity(.ageDays, $0, provenance: "hasAge") }
            record.links = [Link(.partOf, dataset.id.description, label: dataset.title)]
            try run.emit(record, into: sink)
        }
    }

    /// The accession number in an address, or in the path of a session.
    private static func accession(of value: JSONValue) -> String? {
        let sessions = value["hasSamples"]?.array?.first?["hasSession"]?.array ?? []
        let said =
            [value["hasRepositoryURL"]?.text] + GenericRecord.list(value["hasReferencesAndLinks"]).map(\.text)
            + sessions.map { $0["hasFilePath"]?.text }
        for text in said.compactMap(\.self) {
            for part in text.split(whereSeparator: { "/.".contains($0) }) {
                let number = part.dropFirst(2)
                if part.hasPrefix("ds"), number.count == 6, number.allSatisfy(\.isNumber) { return String(part) }
            }
        }
        return nil
    }

    /// What the sessions of one subject say.
    private struct Subject {
        let name: String
        var statements: [Statement] = []
        var ages: Set<Double> = []

        /// Data types by the contrasts of the NIDM vocabulary.
        private static let dataTypes = [
            "FlowWeighted": "func", "T1Weighted": "anat", "T2Weighted": "anat", "DiffusionWeighted": "dwi",
            "ArterialSpinLabeling": "perf", "Electroencephalography": "eeg", "Magnetoencephalography": "meg",
            "PositronEmissionTomography": "pet", "IntracranialElectroencephalography": "ieeg",
        ]

        /// Nil without a name.
        init?(_ sample: JSONValue) {
            guard let name = sample["hasLabel"]?.text.map({ PlainText.line($0, limit: 100) }), !name.contains("/")
            else { return nil }
            self.name = name
            for session in GenericRecord.list(sample["hasSession"]) {
                if let age = session["hasAge"]?.number, age >= 0, age <= 150 { ages.insert(age * 365.25) }
                add(.sex, GenericRecord.list(session["hasSex"]), "hasSex")
                add(.disease, GenericRecord.list(session["hasDiagnosis"]), "hasDiagnosis")
                add(.disease, GenericRecord.list(session["isSubjectGroup"]), "isSubjectGroup")
                for acquisition in GenericRecord.list(session["hasAcquisition"]) {
                    let contrast = acquisition["hasContrastType"]?["identifier"]?.text ?? ""
                    guard let type = contrast.split(separator: ":").last.flatMap({ Self.dataTypes[String($0)] }),
                        let statement = BIDSVocabulary.statement(dataType: type, provenance: "hasContrastType")
                    else { continue }
                    if !statements.contains(statement) { statements.append(statement) }
                }
            }
        }

        private mutating func add(_ facet: Facet, _ values: [JSONValue], _ provenance: String) {
            for value in values {
                guard let id = value["identifier"]?.text, !id.isEmpty else { continue }
                // A healthy control is no disease's code in SNOMED, and NCIT's in Neurobagel.
                let statement =
                    id == "ncit:C94342"
                    ? Statement(facet, "healthy control", provenance: provenance)
                    : Statement(facet, value["label"]?.text ?? id, identifiers: [id], provenance: provenance)
                if !statements.contains(statement) { statements.append(statement) }
            }
        }
    }
}
