internal import CShims
internal import Glibc

/// Bytes that are written once, in order, and read once, in order: in memory while they are few, else in a file that has
/// no name, so that nothing is left of it whatever happens.
///
/// The first write that fails is kept and thrown when the bytes are asked for, so that appending cannot fail.
final class Spool {
    private static let room = 1 << 20
    private let path: String?
    private var buffer: [UInt8] = []
    private var descriptor: Int32 = -1
    private var failure: StoreError?
    private var next = 0
    /// Bytes so far.
    private(set) var count = 0

    /// - Parameter path: a name that may be used for a moment; nil to stay in memory.
    init(path: String?) { self.path = path }

    deinit { if descriptor >= 0 { close(descriptor) } }

    func append(_ bytes: some Sequence<UInt8>) {
        let before = buffer.count
        buffer.append(contentsOf: bytes)
        count += buffer.count - before
        if buffer.count >= Spool.room { flush() }
    }

    /// Appends a number, its lowest byte first.
    func append(_ number: UInt32) {
        for shift in stride(from: UInt32(0), to: 32, by: 8) {
            buffer.append(UInt8(truncatingIfNeeded: number >> shift))
        }
        count += 4
        if buffer.count >= Spool.room { flush() }
    }

    private func flush() {
        guard let path, failure == nil else {
            // What cannot be written will not be asked for.
            if failure != nil { buffer.removeAll(keepingCapacity: true) }
            return
        }
        do throws(StoreError) {
            if descriptor < 0 {
                descriptor = try Disk.open(path, O_RDWR | O_CREAT | O_TRUNC)
                unlink(path)
            }
            try Disk.write(buffer, to: descriptor, path)
        } catch {
            failure = error
        }
        buffer.removeAll(keepingCapacity: true)
    }

    /// Begins to read; nothing is appended any more.
    func rewind() throws(StoreError) {
        if descriptor >= 0 { flush() }
        if let failure { throw failure }
        if descriptor >= 0 { try Disk.check(lseek(descriptor, 0, SEEK_SET), path ?? "") }
        if descriptor >= 0 { buffer = [] }
        next = 0
    }

    /// The next bytes, as many as asked for while there are so many.
    func read(_ wanted: Int) throws(StoreError) -> ArraySlice<UInt8> {
        if descriptor >= 0, buffer.count - next < wanted {
            buffer.removeFirst(next)
            next = 0
            let start = buffer.count
            var room = [UInt8](repeating: 0, count: max(Spool.room, wanted - start))
            let found = try Disk.check(Glibc.read(descriptor, &room, room.count), path ?? "")
            buffer += room[..<found]
            if buffer.count < wanted, found > 0 { return try read(wanted) }
        }
        let end = min(buffer.count, next + wanted)
        defer { next = end }
        return buffer[next..<end]
    }
}
