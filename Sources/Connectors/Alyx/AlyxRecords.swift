import JSON
import Records

/// Flattens Alyx's sessions, subjects and projects into records.
struct AlyxRecords {
    let tables: AlyxTables
    /// The portal's address, nil for a dump.
    let base: WebAddress?
    let run: Harvest

    /// - Parameter complete: adds what a session's own page says.
    func emit(
        into sink: (Record) throws -> Void, complete: (AlyxSession) throws -> AlyxSession
    ) throws {
        var ofSubject: [String: [String]] = [:]
        var ofProject: [String: (sessions: Int, subjects: Set<String>)] = [:]
        for (index, listed) in tables.sessions.enumerated() {
            guard let session = try listed.hasName ? complete(listed) : nil else {
                run.reject("session \(listed.id)", "says neither its subject nor its time")
                continue
            }
            let subject = session["subject"]?.text ?? ""
            ofSubject[subject, default: []].append(session.id)
            for project in projects(of: session) {
                ofProject[project, default: (0, [])].sessions += 1
                ofProject[project]?.subjects.insert(subject)
            }
            try run.emit(record(of: session), into: sink)
            run.advance("sessions", index + 1, of: tables.sessions.count)
        }
        for nickname in tables.subjectOrder {
            guard let row = tables.subjects[nickname] else { continue }
            try run.emit(record(ofSubject: nickname, row, sessions: ofSubject[nickname] ?? []), into: sink)
        }
        for project in ofProject.keys.sorted() {
            guard let counts = ofProject[project] else { continue }
            let row = tables.projects.first { $0["name"]?.text == project }
            var record = Record(
                id: RecordID(.ibl, .dataset, project), title: PlainText.line(project),
                description: row?["description"]?.text.map(PlainText.paragraph) ?? "", access: .open)
            record.quantities = [
                Quantity(.sessions, Double(counts.sessions), provenance: "sessions"),
                Quantity(.subjects, Double(counts.subjects.count), provenance: "sessions"),
            ]
            try run.emit(record, into: sink)
        }
    }

    // MARK: Sessions

    private func record(of session: AlyxSession) -> Record {
        let subject = session["subject"]?.text.map { PlainText.line($0) }
        let start = session["start_time"]?.text ?? session["date"]?.text
        let day = start.flatMap { CalendarDay.number(iso: $0) }
        let protocols = (session["task_protocol"]?.text ?? "").split(separator: "/").map { Self.task(String($0)) }
        let number = session["number"]?.words
        var title = [subject, day.map(CalendarDay.iso), number.map { "session \($0)" }].compactMap(\.self)
            .joined(separator: ", ")
        if let task = protocols.first, !task.isEmpty { title += ": \(task)" }
        var record = Record(id: RecordID(.ibl, .session, session.id), title: title, access: .open)
        record.url = base.map { $0.appending("/sessions/\(session.id)").text }
        record.description = session["narrative"]?.text.map(PlainText.paragraph) ?? ""
        if let day { record.quantities.append(Quantity(.date, Double(day), provenance: "start_time")) }
        for field in ["start_time", "number", "lab"] {
            guard let value = session[field], field == "number" ? value.number == nil : value.string == nil else {
                continue
            }
            run.reject(field: field, of: "session \(session.id)", "is \(value.kind)")
        }
        addDuration(of: session, to: &record)
        for task in protocols where !task.isEmpty {
            record.statements.append(Statement(.task, task, scheme: "ibl:task", provenance: "task_protocol"))
        }
        for procedure in session["procedures"]?.array ?? [] {
            guard let name = procedure.text.map({ PlainText.line($0) }) else { continue }
            record.statements.append(Statement(.procedure, name, scheme: "alyx:procedure", provenance: "procedures"))
        }
        addLab(session["lab"], to: &record)
        record.keywords = projects(of: session)
        for project in projects(of: session) {
            record.links.append(Link(.partOf, "ibl:dataset:\(project)", label: project))
        }
        if let location = session["location"]?.text {
            record.passages.append(Passage("location", location, isEvidence: false))
        }
        for insertion in session.insertions { add(insertion, to: &record) }
        addSignals(session["data_dataset_session_related"], part: nil, to: &record)
        if let subject, let row = tables.subjects[subject] {
            describe(row, in: &record, on: day)
            record.links.append(
                Link(.related, "ibl:subject:\(row["id"]?.identifier ?? subject)", label: "subject \(subject)"))
        } else if subject != nil {
            record.notes.append("subject not public")
        }
        return record
    }

