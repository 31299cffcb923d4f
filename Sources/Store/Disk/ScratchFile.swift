internal import CShims
internal import Glibc

/// A file without a name for data too large for memory: nothing of it remains, whatever happens.
final class ScratchFile {
    private let path: String
    private let descriptor: Int32
    /// Bytes so far.
    private(set) var count = 0

    /// - Parameter path: a name that is used for a moment.
    init(path: String) throws(StoreError) {
        self.path = path
        descriptor = try Disk.open(path, O_RDWR | O_CREAT | O_TRUNC)
        unlink(path)
    }

    deinit { close(descriptor) }

    func append(_ bytes: [UInt8]) throws(StoreError) {
        try Disk.write(bytes, to: descriptor, path)
        count += bytes.count
    }

    /// The bytes from an offset on, as many as asked for if there are so many.
    func read(_ wanted: Int, at position: Int) throws(StoreError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: min(wanted, max(0, count - position)))
        try Disk.read(bytes.count, at: position, of: descriptor, path, into: &bytes)
        return bytes
    }
}
