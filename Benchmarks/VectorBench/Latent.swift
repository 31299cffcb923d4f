import Foundation
import LatentSemantics
import LinearAlgebra
import Vectors

/// `latent FOLDER [THREADS]`: the latent model of the lines on standard input, their vectors, and the lists over them
/// where there are enough, in files of the folder.
func latent(_ arguments: Arguments) throws {
    let threads = arguments.values.count > 1 ? Int(arguments[1]) ?? 1 : Workers.cores
    let (model, vectors) = ("\(arguments[0])/lsa.model", "\(arguments[0])/vectors.bin")
    var start = ContinuousClock.now
    var figures: [String: Double] = [:]
    func lap(_ name: String) {
        figures[name] = seconds(since: start)
        start = .now
    }
    let counts = try WordCounts(path: model + ".counts")
    while let line = readLine() { try counts.add(line) }
    lap("count")
    var isAnalysed = false
    let made = try LatentModelBuilder.build(counts, model: model, vectors: vectors, threads: threads) { done, _ in
        // The analysis ends before the first vectors are written.
        if done > 0, !isAnalysed {
            isAnalysed = true
            lap("analyse")
        }
    }
    lap("project")
    counts.remove()
    figures["texts"] = Double(counts.count)
    figures["words"] = Double(made?.words ?? 0)
    figures["dimensions"] = Double(made?.dimensions ?? 0)
    if counts.count >= InvertedFileBuilder.worthwhile {
        try InvertedFileBuilder.build(
            try VectorFile(path: vectors), path: "\(arguments[0])/vectors.ivf", threads: threads)
        lap("lists")
    }
    report(figures)
}
