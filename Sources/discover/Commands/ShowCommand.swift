import Export
import Records
import Requests
import Search
import Store

extension Command {
    static let show = Command(
        name: "show", summary: "Show one record with everything the index knows of it.", forms: ["ID"],
        details: [
            "ID is a record id, or a native id that only one record has. "
                + "A record joined to another one is shown as that one.",
            "For programs: the record as JSON, as schema.org linked data, as a citation (BibTeX, RIS, CSL-JSON) or as "
                + "DataCite metadata. What the record lacks is left out.",
        ],
        operands: .text, flags: Flag.formsOfRecord,
        examples: [
            Example("discover show dandi:dataset:000003", "by record id"),
            Example("discover show 000003 --json", "by the source's own id"),
            Example("discover show 000003 --bibtex", "how to cite it"),
        ],
        run: { session throws in
            try session.requireOperands(1...1, named: "one record id")
            let generation = try session.indexFolder.current()
            let searcher = Searcher(generation: generation, vocabulary: try session.vocabulary())
            let stored = try searcher.record(named: session.arguments.operands[0])
            let formats = ExportFormat.ofRecords.filter { session.arguments.has(Flag($0)) }
            guard formats.count <= 1 else {
                throw Failure(.usage, "choose one of \(formats.map { "--\($0.rawValue)" }.joined(separator: " and "))")
            }
            if formats.first == .json {
                try session.printJSON(ShownRecord(stored))
            } else if let format = formats.first {
                let entry = CatalogEntry(stored, vocabulary: searcher.vocabulary)
                session.terminal.printWhole(entry.text(as: format) ?? "")
            } else {
                let name = session.arguments.operands[0]
                session.terminal.print(RecordPage(session: session, stored: stored, asked: name).text)
            }
            return .done
        })

    static let similar = Command(
        name: "similar", summary: "Find records like one record.", forms: ["ID"], details: [],
        operands: .text, flags: Flag.flags(of: RequestParameter.ofSimilar) + [.json],
        examples: [Example("discover similar dandi:dataset:000003", "what else is like it")],
        run: { session throws in
            try session.requireOperands(1...1, named: "one record id")
            let searcher = try session.searcher()
            let found = try searcher.similar(
                to: session.arguments.operands[0], limit: session.arguments.request.integer(.limit) ?? 10)
            if session.arguments.has(.json) {
                try session.printJSON(found)
                return .done
            }
            let style = session.terminal.style
            for record in found {
                session.terminal.print(
                    """
                    \(style.bold(printable(record.title)))
                      \(style.name(printable(record.id.description)))  \(style.faint("\(record.score)"))
                      \(style.faint(printable(record.shared.joined(separator: ", "))))
                    """)
            }
            return .done
        })
}

/// One record as a person reads it.
private struct RecordPage {
    let session: Session
    let stored: StoredRecord
    /// The id the person typed, which may be that of a joined record.
    let asked: String

    var text: String {
        let style = session.terminal.style
        let record = stored.record
        let width = max(50, min(session.terminal.width, 100))
        var lines = [style.bold(printable(record.title)), style.name(printable(record.id.description))]
        func fact(_ name: String, _ value: String?) {
            guard let value, !value.isEmpty else { return }
            let body = wrap(printable(value), width: width - 15)
            for (index, line) in body.enumerated() {
                let head = index == 0 ? name : ""
                lines.append("  " + style.faint(head + String(repeating: " ", count: 13 - head.count)) + line)
            }
        }
        if let other = stored.alsoAt.first(where: {
            $0.id.map { [$0.description, $0.native].contains(asked) } ?? false
        }),
            let id = other.id, asked != record.id.native
        {
            lines += wrap(
                "\(printable(id.description)) is listed as \(printable(record.id.description)).", width: width)
        }
        lines.append("")
        fact("access", record.access.rawValue + (record.accessNote.map { ", \($0)" } ?? ""))
        fact("url", record.url)
        fact("doi", record.doi)
        fact("by", record.contributors.joined(separator: "; "))
        fact("lab", record.labs.joined(separator: "; "))
        fact("cite as", record.citation)
        for quantity in record.quantities where quantity.part == nil {
            func value(_ number: Double) -> String {
                quantity.field.isDate
                    ? CalendarDay.iso(Int(number))
                    : number == number.rounded() && abs(number) < 1e15 ? "\(Int(number))" : "\(number)"
            }
            let text = value(quantity.min)
            fact(quantity.field.rawValue, quantity.min == quantity.max ? text : "\(text) to \(value(quantity.max))")
        }
        for other in stored.alsoAt {
            let page = other.id == nil ? nil : other.url
            fact("also at", [other.name, page, "(\(other.rule))"].compactMap(\.self).joined(separator: " "))
        }
        if !record.description.isEmpty {
            lines += [""] + wrap(printable(record.description), width: width - 2).map { "  " + $0 }
        }
        lines += tags(of: nil, title: "The record as a whole")
        for index in record.parts.indices {
            lines += tags(of: index, title: "\(record.parts[index].role.rawValue): \(record.parts[index].label)")
        }
        for link in record.links {
            lines.append(
                "  \(link.relation.rawValue): \(printable(link.target)) \(style.faint(printable(link.label ?? "")))")
        }
        for note in record.notes { lines.append(style.unsure("  note: \(printable(note))")) }
        return lines.joined(separator: "\n")
    }

    private func tags(of part: Int?, title: String) -> [String] {
        let style = session.terminal.style
        let tags = stored.tags.filter { $0.part == part }
        guard !tags.isEmpty || part != nil else { return [] }
        return ["", "  " + style.bold(printable(title))]
            + tags.sorted {
                ($0.facet.rawValue, $0.evidence.kind, $0.label) < ($1.facet.rawValue, $1.evidence.kind, $1.label)
            }
            .map { tag in
                var why = "\(tag.evidence.kind.rawValue): \(printable(tag.evidence.provenance))"
                if let words = tag.evidence.words { why += " “\(printable(words))”" }
                return "    \(tag.facet.rawValue) \(style.chip(printable(tag.label)))  \(style.faint(why))"
            }
    }
}
