internal import CShims

/// A tokenizer of FTS5: questions are tokenised by the code that tokenised the index.
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
        let tokens = try split(text)
        return (0..<tokens.count).map { Array(tokens[$0]) }
    }

    /// The tokens of a text and their positions.
    func split(_ text: String) throws(StoreError) -> TokenizedText {
        var text = text
        let size = text.utf8.count
        // Folding may lengthen a character, but never fourfold.
        var bytes = [UInt8](repeating: 0, count: 4 * size + 16)
        var ends = [Int32](repeating: 0, count: size + 1)
        var places = [Int32](repeating: 0, count: 2 * size + 2)
        let capacity = Int32(bytes.count)
        let most = Int32(ends.count)
        let count = text.withUTF8 { source in
            source.withMemoryRebound(to: CChar.self) { source in
                bytes.withUnsafeMutableBytes { bytes in
                    discover_tokenizer_split(
                        handle, source.baseAddress, Int32(source.count), bytes.baseAddress, capacity, &ends, &places,
                        most)
                }
            }
        }
        guard count >= 0 else { throw StoreError(.sql, "FTS5 cannot take '\(text.prefix(80))' apart") }
        return TokenizedText(count: Int(count), bytes: bytes, ends: ends, places: places)
    }
}

/// A tokenised text.
struct TokenizedText {
    let count: Int
    fileprivate let bytes: [UInt8]
    fileprivate let ends: [Int32]
    fileprivate let places: [Int32]

    fileprivate init(count: Int, bytes: [UInt8], ends: [Int32], places: [Int32]) {
        (self.count, self.bytes, self.ends, self.places) = (count, bytes, ends, places)
    }

    /// A token as FTS5 looks it up.
    subscript(token: Int) -> ArraySlice<UInt8> { bytes[(token == 0 ? 0 : Int(ends[token - 1]))..<Int(ends[token])] }

    /// The position of a token in the text, in bytes of UTF-8.
    func position(of token: Int) -> Range<Int> { Int(places[2 * token])..<Int(places[2 * token + 1]) }
}
