internal import Glibc

/// The kind of a path.
enum FileKind {
    case file, folder

    /// Nil when there is neither, as for a socket or a broken link.
    init?(at path: String) {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return nil }
        switch status.st_mode & S_IFMT {
        case S_IFDIR: self = .folder
        case S_IFREG: self = .file
        default: return nil
        }
    }
}

/// Files of dumps, read in pieces so that memory does not grow with the dump.
enum Files {
    /// Names in a folder, sorted, without the hidden ones.
    static func names(in folder: String) throws(ConnectorError) -> [String] {
        guard let stream = unsafe opendir(folder) else {
            throw ConnectorError(.unusableLocation, "cannot read the folder '\(folder)': \(reason)")
        }
        defer { unsafe closedir(stream) }
        var names: [String] = []
        while let entry = unsafe readdir(stream) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names.sorted()
    }

    /// Files in a folder and in those below it, as paths from it, sorted; no deeper than the limit.
    static func below(_ folder: String, limit: Int) throws(ConnectorError) -> [String] {
        var found: [String] = []
        for name in try names(in: folder) {
            switch FileKind(at: "\(folder)/\(name)") {
            case .file: found.append(name)
            case .folder where limit > 1:
                for below in try below("\(folder)/\(name)", limit: limit - 1) { found.append("\(name)/\(below)") }
            default: break
            }
        }
        return found
    }

    /// The last part of a path, also of `.` and of one that ends in a slash.
    static func name(of path: String) -> String {
        let whole = unsafe realpath(path, nil)
        defer { unsafe free(whole) }
        let text = unsafe whole.map { unsafe String(cString: $0) } ?? path
        return text.split(separator: "/").last.map(String.init) ?? path
    }

    /// The whole file; throws when it is larger than the limit.
    static func bytes(at path: String, limit: Int) throws -> [UInt8] {
        var all: [UInt8] = []
        try pieces(of: path) { piece in
            guard all.count + piece.count <= limit else {
                throw ConnectorError(.tooLarge, "'\(path)' is larger than \(limit) bytes")
            }
            all += piece
        }
        return all
    }

    /// Each line with its number from 1, without its end; blank lines are left out.  A line longer than `limit`
    /// is handed on as nil.
    static func lines(
        of path: String, limit: Int, _ body: (_ number: Int, _ line: ArraySlice<UInt8>?) throws -> Void
    ) throws {
        var number = 0
        var rest: [UInt8] = []
        var overlong = false
        func end(_ line: ArraySlice<UInt8>) throws {
            number += 1
            defer { overlong = false }
            if overlong || line.count > limit { return try body(number, nil) }
            var line = line.last == 13 ? line.dropLast() : line
            // The byte order mark that spreadsheets write is no part of the first name.
            if number == 1, line.starts(with: [0xEF, 0xBB, 0xBF]) { line = line.dropFirst(3) }
            if line.contains(where: { $0 > 32 }) { try body(number, line) }
        }
        try pieces(of: path) { piece in
            var start = piece.startIndex
            while let newline = piece[start...].firstIndex(of: 10) {
                if rest.isEmpty {
                    try end(piece[start..<newline])
                } else {
                    rest += piece[start..<newline]
                    try end(rest[...])
                    rest.removeAll(keepingCapacity: rest.capacity <= 1 << 20)
                }
                start = newline + 1
            }
            if rest.count <= limit { rest += piece[start...] } else { overlong = true }
        }
        if !rest.isEmpty { try end(rest[...]) }
    }

    private static func pieces(of path: String, _ body: (ArraySlice<UInt8>) throws -> Void) throws {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else {
            throw ConnectorError(.unusableLocation, "cannot read '\(path)': \(reason)")
        }
        defer { close(file) }
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = unsafe buffer.withUnsafeMutableBytes { unsafe read(file, $0.baseAddress, $0.count) }
            guard count >= 0 else {
                throw ConnectorError(.unusableLocation, "cannot read '\(path)': \(reason)")
            }
            if count == 0 { return }
            try body(buffer[..<count])
        }
    }

    private static var reason: String { unsafe String(cString: strerror(errno)) }
}
