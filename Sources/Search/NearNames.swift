package import Encoder
import FoundationEssentials
import Planner
package import Records
import Synchronization
import Vectors
package import Vocabulary

/// The names of the vocabulary by their vectors: what ``Planner`` asks about words that it does not know.
///
/// The vectors are made once by ``write(vocabulary:encoder:folder:)`` and kept in a file named after the vocabulary and
/// the model, so that a file of other tables or another model is never read.  The file and the model are opened at the
/// first unknown word and stay open; what was found near a word is kept, so that a question costs its unknown words
/// once.
package final class NearNames: WordLinking {
    /// Facets whose values people name in words of their own.
    package static let facets = Set(Facet.allCases.filter { $0.descriptor.traits.contains(.freelyNamed) })
    /// Cosine from which a name is suggested; about half of such suggestions are right, as `make calibrate` measures.
    package static let closest: Float = 0.7
    private static let mostSuggestions = 3
    /// Words whose names are kept; then all are forgotten.  About a megabyte.
    private static let mostKept = 4096

    /// The vectors and what they are compared with.
    private struct Names: Sendable {
        let model: SentenceEncoder
        let file: VectorFile
        /// The term of each row.
        let terms: [Int]
    }

    private struct State {
        var names: Names?
        /// When the file was written that could not be read, so that it is not proven again at every word.
        var refused: Date?
        var found: [String: [String]] = [:]
    }

    private let vocabulary: Vocabulary
    private let folder: String
    private let model: @Sendable () -> SentenceEncoder?
    private let state = Mutex(State())

    /// `model` opens the sentence model or returns the one that is open, nil when there is none; `folder` is where the
    /// vectors are kept.
    package init(
        vocabulary: Vocabulary, folder: String = NearNames.defaultFolder,
        model: @escaping @Sendable () -> SentenceEncoder?
    ) {
        self.vocabulary = vocabulary
        self.folder = folder
        self.model = model
    }

    /// `discover/names` in the user's cache.
    package static var defaultFolder: String {
        let environment = ProcessInfo.processInfo.environment
        if let cache = environment["XDG_CACHE_HOME"], !cache.isEmpty { return cache + "/discover/names" }
        return (environment["HOME"] ?? "") + "/.cache/discover/names"
    }

    /// Whether there are vectors of these vocabularies by the model of this machine; opens both where there are.
    package var isReady: Bool { opened() != nil }

    /// None as well where the vectors were never made, or are damaged.
    package func names(near word: String) -> [String] {
        if let known = state.withLock({ $0.found[word] }) { return known }
        guard let names = opened(),
            let near = try? names.file.nearest(
                to: names.model.encode(word, as: .query), limit: Self.mostSuggestions * 4)
        else { return [] }
        var labels: [String] = []
        for neighbor in near where neighbor.score >= Self.closest && labels.count < Self.mostSuggestions {
            let label = vocabulary.label(of: names.terms[Int(neighbor.row)])
            if !labels.contains(label) { labels.append(label) }
        }
        state.withLock { state in
            if state.found.count >= Self.mostKept { state.found = [:] }
            state.found[word] = labels
        }
        return labels
    }

    /// The vectors, opened and proven whole at the first call that finds them.
    private func opened() -> Names? {
        state.withLock { state in
            if let names = state.names { return names }
            guard FileManager.default.fileExists(atPath: folder), let model = model() else { return nil }
            let path = Self.path(vocabulary: vocabulary, encoder: model, folder: folder)
            let attributes = try? FileManager.default.attributesOfItem(atPath: path)
            guard let written = attributes?[.modificationDate] as? Date, written != state.refused else { return nil }
            let terms = Self.names(of: vocabulary).map(\.term)
            guard let file = Self.file(vocabulary: vocabulary, encoder: model, folder: folder),
                file.count == terms.count
            else {
                state.refused = written
                return nil
            }
            state.names = Names(model: model, file: file, terms: terms)
            return state.names
        }
    }

    /// Makes the vectors of all names where they are not there yet; returns their path and how many were made, 0 when
    /// all were there.  Written to a temporary file and renamed.  Takes a minute of processor time.
    package static func write(
        vocabulary: Vocabulary, encoder: SentenceEncoder, folder: String = NearNames.defaultFolder
    ) throws -> (path: String, made: Int) {
        let path = path(vocabulary: vocabulary, encoder: encoder, folder: folder)
        if file(vocabulary: vocabulary, encoder: encoder, folder: folder) != nil { return (path, 0) }
        let manager = FileManager.default
        try manager.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let names = names(of: vocabulary).map(\.name)
        let aside = path + ".\(ProcessInfo.processInfo.processIdentifier)"
        do {
            let writer = try VectorWriter(path: aside, dimensions: encoder.dimensions, identity: encoder.identity)
            try writer.append(encoder.encode(batch: names))
            try writer.finish()
            // What is there is damaged, or came in the meantime and is the same.
            try? manager.removeItem(atPath: path)
            try manager.moveItem(atPath: aside, toPath: path)
        } catch {
            try? manager.removeItem(atPath: aside)
            throw error
        }
        return (path, names.count)
    }

    /// The file of vectors; nil when there is none or its bytes are not those that were written.
    private static func file(vocabulary: Vocabulary, encoder: SentenceEncoder, folder: String) -> VectorFile? {
        let path = path(vocabulary: vocabulary, encoder: encoder, folder: folder)
        guard let file = try? VectorFile(path: path, identity: encoder.identity), (try? file.verify()) != nil else {
            return nil
        }
        return file
    }

    private static func path(vocabulary: Vocabulary, encoder: SentenceEncoder, folder: String) -> String {
        "\(folder)/\(vocabulary.fingerprint)-\(encoder.identity).bin"
    }

    /// Labels, synonyms and adjectives of the terms that text is read for, in the order of the tables.
    private static func names(of vocabulary: Vocabulary) -> [(term: Int, name: String)] {
        var names: [(term: Int, name: String)] = []
        for number in 0..<vocabulary.count
        where facets.contains(vocabulary.facet(of: number))
            && vocabulary.flags(of: number).isDisjoint(with: [.silent, .obsolete, .weak])
        {
            let term = vocabulary[number]
            names += ([term.label] + term.synonyms + term.adjectives).map { (number, $0) }
        }
        return names
    }
}
