internal import LinearAlgebra
internal import Mapping

/// What the headers of vector files, inverted files and latent models have in common: eight letters, a version, numbers
/// at fixed places, a fingerprint of the bytes before it.  Numbers are little-endian.
package struct FileHeader {
    private let bytes: UnsafeRawBufferPointer
    private let path: String

    /// Takes the beginning of a file.
    ///
    /// - Parameters:
    ///   - bytes: the whole file, which must outlive this.
    ///   - size: how long the header is.
    ///   - magic: its first eight bytes; a writer puts the header in place last, so all zeros are a file that was not
    ///     finished.
    ///   - kind: how a message calls such a file.
    package init(
        _ bytes: UnsafeRawBufferPointer, size: Int, magic: [UInt8], kind: String, path: String
    ) throws(VectorsError) {
        guard bytes.count >= size else {
            throw VectorsError(.corrupt, "\(path) has \(bytes.count) bytes, fewer than a header")
        }
        guard bytes[..<magic.count].elementsEqual(magic) else {
            let isBlank = bytes[..<size].allSatisfy { $0 == 0 }
            throw VectorsError(.corrupt, isBlank ? "\(path) was not finished" : "\(path) is no \(kind)")
        }
        self.bytes = UnsafeRawBufferPointer(rebasing: bytes[..<size])
        self.path = path
    }

    /// The 32-bit number at a place.
    package func short(_ offset: Int) -> UInt32 { bytes.littleEndian(at: offset) }

    /// The 64-bit number at a place.
    package func long(_ offset: Int) -> UInt64 { bytes.littleEndian(at: offset) }

    /// Throws unless the version, which follows the magic, is the one that is read.
    package func require(version: UInt32) throws(VectorsError) {
        guard short(8) == version else {
            throw VectorsError(.corrupt, "\(path) is of version \(short(8)): build the index again")
        }
    }

    /// Whether the number at a place is the fingerprint of all bytes before it.
    package func isProven(at offset: Int) -> Bool {
        FileHeader.fingerprint(of: UnsafeRawBufferPointer(rebasing: bytes[..<offset])) == long(offset)
    }

    /// A header's bytes, from its magic on, with their fingerprint behind them and zeros up to its size.
    package static func proven(_ head: [UInt8], size: Int) -> [UInt8] {
        var bytes = head
        bytes.append(littleEndian: head.withUnsafeBytes { fingerprint(of: $0) })
        return bytes + [UInt8](repeating: 0, count: size - bytes.count)
    }

    /// The next multiple of 64, on which the sections of such files begin.
    package static func padded(_ length: Int) -> Int { (length + 63) / 64 * 64 }

    private static func fingerprint(of bytes: UnsafeRawBufferPointer) -> UInt64 {
        var print = Fingerprint()
        print.add(words: bytes)
        return print.value
    }
}
