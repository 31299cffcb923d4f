internal import LinearAlgebra
internal import Vectors

/// The first 128 bytes of a latent model, all numbers little-endian:
///
/// | bytes | what |
/// | --- | --- |
/// | 0–7 | `DSCVRLSA` |
/// | 8–11 | version of the format and of the weights, 1 |
/// | 12–15 | zero |
/// | 16–23 | words |
/// | 24–31 | dimensions |
/// | 32–39 | texts it was made from |
/// | 40–47 | fingerprint of all bytes after the header |
/// | 48–55 | fingerprint of the bytes above |
/// | 56–127 | zero |
///
/// The sections follow, each on a multiple of 64 bytes: the keys of the words, ascending (64-bit numbers); for each word
/// the factor of its row (32-bit floats); the rows (half floats, IEEE 754 binary16).  The vector of a text is the sum of its
/// words' rows, each times its factor and the weight of how often the word occurs, brought to length one.
struct LatentModelHeader: Equatable {
    static let size = 128
    private static let magic = Array("DSCVRLSA".utf8)
    private static let version: UInt32 = 1
    private static let checked = 48

    let words: Int
    let dimensions: Int
    let texts: Int
    /// Fingerprint of everything after the header; it names the model.
    let checksum: UInt64

    var factorsOffset: Int { Self.size + Self.padded(words * 8) }
    var rowsOffset: Int { factorsOffset + Self.padded(words * 4) }
    /// Length of a file with this header.
    var fileSize: Int { rowsOffset + Self.padded(words * dimensions * 2) }

    /// The next multiple of 64.
    static func padded(_ length: Int) -> Int { (length + 63) / 64 * 64 }

    init(words: Int, dimensions: Int, texts: Int, checksum: UInt64) {
        self.words = words
        self.dimensions = dimensions
        self.texts = texts
        self.checksum = checksum
    }

    /// Reads and checks the header of a file of `bytes.count` bytes.
    init(_ bytes: UnsafeRawBufferPointer, path: String) throws(VectorsError) {
        func number<Number: FixedWidthInteger>(_ offset: Int, _ type: Number.Type) -> Number {
            Number(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: type))
        }
        guard bytes.count >= Self.size else {
            throw VectorsError(.corrupt, "\(path) has \(bytes.count) bytes, fewer than a header")
        }
        guard bytes[..<8].elementsEqual(Self.magic) else {
            let isBlank = bytes[..<Self.size].allSatisfy { $0 == 0 }
            throw VectorsError(.corrupt, isBlank ? "\(path) was not finished" : "\(path) is no latent model")
        }
        guard number(8, UInt32.self) == Self.version else {
            throw VectorsError(.corrupt, "\(path) is of version \(number(8, UInt32.self)): build the index again")
        }
        var print = Fingerprint()
        print.add(words: UnsafeRawBufferPointer(rebasing: bytes[..<Self.checked]))
        let (words, dimensions, texts) = (number(16, UInt64.self), number(24, UInt64.self), number(32, UInt64.self))
        guard print.value == number(Self.checked, UInt64.self), words <= 1 << 32, (1...1 << 16).contains(dimensions),
            texts <= 1 << 32
        else {
            throw VectorsError(.corrupt, "\(path): the header is not the one that was written")
        }
        self.init(
            words: Int(words), dimensions: Int(dimensions), texts: Int(texts), checksum: number(40, UInt64.self))
        guard bytes.count == fileSize else {
            throw VectorsError(
                .corrupt, "\(path) has \(bytes.count) bytes; \(words) words of \(dimensions) numbers take \(fileSize)")
        }
    }

    /// The 128 bytes.
    var bytes: [UInt8] {
        func little(_ number: some FixedWidthInteger) -> [UInt8] {
            withUnsafeBytes(of: number.littleEndian, Array.init)
        }
        let head =
            Self.magic + little(Self.version) + little(UInt32(0)) + little(UInt64(words)) + little(UInt64(dimensions))
            + little(UInt64(texts)) + little(checksum)
        var print = Fingerprint()
        head.withUnsafeBytes { print.add(words: $0) }
        return head + little(print.value) + [UInt8](repeating: 0, count: Self.size - head.count - 8)
    }
}
