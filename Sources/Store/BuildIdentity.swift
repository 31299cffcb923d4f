internal import Glibc

/// Identity of the running program: rows of another program are linked again, whatever its version number says.
package enum BuildIdentity {
    /// Digest of the running program's path, size and modification time.  Costs microseconds; a copy or a new build of
    /// the program is another one.
    package static let fingerprint: String = {
        var buffer = [CChar](repeating: 0, count: 4096)
        let count = readlink("/proc/self/exe", &buffer, buffer.count)
        let path = String(decoding: buffer.prefix(max(0, count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        var status = stat()
        stat("/proc/self/exe", &status)
        return Digest.sha256(
            of: Array("\(path) \(status.st_size) \(status.st_mtim.tv_sec) \(status.st_mtim.tv_nsec)".utf8))
    }()
}
