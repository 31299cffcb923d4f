import JSON

/// Reads a folder of BrainSTEM records, one JSON object a line, files named `<app>_<model>.jsonl`.
///
/// References point forward only, and rows may be private: the catalog hides these afterwards.
struct BrainSTEMFolder {
    let path: String
    let run: Harvest

    /// Reads all files; lines that are no records are rejected.
    func read(into catalog: inout BrainSTEMCatalog) throws {
        let names = try Files.names(in: path)
        for model in BrainSTEMModel.all {
            let app = model.app ?? "stem"
            guard names.contains("\(app)_\(model.name).jsonl") else {
                if model.name == "project" {
                    throw ConnectorError(
                        .unusableLocation,
                        "the folder '\(path)' holds no stem_project.jsonl, so nothing in it is public")
                }
                continue
            }
            try Files.lines(of: "\(path)/\(app)_\(model.name).jsonl", limit: run.limits.maximumAnswerBytes) {
                number, line in
                try run.checkCancelled()
                let provenance = "line \(number)"
                guard let line else { return run.reject("\(model.name), \(provenance)", "the line is too long") }
                do throws(JSONError) {
                    let row = try JSONReader.value(line, maximumDepth: run.limits.maximumDepth)
                    _ = catalog.take(row, of: model, provenance: provenance, run: run)
                } catch {
                    run.reject("\(model.name), \(provenance)", error.description)
                }
            }
            run.advance("\(model.name) list", catalog.count(model.name), of: nil)
        }
    }
}
