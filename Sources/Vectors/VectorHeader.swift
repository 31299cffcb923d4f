import LinearAlgebra
internal import Mapping

/// The first 64 bytes of a vector file, all numbers little-endian:
///
/// | bytes | what |
/// | --- | --- |
/// | 0–7 | `DSCVRVEC` |
/// | 8–11 | version of the format, 1 |
/// | 12–15 | what a row's numbers are kept in, see ``Numbers`` |
/// | 16–23 | rows |
/// | 24–31 | dimensions |
/// | 32–39 | fingerprint of the model's identity |
/// | 40–47 | fingerprint of the rows |
/// | 48–63 | zero |
///
/// The rows follow without gaps.  The header is written last, so a file that was not finished has none.
struct VectorHeader: Equatable {
    static let size = 64
    private static let magic = Array("DSCVRVEC".utf8)
    private static let version: UInt32 = 1

    /// What the numbers of a row are kept in.
    enum Numbers: UInt32 {
        /// IEEE 754 binary16, one after the other.
        case halfFloats = 2
        /// 4 bits per number, ``ResidualMatrix/width(of:)`` bytes per row: the residuals of the inverted file's codes.
        case residuals = 3
    }

    let numbers: Numbers
    let count: Int
    let dimensions: Int
    /// Fingerprint of the identity of the model that made the vectors.
    let model: UInt64
    /// Fingerprint of the rows.
    let checksum: UInt64

    /// Bytes of a row.
    var rowSize: Int {
        switch numbers {
        case .halfFloats: dimensions * MemoryLayout<UInt16>.stride
        case .residuals: ResidualMatrix.width(of: dimensions)
        }
    }

    /// Length of a file with this header.
    var fileSize: Int { Self.size + count * rowSize }

    init(numbers: Numbers, count: Int, dimensions: Int, model: UInt64, checksum: UInt64) {
        self.numbers = numbers
        self.count = count
        self.dimensions = dimensions
        self.model = model
        self.checksum = checksum
    }

    /// Reads and checks the header of a file of `bytes.count` bytes.
    init(_ bytes: UnsafeRawBufferPointer, path: String) throws(VectorsError) {
        let header = try FileHeader(bytes, size: Self.size, magic: Self.magic, kind: "vector file", path: path)
        let kind = (version: header.short(8), type: header.short(12))
        guard kind.version == Self.version, let numbers = Numbers(rawValue: kind.type) else {
            throw VectorsError(
                .corrupt, "\(path) is of version \(kind.version) and number type \(kind.type): build the index again")
        }
        let count = header.long(16)
        let dimensions = header.long(24)
        guard count <= UInt64(UInt32.max), (1...1 << 16).contains(dimensions) else {
            throw VectorsError(.corrupt, "\(path) claims \(count) rows of \(dimensions) numbers")
        }
        self.init(
            numbers: numbers, count: Int(count), dimensions: Int(dimensions), model: header.long(32),
            checksum: header.long(40))
        guard bytes.count == fileSize else {
            throw VectorsError(
                .corrupt, "\(path) has \(bytes.count) bytes; \(count) rows of \(dimensions) numbers take \(fileSize)")
        }
    }

    /// The 64 bytes.
    var bytes: [UInt8] {
        var bytes = Self.magic
        bytes.append(littleEndian: [Self.version, numbers.rawValue])
        bytes.append(littleEndian: [UInt64(count), UInt64(dimensions), model, checksum, 0, 0])
        return bytes
    }
}
