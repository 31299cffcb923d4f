internal import CShims
internal import Glibc

/// The calls to the operating system that an index needs, each through one check.
enum Disk {
    /// The only function that turns a failed call into an error.
    @discardableResult
    static func check<Code: SignedInteger>(_ code: Code, _ path: String) throws(StoreError) -> Code {
        guard code < 0 else { return code }
        let reason = errno
        throw StoreError(reason == ENOENT ? .missing : .io, "\(path): \(String(cString: strerror(reason)))")
    }

    static func open(_ path: String, _ flags: Int32) throws(StoreError) -> Int32 {
        try check(Glibc.open(path, flags | O_CLOEXEC, 0o644), path)
    }

    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// Size of a file in bytes.
    static func size(of path: String) throws(StoreError) -> Int {
        let descriptor = try open(path, O_RDONLY)
        defer { close(descriptor) }
        var status = stat()
        try check(fstat(descriptor, &status), path)
        return Int(status.st_size)
    }

    static func contents(of path: String) throws(StoreError) -> [UInt8] {
        let descriptor = try open(path, O_RDONLY)
        defer { close(descriptor) }
        var contents: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            try check(count, path)
            if count == 0 { return contents }
            contents += buffer[..<count]
        }
    }

    /// Writes a new file and waits until it is on the medium.
    static func write(_ bytes: [UInt8], to path: String) throws(StoreError) {
        let descriptor = try open(path, O_WRONLY | O_CREAT | O_TRUNC)
        defer { close(descriptor) }
        try write(bytes, to: descriptor, path)
        try check(discover_fsync(descriptor), path)
    }

    /// Writes bytes at the current position of an open file.
    static func write(_ bytes: [UInt8], to descriptor: Int32, _ path: String) throws(StoreError) {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes {
                discover_write(descriptor, $0.baseAddress! + written, bytes.count - written)
            }
            if count < 0, errno == EINTR { continue }
            written += try check(count, path)
        }
    }

    /// Overwrites bytes at an offset of an open file.
    static func rewrite(_ bytes: [UInt8], at position: Int, of descriptor: Int32, _ path: String) throws(StoreError) {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes {
                discover_pwrite(
                    descriptor, $0.baseAddress! + written, bytes.count - written, off_t(position + written))
            }
            if count < 0, errno == EINTR { continue }
            written += try check(count, path)
        }
    }

    /// Reads bytes at an offset of an open file, which must have as many, into the beginning of a buffer, which must be
    /// large enough.
    static func read(
        _ count: Int, at position: Int, of descriptor: Int32, _ path: String, into buffer: inout [UInt8]
    ) throws(StoreError) {
        precondition(count <= buffer.count, "\(count) bytes into \(buffer.count)")
        var filled = 0
        while filled < count {
            let found = buffer.withUnsafeMutableBytes { capacity in
                pread(descriptor, capacity.baseAddress.map { $0 + filled }, count - filled, off_t(position + filled))
            }
            if found < 0, errno == EINTR { continue }
            try check(found, path)
            guard found > 0 else { throw StoreError(.io, "\(path): shorter than what was written") }
            filled += found
        }
    }

    /// Replaces a file by another in one step, so that every reader sees either the old or the new content, also after
    /// a power cut.
    static func replace(_ path: String, with bytes: [UInt8]) throws(StoreError) {
        let aside = path + ".tmp"
        try write(bytes, to: aside)
        try rename(aside, to: path)
        let slash = path.lastIndex(of: "/") ?? path.startIndex
        try synchronize(slash == path.startIndex ? "." : String(path[..<slash]))
    }

    /// Bytes that an ordinary user may still write to the file system of a path.
    static func free(at path: String) throws(StoreError) -> Int {
        var status = statvfs()
        try check(statvfs(path, &status), path)
        let (bytes, overflow) = Int(status.f_bavail).multipliedReportingOverflow(by: Int(status.f_frsize))
        return overflow ? .max : bytes
    }

    /// Waits until a file's content, or a folder's entries, are on the medium.
    static func synchronize(_ path: String) throws(StoreError) {
        let descriptor = try open(path, O_RDONLY)
        defer { close(descriptor) }
        try check(discover_fsync(descriptor), path)
    }

    static func rename(_ old: String, to new: String) throws(StoreError) {
        try check(discover_rename(old, new), old)
    }

    /// Makes a folder and those above it.
    static func makeFolder(_ path: String) throws(StoreError) {
        if mkdir(path, 0o755) == 0 || errno == EEXIST { return }
        guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash != path.startIndex else {
            try check(Int32(-1), path)
            return
        }
        try makeFolder(String(path[..<slash]))
        if mkdir(path, 0o755) != 0, errno != EEXIST { try check(Int32(-1), path) }
    }

    /// Names in a folder, sorted; empty when there is no such folder.
    static func names(in folder: String) -> [String] {
        guard let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// Removes a file, or a folder with all it holds; symbolic links are removed, not followed.
    static func remove(_ path: String) throws(StoreError) {
        if unlink(path) == 0 { return }
        guard errno == EISDIR || errno == EPERM else {
            if errno == ENOENT { return }
            try check(Int32(-1), path)
            return
        }
        for name in names(in: path) { try remove("\(path)/\(name)") }
        try check(rmdir(path), path)
    }
}
