import Connectors
import Foundation
import Records
import Store
import Vocabulary

@testable import Indexing

/// ReindexRuns of one index, with a configuration made of code.
final class ReindexRuns {
    let folder: TemporaryFolder
    let index: IndexFolder
    var configuration: ReindexConfiguration
    var embedding: TextEmbedding?
    /// Threads that link; nil for as many as there are.
    var threads: Int?

    init(_ sources: [(name: String, location: String)] = []) throws {
        folder = try TemporaryFolder()
        index = IndexFolder(path: folder.path + "/index")
        configuration = ReindexConfiguration(sources: [])
        configuration.reserveBytes = 0
        for source in sources { try add(source.name, source.location) }
    }

    func add(_ name: String, _ location: String, connector kind: String? = nil) throws {
        guard let connector = Connectors.connector(named: kind ?? name) else { throw CocoaError(.featureUnsupported) }
        var limits = HarvestLimits()
        limits.requestsPerSecond = 0
        limits.backoffSeconds = 0.01
        limits.stallSeconds = 1
        limits.answerSeconds = 5
        configuration.sources.append(
            .init(name: name, connector: connector, location: location, limits: limits, shrink: 0.2, cache: nil))
    }

    @discardableResult
    func run(
        accept: Set<String> = [], full: Bool = false, dry: Bool = false, sources: Set<String> = [],
        cancelled: @escaping @Sendable () -> Bool = { false }
    ) throws -> ReindexReport {
        var options = Reindex.Options()
        options.accepted = accept
        options.isFull = full
        options.isDryRun = dry
        options.sources = sources
        var reindex = try Reindex(
            index: index, configuration: configuration, options: options, vocabulary: SmallVocabulary.shared.get(),
            embedding: embedding,
            ask: { canary, generation in
                guard let words = MatchExpression(anyOf: canary.question.split(separator: " ")) else { return [] }
                return try generation.ids(rows: try generation.match(words).map(\.row))
            }, cancelled: cancelled)
        if let threads { reindex.threads = threads }
        return try reindex.run()
    }

    /// Ids in the live generation.
    func ids() throws -> Set<String> {
        let generation = try index.current()
        return Set(try generation.ids(rows: Array(0..<generation.manifest.records)).map(\.description))
    }

    func forgetting() throws -> Forgetting {
        Forgetting(
            takedown: Takedown(index: index, vocabulary: try SmallVocabulary.shared.get(), embedding: embedding),
            folders: configuration.sources.compactMap(\.cache))
    }

    /// Every file below the test's folder that holds one of the texts: the index, raw answers, reports, lists.  The
    /// packed texts of a generation are read as well.
    func files(holding texts: Set<String>) throws -> [String] {
        let wanted = texts.map { Data($0.utf8) }
        guard let walk = FileManager.default.enumerator(atPath: folder.path) else { return [] }
        return walk.compactMap { $0 as? String }.filter { name in
            guard let data = FileManager.default.contents(atPath: "\(folder.path)/\(name)") else { return false }
            if wanted.contains(where: { data.range(of: $0) != nil }) { return true }
            let folders = name.split(separator: "/")
            guard folders.last == "records.sqlite", folders.count > 1,
                let generation = try? index.generation(named: String(folders[folders.count - 2]))
            else { return false }
            var isHeld = false
            try? generation.forEachRecord(holding: Array(texts)) { _, _ in
                isHeld = true
                return false
            }
            return isHeld
        }
    }

    /// Files and folders that were begun and not completed.
    var unfinished: [String] {
        guard let walk = FileManager.default.enumerator(atPath: folder.path) else { return [] }
        return walk.compactMap { $0 as? String }.filter { $0.hasSuffix(".tmp") || $0.hasSuffix("-journal") }
    }

    /// Writes invented dandisets as a dump and returns its path.
    func dump(
        _ ids: some Sequence<Int>, title: (Int) -> String = { "Invented \($0)" }, also: String = "",
        to name: String = "dandisets"
    ) throws
        -> String
    {
        let lines = ids.map { number in
            """
            {"identifier":"DANDI:\(900_000 + number)","id":"DANDI:\(900_000 + number)/draft","version":"draft",\
            "name":"\(title(number))","description":"Sleep.\(also)","schemaKey":"Dandiset",\
            "access":[{"schemaKey":"AccessRequirements","status":"dandi:OpenAccess"}]}
            """
        }
        let path = folder.path + "/\(name).jsonl"
        try (lines.joined(separator: "\n") + "\n").write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }
}
