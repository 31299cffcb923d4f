internal import Store
internal import Vectors

/// Decides for every row whether its vector is one of the generation before or is computed, and writes the vector file
/// in row order, then the lists over it.
final class VectorStage: RowVectors {
    /// Texts embedded at once: enough to fill the matrix products, little enough to show progress.
    private static let batch = 128

    private let embedding: TextEmbedding
    private let path: String
    private let listsPath: String
    private let staging: StagingFile
    /// The live generation's vectors, when the same model made them.
    private let earlier: VectorFile?
    /// Rows of ``earlier`` by their vector keys.
    private var earlierRows: [UInt64: Int32] = [:]
    /// For each row the earlier row its vector comes from, -1 where it is computed.
    private var origins: [Int32] = []
    private(set) var embedded = 0
    var reused: Int { origins.count - embedded }

    init(
        _ embedding: TextEmbedding, path: String, listsPath: String, staging: StagingFile, previous: Generation?
    ) throws {
        self.embedding = embedding
        self.path = path
        self.listsPath = listsPath
        self.staging = staging
        guard let previous, previous.manifest.model == embedding.identity, let vectors = previous.vectorsPath else {
            earlier = nil
            return
        }
        // Damaged vectors are computed again.
        guard let file = try? VectorFile(path: vectors, lists: previous.listsPath, identity: embedding.identity),
            file.count == previous.manifest.records, file.dimensions == embedding.dimensions
        else {
            earlier = nil
            return
        }
        earlier = file
        try previous.forEachVectorKey { row, key in earlierRows[key] = Int32(row) }
    }

    /// Takes the next row's text; returns the key by which its vector is found again.
    func add(_ text: String) throws(StoreError) -> UInt64 {
        let digest = Digest.sha256(of: Array("\(embedding.identity)\n\(text)".utf8))
        guard let key = UInt64(digest.prefix(16), radix: 16) else { preconditionFailure("a digest has 64 digits") }
        let origin = earlierRows[key] ?? -1
        if origin < 0 {
            try staging.addText(text, row: origins.count)
            embedded += 1
        }
        origins.append(origin)
        return key
    }

    /// Embeds what is new and writes the file.
    func finish(
        progress: (_ done: Int, _ total: Int) throws -> Void
    ) throws -> (identity: String, dimensions: Int)? {
        let hasLists = origins.count >= embedding.listsFrom
        // Vectors that are used again come back as the files of the generation before give them: those that are new
        // are put in the same form, so that both runs write the same bytes.
        let writer = try VectorWriter(
            path: path, dimensions: embedding.dimensions, identity: embedding.identity, isSettled: hasLists)
        var texts: [String] = []
        var done = 0
        // Rows before the first waiting text are always written; a batch fills the gaps between its texts.
        func flush() throws {
            guard !texts.isEmpty else { return }
            var vectors = try embedding.encode(texts)[...]
            guard vectors.count == texts.count else {
                throw IndexingError(.encoder, "the encoder gave \(vectors.count) vectors for \(texts.count) texts")
            }
            while let vector = vectors.popFirst() {
                try copyEarlierRows(to: writer)
                try writer.append(vector)
            }
            done += texts.count
            texts.removeAll(keepingCapacity: true)
            try progress(done, embedded)
        }
        try progress(0, embedded)
        try staging.forEachText { _, text in
            texts.append(text)
            if texts.count == VectorStage.batch { try flush() }
        }
        try flush()
        try copyEarlierRows(to: writer)
        try writer.finish()
        if hasLists {
            try InvertedFileBuilder.build(try VectorFile(path: path, identity: embedding.identity), path: listsPath)
        }
        return (embedding.identity, embedding.dimensions)
    }

    /// Appends the vectors that are used again, up to the next row that has none.
    private func copyEarlierRows(to writer: VectorWriter) throws {
        while writer.count < origins.count, origins[writer.count] >= 0, let earlier {
            try writer.append(try earlier.row(Int(origins[writer.count])))
        }
    }
}
