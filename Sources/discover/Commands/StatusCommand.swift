import FoundationEssentials
import Records
import Store

extension Command {
    static let status = Command(
        name: "status", summary: "Tell what the index holds and how fresh it is.", forms: [""], details: [],
        operands: .none, flags: [.json], examples: [Example("discover status", "sources, dates, model")],
        run: { session throws in
            try session.requireOperands(0...0, named: "")
            let folder = session.indexFolder
            let manifest = try folder.current().manifest
            let status = IndexStatus(path: folder.path, kept: folder.generationNames(), manifest: manifest)
            if session.arguments.has(.json) {
                try session.printJSON(status)
            } else {
                session.terminal.print(status.lines(style: session.terminal.style).joined(separator: "\n"))
            }
            return .done
        })

    static let verify = Command(
        name: "verify", summary: "Prove that the index is whole.", forms: [""],
        details: ["Compares every file with its checksum and counts records, texts and vectors."],
        operands: .none, flags: [], examples: [Example("discover verify", "exit code 4 when something is wrong")],
        run: { session throws in
            try session.requireOperands(0...0, named: "")
            let generation = try session.indexFolder.current()
            let problems = try generation.verify()
            guard problems.isEmpty else {
                throw Failure(
                    .index, "generation \(generation.manifest.generation) is damaged",
                    advice: problems + ["go back with 'discover rollback', or ingest again"])
            }
            session.terminal.print(
                "generation \(generation.manifest.generation): \(generation.manifest.records) records, all files whole")
            return .done
        })

    static let rollback = Command(
        name: "rollback", summary: "Make the previous generation the live one.", forms: [""], details: [],
        operands: .none, flags: [], examples: [Example("discover rollback", "undo the last ingest")],
        run: { session throws in
            try session.requireOperands(0...0, named: "")
            let folder = session.indexFolder
            guard let current = try folder.currentName() else { throw Failure(.index, "there is no index") }
            guard let previous = folder.generationNames().filter({ $0 < current }).last else {
                throw Failure(.failed, "no generation before \(current) is kept")
            }
            try folder.activate(previous, lock: try folder.lock())
            session.terminal.print("generation \(previous) is live again (was \(current))")
            return .done
        })
}

/// What `status` prints.
private struct IndexStatus: Encodable {
    let path: String
    let kept: [String]
    let manifest: Manifest

    func lines(style: Style) -> [String] {
        var lines = [
            "\(style.bold("index")) \(printable(path))",
            "  generation  \(manifest.generation), made \(manifest.created), \(kept.count) kept",
            "  records     \(manifest.records), \(manifest.parts) parts",
            "  meaning     "
                + (manifest.model.map { "\(printable($0)), \(manifest.dimensions) dimensions" }
                    ?? style.unsure("no vectors: ranking by words only")),
            "  vocabulary  \(manifest.vocabulary)",
        ]
        for source in manifest.sources {
            let age = source.stale ? style.unsure("stale, ") : ""
            lines.append(
                "  \(style.name(source.source.rawValue))  \(source.records) records, \(age)harvested \(source.harvested) from "
                    + printable(source.location))
        }
        return lines
    }
}
