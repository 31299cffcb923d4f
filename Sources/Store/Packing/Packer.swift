internal import CShims

/// Compresses the contents of rows with one dictionary: Zstandard (RFC 8878), which compresses short texts well with a
/// trained dictionary.  Belongs to one thread.
final class Packer {
    private let packer: OpaquePointer

    /// - Parameter dictionary: as ``learn(from:)`` gives it.
    init(dictionary: [UInt8]) throws(StoreError) {
        guard let packer = discover_packer_make(dictionary, dictionary.count) else {
            throw StoreError(.io, "there is no memory to pack records in")
        }
        self.packer = packer
    }

    deinit { discover_packer_free(packer) }

    func packed(_ content: RowContent) throws(StoreError) -> [UInt8] {
        let bytes = content.bytes
        let capacity = discover_pack_bound(bytes.count)
        var count = 0
        let packed = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, filled in
            count = discover_pack_bytes(packer, bytes, bytes.count, buffer.baseAddress, capacity)
            filled = max(0, count)
        }
        guard count >= 0 else { throw StoreError(.io, "a record of \(bytes.count) bytes cannot be packed (\(count))") }
        return packed
    }

    /// A longer dictionary hardly gains; the library's own advice.
    private static let longest = 112_640
    /// Contents that are looked at, and bytes of each.
    private static let sampled = 1024
    private static let sampleBytes = 32_768
    /// A dictionary takes space in the file: one that has a forty-eighth of the text's length pays.
    private static let share = 48
    private static let shortest = 2048

    /// A dictionary trained on contents; empty, which selects the built-in dictionary, if there are too few.  The same
    /// contents give the same dictionary.
    static func learn(from contents: [RowContent]) -> [UInt8] {
        let total = contents.reduce(0) { $0 + $1.json.utf8.count + $1.tags.count }
        let capacity = min(longest, total / share)
        guard capacity >= shortest else { return [] }
        let step = max(1, (contents.count + sampled - 1) / sampled)
        var samples: [UInt8] = []
        var sizes: [Int] = []
        for position in stride(from: 0, to: contents.count, by: step) {
            let sample = contents[position].bytes.prefix(sampleBytes)
            samples += sample
            sizes.append(sample.count)
        }
        return [UInt8](unsafeUninitializedCapacity: capacity) { buffer, filled in
            filled = discover_pack_learn(samples, sizes, UInt32(sizes.count), buffer.baseAddress, capacity)
        }
    }
}