    /// `_iblrig_tasks_ephysChoiceWorld6.2.5` → `ephysChoiceWorld`: the task without its rig and version.
    static func task(_ taskProtocol: String) -> String {
        var name = Substring(PlainText.line(taskProtocol))
        for prefix in ["_iblrig_tasks_", "_iblrig_", "iblrig_tasks_"] where name.hasPrefix(prefix) {
            name = name.dropFirst(prefix.count)
        }
        while let last = name.last, last.isNumber || last == "." || last == "_" || last == " " {
            name = name.dropLast()
        }
        return name.isEmpty ? taskProtocol : String(name)
    }

    private func addDuration(of session: AlyxSession, to record: inout Record) {
        guard let start = session["start_time"]?.text.flatMap(Self.seconds),
            let end = session["end_time"]?.text.flatMap(Self.seconds), end > start, end - start < 7 * 86_400
        else { return }
        record.quantities.append(Quantity(.durationS, end - start, provenance: "start_time, end_time"))
    }

    /// Seconds since 1970 of an ISO 8601 time, its zone left aside: only differences are used.
    static func seconds(_ time: String) -> Double? {
        let halves = time.split(separator: "T")
        guard halves.count == 2, let day = CalendarDay.number(iso: halves[0]) else { return nil }
        let fields = halves[1].prefix(8).split(separator: ":").compactMap { Double($0) }
        guard fields.count == 3 else { return nil }
        return Double(day) * 86_400 + fields[0] * 3_600 + fields[1] * 60 + fields[2]
    }

    private func projects(of session: AlyxSession) -> [String] {
        let values = session["projects"]?.array ?? [session["project"]].compactMap(\.self)
        return values.compactMap { $0.text.map { PlainText.line($0) } }.filter { !$0.isEmpty }
    }

    private func addLab(_ value: JSONValue?, to record: inout Record) {
        guard let lab = value?.text.map({ PlainText.line($0) }), !lab.isEmpty else { return }
        record.labs.append(lab)
        record.statements.append(Statement(.lab, lab, provenance: "lab"))
    }

    // MARK: Probes

    /// Probe models of Alyx's table `experiments.probemodel`, all of the Neuropixels family.
    private static let models = [
        "3A": "Neuropixels 3A", "3B1": "Neuropixels 3B1", "3B2": "Neuropixels 3B2",
        "NP2.1": "Neuropixels 2.0 single shank", "NP2.4": "Neuropixels 2.0 four shank",
    ]

    /// One part a probe: its model, and the regions along it.
    private func add(_ insertion: AlyxInsertion, to record: inout Record) {
        let name = insertion.row["name"]?.text.map { PlainText.line($0) } ?? "probe"
        var draft = PartDraft(
            part: Part(role: .recording, type: "probe insertion", label: name, native: insertion.id))
        draft.state(.technique, "extracellular electrophysiology", scheme: "alyx", provenance: "insertion")
        if let model = insertion.row["model"]?.text.map({ PlainText.line($0) }) {
            let words = Self.models[model] ?? model
            draft.state(
                .device, words, identifiers: ["alyx:\(model)"], scheme: "alyx:probe-model",
                provenance: "insertion, model \(model)")
            draft.part.label += ", \(words)"
        }
        let regions = insertion.regions.compactMap { tables.regions[abs($0)] }
        for region in regions {
            guard let acronym = region["acronym"]?.text, acronym != "void", acronym != "root",
                let name = region["name"]?.text, let id = region["id"]?.identifier
            else { continue }
            draft.statements.append(
                Statement(
                    .region, PlainText.line(name), identifiers: ["MBA:\(id)", "AIA:\(acronym)"], scheme: "AIA",
                    provenance: "insertion, channels", grade: insertion.provenance ?? grade(of: insertion)))
        }
        let acronyms = regions.compactMap { $0["acronym"]?.text }
        if !acronyms.isEmpty { draft.part.label += " in \(acronyms.prefix(12).joined(separator: ", "))" }
        record.add(draft)
        addSignals(insertion.row["datasets"], part: record.parts.count - 1, to: &record)
    }

