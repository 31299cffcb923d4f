internal import Glibc

/// A file seen as memory, read-only.
///
/// `@unchecked Sendable`: the bytes never change after opening (published files are immutable) and are unmapped only
/// when the last holder lets go.
@usableFromInline final class MappedFile: @unchecked Sendable {
    let bytes: UnsafeRawBufferPointer

    init(path: String) throws(StoreError) {
        let descriptor = try Disk.open(path, O_RDONLY)
        defer { close(descriptor) }
        var status = stat()
        try Disk.check(fstat(descriptor, &status), path)
        guard status.st_size > 0 else { throw StoreError(.corrupt, "\(path) is empty") }
        guard let start = mmap(nil, Int(status.st_size), PROT_READ, MAP_PRIVATE, descriptor, 0), start != MAP_FAILED
        else { throw StoreError(.io, "\(path): cannot be mapped: \(String(cString: strerror(errno)))") }
        bytes = UnsafeRawBufferPointer(start: start, count: Int(status.st_size))
    }

    deinit { munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count) }
}
