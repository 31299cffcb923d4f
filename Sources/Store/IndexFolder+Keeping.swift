/// Keeping an index small, intact and free of withdrawn records.
extension IndexFolder {
    /// Removes what interrupted builds left behind; readers never look at it.
    package func removeUnfinished(lock: IndexLock) throws(StoreError) {
        for folder in [generationsPath, path, "\(path)/runs"] {
            for name in Disk.names(in: folder) where name.hasSuffix(".tmp") { try Disk.remove("\(folder)/\(name)") }
        }
    }

    /// Opens the live generation after reading all of it; when it is damaged, the newest older one that is whole.
    ///
    /// For a server's start: reads every byte.  `problems` says why the live one was refused; empty when it was not.
    /// Throws what is wrong with the live one when none is whole.
    ///
    /// - Parameter isThorough: also let SQLite check its structure and count everything, which takes many times as long
    ///   and finds nothing that the checksums do not, unless the build itself was wrong.
    package func whole(isThorough: Bool = true) throws(StoreError) -> (generation: Generation, problems: [String]) {
        var problems: [String] = []
        var first: StoreError?
        var live: String?
        do {
            live = try currentName()
            if live == nil { _ = try current() }
            // The name of a missing generation says nothing about the position of the live one.
            if let name = live, !Disk.exists("\(generationsPath)/\(name)") {
                live = nil
                problems.append("CURRENT names generation \(name), which does not exist")
            }
        } catch {
            guard error.kind != .missing else { throw error }
            first = error
            problems.append(error.detail)
        }
        // After a rollback, newer generations are there on purpose unused.
        let candidates = generationNames().reversed().filter { name in live.map { name <= $0 } ?? true }
        for name in candidates {
            do throws(StoreError) {
                let generation = try generation(named: name)
                let found = isThorough ? try generation.verify() : try generation.damagedFiles()
                if found.isEmpty { return (generation, problems) }
                throw StoreError(.corrupt, "generation \(name) is damaged: \(found.joined(separator: "; "))")
            } catch {
                problems.append(error.detail)
                first = first ?? error
            }
        }
        throw first ?? StoreError(.corrupt, "no generation at \(path) is whole")
    }

    /// Removes every older generation that holds a record the live one does not: what a source withdrew must not come
    /// back by a rollback, nor stay on the disk.  One that cannot be read is removed, too.  Returns their names.
    ///
    /// Derived from what is there, so it can be repeated after a crash.
    package func eraseTakenBack(from live: Generation, lock: IndexLock) throws(StoreError) -> [String] {
        var erased: [String] = []
        for name in generationNames() where name != live.manifest.generation {
            if (try? isSubset(name, of: live)) ?? false { continue }
            try Disk.remove("\(generationsPath)/\(name)")
            erased.append(name)
        }
        if !erased.isEmpty { try Disk.synchronize(generationsPath) }
        return erased
    }

    /// Removes every other generation that holds one of the records, and those that cannot be read.  Returns their
    /// names.
    package func erase(holding ids: Set<String>, except live: Generation, lock: IndexLock) throws(StoreError)
        -> [String]
    {
        var erased: [String] = []
        for name in generationNames() where name != live.manifest.generation {
            if let holds = try? holdsAny(name, ids), !holds { continue }
            try Disk.remove("\(generationsPath)/\(name)")
            erased.append(name)
        }
        if !erased.isEmpty { try Disk.synchronize(generationsPath) }
        return erased
    }

    private func holdsAny(_ name: String, _ ids: Set<String>) throws(StoreError) -> Bool {
        let connection = try Connection(path: try generation(named: name).recordsPath, mode: .immutable)
        let statement = try connection.prepare(
            """
            SELECT EXISTS (SELECT 1 FROM record WHERE id = ?1) OR EXISTS (SELECT 1 FROM place WHERE id = ?1)
            """)
        for id in ids {
            try statement.bind(0, id)
            if try statement.step(), statement.int(0) == 1 { return true }
            statement.reset()
        }
        return false
    }

    private func isSubset(_ name: String, of live: Generation) throws(StoreError) -> Bool {
        let earlier = try generation(named: name)
        let connection = try Connection(path: earlier.recordsPath, mode: .immutable)
        try connection.attach(live.recordsPath, as: "live")
        return try connection.one(
            """
            SELECT EXISTS (
                SELECT id FROM (SELECT id FROM main.record UNION ALL SELECT id FROM main.place) AS old
                WHERE NOT EXISTS (SELECT 1 FROM live.record AS new WHERE new.id = old.id)
                AND NOT EXISTS (SELECT 1 FROM live.place AS new WHERE new.id = old.id))
            """
        ).number == 0
    }

    /// Bytes of the live generation; 0 when there is none.
    package var liveBytes: Int {
        guard let name = (try? currentName()) ?? nil else { return 0 }
        return bytes(of: name)
    }

    /// Bytes of all files of a kept generation.
    package func bytes(of name: String) -> Int {
        IndexFolder.bytes(below: "\(generationsPath)/\(name)")
    }

    /// Bytes of a file, or of all files of a folder, not of those in folders below; 0 when there is neither.
    package static func bytes(below path: String) -> Int {
        guard Disk.isFolder(path) else { return (try? Disk.size(of: path)) ?? 0 }
        return Disk.names(in: path).reduce(0) { $0 + ((try? Disk.size(of: "\(path)/\($1)")) ?? 0) }
    }

    /// Free bytes on the file system of the index; makes its folder.
    package func freeBytes() throws(StoreError) -> Int {
        try Disk.makeFolder(generationsPath)
        return try Disk.free(at: path)
    }

    /// Removes every file below a folder that holds one of the texts, whatever its name; returns how many.
    package static func removeFiles(in folder: String, holding texts: Set<String>) throws(StoreError) -> Int {
        var removed = 0
        let wanted = texts.map { Array($0.utf8) }.filter { !$0.isEmpty }
        for name in Disk.names(in: folder) {
            let path = "\(folder)/\(name)"
            if Disk.isFolder(path) {
                removed += try removeFiles(in: path, holding: texts)
            } else if let bytes = try? Disk.contents(of: path),
                wanted.contains(where: { holds(bytes, $0) })
            {
                try Disk.remove(path)
                removed += 1
            }
        }
        return removed
    }
}