    /// How the track is known, where only the insertion's quality flags say so.
    private func grade(of insertion: AlyxInsertion) -> String? {
        let checks = insertion.row["json"]?["extended_qc"]
        if checks?["alignment_resolved"]?.bool == true { return "Ephys aligned histology track" }
        return checks?["tracing_exists"]?.bool == true ? "Histology track" : nil
    }

    /// ALF names of the datasets, `spikes.times`, as signals; each once.
    private func addSignals(_ datasets: JSONValue?, part: Int?, to record: inout Record) {
        var seen: Set<String> = []
        for dataset in datasets?.array ?? [] {
            guard let type = dataset["dataset_type"]?.text.map({ PlainText.line($0) }), type != "unknown",
                seen.insert(type).inserted
            else { continue }
            // The session lists its probes' datasets again.
            let isKnown = record.statements.contains { $0.facet == .signal && $0.value == type && $0.scheme == "alf" }
            if part == nil, isKnown { continue }
            record.statements.append(
                Statement(
                    .signal, type, identifiers: ["alf:\(type)"], scheme: "alf", part: part, provenance: "datasets"))
        }
    }

    // MARK: Subjects

    private func record(ofSubject nickname: String, _ row: JSONValue, sessions: [String]) -> Record {
        var record = Record(
            id: RecordID(.ibl, .subject, row["id"]?.identifier ?? nickname), title: PlainText.line(nickname),
            description: row["description"]?.text.map(PlainText.paragraph) ?? "", access: .open)
        record.url = base.map { $0.appending("/subjects/\(nickname)").text }
        describe(row, in: &record, on: nil)
        addLab(row["lab"], to: &record)
        record.quantities.append(Quantity(.sessions, Double(sessions.count), provenance: "sessions"))
        record.links = sessions.prefix(200).map { Link(.related, "ibl:session:\($0)") }
        return record
    }

    /// Species, strain, line, sex; and the age on a day.
    private func describe(_ subject: JSONValue, in record: inout Record, on day: Int?) {
        func state(_ facet: Facet, _ field: String, _ words: String?) {
            if let words, !words.isEmpty {
                record.statements.append(Statement(facet, PlainText.line(words), provenance: "subject, \(field)"))
            }
        }
        state(.species, "species", subject["species"]?.text)
        state(.strain, "strain", subject["strain"]?.text)
        state(.sex, "sex", ["M": "male", "F": "female"][subject["sex"]?.string ?? ""])
        for field in ["line", "genotype"] {
            let words = subject[field]?.text ?? subject[field]?.array?.compactMap(\.text).joined(separator: ", ")
            if let words, !words.isEmpty, words != subject["strain"]?.text {
                record.passages.append(Passage("subject \(field)", words))
            }
        }
        guard let day, let text = subject["birth_date"]?.text else { return }
        guard let birth = CalendarDay.number(iso: text) else {
            return run.reject(field: "birth_date", of: "subject \(subject["nickname"]?.text ?? "")", "is no date")
        }
        if day >= birth {
            record.quantities.append(
                Quantity(.ageDays, Double(day - birth), provenance: "start_time, subject birth_date"))
        } else {
            run.reject(
                field: "birth_date", of: "subject \(subject["nickname"]?.text ?? "")",
                "lies after session \(record.id.native)")
        }
    }
}

extension AlyxSession {
    /// Whether it says enough to be shown.
    var hasName: Bool { self["subject"]?.text != nil || self["start_time"]?.text != nil || self["date"]?.text != nil }
}
