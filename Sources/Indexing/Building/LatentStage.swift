internal import LatentSemantics
internal import Store
internal import Vectors

/// Computes vectors by latent semantic analysis of all rows, in every build.
///
/// Anew, and not folded into the projection of the run before: the files are then a function of the records alone,
/// nothing drifts, and no word or direction remains of a record that was forgotten.
final class LatentStage: RowVectors {
    private let counts: WordCounts
    private let writer: GenerationWriter
    private let listsFrom: Int
    private(set) var embedded = 0
    var reused: Int { 0 }

    init(_ settings: LatentSettings, listsFrom: Int, writer: GenerationWriter) throws {
        self.writer = writer
        self.listsFrom = listsFrom
        counts = try WordCounts(path: "\(writer.projectionPath).counts", settings: settings)
    }

    /// No key: no vector is ever found again.
    func add(_ text: String) throws -> UInt64 {
        try counts.add(text)
        return 0
    }

    func finish(
        progress: (_ done: Int, _ total: Int) throws -> Void
    ) throws -> (identity: String, dimensions: Int)? {
        defer { counts.remove() }
        guard
            let model = try LatentModelBuilder.build(
                counts, model: writer.projectionPath, vectors: writer.vectorsPath, progress: progress)
        else { return nil }
        embedded = counts.count
        if embedded >= listsFrom {
            try InvertedFileBuilder.build(
                try VectorFile(path: writer.vectorsPath, identity: model.identity), path: writer.listsPath)
        }
        return (model.identity, model.dimensions)
    }
}
