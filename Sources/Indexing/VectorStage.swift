internal import Store

/// Decides for every row whether its vector is taken over or computed, and writes the vector file in row order.
final class VectorStage {
    /// Texts embedded at once: enough to fill the matrix products, little enough to show progress.
    private static let batch = 64

    private let embedding: TextEmbedding
    private let path: String
    private let staging: StagingFile
    /// Rows of the previous generation by the beginnings of their vector keys.
    private var earlier: [UInt64: Int32] = [:]
    /// For each row the earlier row its vector comes from, -1 where it is computed.
    private var sources: [Int32] = []
    private(set) var embedded = 0
    var reused: Int { sources.count - embedded }

    init(_ embedding: TextEmbedding, path: String, staging: StagingFile, previous: Generation?) throws {
        self.embedding = embedding
        self.path = path
        self.staging = staging
    }

    /// Takes the next row's text; the key that its vector is found by again.
    func add(_ text: String) throws(StoreError) -> String {
        let key = Digest.sha256(of: Array("\(embedding.identity)\n\(text)".utf8))
        let source = UInt64(key.prefix(16), radix: 16).flatMap { earlier[$0] } ?? -1
        if source < 0 {
            try staging.addText(text, row: sources.count)
            embedded += 1
        }
        sources.append(source)
        return key
    }

    /// Embeds what is new and writes the file.
    func finish(progress: (_ done: Int, _ total: Int) -> Void) throws {
    }
}
