import Encoder
import Foundation
import LinearAlgebra

func write(_ data: Data) { FileHandle.standardOutput.write(data + Data("\n".utf8)) }

/// Answers each line of standard input with the seconds that it took: `batch THREADS` encodes all texts, `query NUMBER`
/// one query on one thread.
func time(folder: String, texts: String, queries: String) throws {
    let opening = ContinuousClock.now
    let encoder = try SentenceEncoder(folder: folder)
    let opened = seconds(since: opening)
    let texts = try JSONDecoder().decode([String].self, from: Data(contentsOf: URL(filePath: texts)))
    let queries = try JSONDecoder().decode([String].self, from: Data(contentsOf: URL(filePath: queries)))
    write(Data("\(opened)".utf8))
    while let line = readLine() {
        let words = line.split(separator: " ")
        guard words.count == 2, let number = Int(words[1]) else { fatalError("no request: \(line)") }
        let start = ContinuousClock.now
        if words[0] == "batch" {
            _ = encoder.encode(batch: texts, workers: number)
        } else {
            _ = encoder.encode(queries[number])
        }
        write(Data("\(seconds(since: start))".utf8))
    }
}

func seconds(since start: ContinuousClock.Instant) -> Double { start.duration(to: .now) / .seconds(1) }
