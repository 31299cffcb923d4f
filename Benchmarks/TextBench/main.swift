/// TextBench: what `Benchmarks/text` measures of the search by words, one step a command.
///
///     TextBench build INDEX DOCUMENTS VOCABULARIES
///                                          makes a generation of the documents, a line each:
///                                          `{"title", "names", "description", "tags": [[facet, term, label]]}`
///     TextBench search INDEX QUESTIONS READER LIMIT
///                                          asks each question, one a line; READER is `fastest` or `fts5`
///
/// Results are JSON on standard output, times in seconds.
import Foundation

do {
    switch CommandLine.arguments.dropFirst().first {
    case "build": try build(Arguments(3))
    case "search": try search(Arguments(4))
    default:
        FileHandle.standardError.write(Data("usage: TextBench build|search ...\n".utf8))
        exit(64)
    }
} catch {
    FileHandle.standardError.write(Data("TextBench: \(error)\n".utf8))
    exit(1)
}
