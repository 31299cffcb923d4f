import FoundationEssentials
import Records

extension Vocabulary {
    /// Reads all tables of a folder laid out as `vocab/README.md` says, in order of their paths.
    package static func load(folder: String) throws(VocabularyError) -> Vocabulary {
        let manager = FileManager.default
        guard manager.fileExists(atPath: folder) else {
            throw VocabularyError(
                kind: .missing, detail: "no folder \(folder); set DISCOVER_VOCAB to the project's vocab folder")
        }
        var tables: [TermTable] = []
        for facet in Facet.allCases {
            let path = "\(folder)/\(facet.rawValue)"
            let files = ((try? manager.contentsOfDirectory(atPath: path)) ?? []).filter { $0.hasSuffix(".tsv") }
            for file in files.sorted() {
                guard let data = manager.contents(atPath: "\(path)/\(file)") else {
                    throw VocabularyError(kind: .missing, detail: "\(path)/\(file) cannot be read")
                }
                tables.append(
                    try TermTable(name: "\(facet.rawValue)/\(file.dropLast(4))", facet: facet, bytes: [UInt8](data)))
            }
        }
        guard !tables.isEmpty else {
            throw VocabularyError(kind: .missing, detail: "\(folder) holds no table; is it the project's vocab folder?")
        }
        let lexicon = try lexicon(folder: "\(folder)/english")
        let words = manager.contents(atPath: "\(folder)/english/words.txt").map { [UInt8]($0) } ?? []
        let homonyms = manager.contents(atPath: "\(folder)/ambiguous.tsv").map { String(decoding: $0, as: UTF8.self) }
        let everyday = manager.contents(atPath: "\(folder)/everyday.tsv").map { String(decoding: $0, as: UTF8.self) }
        let placements = manager.contents(atPath: "\(folder)/placements.tsv")
            .map { String(decoding: $0, as: UTF8.self) }
        return Vocabulary(
            tables: tables, english: EnglishWords(sortedLines: words), lexicon: lexicon,
            homonyms: try Homonym.parse(homonyms ?? ""), everyday: try EverydayName.parse(everyday ?? ""),
            placements: try Placement.parse(placements ?? ""))
    }

    /// The lists of English words.  Without them no question is read as English, so a folder without them is an error.
    private static func lexicon(folder: String) throws(VocabularyError) -> Lexicon {
        let manager = FileManager.default
        let files = ((try? manager.contentsOfDirectory(atPath: folder)) ?? []).filter { $0.hasSuffix(".tsv") }
        var tables: [WordTable] = []
        for file in files.sorted() {
            guard let data = manager.contents(atPath: "\(folder)/\(file)") else {
                throw VocabularyError(kind: .missing, detail: "\(folder)/\(file) cannot be read")
            }
            tables.append(try WordTable(name: file, bytes: [UInt8](data)))
        }
        guard !tables.isEmpty else {
            throw VocabularyError(
                kind: .missing, detail: "\(folder) holds no list of words; copy the project's vocab/english")
        }
        return try Lexicon(tables)
    }

    /// The vocabulary folder: `$DISCOVER_VOCAB`, else `vocab` beside or above the program or the working folder, else
    /// the XDG data folder.  Nil when there is none.
    package static func locate() -> String? {
        let environment = ProcessInfo.processInfo.environment
        if let named = environment["DISCOVER_VOCAB"], !named.isEmpty { return named }
        let manager = FileManager.default
        let program = (try? manager.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
        for start in [program, manager.currentDirectoryPath + "/."] {
            var folder = start
            while let slash = folder.lastIndex(of: "/") {
                folder = String(folder[..<slash])
                for name in ["vocab", "share/discover/vocab"]
                where manager.fileExists(atPath: "\(folder)/\(name)/region") {
                    return "\(folder)/\(name)"
                }
            }
        }
        let data = environment["XDG_DATA_HOME"] ?? (environment["HOME"] ?? "") + "/.local/share"
        let path = data + "/discover/vocab"
        return manager.fileExists(atPath: path + "/region") ? path : nil
    }
}
