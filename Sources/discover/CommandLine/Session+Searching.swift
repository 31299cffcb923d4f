import Encoder
import FoundationEssentials
import Indexing
import LatentSemantics
import LinearAlgebra
import Planner
import Search
import Store
import Synchronization
import Vectors
import Vocabulary

extension Session {
    /// Opens the live index for searching, or a kept generation by its name.
    func searcher(generation: String? = nil) throws -> Searcher {
        let folder = indexFolder
        let vocabulary = try vocabulary()
        let model = ModelOnce(folder: modelFolder)
        return try searcher(
            on: try generation.map { try folder.generation(named: $0) } ?? folder.current(), vocabulary: vocabulary,
            settings: try rankingSettings(near: folder), model: model, linking: linking(vocabulary, model: model))
    }

    /// The same for a given generation; `linking` suggests names for unknown words.
    func searcher(
        on generation: Generation, vocabulary: Vocabulary, settings: RankingSettings, model: ModelOnce? = nil,
        linking: (any WordLinking)? = nil
    ) throws -> Searcher {
        Searcher(
            generation: generation, vocabulary: vocabulary, settings: settings,
            meaning: try meaning(of: generation, model: model ?? ModelOnce(folder: modelFolder)), linking: linking)
    }

    /// What suggests names for unknown words, where `discover vocab embed` has made their vectors.
    func linking(_ vocabulary: Vocabulary, model: ModelOnce) -> NearNames {
        NearNames(vocabulary: vocabulary) { model.model }
    }

    /// The vectors of a generation with the model to compare questions with; nil when it has none.
    private func meaning(of generation: Generation, model once: ModelOnce) throws -> (any Meaning)? {
        guard let path = generation.vectorsPath, let identity = generation.manifest.model else { return nil }
        let file: VectorFile
        do {
            file = try VectorFile(path: path, lists: generation.listsPath, identity: identity)
        } catch {
            throw Failure(.index, error.detail)
        }
        guard file.count == generation.manifest.records else {
            throw Failure(.index, "\(path) has \(file.count) vectors for \(generation.manifest.records) records")
        }
        // Such an index is asked with its own projection, whatever models there are.
        if let projection = generation.projectionPath {
            do {
                let model = try LatentModel(path: projection, identity: identity)
                guard model.dimensions == file.dimensions else {
                    throw Failure(.index, "\(projection) and \(path) do not belong together")
                }
                return LatentMeaning(file: file, model: model)
            } catch let error as VectorsError {
                throw Failure(.index, error.detail)
            }
        }
        return SentenceMeaning(file: file) {
            guard let model = once.model, model.identity == identity else { return nil }
            return model
        }
    }

    /// A planner without an index.
    func planner(_ vocabulary: Vocabulary) -> Planner {
        Planner(vocabulary: vocabulary, linking: linking(vocabulary, model: ModelOnce(folder: modelFolder)))
    }

    /// Folder of the sentence model; nil when it is not on this machine.
    var modelFolder: String? { arguments.value(of: .model) ?? ModelCache.find() }

    /// Ranking settings: `ranking.json5` beside the index folder, else those of the checkout.
    func rankingSettings(near folder: IndexFolder) throws -> RankingSettings {
        let parent = folder.path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        var candidates = [folder.path + "/ranking.json5", (parent + ["ranking.json5"]).joined(separator: "/")]
        if let vocabulary = arguments.value(of: .vocabulary) ?? Vocabulary.locate() {
            candidates.append(vocabulary + "/../index/ranking.json5")
        }
        return try RankingSettings.load(
            path: candidates.first { FileManager.default.fileExists(atPath: $0) })
    }

    /// What makes the vectors, as `--vectors` says; by default the sentence model, and without one, with a note, latent
    /// semantic analysis.  Nil for none.
    func textEmbedding() throws -> TextEmbedding? {
        let choice = arguments.has(.noVectors) ? "none" : arguments.value(of: .vectors) ?? "auto"
        if choice == "none" { return nil }
        if choice == "lsa" { return .latent() }
        guard let folder = modelFolder else {
            guard choice != "model" else {
                throw Failure(
                    .failed, "there is no sentence model on this machine",
                    advice: ["run 'make model' to fetch it, or let --vectors lsa do without"])
            }
            terminal.note(
                "no sentence model on this machine (run 'make model'): vectors come from the records' own words (latent "
                    + "semantic analysis)")
            return .latent()
        }
        let encoder = try SentenceEncoder(folder: folder, checked: true)
        return TextEmbedding(identity: encoder.identity, dimensions: encoder.dimensions) { texts in
            let matrix = encoder.encode(batch: texts)
            return (0..<matrix.rows).map { matrix.row($0) }
        }
    }
}

/// A sentence model that is opened when it is first needed.
final class ModelOnce: Sendable {
    private enum State {
        case closed
        case open(SentenceEncoder?)
    }
    private let folder: String?
    private let state = Mutex(State.closed)

    init(folder: String?) { self.folder = folder }

    var model: SentenceEncoder? {
        state.withLock { state in
            if case .open(let model) = state { return model }
            let model = folder.flatMap { try? SentenceEncoder(folder: $0) }
            state = .open(model)
            return model
        }
    }
}
