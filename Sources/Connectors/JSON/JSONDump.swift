import JSON

/// Dumps of JSON records: a file of one record a line, a file that is one document, or a folder of such files.
enum JSONDump {
    /// Passes each record of a file or folder to the body with its location, `dandisets.jsonl line 12`.
    ///
    /// A document that is a list, or an API's answer with its records under `results` or `data`, is split into its
    /// records.
    static func records(
        at location: Location, run: Harvest, _ body: (_ provenance: String, _ record: JSONValue) throws -> Void
    ) throws {
        switch location {
        case .web(let address): throw ConnectorError(.unusableLocation, "\(address.text) is no file or folder")
        case .file(let path): try file(at: path, name: Files.name(of: path), run: run, body)
        case .folder(let path):
            let names = try Files.below(path, limit: 6).filter(isDump)
            guard !names.isEmpty else {
                throw ConnectorError(
                    .unusableLocation, "the folder '\(path)' and those below it hold no .json or .jsonl file")
            }
            for name in names { try file(at: "\(path)/\(name)", name: name, run: run, body) }
        }
    }

    /// Whether a file may hold records, by its name.
    static func isDump(_ name: String) -> Bool {
        [".json", ".jsonl", ".ndjson", ".jsonld"].contains { name.hasSuffix($0) }
    }

    private static func file(
        at path: String, name: String, run: Harvest, _ body: (String, JSONValue) throws -> Void
    ) throws {
        do {
            try Files.lines(of: path, limit: run.limits.maximumAnswerBytes) { number, line in
                try run.checkCancelled()
                let provenance = "\(name) line \(number)"
                guard let line else { return run.reject(provenance, "the line is too long") }
                switch parsed(line, run) {
                case .success(let value): try handOn(value, provenance: provenance, body)
                case .failure(let error):
                    // A document printed over several lines has a first line that is no JSON of its own.
                    if number == 1 { throw NotLines() }
                    run.reject(provenance, error.description)
                }
            }
        } catch is NotLines {
            switch parsed(try Files.bytes(at: path, limit: run.limits.maximumAnswerBytes)[...], run) {
            case .success(let value): try handOn(value, provenance: name, body)
            case .failure(let error): run.reject(name, error.description)
            }
        }
    }

    private struct NotLines: Error {}

    private static func parsed(_ bytes: ArraySlice<UInt8>, _ run: Harvest) -> Result<JSONValue, JSONError> {
        Result { () throws(JSONError) in try JSONReader.value(bytes, maximumDepth: run.limits.maximumDepth) }
    }

    private static func handOn(
        _ value: JSONValue, provenance: String, _ body: (String, JSONValue) throws -> Void
    ) throws {
        guard let list = value.array ?? value["results"]?.array ?? value["data"]?.array else {
            return try body(provenance, value)
        }
        for (index, item) in list.enumerated() { try body("\(provenance) item \(index)", item) }
    }
}
