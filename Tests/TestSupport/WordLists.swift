import FoundationEssentials

extension Places {
    /// Gives a vocabulary folder of a test the project's lists of English words, without which none is loaded.
    package static func copyWordLists(to vocabulary: String) throws {
        let source = vocabularies + "/english"
        let target = vocabulary + "/english"
        try FileManager.default.createDirectory(atPath: target, withIntermediateDirectories: true)
        for file in try FileManager.default.contentsOfDirectory(atPath: source) where file.hasSuffix(".tsv") {
            try FileManager.default.copyItem(atPath: "\(source)/\(file)", toPath: "\(target)/\(file)")
        }
    }
}
