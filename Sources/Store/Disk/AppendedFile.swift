internal import CShims
internal import Glibc

/// A new file that is written from its start to its end in buffers of a mebibyte, for contents too large for memory.
///
/// Closed when the value goes away; what is not ``finish()``ed is not complete.
final class AppendedFile {
    let path: String
    /// Bytes written so far.
    private(set) var count = 0
    private let descriptor: Int32
    private var buffer: [UInt8] = []
    private static let piece = 1 << 20

    init(path: String) throws(StoreError) {
        self.path = path
        descriptor = try Disk.open(path, O_WRONLY | O_CREAT | O_TRUNC)
        buffer.reserveCapacity(AppendedFile.piece)
    }

    deinit { close(descriptor) }

    func append(_ bytes: some Sequence<UInt8>) throws(StoreError) {
        let before = buffer.count
        buffer.append(contentsOf: bytes)
        count += buffer.count - before
        if buffer.count >= AppendedFile.piece { try flush() }
    }

    /// Appends numbers, little-endian.
    func append<Number: FixedWidthInteger>(numbers: [Number]) throws(StoreError) {
        var start = 0
        while start < numbers.count {
            let end = min(numbers.count, start + AppendedFile.piece / 8)
            let bytes = numbers[start..<end].map(\.littleEndian).withUnsafeBytes { Array($0) }
            try append(bytes)
            start = end
        }
    }

    /// Writes what is left.
    func flush() throws(StoreError) {
        try write(buffer, at: nil)
        buffer.removeAll(keepingCapacity: true)
    }

    /// Overwrites the beginning once everything else is known.  The caller waits for the medium.
    func finish(header: [UInt8]) throws(StoreError) {
        try flush()
        try write(header, at: 0)
    }

    private func write(_ bytes: [UInt8], at offset: Int?) throws(StoreError) {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { raw in
                let start = raw.baseAddress.map { $0 + written }
                return offset.map { discover_pwrite(descriptor, start, bytes.count - written, off_t($0 + written)) }
                    ?? discover_write(descriptor, start, bytes.count - written)
            }
            if count < 0, errno == EINTR { continue }
            written += try Disk.check(count, path)
        }
    }
}
