/// EncoderBench: the sentence encoder seen from other programs, for `Benchmarks/encoder` and the tests in
/// Tests/External.
///
///     EncoderBench pieces FOLDER             texts on standard input, numbers of their pieces on standard output
///     EncoderBench vectors FOLDER PURPOSE    texts on standard input, their vectors on standard output
///     EncoderBench time FOLDER TEXTS QUERIES a measurement for each line `batch THREADS` or `query NUMBER` it reads
///
/// Texts, numbers and vectors are JSON.  A model that cannot be opened ends the program with its error.
import Encoder
import Foundation
import LinearAlgebra

do {
    let arguments = CommandLine.arguments
    switch arguments.dropFirst().first {
    case "pieces" where arguments.count == 3:
        let encoder = try SentenceEncoder(folder: arguments[2])
        let texts = try JSONDecoder().decode([String].self, from: FileHandle.standardInput.readDataToEndOfFile())
        write(try JSONEncoder().encode(texts.map { encoder.pieces(of: $0, as: .passage) }))
    case "vectors" where arguments.count == 4:
        let encoder = try SentenceEncoder(folder: arguments[2], checked: arguments[3] == "passage")
        let texts = try JSONDecoder().decode([String].self, from: FileHandle.standardInput.readDataToEndOfFile())
        if arguments[3] == "passage" {
            let vectors = encoder.encode(batch: texts)
            write(try JSONEncoder().encode((0..<vectors.rows).map { vectors.row($0) }))
        } else {
            write(try JSONEncoder().encode(texts.map { encoder.encode($0, as: .query) }))
        }
    case "time" where arguments.count == 5:
        try time(folder: arguments[2], texts: arguments[3], queries: arguments[4])
    default:
        FileHandle.standardError.write(Data("usage: EncoderBench pieces|vectors|time FOLDER ...\n".utf8))
        exit(64)
    }
} catch {
    FileHandle.standardError.write(Data("EncoderBench: \(error)\n".utf8))
    exit(1)
}
