internal import CShims

/// A tokenizer of FTS5: the words of a question become what the index holds by the code that made the index.
///
/// Belongs to one connection, is used by one thread at a time and closed before the connection is.
final class FullTextTokenizer {
    private let handle: OpaquePointer

    /// - Parameter description: as in the option `tokenize` of a table, without quotes: a name and arguments.
    init(_ description: String, connection: OpaquePointer) throws(StoreError) {
        var opened: OpaquePointer?
        let code = discover_tokenizer_open(connection, description, &opened)
        guard let opened else { throw StoreError(.sql, "FTS5 has no tokenizer '\(description)' (SQLite \(code))") }
        handle = opened
    }

    deinit { discover_tokenizer_close(handle) }

    /// The tokens of a text, as FTS5 looks them up.
    func tokens(in text: String) throws(StoreError) -> [[UInt8]] {
        var text = text
        let size = text.utf8.count
        // Folding may lengthen a character, but never fourfold.
        var bytes = [CChar](repeating: 0, count: 4 * size + 16)
        var ends = [Int32](repeating: 0, count: size + 1)
        let capacity = Int32(bytes.count)
        let most = Int32(ends.count)
        let count = text.withUTF8 { source in
            source.withMemoryRebound(to: CChar.self) {
                discover_tokenizer_split(handle, $0.baseAddress, Int32($0.count), &bytes, capacity, &ends, most)
            }
        }
        guard count >= 0 else { throw StoreError(.sql, "FTS5 cannot take '\(text)' apart") }
        var tokens: [[UInt8]] = []
        var start = 0
        for end in ends.prefix(Int(count)).map(Int.init) {
            tokens.append(bytes[start..<end].map { UInt8(bitPattern: $0) })
            start = end
        }
        return tokens
    }
}
