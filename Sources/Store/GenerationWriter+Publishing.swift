internal import Records

extension GenerationWriter {
    /// Completes and synchronises the files and opens them in the temporary folder, for the gates to check before they
    /// are published.
    ///
    /// - Parameters:
    ///   - model: identity of the model and length of its vectors; nil when none were written.
    ///   - program: fingerprint of what linked the records.
    package func seal(
        sources: [Manifest.SourceState], vocabulary: String, model: (identity: String, dimensions: Int)?,
        program: String? = nil
    ) throws(StoreError) -> Generation {
        try staging.discard()
        // Unused records of a source that failed.
        for name in Disk.names(in: folder) where name.hasPrefix("harvest-") { try Disk.remove("\(folder)/\(name)") }
        try rows.write(to: connection)
        try noteDepartures()
        try terms.write(to: connection)
        try connection.execute("COMMIT")
        let facets = facets
        let facetsPath = "\(folder)/\(Manifest.File.facets)"
        let facetFile = background.begin { () throws(StoreError) in try facets.write(to: facetsPath) }
        let searchable = Result { () throws(StoreError) in try completeFullText() }
        // Nothing is left running when one of them fails.
        try facetFile.finish().get()
        try searchable.get()
        var files: [String: Manifest.FileState] = [:]
        var names = [Manifest.File.records, Manifest.File.facets, Manifest.File.postings]
        if model != nil { names.append(Manifest.File.vectors) }
        if model != nil, Disk.exists(listsPath) { names.append(Manifest.File.lists) }
        if model != nil, Disk.exists(projectionPath) { names.append(Manifest.File.projection) }
        for file in names {
            try Disk.synchronize("\(folder)/\(file)")
            files[file] = try Digest.file("\(folder)/\(file)")
        }
        let manifest = Manifest(
            generation: name, schema: Schema.fingerprint, created: created.iso, records: count,
            parts: facets.partCount, model: model?.identity, dimensions: model?.dimensions ?? 0,
            vocabulary: vocabulary, program: program, base: base?.manifest.generation,
            sources: sources.sorted { $0.source.rawValue < $1.source.rawValue }, files: files)
        let encoded = try manifest.encoded()
        try Disk.write(Manifest.sealed(encoded), to: "\(folder)/\(Manifest.File.seal)")
        try Disk.write(encoded, to: "\(folder)/\(Manifest.File.manifest)")
        try Disk.synchronize(folder)
        sealed = manifest
        return try Generation(folder: folder, name: name)
    }

    /// Completes the full-text index, lets FTS5 prove it, and writes the postings from it at the same time.
    private func completeFullText() throws(StoreError) {
        try connection.execute("INSERT INTO search (search) VALUES ('optimize')")
        let (records, path) = ("\(folder)/\(Manifest.File.records)", "\(folder)/\(Manifest.File.postings)")
        let rows = count
        let postings = background.begin { () throws(StoreError) in
            // What was committed is in the file, and checking it does not change it.
            try PostingsFileBuilder.write(
                try Connection(path: records, mode: .immutable), records: rows, to: path)
        }
        let proof = Result { () throws(StoreError) in
            try connection.execute("INSERT INTO search (search) VALUES ('integrity-check')")
            if base != nil { try connection.execute("DETACH base") }
        }
        try postings.finish().get()
        try proof.get()
    }

    /// Makes the sealed generation the live one and removes the oldest ones.
    ///
    /// - Parameter kept: how many generations stay, the new one included.
    package func publish(kept: Int = GenerationWriter.kept) throws(StoreError) -> Generation {
        precondition(sealed != nil, "a generation is sealed before it is published")
        try Disk.rename(folder, to: "\(index.generationsPath)/\(name)")
        try Disk.synchronize(index.generationsPath)
        try index.activate(name, lock: lock)
        for old in index.generationNames().dropLast(max(kept, 1)) {
            try Disk.remove("\(index.generationsPath)/\(old)")
        }
        return try index.generation(named: name)
    }

    /// Both in one step, for builds without gates.
    package func publish(
        sources: [Manifest.SourceState], vocabulary: String, model: (identity: String, dimensions: Int)?
    ) throws(StoreError) -> Generation {
        _ = try seal(sources: sources, vocabulary: vocabulary, model: model)
        return try publish()
    }

    /// Counts what the previous generation held and this one does not.  Numbers only: a list of names would keep what a
    /// source withdrew.
    private func noteDepartures() throws(StoreError) {
        guard base != nil else { return }
        let gone = try connection.prepare(
            """
            SELECT id FROM base.record AS old WHERE NOT EXISTS (SELECT 1 FROM record WHERE record.id = old.id)
            AND NOT EXISTS (SELECT 1 FROM place WHERE place.id = old.id)
            """)
        var counts: [RecordID: Int] = [:]
        while try gone.step() {
            guard let id = RecordID(gone.text(0)) else { continue }
            counts[RecordID(id.source, id.type, "*"), default: 0] += 1
        }
        for (kind, count) in counts.sorted(by: { $0.key < $1.key }) {
            let statement = try connection.prepare("INSERT INTO departure VALUES (?1, ?2, ?3)")
            try statement.bind(0, kind.source.rawValue).bind(1, kind.type.rawValue).bind(2, count)
            try statement.run()
        }
    }
}
