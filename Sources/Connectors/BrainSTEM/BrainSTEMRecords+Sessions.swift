import JSON
import Records

extension BrainSTEMRecords {
    /// A session with its acquisitions, manipulations, behaviours, epochs and what its animals had undergone.
    func session(_ row: BrainSTEMRow) -> Record? {
        guard var record = record(row, .session, app: "stem") else { return nil }
        let date = day(row, "date_time")
        if let date { record.quantities.append(Quantity(.date, Double(date), provenance: "date_time")) }
        var notes: [String] = []
        var used: Set<String> = []

        for acquisition in catalog.rows("dataacquisition", where: "session", is: row.id) {
            used.formUnion(addModule(acquisition, role: .recording, to: &record, notes: &notes))
        }
        for manipulation in catalog.rows("manipulation", where: "session", is: row.id) {
            used.formUnion(addModule(manipulation, role: .manipulation, to: &record, notes: &notes))
        }
        var subjects: [BrainSTEMRow] = []
        for behavior in catalog.rows("behavior", where: "session", is: row.id) {
            let (rows, hidden) = related(behavior, "subjects", "subject")
            if hidden > 0 { notes.append("subject not public") }
            for subject in rows where !subjects.contains(where: { $0.id == subject.id }) { subjects.append(subject) }
            addBehavior(behavior, to: &record, notes: &notes)
        }
        addEpochs(of: row, to: &record)
        for subject in subjects {
            addPreparations(of: subject, before: date, used: used, to: &record, notes: &notes)
            describe(subject, in: &record, age: date)
            record.links.append(
                Link(.related, "brainstem:subject:\(subject.id)", label: subject.text("name").map { "subject \($0)" }))
        }
        addDownloads(of: row, to: &record)
        addProjects(of: row, to: &record)
        for collection in catalog.rows("collection", where: "sessions", is: row.id) {
            record.links.append(
                Link(.partOf, "brainstem:collection:\(collection.id)", label: collection.text("name")))
        }
        for storage in related(row, "datastorage", "datastorage").rows {
            if let name = storage.text("name") {
                record.passages.append(Passage("data storage", name, isEvidence: false))
            }
        }
        if related(row, "datastorage", "datastorage").hidden > 0 { notes.append("data storage not public") }
        record.notes += notes.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
        for note in record.notes { run.note(note) }
        return record
    }

    /// One part for each procedure an acquisition or manipulation used, or one without; returns those procedures.
    private func addModule(
        _ module: BrainSTEMRow, role: Part.Role, to record: inout Record, notes: inout [String]
    ) -> [String] {
        let type = text(module, "type") ?? module.model
        let provenance = role == .recording ? "data acquisition \(type)" : "manipulation \(type)"
        let (procedures, hidden) = related(module, "procedures", "procedure")
        if hidden > 0 { notes.append("procedure of \(provenance) not public") }
        for procedure in procedures.map(Optional.some) + (procedures.isEmpty ? [nil] : []) {
            var draft = PartDraft(part: Part(role: role, type: type, label: type, native: module.id))
            if text(module, "type") != nil {
                stateType(role == .recording ? .technique : .manipulation, type, provenance: provenance, in: &draft)
            }
            if let procedure {
                if let kind = procedure.text("type") { draft.part.label += " through \(kind)" }
                describe(procedure, in: &draft, notes: &notes)
            }
            describeDetails(module["details"], provenance: provenance, in: &draft)
            if let channels = module["details"]?["nChannels"]?.quantity?.value, channels >= 0, channels < 1e9 {
                draft.quantities.append(Quantity(.channels, channels, provenance: "\(provenance), nChannels"))
            }
            describeEquipment(of: module, provenance: provenance, in: &draft, notes: &notes)
            draft.say("\(provenance), notes", text(module, "notes"), isEvidence: true)
            record.add(draft)
        }
        return procedures.map(\.id)
    }

    /// Setup, assay and paradigm of a behaviour: the task, and what they say of the animal's state.
    private func addBehavior(_ behavior: BrainSTEMRow, to record: inout Record, notes: inout [String]) {
        var draft = PartDraft(
            part: Part(role: .behavior, type: "behavior", label: "behavior", native: behavior.id))
        if let id = behavior.id("setup") {
            if let setup = catalog.row("setup", id) {
                describeState(of: setup, provenance: "behavior, setup", in: &draft)
                draft.say("behavior, setup name", setup.text("name"), isEvidence: false)
            } else {
                notes.append("setup not public")
            }
        }
        if let id = behavior.id("behavioralassay") {
            if let assay = catalog.row("behavioralassay", id) {
                describeTask(of: assay, provenance: "behavior, assay", in: &draft)
                if let name = assay.text("name") { draft.part.label = "behavior \(PlainText.line(name))" }
            } else {
                notes.append("behavioral assay not public")
            }
        }
        draft.say("behavior, notes", text(behavior, "notes"), isEvidence: true)
        record.add(draft)
    }

