package import Connectors
package import JSON
internal import Records

/// What an unattended run does: read from a JSON5 file, described key by key in `docs/reindexing.md`.
package struct ReindexConfiguration: Sendable {
    /// Where one part of the index comes from, and how politely it is asked.
    package struct SourceEntry: Sendable {
        /// Name in reports, flags and gates.
        package var name: String
        package var connector: any Connector
        /// Address, file or folder, as written.
        package var location: String
        package var limits: HarvestLimits
        /// Largest part of its records that may vanish in one run, 0...1.
        package var shrink: Double
        /// Folder of the raw answers; nil for one of its own below the index, empty for none.
        package var cache: String?
    }

    /// A question whose answer is known: an index that cannot give it is not published.
    package struct Canary: Sendable, Hashable {
        package var name: String
        package var question: String
        /// Ids that must be among the matches.
        package var includes: [String]
        /// Fewest matches.
        package var minimum: Int
    }

    package enum Key: String, CaseIterable, Sendable {
        case sources, shrink, canaries, privateMarkers, retention, reports, metricsFile, reserveBytes, vectors
    }
    package enum SourceKey: String, CaseIterable, Sendable {
        case connector, location, requestsPerSecond, connectSeconds, stallSeconds, answerSeconds, maximumAnswerBytes
        case retries, longestWaitSeconds, followOtherHosts, contact, assets, cache, shrink
    }
    package enum CanaryKey: String, CaseIterable, Sendable { case name, question, includes, minimum }
    package enum RetentionKey: String, CaseIterable, Sendable { case generations, reports }

    package var sources: [SourceEntry]
    package var canaries: [Canary] = []
    /// Texts that mark what is private; none may be in the index.
    package var privateMarkers: [String] = []
    /// Generations that are kept, the live one included.
    package var generations = 3
    /// Reports that are kept.
    package var reports = 60
    /// Folder of the reports; nil for `runs` in the index folder.
    package var reportFolder: String?
    /// File for a node exporter; nil for none.
    package var metricsFile: String?
    /// Bytes of the disk that are left alone.
    package var reserveBytes = 1 << 30
    /// Whether texts are embedded.
    package var hasVectors = true

    /// All keys, for the test that looks for each in the documentation.
    package static var allKeys: [String] {
        Key.allCases.map(\.rawValue) + SourceKey.allCases.map(\.rawValue) + CanaryKey.allCases.map(\.rawValue)
            + RetentionKey.allCases.map(\.rawValue)
    }

    package init(sources: [SourceEntry]) { self.sources = sources }

    /// Reads the text of a file.  Relative paths are relative to `folder`, which contains the file.
    package init(json5 text: String, folder: String) throws(ConfigurationError) {
        func resolved(_ path: String) -> String {
            path.hasPrefix("/") || path.contains("://") || folder.isEmpty ? path : "\(folder)/\(path)"
        }
        let top = try ConfigurationObject<Key>(try JSON5Reader.value(text), of: "the settings")
        let shrink = try top.number(.shrink, in: 0...1) ?? 0.2
        guard let list = top.value(.sources), case .object(let entries) = list.content, !entries.isEmpty else {
            throw ConfigurationError(
                top.value(.sources)?.position ?? top.position,
                "'sources' must be an object with a source, such as { dandi: { location: \"https://…\" } }")
        }
        sources = []
        for entry in entries {
            sources.append(try Self.source(entry, shrink: shrink, resolved: resolved))
        }
        if let list = top.value(.canaries) {
            guard case .array(let items) = list.content else { throw top.wrong(.canaries, list, "a list of objects") }
            for (index, item) in items.enumerated() { canaries.append(try Self.canary(item, number: index + 1)) }
        }
        privateMarkers = try top.texts(.privateMarkers)
        if let value = top.value(.retention) {
            let retention = try ConfigurationObject<RetentionKey>(value, of: "'retention'")
            generations = try retention.whole(.generations, in: 1...1000) ?? generations
            reports = try retention.whole(.reports, in: 1...100_000) ?? reports
        }
        reportFolder = try top.text(.reports).map(resolved)
        metricsFile = try top.text(.metricsFile).map(resolved)
        reserveBytes = try top.whole(.reserveBytes, in: 0...(1 << 50)) ?? reserveBytes
        hasVectors = try top.flag(.vectors) ?? true
    }

    private static func source(
        _ entry: JSON5Value.Member, shrink: Double, resolved: (String) -> String
    ) throws(ConfigurationError) -> SourceEntry {
        guard
            entry.key.utf8.allSatisfy({ byte in
                (48...57).contains(byte) || (97...122).contains(byte | 32) || byte == UInt8(ascii: "-")
                    || byte == UInt8(ascii: "_")
            })
        else {
            throw ConfigurationError(entry.position, "a source's name holds letters, digits, - and _ only")
        }
        let object = try ConfigurationObject<SourceKey>(entry.value, of: "the source '\(entry.key)'")
        let kind = try object.text(.connector) ?? entry.key
        guard let connector = Connectors.connector(named: kind) else {
            throw ConfigurationError(
                object.value(.connector)?.position ?? entry.position,
                "there is no connector '\(kind)'; a source named otherwise says which with 'connector'",
                suggestions: Connectors.all.map(\.name))
        }
        guard let location = try object.text(.location) else {
            throw ConfigurationError(object.position, "the source '\(entry.key)' needs a 'location'")
        }
        var limits = HarvestLimits()
        limits.requestsPerSecond =
            try object.number(.requestsPerSecond, in: 0.01...1000) ?? limits.requestsPerSecond
        limits.connectSeconds = try object.number(.connectSeconds, in: 0.1...3600) ?? limits.connectSeconds
        limits.stallSeconds = try object.number(.stallSeconds, in: 1...3600) ?? limits.stallSeconds
        limits.answerSeconds = try object.number(.answerSeconds, in: 0.1...86_400) ?? limits.answerSeconds
        limits.maximumAnswerBytes =
            try object.whole(.maximumAnswerBytes, in: 1024...(1 << 32)) ?? limits.maximumAnswerBytes
        limits.retries = try object.whole(.retries, in: 0...100) ?? limits.retries
        limits.longestWaitSeconds = try object.number(.longestWaitSeconds, in: 0...86_400) ?? limits.longestWaitSeconds
        limits.followOtherHosts = try object.flag(.followOtherHosts) ?? false
        limits.listsAssets = try object.flag(.assets) ?? false
        if let text = try object.text(.contact), let value = object.value(.contact) {
            guard let contact = WebAddress(text) else {
                throw object.wrong(.contact, value, "an http or https address")
            }
            limits.contact = contact
        }
        var cache: String?
        if let value = object.value(.cache) {
            switch value.content {
            case .bool(let isKept): cache = isKept ? nil : ""
            case .string(let path) where !path.isEmpty: cache = resolved(path)
            default: throw object.wrong(.cache, value, "a folder, true or false")
            }
        }
        return SourceEntry(
            name: entry.key, connector: connector, location: resolved(location), limits: limits,
            shrink: try object.number(.shrink, in: 0...1) ?? shrink, cache: cache)
    }

    private static func canary(_ value: JSON5Value, number: Int) throws(ConfigurationError) -> Canary {
        let object = try ConfigurationObject<CanaryKey>(value, of: "a canary")
        guard let question = try object.text(.question) else {
            throw ConfigurationError(object.position, "a canary needs a 'question'")
        }
        let includes = try object.texts(.includes)
        for id in includes where RecordID(id) == nil {
            throw ConfigurationError(
                object.value(.includes)?.position ?? object.position,
                "'\(id)' is no record id, such as dandi:dataset:000003")
        }
        return Canary(
            name: try object.text(.name) ?? "\(number)", question: question, includes: includes,
            minimum: try object.whole(.minimum, in: 0...1_000_000_000) ?? (includes.isEmpty ? 1 : 0))
    }
}
