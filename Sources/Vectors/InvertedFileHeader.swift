import LinearAlgebra
internal import Mapping

/// The first 128 bytes of an inverted file, all numbers little-endian:
///
/// | bytes | what |
/// | --- | --- |
/// | 0–7 | `DSCVRIVF` |
/// | 8–11 | version of the format, 1 |
/// | 12–15 | bytes of a code |
/// | 16–23 | rows of the vector file |
/// | 24–31 | dimensions |
/// | 32–39 | fingerprint of the vector file's rows |
/// | 40–47 | lists |
/// | 48–55 | entries: rows that have a vector |
/// | 56–63 | fingerprint of all bytes after the header |
/// | 64–71 | degrees of freedom of the rows within their lists, a 64-bit float |
/// | 72–79 | fingerprint of the bytes above |
/// | 80–127 | zero |
///
/// The sections follow in the order of ``Section``, each on a multiple of 64 bytes.
struct InvertedFileHeader: Equatable {
    /// The parts of the file, in their order.
    enum Section: Int, CaseIterable {
        /// Signed bytes: the code of each list's centroid.
        case centroidCodes
        /// 32-bit floats: the factor of each centroid's code.
        case centroidFactors
        /// 32-bit floats: for each list, the mean of its rows' cosines to the centroid.
        case means
        /// 32-bit floats: for each list, their standard deviation.
        case deviations
        /// 32-bit numbers, one more than lists: the entries of list i are between ends i and i + 1.
        case ends
        /// 32-bit numbers: the row of each entry, ascending within a list.
        case rows
        /// Signed bytes: the code of each entry.
        case codes
        /// 32-bit floats: the factor of each entry's code.
        case factors
        /// 32-bit numbers: the entry of each row, 2³² - 1 where it has none.
        case entries
    }

    static let size = 128
    private static let magic = Array("DSCVRIVF".utf8)
    private static let version: UInt32 = 1
    private static let checked = 72

    let rows: Int
    let dimensions: Int
    /// Fingerprint of the rows of the vector file it was made from.
    let vectors: UInt64
    let lists: Int
    let entries: Int
    /// Fingerprint of everything after the header.
    let checksum: UInt64
    /// In how many directions rows differ from their centroids, see ``RecallModel``.
    let freedom: Double

    /// Bytes of a code.
    var width: Int { Codes.width(of: dimensions) }

    /// Length of a section in bytes.
    func length(of section: Section) -> Int {
        switch section {
        case .centroidCodes: lists * width
        case .centroidFactors, .means, .deviations: lists * 4
        case .ends: (lists + 1) * 4
        case .rows, .factors: entries * 4
        case .codes: entries * width
        case .entries: rows * 4
        }
    }

    /// Where a section begins.
    func offset(of section: Section) -> Int {
        Section.allCases.prefix(section.rawValue).reduce(Self.size) { $0 + FileHeader.padded(length(of: $1)) }
    }

    /// Length of a file with this header.
    var fileSize: Int { Section.allCases.reduce(Self.size) { $0 + FileHeader.padded(length(of: $1)) } }

    init(rows: Int, dimensions: Int, vectors: UInt64, lists: Int, entries: Int, checksum: UInt64, freedom: Double) {
        self.rows = rows
        self.dimensions = dimensions
        self.vectors = vectors
        self.lists = lists
        self.entries = entries
        self.checksum = checksum
        self.freedom = freedom
    }

    /// Reads and checks the header of a file of `bytes.count` bytes that belongs to a vector file.
    init(_ bytes: UnsafeRawBufferPointer, of owner: VectorHeader, path: String) throws(VectorsError) {
        let header = try FileHeader(bytes, size: Self.size, magic: Self.magic, kind: "inverted file", path: path)
        try header.require(version: Self.version)
        guard header.isProven(at: Self.checked) else {
            throw VectorsError(.corrupt, "\(path): the header is not the one that was written")
        }
        guard header.long(16) == UInt64(owner.count), header.long(24) == UInt64(owner.dimensions),
            header.long(32) == owner.checksum
        else { throw VectorsError(.foreign, "\(path) was made from other vectors: build the index again") }
        let lists = header.long(40)
        let entries = header.long(48)
        guard entries <= UInt64(owner.count), (1...1 << 20).contains(lists),
            header.short(12) == UInt32(Codes.width(of: owner.dimensions)),
            Double(bitPattern: header.long(64)) >= 1
        else { throw VectorsError(.corrupt, "\(path) claims \(entries) entries in \(lists) lists") }
        self.init(
            rows: owner.count, dimensions: owner.dimensions, vectors: owner.checksum, lists: Int(lists),
            entries: Int(entries), checksum: header.long(56),
            freedom: Double(bitPattern: header.long(64)))
        guard bytes.count == fileSize else {
            throw VectorsError(
                .corrupt, "\(path) has \(bytes.count) bytes; \(entries) entries in \(lists) lists take \(fileSize)")
        }
    }

    /// The 128 bytes.
    var bytes: [UInt8] {
        var bytes = Self.magic
        bytes.append(littleEndian: [Self.version, UInt32(width)])
        bytes.append(littleEndian: [
            UInt64(rows), UInt64(dimensions), vectors, UInt64(lists), UInt64(entries), checksum, freedom.bitPattern,
        ])
        return FileHeader.proven(bytes, size: Self.size)
    }
}
