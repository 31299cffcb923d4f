/// Bytes that are written once and then read in order: in memory while they are few, else in a ``ScratchFile``.
///
/// The first write that fails is kept and thrown when the bytes are asked for, so that appending cannot fail.
final class Spool {
    private static let capacity = 1 << 20
    private let path: String?
    private var buffer: [UInt8] = []
    private var file: ScratchFile?
    private var failure: StoreError?
    private var isRead = false
    /// The reading position in the buffer, and in the file for the buffer's end.
    private var next = 0
    private var position = 0
    /// Bytes so far.
    private(set) var count = 0

    /// - Parameter path: a name that may be used for a moment; nil to stay in memory.
    init(path: String?) { self.path = path }

    func append(_ bytes: some Sequence<UInt8>) {
        let before = buffer.count
        buffer.append(contentsOf: bytes)
        count += buffer.count - before
        if buffer.count >= Spool.capacity { flush() }
    }

    /// Appends a number, its lowest byte first.
    func append(_ number: some FixedWidthInteger) {
        withUnsafeBytes(of: number.littleEndian) { buffer.append(contentsOf: $0) }
        count += number.bitWidth / 8
        if buffer.count >= Spool.capacity { flush() }
    }

    private func flush() {
        guard let path, failure == nil else {
            // What cannot be written will not be asked for.
            if failure != nil { buffer.removeAll(keepingCapacity: true) }
            return
        }
        do throws(StoreError) {
            if file == nil { file = try ScratchFile(path: path) }
            try file?.append(buffer)
        } catch {
            failure = error
        }
        buffer.removeAll(keepingCapacity: true)
    }

    /// Begins to read, or begins again; nothing is appended any more.
    func rewind() throws(StoreError) {
        if file != nil, !isRead { flush() }
        isRead = true
        if let failure { throw failure }
        if file != nil { buffer = [] }
        (next, position) = (0, 0)
    }

    /// The next bytes, as many as asked for while there are so many.
    func read(_ wanted: Int) throws(StoreError) -> ArraySlice<UInt8> {
        if let file, buffer.count - next < wanted {
            buffer.removeFirst(next)
            next = 0
            let found = try file.read(max(Spool.capacity, wanted - buffer.count), at: position)
            position += found.count
            buffer += found
        }
        let end = min(buffer.count, next + wanted)
        defer { next = end }
        return buffer[next..<end]
    }

    /// All bytes from the start on, a buffer at a time.
    func forEachPiece(_ body: (ArraySlice<UInt8>) throws(StoreError) -> Void) throws(StoreError) {
        try rewind()
        while true {
            let bytes = try read(1 << 16)
            if bytes.isEmpty { return }
            try body(bytes)
        }
    }

    /// The next numbers, as many as asked for while there are so many.
    func readNumbers(_ wanted: Int) throws(StoreError) -> [UInt32] {
        try read(wanted * 4).withUnsafeBytes { raw in
            (0..<raw.count / 4).map { UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: 4 * $0, as: UInt32.self)) }
        }
    }
}
