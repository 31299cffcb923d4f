import JSON
import Records

extension BrainSTEMRecords {
    /// A subject with all its procedures.
    func subject(_ row: BrainSTEMRow) -> Record? {
        guard var record = record(row, .subject, app: "stem") else { return nil }
        describe(row, in: &record, age: nil)
        var notes: [String] = []
        for procedure in catalog.rows("procedure", where: "subject", is: row.id) {
            let type = procedure.text("type") ?? "procedure"
            var draft = PartDraft(part: Part(role: role(of: procedure), type: type, label: type, native: procedure.id))
            describe(procedure, in: &draft, notes: &notes)
            record.add(draft)
        }
        for log in catalog.rows("subjectlog", where: "subject", is: row.id) {
            let entries = log["entries"]?.array ?? []
            let words = [log.text("type"), log.text("description")] + entries.prefix(100).map { $0["notes"]?.text }
            let said = words.compactMap(\.self).joined(separator: ". ")
            if !said.isEmpty { record.passages.append(Passage("subject log", said, isEvidence: false)) }
        }
        let sessions = sessions(of: row)
        record.quantities.append(Quantity(.sessions, Double(sessions.count), provenance: "sessions"))
        for session in sessions.prefix(200) {
            record.links.append(
                Link(.related, "brainstem:session:\(session.id)", label: session.text("name").map { "session \($0)" }))
        }
        addProjects(of: row, to: &record)
        record.notes += notes.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
        for note in record.notes { run.note(note) }
        return record
    }

    private func role(of procedure: BrainSTEMRow) -> Part.Role {
        switch procedure.text("type") {
        case "SiliconProbeImplant", "TetrodeWireElectrodeImplant", "SingleWireElectrodeImplant", "EegImplant",
            "EmgImplant", "EcgImplant", "NerveCuffImplant":
            .recording
        default: .preparation
        }
    }

    /// Sessions in whose behaviours a subject takes part, each once.
    func sessions(of subject: BrainSTEMRow) -> [BrainSTEMRow] {
        var seen: Set<String> = []
        return catalog.rows("behavior", where: "subjects", is: subject.id)
            .compactMap { catalog.row("session", $0.id("session")) }
            .filter { seen.insert($0.id).inserted }
    }

    /// What a subject is: species, strain, sex, genotype; and its age on a day.
    func describe(_ subject: BrainSTEMRow, in record: inout Record, age date: Int?) {
        func state(_ statement: Statement) {
            if !record.statements.contains(statement) { record.statements.append(statement) }
        }
        if let strain = catalog.row("strain", subject.id("strain")), let name = text(strain, "name") {
            state(
                Statement(
                    .strain, PlainText.line(name), identifiers: [strain.text("rrid")].compactMap(\.self),
                    provenance: "subject, strain"))
            for species in [catalog.row("species", strain.id("species"))].compactMap(\.self) {
                state(Self.statement(ofSpecies: species, provenance: "subject, strain, species"))
            }
        }
        switch subject["sex"]?.string {
        case "M": state(Statement(.sex, "male", scheme: "brainstem:sex", provenance: "subject, sex"))
        case "F": state(Statement(.sex, "female", scheme: "brainstem:sex", provenance: "subject, sex"))
        case "U", nil: break
        default: reject(field: "sex", of: subject, "is none of M, F, U")
        }
        if let value = subject["sex"], value.string == nil { reject(field: "sex", of: subject, "is \(value.kind)") }
        for field in ["genotype", "genetic_line"] {
            guard let words = text(subject, field) else { continue }
            record.passages.append(Passage(field.replacing("_", with: " "), words))
        }
        if let breeding = catalog.row("breeding", subject.id("breeding")) {
            for field in ["name", "description", "expected_genotype"] {
                guard let words = text(breeding, field) else { continue }
                record.passages.append(
                    Passage(
                        "breeding \(field.replacing("_", with: " "))", PlainText.paragraph(words), isEvidence: false))
            }
        }
        if record.id.type == .session {
            if let words = text(subject, "description") {
                record.passages.append(Passage("subject description", PlainText.paragraph(words), isEvidence: false))
            }
            if let name = text(subject, "name") {
                record.passages.append(Passage("subject name", name, isEvidence: false))
            }
        }
        guard let date, let birth = day(subject, "birth_date") else { return }
        if date >= birth {
            record.quantities.append(
                Quantity(.ageDays, Double(date - birth), provenance: "date_time, subject birth_date"))
        } else {
            reject(field: "birth_date", of: subject, "lies after session \(record.id.native)")
        }
    }

    private func reject(field: String, of subject: BrainSTEMRow, _ reason: String) {
        run.reject(field: field, of: "subject \(subject.id)", reason)
    }

    /// The species by its taxon, whatever its name says.
    static func statement(ofSpecies species: BrainSTEMRow, provenance: String) -> Statement {
        let taxa = (species["external_identifiers"]?.array ?? []).compactMap { item -> String? in
            guard item["source"]?.text?.uppercased().contains("NCBI") == true else { return nil }
            return item["identifier"]?.identifier.flatMap { CURIE.taxon($0) }
        }
        return Statement(
            .species, species.text("name").map { PlainText.line($0) } ?? species.text("description") ?? "",
            identifiers: taxa, provenance: provenance)
    }
}