    private func addEpochs(of session: BrainSTEMRow, to record: inout Record) {
        var first = Double.infinity
        var last = -Double.infinity
        for epoch in catalog.rows("epoch", where: "session", is: session.id) {
            let start = epoch["start"].flatMap(Self.seconds)
            let end = epoch["end"].flatMap(Self.seconds)
            if let start { first = min(first, start) }
            if let end { last = max(last, end) }
            guard let name = text(epoch, "name").map({ PlainText.line($0) }) else { continue }
            var draft = PartDraft(part: Part(role: .epoch, type: "epoch", label: "epoch \(name)", native: epoch.id))
            draft.state(.state, name, scheme: "brainstem:epoch", provenance: "epoch name")
            draft.say("epoch name", name, isEvidence: true)
            record.add(draft)
        }
        if last > first { record.quantities.append(Quantity(.durationS, last - first, provenance: "epochs")) }
    }

    /// Seconds of a time in a session: a number, or `h:mm:ss`.
    static func seconds(_ value: JSONValue) -> Double? {
        if let number = value.quantity?.value { return number >= 0 ? number : nil }
        guard let fields = value.string?.split(separator: ":"), (2...3).contains(fields.count) else { return nil }
        var seconds = 0.0
        for field in fields {
            guard let number = Double(field), number.isFinite, number >= 0 else { return nil }
            seconds = seconds * 60 + number
        }
        return seconds
    }

    /// Procedures that belong to an implant for recording: they say something of a session only when it used them.
    private static let recordingImplants: Set<String> = [
        "BloodPressureSensorImplant", "BreathingSensorImplant", "EcgImplant", "EegImplant", "EmgImplant",
        "NerveCuffImplant", "ReferenceElectrodeImplant", "SiliconProbeImplant", "SingleWireElectrodeImplant",
        "TemperatureSensorImplant", "TetrodeWireElectrodeImplant",
    ]
    /// Procedures whose effect is over when the animal is awake again, or that end it.
    private static let passing: Set<String> = [
        "Anesthesia", "AuditoryStimulation", "BarbiturateInjection", "BehavioralTracking", "BrainExtraction",
        "CervicalDislocation", "Co2ChamberEuthanasia", "Cryosectioning", "Decapitation", "InhalantOverdose",
        "OdorStimulation", "PerfusionFixation", "TactileStimulation", "TissueClearing", "VibratomeSectioning",
        "VisualStimulation",
    ]

    /// What was done to the animal before and still has an effect: virus, lesion, window.
    private func addPreparations(
        of subject: BrainSTEMRow, before date: Int?, used: Set<String>, to record: inout Record,
        notes: inout [String]
    ) {
        for procedure in catalog.rows("procedure", where: "subject", is: subject.id) where !used.contains(procedure.id)
        {
            let type = procedure.text("type") ?? "procedure"
            if Self.recordingImplants.contains(type) || Self.passing.contains(type) { continue }
            if let date, let done = procedure["date_time"]?.string.flatMap({ CalendarDay.number(iso: $0) }),
                done > date
            {
                continue
            }
            var draft = PartDraft(part: Part(role: .preparation, type: type, label: type, native: procedure.id))
            describe(procedure, in: &draft, notes: &notes)
            record.add(draft)
        }
    }

    private func addDownloads(of session: BrainSTEMRow, to record: inout Record) {
        for link in session["download_links"]?.array ?? [] {
            guard let url = link["url"]?.text.flatMap({ WebAddress($0) })?.text else {
                run.reject(field: "download_links", of: "session \(session.id)", "holds no readable address")
                continue
            }
            let repository = link["repository"]?.text.map { PlainText.line($0) }
            record.links.append(Link(.related, url, label: repository))
            guard let repository else { continue }
            let archive = Source(rawValue: repository.lowercased()).flatMap { source in
                source.descriptor.kind == .archive ? source : nil
            }
            record.statements.append(
                Statement(
                    .source, repository, identifiers: archive.map { [$0.term] } ?? [], scheme: "brainstem:repository",
                    provenance: "download_links"))
        }
    }

    /// Links to the projects, and their groups as labs.
    func addProjects(of row: BrainSTEMRow, to record: inout Record) {
        for project in related(row, "projects", "project").rows {
            record.links.append(Link(.partOf, "brainstem:dataset:\(project.id)", label: project.text("name")))
            addLabs(of: project, to: &record)
        }
    }

    /// A project's groups are laboratories; its `users` are never looked at.
    func addLabs(of project: BrainSTEMRow, to record: inout Record) {
        for name in (project["groups"]?.object ?? [:]).keys.sorted() {
            let lab = PlainText.line(name)
            guard !lab.isEmpty, !record.labs.contains(lab) else { continue }
            record.labs.append(lab)
            record.statements.append(Statement(.lab, lab, provenance: "project, groups"))
        }
    }
}
