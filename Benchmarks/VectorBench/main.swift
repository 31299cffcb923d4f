/// VectorBench: what `Benchmarks/vectors` measures of the vector index, one step a command.
///
/// Vectors go in and out as files of 32-bit floats without a header, numbers as JSON on standard output.
import Foundation

do {
    switch CommandLine.arguments.dropFirst().first {
    case "encode": try encode(Arguments(2))
    case "write": try write(Arguments(2))
    case "build": try build(Arguments(2))
    case "search": try search(Arguments(2))
    case "latent": try latent(Arguments(2))
    default:
        FileHandle.standardError.write(Data("usage: VectorBench encode|write|build|search|latent ...\n".utf8))
        exit(64)
    }
} catch {
    FileHandle.standardError.write(Data("VectorBench: \(error)\n".utf8))
    exit(1)
}
