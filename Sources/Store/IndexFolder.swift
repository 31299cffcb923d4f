internal import Glibc

/// Where an index lives: `CURRENT`, `generations/<name>/` and `lock`.
package struct IndexFolder: Sendable, Hashable {
    package let path: String

    package init(path: String) {
        self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    }

    /// The folder a command works on: the flag, else `$DISCOVER_INDEX`, else `index/data` of the checkout around the
    /// working directory, else the user's data directory (XDG base directory specification).
    package static func locate(flag: String?) -> IndexFolder {
        func variable(_ name: String) -> String? {
            getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
        }
        if let path = flag ?? variable("DISCOVER_INDEX") { return IndexFolder(path: path) }
        if let checkout = checkout() { return IndexFolder(path: "\(checkout)/index/data") }
        let data = variable("XDG_DATA_HOME") ?? "\(variable("HOME") ?? ".")/.local/share"
        return IndexFolder(path: "\(data)/discover/index")
    }

    /// The folder at or above the working directory that holds our package and its `index` folder.
    private static func checkout() -> String? {
        guard let start = getcwd(nil, 0) else { return nil }
        defer { free(start) }
        var folder = String(cString: start)
        while !folder.isEmpty {
            if Disk.exists("\(folder)/Package.swift"), Disk.exists("\(folder)/index/README.md") { return folder }
            guard let slash = folder.lastIndex(of: "/") else { return nil }
            folder = String(folder[..<slash])
        }
        return nil
    }

    /// Whether there is such a folder.
    package var exists: Bool { Disk.exists(path) }

    /// Where the raw answers of one source are kept between harvests: beside the index and not in it, because an index
    /// is copied and served, and answers name what only their portal may show.
    package func httpCachePath(of source: String) -> String { "\(httpCacheRoot)/\(source)" }

    /// The folder of all raw answers.
    package var httpCacheRoot: String { "\(path).http-cache" }

    var generationsPath: String { "\(path)/generations" }
    private var pointerPath: String { "\(path)/CURRENT" }

    /// Opens the live generation.  Kind `missing` when nothing was ever published here.
    package func current() throws(StoreError) -> Generation {
        guard let name = try currentName() else {
            throw StoreError(.missing, "no index at \(path); make one with: discover ingest SOURCE LOCATION")
        }
        return try generation(named: name)
    }

    /// Name of the live generation; nil when nothing was ever published here.
    package func currentName() throws(StoreError) -> String? {
        guard Disk.exists(pointerPath) else { return nil }
        let text = String(decoding: try Disk.contents(of: pointerPath), as: UTF8.self)
        let name = text.hasSuffix("\n") ? String(text.dropLast()) : text
        guard IndexFolder.isGenerationName(name) else {
            throw StoreError(
                .corrupt,
                "\(pointerPath) names no generation; publish again or write one of: "
                    + generationNames().joined(separator: ", "))
        }
        return name
    }

    private var liveName: String? { (try? currentName()) ?? nil }

    /// Opens a kept generation; kind `missing` when it is not kept.
    package func generation(named name: String) throws(StoreError) -> Generation {
        guard IndexFolder.isGenerationName(name), Disk.exists("\(generationsPath)/\(name)") || name == liveName else {
            let kept = generationNames()
            throw StoreError(
                .missing,
                "generation \(name) is not kept (any more); there "
                    + (kept.count == 1 ? "is \(kept[0])" : "are \(kept.joined(separator: ", "))"))
        }
        return try Generation(folder: "\(generationsPath)/\(name)", name: name)
    }

    /// Names of the generations that are kept, oldest first.  Unfinished ones are not among them.
    package func generationNames() -> [String] {
        Disk.names(in: generationsPath).filter(IndexFolder.isGenerationName)
    }

    /// Takes the lock of the index; makes the folder if there is none.
    package func lock() throws(StoreError) -> IndexLock {
        try Disk.makeFolder(generationsPath)
        return try IndexLock(path: "\(path)/lock")
    }

    /// Whether some process is changing the index now.
    package var isLocked: Bool {
        guard let descriptor = try? Disk.open("\(path)/lock", O_RDWR) else { return false }
        defer { close(descriptor) }
        return flock(descriptor, LOCK_EX | LOCK_NB) != 0
    }

    /// Makes a kept generation the live one: publishing, and going back.  The pointer is replaced by a rename, so
    /// that every reader sees either the old or the new name.
    package func activate(_ name: String, lock: IndexLock) throws(StoreError) {
        _ = try generation(named: name)
        try Disk.replace(pointerPath, with: Array("\(name)\n".utf8))
    }

    /// `000012-20261121T093000Z-3fa9`: digits first, so that names sort by age; four random digits last, so that no two
    /// generations of any index have the same name.
    static func isGenerationName(_ name: String) -> Bool {
        let pieces = name.split(separator: "-", omittingEmptySubsequences: false)
        return pieces.count == 3 && pieces[2].utf8.count == 4 && pieces[2].allSatisfy(\.isHexDigit)
            && pieces[0].utf8.count == 6 && pieces[0].utf8.allSatisfy { (48...57).contains($0) }
            && pieces[1].utf8.count == 16
            && pieces[1].utf8.allSatisfy {
                (48...57).contains($0) || $0 == UInt8(ascii: "T") || $0 == UInt8(ascii: "Z")
            }
    }
}
