internal import CShims

/// A decompressor and its memory.  Belongs to one thread.
final class Unpacker {
    private let unpacker: OpaquePointer?

    init() { unpacker = discover_unpacker_make() }

    deinit { discover_unpacker_free(unpacker) }

    /// - Throws: kind `corrupt` if the bytes are not the compressed content of that row.
    func content(
        _ packed: UnsafeRawBufferPointer, row: Int, with dictionaries: PackDictionaries
    ) throws(StoreError) -> RowContent {
        let length = discover_unpacked_length(packed.baseAddress, packed.count)
        guard let unpacker, length > 0, let dictionary = dictionaries.dictionary(of: row) else {
            throw damaged(row)
        }
        var read = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: length) { buffer, filled in
            read = discover_unpack_bytes(
                unpacker, dictionary, packed.baseAddress, packed.count, buffer.baseAddress, length)
            filled = max(0, read)
        }
        guard read == length, let content = RowContent(bytes) else { throw damaged(row) }
        return content
    }

    /// Length of the decompressed content; nil if the bytes do not state it.
    static func length(_ packed: UnsafeRawBufferPointer) -> Int? {
        let length = discover_unpacked_length(packed.baseAddress, packed.count)
        return length < 0 ? nil : length
    }

    private func damaged(_ row: Int) -> StoreError {
        StoreError(.corrupt, "row \(row) of \(Manifest.File.records) cannot be unpacked")
    }
}

/// The dictionaries of a generation: rows from one first row on share one, until the next.  Any number of threads may
/// use them.
final class PackDictionaries: Sendable {
    /// Ascending.
    private let firsts: [Int]
    private nonisolated(unsafe) let dictionaries: [OpaquePointer]

    /// - Parameter source: an open file of records.
    init(_ source: Connection) throws(StoreError) {
        var firsts: [Int] = []
        var dictionaries: [OpaquePointer] = []
        let statement = try source.prepare("SELECT first, bytes FROM dictionary ORDER BY first")
        defer { statement.reset() }
        while try statement.step() {
            let bytes = statement.bytes(1)
            guard let dictionary = discover_pack_dictionary_make(bytes.baseAddress, bytes.count) else {
                for dictionary in dictionaries { discover_pack_dictionary_free(dictionary) }
                throw StoreError(.corrupt, "a dictionary of \(Manifest.File.records) cannot be read")
            }
            firsts.append(statement.int(0))
            dictionaries.append(dictionary)
        }
        self.firsts = firsts
        self.dictionaries = dictionaries
    }

    deinit {
        for dictionary in dictionaries { discover_pack_dictionary_free(dictionary) }
    }

    /// Nil for a row before the first.
    func dictionary(of row: Int) -> OpaquePointer? {
        var (low, high) = (0, firsts.count)
        while low < high {
            let middle = (low + high) / 2
            if firsts[middle] <= row { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? nil : dictionaries[low - 1]
    }
}
