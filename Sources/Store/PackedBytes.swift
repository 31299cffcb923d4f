internal import CSQLite
internal import CShims

/// Bytes as a generation stores them: deflated (RFC 1951) with a preset dictionary, see `discover_pack.h`.
enum PackedBytes {
    /// - Parameter like: what reader and writer both have at hand, and much of what is packed occurs in.
    static func packed(_ bytes: [UInt8], like: String = "") throws(StoreError) -> [UInt8] {
        try transformed(like) { like, result in
            discover_pack_bytes(bytes, bytes.count, like.baseAddress, like.count, &result)
        }
    }

    /// - Parameter like: the same as when the bytes were packed.
    static func plain(_ packed: UnsafeRawBufferPointer, like: String = "") throws(StoreError) -> [UInt8] {
        try transformed(like) { like, result in
            discover_unpack_bytes(packed.baseAddress, packed.count, like.baseAddress, like.count, &result)
        }
    }

    private static func transformed(
        _ like: String, _ work: (UnsafeBufferPointer<UInt8>, inout UnsafeMutablePointer<UInt8>?) -> Int
    ) throws(StoreError) -> [UInt8] {
        var like = like
        var result: UnsafeMutablePointer<UInt8>?
        let count = like.withUTF8 { work($0, &result) }
        defer { sqlite3_free(result) }
        guard count >= 0 else { throw StoreError(.corrupt, "packed bytes cannot be read (\(count))") }
        return Array(UnsafeBufferPointer(start: result, count: count))
    }
}
