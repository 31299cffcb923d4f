import LinearAlgebra

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
/// The rows follow without gaps.  A writer puts the header in place last, so a file that was not finished has none.
struct VectorHeader: Equatable {
    static let size = 64
    private static let magic = Array("DSCVRVEC".utf8)
    private static let version: UInt32 = 1

    /// What the numbers of a row are kept in.
    enum Numbers: UInt32 {
        /// IEEE 754 binary16, one after the other.
        case halfFloats = 2
        /// 4 bits a number, ``ResidualMatrix/width(of:)`` bytes a row: what the codes of the lists over the file leave.
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
        func number<Number: FixedWidthInteger>(_ offset: Int, _ type: Number.Type) -> Number {
            Number(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: type))
        }
        guard bytes.count >= Self.size else {
            throw VectorsError(.corrupt, "\(path) has \(bytes.count) bytes, fewer than a header")
        }
        guard bytes[..<8].elementsEqual(Self.magic) else {
            let isBlank = bytes[..<Self.size].allSatisfy { $0 == 0 }
            throw VectorsError(.corrupt, isBlank ? "\(path) was not finished" : "\(path) is no vector file")
        }
        let kind = (version: number(8, UInt32.self), type: number(12, UInt32.self))
        guard kind.version == Self.version, let numbers = Numbers(rawValue: kind.type) else {
            throw VectorsError(
                .corrupt, "\(path) is of version \(kind.version) and number type \(kind.type): build the index again")
        }
        let count = number(16, UInt64.self)
        let dimensions = number(24, UInt64.self)
        guard count <= UInt64(UInt32.max), (1...1 << 16).contains(dimensions) else {
            throw VectorsError(.corrupt, "\(path) claims \(count) rows of \(dimensions) numbers")
        }
        self.init(
            numbers: numbers, count: Int(count), dimensions: Int(dimensions), model: number(32, UInt64.self),
            checksum: number(40, UInt64.self))
        guard bytes.count == fileSize else {
            throw VectorsError(
                .corrupt, "\(path) has \(bytes.count) bytes; \(count) rows of \(dimensions) numbers take \(fileSize)")
        }
    }

    /// The 64 bytes.
    var bytes: [UInt8] {
        func little(_ number: some FixedWidthInteger) -> [UInt8] {
            withUnsafeBytes(of: number.littleEndian, Array.init)
        }
        return Self.magic + little(Self.version) + little(numbers.rawValue) + little(UInt64(count))
            + little(UInt64(dimensions)) + little(model) + little(checksum) + [UInt8](repeating: 0, count: 16)
    }
}
