/// Reports of past runs, as files of a folder: one in JSON for programs, one in Markdown for people.
package struct RunArchive: Sendable {
    package let folder: String

    /// - Parameter folder: made when it is not there; the index's `runs` when nil.
    package init(folder: String?, index: IndexFolder) {
        self.folder = folder ?? "\(index.path)/runs"
    }

    /// Writes both files of a run, named by its start, and removes the oldest beyond `kept`.
    package func write(json: [UInt8], page: String, started: Timestamp, kept: Int) throws(StoreError) {
        try Disk.makeFolder(folder)
        // Left by a run that was killed here; the folder need not be in the index.
        for name in Disk.names(in: folder) where name.hasPrefix("run-") && name.hasSuffix(".tmp") {
            try Disk.remove("\(folder)/\(name)")
        }
        try Disk.replace("\(folder)/run-\(started.compact).json", with: json)
        try Disk.replace("\(folder)/run-\(started.compact).md", with: Array(page.utf8))
        for kind in [".json", ".md"] {
            let names = Disk.names(in: folder).filter { $0.hasPrefix("run-") && $0.hasSuffix(kind) }
            for old in names.dropLast(max(kept, 1)) { try Disk.remove("\(folder)/\(old)") }
        }
    }
}
