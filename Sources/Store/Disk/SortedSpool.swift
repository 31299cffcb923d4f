internal import Collections

/// Entries that are appended in any order and read in ascending order: in memory while they are few, else in sorted
/// runs that are kept in a ``ScratchFile`` and merged while they are read (external merge sort; Knuth, The Art of
/// Computer Programming, vol. 3, section 5.4).
///
/// The first write that fails is kept and thrown when the entries are asked for, so that appending cannot fail.
final class SortedSpool<Entry: Comparable & BitwiseCopyable> {
    /// Bytes of entries that are sorted at once, and that a run reads at once.
    private static var capacity: Int { 4 << 20 }
    private static var portion: Int { 1 << 16 }

    private let path: String?
    private let capacity: Int
    private var pending: [Entry] = []
    private var file: ScratchFile?
    private var failure: StoreError?
    /// Where in the file, in entries, the runs begin and the last one ends.
    private var pieces = [0]

    /// - Parameters:
    ///   - path: a name that may be used for a moment; nil to stay in memory.
    ///   - capacity: entries that are sorted at once.
    init(path: String?, capacity: Int = SortedSpool.capacity / MemoryLayout<Entry>.stride) {
        (self.path, self.capacity) = (path, capacity)
    }

    func append(_ entry: Entry) {
        pending.append(entry)
        if pending.count >= capacity { flush() }
    }

    private func flush() {
        guard let path else { return }
        defer { pending.removeAll(keepingCapacity: true) }
        guard failure == nil else { return }
        pending.sort()
        do throws(StoreError) {
            if file == nil { file = try ScratchFile(path: path) }
            try file?.append(pending.withUnsafeBytes { Array($0) })
            pieces.append(pieces[pieces.count - 1] + pending.count)
        } catch {
            failure = error
        }
    }

    /// All entries in ascending order, equal ones as often as they were appended.  Called once, after the last one.
    func forEach(_ body: (Entry) throws(StoreError) -> Void) throws(StoreError) {
        if let failure { throw failure }
        guard let file else {
            pending.sort()
            for entry in pending { try body(entry) }
            return
        }
        flush()
        if let failure { throw failure }
        pending = []
        var open = zip(pieces, pieces.dropFirst()).map { Piece(position: $0, end: $1) }
        var heads = Heap<Head>()
        for number in open.indices where try open[number].advance(in: file) {
            heads.insert(Head(entry: open[number].entry, piece: number))
        }
        while let head = heads.first {
            try body(head.entry)
            if try open[head.piece].advance(in: file) {
                heads.replaceFirst(with: Head(entry: open[head.piece].entry, piece: head.piece))
            } else {
                _ = heads.popFirst()
            }
        }
    }

    /// The next entry of a piece.
    private struct Head: Comparable {
        let entry: Entry
        let piece: Int

        static func < (left: Head, right: Head) -> Bool { left.entry < right.entry }
    }

    /// One sorted run while it is read.
    private struct Piece {
        /// The next entry in the file, and the one after the run's last.
        var position: Int
        let end: Int
        var entries: [Entry] = []
        var next = 0
        var entry: Entry { entries[next] }

        init(position: Int, end: Int) { (self.position, self.end) = (position, end) }

        /// Goes to the next entry; false when there is none.
        mutating func advance(in file: ScratchFile) throws(StoreError) -> Bool {
            if next + 1 < entries.count {
                next += 1
                return true
            }
            let stride = MemoryLayout<Entry>.stride
            let count = min(end - position, portion / stride)
            guard count > 0 else { return false }
            let bytes = try file.read(count * stride, at: position * stride)
            entries = bytes.withUnsafeBytes { raw in
                (0..<count).map { raw.loadUnaligned(fromByteOffset: $0 * stride, as: Entry.self) }
            }
            position += count
            next = 0
            return true
        }
    }
}
