internal import Connectors
internal import LatentSemantics
internal import Records
internal import Store
internal import Vectors

/// The conditions that a generation must meet before it is published.  Each is checked and reported; any that fails and
/// is not accepted by name keeps the old generation.
struct Gates {
    let configuration: ReindexConfiguration
    let accepted: Set<String>
    private(set) var all: [ReindexReport.Gate] = []

    init(configuration: ReindexConfiguration, accepted: Set<String>) {
        self.configuration = configuration
        self.accepted = accepted
    }

    /// Whether none keeps the old generation.
    var isOpen: Bool { !all.contains(where: \.holds) }

    private mutating func judge(_ name: String, _ passed: Bool, _ detail: String) {
        var gate = ReindexReport.Gate(name, passed: passed, detail: detail)
        gate.accepted = !passed && accepted.contains(name)
        all.append(gate)
    }

    /// A source that loses more than its share of records at once is more likely out of order than that much smaller.
    /// One record may always leave, unless it is the last.
    mutating func judgeShrinking(_ results: [Source: Merge.Result]) {
        for (source, result) in results.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            let report = result.report
            guard report.before > 0 else { continue }
            let share = threshold(of: source)
            let missing = result.missing.count
            let allowed = max(1, Int(share * Double(report.before)))
            let isEmptied = report.after == 0 && missing > 0
            judge(
                "shrink:\(source.rawValue)", missing <= allowed && !isEmptied,
                "\(missing) of \(report.before) records are gone, \(allowed) may go at once"
                    + (report.stale ? " (not read as a whole: what was not seen is kept)" : ""))
        }
    }

    /// The strictest of the entries that share a source.
    func threshold(of source: Source) -> Double {
        configuration.sources.filter { $0.connector.source == source }.map(\.shrink).min() ?? 0.2
    }

    /// Rows, texts, facets and vectors must be of one number, each source's records those that were counted, and the
    /// files what their checksums say.
    mutating func judgeParity(_ generation: Generation) throws(StoreError) {
        var problems = try generation.parity()
        if let path = generation.vectorsPath {
            do throws(VectorsError) {
                let vectors = try VectorFile(
                    path: path, lists: generation.listsPath, identity: generation.manifest.model)
                if vectors.count != generation.manifest.records {
                    problems.append("\(vectors.count) vectors for \(generation.manifest.records) records")
                }
                try vectors.verify()
                if let projection = generation.projectionPath {
                    try LatentModel(path: projection, identity: generation.manifest.model).verify()
                }
            } catch {
                problems.append(error.detail)
            }
        }
        judge(
            "parity", problems.isEmpty, problems.isEmpty ? "rows, texts, facets and vectors agree" : Self.some(problems)
        )
        let damaged = try generation.damagedFiles()
        judge("checksums", damaged.isEmpty, damaged.isEmpty ? "all files are as written" : Self.some(damaged))
    }

    /// An index that had vectors of a sentence model must not lose them unnoticed because the model is missing.
    mutating func judgeVectors(_ generation: Generation, before: Generation?) {
        guard let before, before.vectorsPath != nil, configuration.hasVectors else { return }
        let isKept = generation.vectorsPath != nil
        let isReplaced = before.projectionPath == nil && generation.projectionPath != nil
        judge(
            "vectors", isKept && !isReplaced,
            isReplaced
                ? "there is no sentence model on this machine, and weaker vectors of the records' own words would take the "
                    + "place of its vectors"
                : isKept
                    ? "there are vectors, as before"
                    : "there is no sentence model on this machine, and the vectors would be lost"
        )
    }

    /// No address of a person, and nothing that the operator calls private.
    mutating func judgePrivacy(_ generation: Generation) throws {
        // The ways to write the sign; what only looks like it ("5 @ 30 Hz") is looked at again.
        var addresses: Set<String> = []
        try generation.forEachRecord(holding: ["@", "%40", "(at)", "[at]"]) { id, text in
            if EmailAddresses.occur(in: text) { addresses.insert(id) }
            return addresses.count < 1000
        }
        judge(
            "private:addresses", addresses.isEmpty,
            addresses.isEmpty ? "no e-mail address" : "e-mail addresses in \(addresses.count) records")
        guard !configuration.privateMarkers.isEmpty else { return }
        var marked: Set<String> = []
        try generation.forEachRecord(holding: configuration.privateMarkers) { id, _ in
            marked.insert(id)
            return marked.count < 1000
        }
        judge(
            "private:markers", marked.isEmpty,
            marked.isEmpty ? "no private marker" : "private markers in \(marked.count) records")
    }

    /// Questions whose answers are known.
    mutating func judgeCanaries(
        _ generation: Generation, ask: (ReindexConfiguration.Canary, Generation) throws -> [RecordID]
    ) {
        for canary in configuration.canaries {
            let problem: String?
            do {
                let found = try ask(canary, generation)
                let ids = Set(found.map(\.description))
                let missing = canary.includes.filter { !ids.contains($0) }
                if found.count < canary.minimum {
                    problem = "\(found.count) matches, at least \(canary.minimum) are expected"
                } else {
                    problem = missing.isEmpty ? nil : "not among the matches: \(missing.joined(separator: ", "))"
                }
            } catch {
                problem = "\(error)"
            }
            judge("canary:\(canary.name)", problem == nil, problem ?? "answered")
        }
    }

    private static func some(_ problems: [String]) -> String {
        problems.prefix(5).joined(separator: "; ") + (problems.count > 5 ? "; and \(problems.count - 5) more" : "")
    }
}
