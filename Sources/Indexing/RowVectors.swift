internal import Store

/// Where the vectors of a generation under construction come from: takes the rows one by one and writes one vector
/// each.
protocol RowVectors: AnyObject {
    /// Whether rows of the previous generation can be reused.
    var hasEarlier: Bool { get }
    /// Vectors that were computed, and those reused.
    var embedded: Int { get }
    var reused: Int { get }

    /// Takes the next row's text; returns the key by which its vector is found again, 0 for none.
    func add(_ text: String) throws -> UInt64

    /// Takes the next row from a row of the generation before.
    func takeOver(_ stored: StoredRecord) throws

    /// Writes the files.  Returns what made the vectors, nil when there are none after all.
    func finish(
        progress: (_ done: Int, _ total: Int) throws -> Void
    ) throws -> (identity: String, dimensions: Int)?
}

extension TextEmbedding {
    /// The stage that writes the vectors of a generation.
    func stage(for writer: GenerationWriter, after base: Generation?) throws -> any RowVectors {
        if let latent { return try LatentStage(latent, listsFrom: listsFrom, writer: writer) }
        return try VectorStage(
            self, path: writer.vectorsPath, listsPath: writer.listsPath, staging: writer.staging, previous: base)
    }
}
