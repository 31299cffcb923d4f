import Foundation
import LatentSemantics
import LinearAlgebra
import Vectors

/// `latent FOLDER [THREADS]`: the latent model of the lines on standard input and their vectors, in files of the
/// folder. Seconds and processor seconds of each step.
func latent(_ arguments: Arguments) throws {
    let threads = arguments.values.count > 1 ? Int(arguments[1]) ?? 1 : Workers.cores
    let (model, vectors) = ("\(arguments[0])/lsa.model", "\(arguments[0])/vectors.bin")
    var start = ContinuousClock.now
    var processor = processorSeconds()
    var figures: [String: Double] = [:]
    func lap(_ name: String) {
        figures[name] = seconds(since: start)
        figures["\(name)_cpu"] = processorSeconds() - processor
        start = .now
        processor = processorSeconds()
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
    report(figures)
}

/// Seconds that all threads of this process have computed.
private func processorSeconds() -> Double {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return [usage.ru_utime, usage.ru_stime].reduce(0) { $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6 }
}
