package import Records
internal import Store

/// `discover forget`: takes a record down now and keeps it out of every later run, until that is withdrawn.
package struct Forgetting {
    /// What goes with the record.
    package enum Extent: Sendable, Hashable {
        case record
        /// What is part of it and of nothing else.
        case children
        /// The whole of every dataset it is part of.
        case project
    }

    private let takedown: Takedown
    private let cacheFolders: [String]
    private let kept: Int

    /// - Parameters:
    ///   - folders: raw answers and reports outside of the index folder.
    ///   - kept: generations that stay.
    package init(takedown: Takedown, folders: [String] = [], kept: Int = GenerationWriter.kept) {
        self.takedown = takedown
        cacheFolders = folders
        self.kept = kept
    }

    /// Writes the wish down, removes raw answers and reports that name what goes, publishes the live generation without
    /// it, and removes every older generation that holds it.  Each step may be repeated after a crash.
    package func forget(_ id: RecordID, extent: Extent) throws -> Takedown.Report {
        let index = takedown.index
        let lock = try index.lock()
        var replaced: String?
        let live = try index.readable(replaced: &replaced)
        var roots: Set<String> = [id.description]
        if extent == .project, let live { roots.formUnion(try Family.datasets(of: id, in: live)) }
        var members = roots
        if extent != .record, let live { members = try Family.members(of: roots, in: live) }

        var list = try ForgottenList(of: index)
        for root in roots.sorted() {
            guard let root = RecordID(root) else { continue }
            list.add(root, reach: extent == .record ? .record : .children, cause: id)
        }
        // Each by itself, too: a part that its source later calls something else's stays away as well.
        for member in members.sorted() {
            if let member = RecordID(member) { list.add(member, reach: .record, cause: id) }
        }
        try list.write(to: index, lock: lock)

        var removed = 0
        let natives = Set(members.compactMap { RecordID($0)?.native })
        for folder in Set(cacheFolders + [index.httpCacheRoot, "\(index.path)/runs"]).sorted() {
            removed += try IndexFolder.removeFiles(in: folder, holding: natives)
        }
        var report = Takedown.Report()
        if let live {
            report = try takedown.publish(without: members, live: live, kept: kept, lock: lock)
        }
        report.filesRemoved = removed
        return report
    }

    /// Lets a record in again with the next run; false when it was not on the list.  What went with it as its part
    /// comes back, too, unless it is on the list for another reason.
    package func withdraw(_ id: RecordID) throws -> Bool {
        let lock = try takedown.index.lock()
        var list = try ForgottenList(of: takedown.index)
        guard list.withdraw(id) else { return false }
        try list.write(to: takedown.index, lock: lock)
        return true
    }
}
