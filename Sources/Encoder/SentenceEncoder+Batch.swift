package import LinearAlgebra
import Synchronization

extension SentenceEncoder {
    /// The vectors of many texts, one row each in the same order, computed on all cores.
    ///
    /// Each core takes texts until they fill a pack and runs them without padding, in integers (``FixedLayers``): a
    /// text's vector is the same bits in whatever batch it is.  `progress` is called with the number of texts done so
    /// far, from any of the threads but never from two at once.
    package func encode(
        batch texts: [String], as purpose: Purpose = .passage, workers: Int = Workers.cores,
        progress: (@Sendable (Int) -> Void)? = nil
    ) -> Matrix {
        let workers = min(max(1, workers), texts.count)
        let fixed = texts.isEmpty ? nil : fixedLayers
        return Matrix(rows: texts.count, columns: dimensions) { base in
            let batch = Batch(texts: texts, workers: workers, output: base, progress: progress)
            Workers.run(count: workers) { _ in self.work(on: batch, as: purpose, with: fixed) }
        }
    }

    /// What one core does: takes texts, packs them, computes them, until none is left.
    private func work(on batch: Batch, as purpose: Purpose, with fixed: FixedLayers?) {
        let workspace = Transformer.Workspace()
        while true {
            var pieces: [Int32] = []
            var lengths: [Int] = []
            var targets: [UnsafeMutablePointer<Float>] = []
            let share = batch.share()
            while pieces.count < Batch.packSize, lengths.count < share, let index = batch.next() {
                let text = self.pieces(of: batch.texts[index], as: purpose)
                pieces += text
                lengths.append(text.count)
                targets.append(batch.output + index * dimensions)
            }
            guard !lengths.isEmpty else { return }
            encode(pieces, lengths: lengths, with: fixed, in: workspace, into: targets)
            batch.finish(lengths.count)
        }
    }
}

/// Texts that several threads work on.
private final class Batch: Sendable {
    /// Pieces that one pass takes: enough for BLAS to run at full speed, few enough for the caches.
    static let packSize = 512

    let texts: [String]
    /// Each thread writes the rows of the texts it took, and no other.
    nonisolated(unsafe) let output: UnsafeMutablePointer<Float>
    private let workers: Int
    private let taken = Mutex(0)
    private let done = Mutex(0)
    private let progress: (@Sendable (Int) -> Void)?

    init(
        texts: [String], workers: Int, output: UnsafeMutablePointer<Float>, progress: (@Sendable (Int) -> Void)?
    ) {
        self.texts = texts
        self.workers = workers
        self.output = output
        self.progress = progress
    }

    /// How many texts a thread may take at a time, fewer towards the end so that all finish together.
    func share() -> Int { max(1, (texts.count - taken.withLock { $0 }) / (2 * workers)) }

    /// The next text that no thread has taken.
    func next() -> Int? {
        taken.withLock { taken in
            guard taken < texts.count else { return nil }
            defer { taken += 1 }
            return taken
        }
    }

    func finish(_ count: Int) {
        done.withLock { done in
            done += count
            progress?(done)
        }
    }
}
