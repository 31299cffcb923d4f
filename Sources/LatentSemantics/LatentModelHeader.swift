internal import Mapping
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
/// The sections follow, each on a multiple of 64 bytes: the keys of the words, ascending (64-bit numbers); for each
/// word the factor of its row (32-bit floats); the rows (half floats, IEEE 754 binary16).  The vector of a text is the
/// sum of its words' rows, each times its factor and the weight of how often the word occurs, normalised to length one.
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

    var factorsOffset: Int { Self.size + FileHeader.padded(words * 8) }
    var rowsOffset: Int { factorsOffset + FileHeader.padded(words * 4) }
    /// Length of a file with this header.
    var fileSize: Int { rowsOffset + FileHeader.padded(words * dimensions * 2) }

    init(words: Int, dimensions: Int, texts: Int, checksum: UInt64) {
        self.words = words
        self.dimensions = dimensions
        self.texts = texts
        self.checksum = checksum
    }

    /// Reads and checks the header of a file of `bytes.count` bytes.
    init(_ bytes: UnsafeRawBufferPointer, path: String) throws(VectorsError) {
        let header = try FileHeader(bytes, size: Self.size, magic: Self.magic, kind: "latent model", path: path)
        try header.require(version: Self.version)
        let (words, dimensions, texts) = (header.long(16), header.long(24), header.long(32))
        guard header.isProven(at: Self.checked), words <= 1 << 32, (1...1 << 16).contains(dimensions),
            texts <= 1 << 32
        else {
            throw VectorsError(.corrupt, "\(path): the header is not the one that was written")
        }
        self.init(
            words: Int(words), dimensions: Int(dimensions), texts: Int(texts), checksum: header.long(40))
        guard bytes.count == fileSize else {
            throw VectorsError(
                .corrupt, "\(path) has \(bytes.count) bytes; \(words) words of \(dimensions) numbers take \(fileSize)")
        }
    }

    /// The 128 bytes.
    var bytes: [UInt8] {
        var bytes = Self.magic
        bytes.append(littleEndian: [Self.version, 0])
        bytes.append(littleEndian: [UInt64(words), UInt64(dimensions), UInt64(texts), checksum])
        return FileHeader.proven(bytes, size: Self.size)
    }
}
