internal import Glibc

/// The right to change an index.  Held by one process at a time and given up when the value goes away or the process
/// dies, since the kernel owns the lock, not the file's existence.
package final class IndexLock: Sendable {
    private let descriptor: Int32

    /// Fails with ``StoreError/Kind/busy`` and the holder's process id when another run has it.
    init(path: String) throws(StoreError) {
        let descriptor = try Disk.open(path, O_RDWR | O_CREAT)
        var taken = flock(descriptor, LOCK_EX | LOCK_NB)
        // Whoever only asks whether it is held has it for a moment.
        for _ in 0..<5 where taken != 0 && errno == EWOULDBLOCK {
            usleep(10_000)
            taken = flock(descriptor, LOCK_EX | LOCK_NB)
        }
        if taken != 0 {
            let reason = errno
            close(descriptor)
            guard reason == EWOULDBLOCK else {
                throw StoreError(.io, "\(path): \(String(cString: strerror(reason)))")
            }
            let holder = (try? Disk.contents(of: path)).map { String(decoding: $0, as: UTF8.self) } ?? ""
            let process = holder.split(separator: "\n").first.map { " (process \($0))" } ?? ""
            throw StoreError(.busy, "another run\(process) is changing this index; wait for it to end")
        }
        self.descriptor = descriptor
        let line = Array("\(getpid())\n".utf8)
        ftruncate(descriptor, 0)
        pwrite(descriptor, line, line.count, 0)
    }

    deinit { close(descriptor) }
}
