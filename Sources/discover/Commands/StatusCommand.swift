import FoundationEssentials
import LatentSemantics
import Records
import Search
import Store
import Vectors

extension Command {
    static let status = Command(
        name: "status", summary: "Tell what the index holds and how fresh it is.", forms: [""], details: [],
        operands: .none, flags: [.json], examples: [Example("discover status", "sources, dates, model")],
        run: { session throws in
            try session.requireOperands(0...0, named: "")
            let folder = session.indexFolder
            let live = try folder.current()
            var manifest = live.manifest
            // When they were last read, also by runs that found nothing to change.
            manifest.sources = live.sources
            let status = IndexStatus(
                path: folder.path, kept: folder.generationNames(), manifest: manifest, vectors: live.vectorKind,
                forgotten: (try? ForgottenList(of: folder))?.count ?? 0, lastRun: ReindexStatus.last(of: folder))
            if session.arguments.has(.json) {
                try session.printJSON(status)
            } else {
                session.terminal.print(status.lines(style: session.terminal.style).joined(separator: "\n"))
            }
            return .done
        })

    static let verify = Command(
        name: "verify", summary: "Prove that the index is whole.", forms: [""],
        details: [
            "Reads every byte: compares every file with its checksum, lets SQLite check its pages, and counts records, texts, "
                + "facets and vectors. With --all every kept generation, not only the live one."
        ],
        operands: .none, flags: [.all], examples: [Example("discover verify", "exit code 4 when something is wrong")],
        run: { session throws in
            try session.requireOperands(0...0, named: "")
            let folder = session.indexFolder
            let generation = try folder.current()
            var problems = try generation.verify() + vectorProblems(of: generation)
            // Every run reads the list of forgotten records; a damaged one is reported here, before the next run.
            _ = try ForgottenList(of: folder)
            if session.arguments.has(.all) {
                for name in folder.generationNames() where name != generation.manifest.generation {
                    do throws(StoreError) {
                        let other = try folder.generation(named: name)
                        problems += try (other.verify() + vectorProblems(of: other)).map { "\(name): \($0)" }
                    } catch {
                        problems.append("\(name): \(error.detail)")
                    }
                }
            }
            guard problems.isEmpty else {
                throw Failure(
                    .index, "generation \(generation.manifest.generation) is damaged",
                    advice: problems + ["go back with 'discover rollback', or ingest again"])
            }
            session.terminal.print(
                "generation \(generation.manifest.generation): \(generation.manifest.records) records, all files whole")
            return .done
        })

    /// What is wrong with the vectors: their own checksum, and one row a record.
    private static func vectorProblems(of generation: Generation) -> [String] {
        guard let path = generation.vectorsPath else { return [] }
        do throws(VectorsError) {
            let vectors = try VectorFile(
                path: path, lists: generation.listsPath, identity: generation.manifest.model)
            try vectors.verify()
            if let projection = generation.projectionPath {
                try LatentModel(path: projection, identity: generation.manifest.model).verify()
            }
            return vectors.count == generation.manifest.records
                ? [] : ["\(vectors.count) vectors for \(generation.manifest.records) records"]
        } catch {
            return [error.detail]
        }
    }

    static let rollback = Command(
        name: "rollback", summary: "Make the previous generation the live one.", forms: [""],
        details: [
            "The generation is read and proved first. Generations that hold a record that its source has taken back, or that "
                + "'discover forget' took down, are not kept: what was taken back does not come back this way."
        ],
        operands: .none, flags: [], examples: [Example("discover rollback", "undo the last ingest")],
        run: { session throws in
            try session.requireOperands(0...0, named: "")
            let folder = session.indexFolder
            guard let current = try folder.currentName() else { throw Failure(.index, "there is no index") }
            let lock = try folder.lock()
            guard let previous = folder.generationNames().filter({ $0 < current }).last else {
                throw Failure(.failed, "no generation before \(current) is kept")
            }
            let problems = try folder.generation(named: previous).verify()
            guard problems.isEmpty else {
                throw Failure(.index, "generation \(previous) is damaged; \(current) stays live", advice: problems)
            }
            try folder.activate(previous, lock: lock)
            session.terminal.print("generation \(previous) is live again (was \(current))")
            return .done
        })
}

extension Flag {
    static let all = Flag("all", help: "Prove every generation that is kept.")
}

/// What `status` prints.
private struct IndexStatus: Encodable {
    let path: String
    let kept: [String]
    let manifest: Manifest
    /// What made the vectors; nil when there are none.
    let vectors: VectorKind?
    /// Records that were forgotten.
    let forgotten: Int
    /// How the last unattended run went; nil when there was none.
    let lastRun: ReindexStatus?

    private enum CodingKeys: String, CodingKey {
        case path, kept, manifest, vectors, forgotten
        case lastRun = "last_run"
    }

    func lines(style: Style) -> [String] {
        var lines = [
            "\(style.bold("index")) \(printable(path))",
            "  generation  \(manifest.generation), made \(manifest.created), \(kept.count) kept",
            "  records     \(manifest.records), \(manifest.parts) parts",
            "  meaning     "
                + (manifest.model.map { "\(printable($0)), \(manifest.dimensions) dimensions" }
                    ?? style.unsure("no vectors: ranking by words only"))
                + (vectors == .lsa
                    ? style.unsure(": latent semantic analysis of the records, made without a sentence model") : ""),
            "  vocabulary  \(manifest.vocabulary)",
        ]
        for source in manifest.sources {
            let age = source.stale ? style.unsure("stale, ") : ""
            lines.append(
                "  \(style.name(source.source.rawValue))  \(source.records) records, \(age)harvested \(source.harvested) from "
                    + printable(source.location))
        }
        lines += kept.filter { $0 != manifest.generation }.map { style.faint("  also kept   \($0)") }
        if forgotten > 0 { lines.append("  taken down  \(forgotten) records stay out ('discover forget')") }
        if let run = lastRun { lines += self.lines(of: run, style: style) }
        return lines
    }

    private func lines(of run: ReindexStatus, style: Style) -> [String] {
        let when = Timestamp(secondsSince1970: run.finished ?? run.started).iso
        let outcome = run.isGood ? style.good(run.outcome) : style.bad(run.outcome)
        var lines = ["  last run    \(outcome), \(when)" + (run.message.isEmpty ? "" : ": \(printable(run.message))")]
        for (gate, reason) in run.gates.sorted(by: { $0.key < $1.key }) {
            lines.append("    gate \(printable(gate)) \(style.bad("failed")): \(printable(reason))")
        }
        for (source, reason) in run.failures.sorted(by: { $0.key < $1.key }) {
            lines.append("    \(printable(source)) \(style.bad("could not be read")): \(printable(reason))")
        }
        return lines
    }
}
