internal import Glibc

/// Which program this is: rows that another one linked are linked anew, whatever its version number says.
package enum BuildIdentity {
    /// Digest of where the running program lies, its size and when it was written.  Costs microseconds; a copy or a new
    /// build of the program is another one.
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
