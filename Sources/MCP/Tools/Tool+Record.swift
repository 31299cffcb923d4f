import Export
import JSON
import Planner
import Records
import Requests
import Search
import Store

extension Tool {
    static let getRecord = Tool(
        name: "get_record", title: "Read one record",
        description:
            "Everything the index knows of one record: its text, people, dates, facet values with evidence, and "
            + "where else its data are listed; with 'format' also as citation or linked data.",
        parameters: [.id, exportForm],
        output: Schema.answer(
            [
                "id": Schema.string(), "type": Schema.string(), "source": Schema.string(),
                "access": Schema.choice(Access.allCases.map(\.rawValue)), "url": Schema.string(),
                "doi": Schema.string(), "published": Schema.string(), "modified": Schema.string(),
                "licenses": Schema.array(of: Schema.string()),
                "tags": Schema.array(of: Schema.anything, "Facet values and the evidence for them."),
                "also_at": Schema.array(of: Schema.string()), RecordText.key: Schema.recordText,
            ], required: ["id", "type", "source", "access", "tags", RecordText.key]),
        run: { call in
            let stored = try call.record(call.values.text(.id) ?? "")
            let entry = CatalogEntry(stored, vocabulary: call.searcher.vocabulary)
            let record = stored.record
            let format: ExportFormat? = call.values.choice(exportForm)
            let quantities = record.quantities.filter { $0.part == nil && !$0.field.isDate }.prefix(20)
            let answer = JSONValue.members([
                "id": .string(record.id.description), "type": .string(record.id.type.rawValue),
                "source": .string(record.id.source.rawValue), "access": .string(record.access.rawValue),
                "url": .text(entry.url), "doi": .text(entry.doi.map(SafeText.line)),
                "published": .text(entry.published.map(CalendarDay.iso)),
                "modified": .text(entry.modified.map(CalendarDay.iso)),
                "licenses": .texts(entry.licenses.compactMap { $0.spdx ?? $0.url }),
                "quantities": .array(
                    quantities.map {
                        ["field": .string($0.field.rawValue), "min": .number($0.min), "max": .number($0.max)]
                    }
                ),
                "also_at": .texts(stored.alsoAt.prefix(10).map { SafeName.of($0.name) }),
                RecordText.key: RecordText.object([
                    "title": .string(record.title), "description": .string(record.description),
                    "citation": .text(record.citation), "access_note": .text(record.accessNote),
                    "contributors": .texts(record.contributors), "labs": .texts(record.labs),
                    "keywords": .texts(record.keywords),
                    "parts": .array(
                        record.parts.map { ["role": .string($0.role.rawValue), "label": .string($0.label)] }),
                    "notes": .texts(record.notes),
                    "export": .text(format.flatMap { entry.text(as: $0) }),
                ]),
            ])
            var members = answer.object ?? [:]
            members["tags"] = .array(tags(of: stored, isKnown: call.isKnown))
            return members
        })

    /// The answer itself is JSON already.
    private static let exportForm = RequestParameter(
        RequestParameter.formatOfRecord.name,
        .choice(ExportFormat.ofRecords.filter { $0 != .json }.map(\.rawValue)),
        help: "\(RequestParameter.formatOfRecord.help) It stands in record_text.export.")

    /// The tags, best evidence first, at most 120: a term once, however many parts have it.
    private static func tags(of stored: StoredRecord, isKnown: (String) -> Bool) -> [JSONValue] {
        var seen: Set<String> = []
        let tags = stored.tags.enumerated().sorted {
            ($0.element.evidence.kind, $0.offset) < ($1.element.evidence.kind, $1.offset)
        }
        return tags.map(\.element).filter { seen.insert($0.term).inserted }.prefix(120).map { tag in
            let isKnown = isKnown(tag.term)
            return .members([
                "facet": .string(tag.facet.rawValue), "id": isKnown ? .string(tag.term) : nil,
                "label": isKnown ? .string(tag.label) : nil, "evidence": .string(tag.evidence.kind.rawValue),
                RecordText.key: RecordText.object([
                    "label": isKnown ? nil : .string(tag.label),
                    "where": .string(SafeText.shortened(tag.evidence.provenance, to: 120)),
                    "words": .text(tag.evidence.words.map { SafeText.shortened($0, to: 120) }),
                ]),
            ])
        }
    }

    static let whyNot = Tool(
        name: "why_not", title: "Why a record is no answer",
        description:
            "Holds one record against every condition of a question: which hold, which fail, which it does not "
            + "tell, and what would let it in.",
        parameters: RequestParameter.ofWhyNot,
        output: Schema.answer(
            [
                "id": Schema.string(),
                "tier": ["type": .array(["string", "null"]), "enum": .array(["match", "possible", .null])],
                "verdicts": Schema.array(
                    of: Schema.object(
                        [
                            "condition": Schema.string(), "state": Schema.choice(["holds", "fails", "undecided"]),
                            "recorded": Schema.array(of: Schema.anything),
                            "weight": Schema.choice(Plan.Weight.allCases.map(\.rawValue)),
                            RecordText.key: Schema.recordText,
                        ], required: ["condition", "state"])),
                RecordText.key: Schema.recordText,
            ], required: ["id", "tier", "verdicts", RecordText.key]),
        run: { call in
            let id = try call.record(call.values.text(.id) ?? "").record.id
            let found = try call.searcher.whyNot(id.description, request: try call.request())
            return [
                "id": .string(found.id.description), "tier": .text(found.tier?.rawValue) ?? .null,
                "verdicts": .array(
                    found.verdicts.map { verdict in
                        // A remedy may name what the record has instead, in its own words.
                        .members([
                            "condition": .string(verdict.condition), "state": .string(verdict.state.rawValue),
                            "recorded": .array(verdict.recorded.prefix(5).map { reason($0, isKnown: call.isKnown) }),
                            "weight": .text(verdict.weight?.rawValue),
                            RecordText.key: verdict.remedy.map { RecordText.object(["remedy": .string($0)]) },
                        ])
                    }),
                RecordText.key: RecordText.object(["title": .string(found.title)]),
            ]
        })
}

extension ToolCall {
    /// The record of an id.  For an unknown one, ids that may have been meant: the same native id elsewhere, with zeros
    /// before it, and what the words of the id find.
    func record(_ name: String) throws -> StoredRecord {
        let failure: SearchError
        do throws(SearchError) {
            return try searcher.record(named: name)
        } catch {
            failure = error
        }
        guard failure.kind == .noRecord, failure.suggestions.isEmpty else { throw failure }
        throw ToolError(
            "no_record", "there is no record '\(SafeName.of(name))' in the index", try ids(like: name))
    }

    private func ids(like name: String) throws -> [String] {
        let native = name.split(separator: ":").last.map(String.init) ?? name
        var rows = try searcher.rows(named: native)
        if native.utf8.count < 6, native.utf8.allSatisfy({ (48...57).contains($0) }) {
            rows += try searcher.rows(named: String(repeating: "0", count: 6 - native.utf8.count) + native)
        }
        guard rows.isEmpty else {
            return try searcher.generation.ids(rows: Array(rows.prefix(5))).map(\.description)
        }
        let words = native.split { !$0.isLetter && !$0.isNumber }.joined(separator: " ")
        var request = SearchRequest(plan: Plan(query: words, text: words), mode: .text, limit: 3)
        request.countsFacets = false
        request.deadline = deadline
        return try searcher.search(request).hits.map(\.id.description)
    }
}
