import Glibc

/// The bytes of a file, mapped read-only.  Nothing is read until it is looked at, and several processes share one
/// copy.  The file must not be shortened while it is mapped: whoever writes such files writes a new one and renames.
package final class MappedFile: Sendable {
    package let path: String
    package let count: Int
    private nonisolated(unsafe) let base: UnsafeMutableRawPointer?
    private let descriptor: Int32

    package init(path: String) throws(MappingError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw MappingError(errno == ENOENT ? .missing : .unreadable, "\(path): \(String(cString: strerror(errno)))")
        }
        var isKept = false
        defer { if !isKept { close(descriptor) } }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw MappingError(.unreadable, "\(path): not a plain file")
        }
        self.path = path
        count = Int(status.st_size)
        self.descriptor = descriptor
        guard count > 0 else {
            base = nil
            isKept = true
            return
        }
        let mapped = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0)
        guard let mapped, mapped != MAP_FAILED else {
            throw MappingError(.unreadable, "\(path): \(String(cString: strerror(errno)))")
        }
        base = mapped
        isKept = true
    }

    deinit {
        close(descriptor)
        if let base { munmap(base, count) }
    }

    /// Valid for as long as the file object lives, which the caller must see to.
    package var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: base, count: count) }

    /// A copy of all bytes.
    package var contents: [UInt8] { withExtendedLifetime(self) { Array(bytes) } }

    /// Tells the kernel that all of a range is about to be read, so that it is mapped in few large steps.
    package func prepare(_ range: Range<Int>) {
        guard let base, !range.isEmpty, range.lowerBound >= 0, range.upperBound <= count else { return }
        let page = Int(sysconf(Int32(_SC_PAGESIZE)))
        let start = range.lowerBound / page * page
        _ = madvise(base + start, range.upperBound - start, MADV_WILLNEED)
    }

    /// Copies a range without mapping it: the pages stay the kernel's and do not count as memory of this process.
    /// False when the range cannot be read.
    package func read(_ range: Range<Int>, into target: UnsafeMutableRawPointer) -> Bool {
        var done = 0
        while done < range.count {
            let result = pread(descriptor, target + done, range.count - done, off_t(range.lowerBound + done))
            if result < 0, errno == EINTR { continue }
            guard result > 0 else { return false }
            done += result
        }
        return true
    }
}
