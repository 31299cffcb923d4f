internal import CShims
internal import Glibc

/// A file being written from its start to its end, whose header is written last.  Belongs to one thread.
package final class OutputFile {
    package let path: String
    private var descriptor: Int32

    /// Creates the file, or empties it, and reserves space for a header.
    package init(path: String, headerSize: Int) throws(VectorsError) {
        self.path = path
        descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw failure }
        try append([UInt8](repeating: 0, count: headerSize)[...])
    }

    deinit {
        if descriptor >= 0 { Glibc.close(descriptor) }
    }

    /// Appends the bytes of numbers as they are in memory.
    package func append<Number: BitwiseCopyable>(_ numbers: ArraySlice<Number>) throws(VectorsError) {
        try numbers.withUnsafeBufferPointer { buffer throws(VectorsError) in
            try append(UnsafeRawBufferPointer(buffer))
        }
    }

    package func append(_ bytes: UnsafeRawBufferPointer) throws(VectorsError) {
        precondition(descriptor >= 0, "\(path) is finished")
        var done = 0
        while done < bytes.count, let start = bytes.baseAddress {
            let result = discover_write(descriptor, start + done, bytes.count - done)
            if result < 0, errno == EINTR { continue }
            guard result > 0 else { throw failure }
            done += result
        }
    }

    /// Writes the header and waits until all is on the disk.  Nothing can be appended afterwards.
    package func finish(header: [UInt8]) throws(VectorsError) {
        precondition(descriptor >= 0, "a file is finished once")
        // What follows must be on the disk before a header says that it is.
        guard discover_fsync(descriptor) == 0 else { throw failure }
        let written = header.withUnsafeBytes { discover_pwrite(descriptor, $0.baseAddress, $0.count, 0) }
        guard written == header.count, discover_fsync(descriptor) == 0, Glibc.close(descriptor) == 0 else {
            throw failure
        }
        descriptor = -1
    }

    /// Completes a file without a header that does not outlast the process; nothing is waited for.
    package func close() throws(VectorsError) {
        precondition(descriptor >= 0, "a file is finished once")
        guard Glibc.close(descriptor) == 0 else { throw failure }
        descriptor = -1
    }

    /// Replaces another file by a finished one.
    package static func rename(_ path: String, to position: String) throws(VectorsError) {
        guard discover_rename(path, position) == 0 else { throw failure(path) }
    }

    /// Removes a file; one that is not there is none to remove.
    package static func remove(_ path: String) { unlink(path) }

    private var failure: VectorsError { Self.failure(path) }

    private static func failure(_ path: String) -> VectorsError {
        VectorsError(.unwritable, "\(path): \(String(cString: strerror(errno)))")
    }
}
