internal import CShims
internal import Glibc

/// SHA-256 (FIPS 180-4) of bytes and of files, as 64 hexadecimal digits.
package enum Digest {
    package static func sha256(of bytes: [UInt8]) -> String {
        var state = discover_sha256()
        discover_sha256_begin(&state)
        discover_sha256_add(&state, bytes, bytes.count)
        return finish(&state)
    }

    /// Size and digest of a file, read 1 MiB at a time.
    static func file(_ path: String) throws(StoreError) -> Manifest.FileState {
        let descriptor = try Disk.open(path, O_RDONLY)
        defer { close(descriptor) }
        var state = discover_sha256()
        discover_sha256_begin(&state)
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        var total = 0
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            try Disk.check(count, path)
            if count == 0 { break }
            discover_sha256_add(&state, buffer, count)
            total += count
        }
        return Manifest.FileState(bytes: total, sha256: finish(&state))
    }

    private static func finish(_ state: inout discover_sha256) -> String {
        var digest = [UInt8](repeating: 0, count: 32)
        discover_sha256_end(&state, &digest)
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
