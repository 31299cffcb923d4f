import JSON

/// Reads Alyx rows from files: recorded REST answers (ONE keeps them as `[answer, time]`), one row a line, and CSV
/// tables of sessions and insertions.
///
/// What a row is shows in its fields, not in the file's name.  ONE's cache tables are Parquet, which is not read.
struct AlyxDump {
    let location: Location
    let run: Harvest

    /// Reads everything there is into the tables; rows of other kinds are noted and left out.
    func read(into tables: inout AlyxTables) throws {
        switch location {
        case .file(let path) where path.hasSuffix(".csv"): try readTable(at: path, into: &tables)
        case .folder(let path):
            let names = try Files.names(in: path)
            for name in names where name.hasSuffix(".csv") { try readTable(at: "\(path)/\(name)", into: &tables) }
            if names.contains(where: { $0.hasSuffix(".pqt") || $0.hasSuffix(".parquet") }) {
                run.note("Parquet tables are not read; export them as CSV (pandas: read_parquet(…).to_csv(…))")
            }
            if names.contains(where: { name in [".json", ".jsonl", ".ndjson"].contains { name.hasSuffix($0) } }) {
                try readRows(into: &tables)
            } else if !names.contains(where: { $0.hasSuffix(".csv") }) {
                throw ConnectorError(
                    .unusableLocation,
                    "the folder '\(path)' holds no .json, .jsonl or .csv file; Parquet tables must be exported as CSV")
            }
        default: try readRows(into: &tables)
        }
    }

    private func readRows(into tables: inout AlyxTables) throws {
        try JSONDump.records(at: location, run: run) { provenance, value in
            take(value, provenance: provenance, into: &tables)
        }
    }

    /// Takes an answer apart down to its rows.
    private func take(_ value: JSONValue, provenance: String, into tables: inout AlyxTables) {
        if let rows = value["results"]?.array ?? value.array {
            for row in rows { take(row, provenance: provenance, into: &tables) }
        } else if value.object == nil {
            // The time beside a recorded answer.
            if value.string == nil { run.reject(provenance, "is \(value.kind), not a row") }
        } else if value["acronym"] != nil {
            _ = tables.add(region: value)
        } else if value["nickname"] != nil {
            _ = tables.add(subject: value, run: run)
        } else if value["session_info"] != nil || value["model"] != nil && value["session"] != nil {
            _ = tables.add(insertion: value, run: run)
            // An insertion names its session; where the session's own row is missing, that is all there is.
            if let session = value["session_info"], let id = session["id"]?.identifier, !tables.hasSession(id) {
                _ = tables.add(session: session, run: run)
            }
        } else if value["subject"] != nil, value["start_time"] != nil || value["number"] != nil,
            value["dataset_type"] == nil
        {
            _ = tables.add(session: value, run: run)
        } else {
            run.note("rows that are neither sessions, subjects, insertions nor regions were left out")
        }
    }

    /// What releases call the column of a session's id.
    private static let sessionColumns = ["eid", "id", "session_id", "session_uuid"]

    /// A CSV table with one row a session or a probe.  A table of something else is one reject, not one a row.
    private func readTable(at path: String, into tables: inout AlyxTables) throws {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        var columns: [String]?
        var isOfSessions = false
        try Files.lines(of: path, limit: 1 << 20) { number, line in
            guard let line else { return run.reject("\(name) line \(number)", "the line is too long") }
            guard columns == nil || isOfSessions else { return }
            let cells = DelimitedText.cells(String(decoding: line, as: UTF8.self), separator: ",")
            guard let columns else {
                columns = cells
                isOfSessions = cells.contains(where: Self.sessionColumns.contains)
                if !isOfSessions {
                    run.reject(name, field: "eid", "the table has no column of session ids; its rows are left out")
                }
                return
            }
            var row: [String: String] = [:]
            for (column, cell) in zip(columns, cells) where !cell.isEmpty { row[column] = cell }
            take(table: row, provenance: "\(name) line \(number)", into: &tables)
        }
    }

    private func take(table row: [String: String], provenance: String, into tables: inout AlyxTables) {
        guard let id = Self.sessionColumns.compactMap({ row[$0] }).first else {
            return run.reject(provenance, field: "eid", "is missing")
        }
        let subject = row["subject"] ?? row["mouse_name"]
        let projects = (row["projects"] ?? row["project"]).map { $0.split(separator: ",").map { String($0) } } ?? []
        var session: [String: JSONValue] = ["id": .string(id)]
        session["subject"] = subject.map(JSONValue.string)
        session["start_time"] = (row["start_time"] ?? row["date"]).map(JSONValue.string)
        session["number"] = (row["number"] ?? row["session_number"]).flatMap(Double.init).map(JSONValue.number)
        for field in ["lab", "task_protocol"] { session[field] = row[field].map(JSONValue.string) }
        session["projects"] = .array(projects.map(JSONValue.string))
        if !tables.hasSession(id) { _ = tables.add(session: .object(session), run: run) }
        if let probe = row["pid"] {
            let name = row["probe_name"] ?? row["probe"]
            _ = tables.add(
                insertion: .object([
                    "id": .string(probe), "session": .string(id), "name": name.map(JSONValue.string) ?? .null,
                ]), run: run)
        }
    }
}
