import JSON
import Records

extension BrainSTEMRecords {
    /// A project: a published collection of sessions and subjects.
    func project(_ row: BrainSTEMRow, _ summaries: [String: [Statement]]) -> Record? {
        guard var record = record(row, .dataset, app: "stem") else { return nil }
        let subjects = catalog.rows("subject", where: "projects", is: row.id)
        let sessions = catalog.rows("session", where: "projects", is: row.id)
        record.quantities = [
            Quantity(.subjects, Double(subjects.count), provenance: "subjects"),
            Quantity(.sessions, Double(sessions.count), provenance: "sessions"),
        ]
        addDates(of: sessions, to: &record)
        addLabs(of: row, to: &record)
        record.statements += Self.gathered(
            sessions.map { summaries["session " + $0.id] ?? [] }, provenance: "its sessions")
        let fromSubjects = Self.gathered(
            subjects.map { summaries["subject " + $0.id] ?? [] }, provenance: "its subjects")
        record.statements += fromSubjects.filter { new in
            !record.statements.contains {
                $0.facet == new.facet && $0.value == new.value && $0.scheme == new.scheme
            }
        }
        for publication in related(row, "publications", "publication").rows { add(publication, to: &record) }
        for (model, type) in [("collection", "collection"), ("cohort", "cohort")] {
            for part in catalog.rows(model, where: "project", is: row.id) {
                record.links.append(Link(.hasPart, "brainstem:\(type):\(part.id)", label: part.text("name")))
            }
        }
        return record
    }

    private func add(_ publication: BrainSTEMRow, to record: inout Record) {
        let title = publication.text("title").map { PlainText.line($0) }
        if let target = publication.text("doi").flatMap(CURIE.doi) ?? publication.text("publication_url") {
            record.links.append(Link(.describedBy, target, label: title))
        }
        if let title { record.passages.append(Passage("publication title", title)) }
        if let words = publication.text("abstract") {
            record.passages.append(Passage("publication abstract", PlainText.paragraph(words), isEvidence: false))
        }
        if let words = publication.text("authors") {
            record.passages.append(Passage("publication authors", PlainText.line(words), isEvidence: false))
        }
        if let day = publication["publication_date"]?.string.flatMap({ CalendarDay.number(iso: $0) }) {
            record.quantities.append(Quantity(.published, Double(day), provenance: "publication_date"))
        }
    }

    private func addDates(of sessions: [BrainSTEMRow], to record: inout Record) {
        let days = sessions.compactMap { $0["date_time"]?.string.flatMap { CalendarDay.number(iso: $0) } }
        guard let first = days.min(), let last = days.max() else { return }
        record.quantities.append(Quantity(.date, Double(first)...Double(last), provenance: "dates of its sessions"))
    }

    /// Subjects somebody put together.
    func cohort(_ row: BrainSTEMRow, _ summaries: [String: [Statement]]) -> Record? {
        guard var record = record(row, .cohort, app: "stem") else { return nil }
        let (subjects, _) = related(row, "subjects", "subject")
        record.quantities = [Quantity(.subjects, Double(subjects.count), provenance: "subjects")]
        record.statements = Self.gathered(
            subjects.map { summaries["subject " + $0.id] ?? [] }, provenance: "its subjects")
        record.links = subjects.map { Link(.hasPart, "brainstem:subject:\($0.id)", label: $0.text("name")) }
        addProject(of: row, to: &record)
        return record
    }

    /// Sessions somebody put together.
    func collection(_ row: BrainSTEMRow, _ summaries: [String: [Statement]]) -> Record? {
        guard var record = record(row, .collection, app: "stem") else { return nil }
        let (sessions, _) = related(row, "sessions", "session")
        record.quantities = [Quantity(.sessions, Double(sessions.count), provenance: "sessions")]
        addDates(of: sessions, to: &record)
        record.statements = Self.gathered(
            sessions.map { summaries["session " + $0.id] ?? [] }, provenance: "its sessions")
        record.links = sessions.map { Link(.hasPart, "brainstem:session:\($0.id)", label: $0.text("name")) }
        addProject(of: row, to: &record)
        return record
    }

    private func addProject(of row: BrainSTEMRow, to record: inout Record) {
        guard let project = catalog.row("project", row.id("project")) else { return }
        record.links.append(Link(.partOf, "brainstem:dataset:\(project.id)", label: project.text("name")))
        addLabs(of: project, to: &record)
    }
}
