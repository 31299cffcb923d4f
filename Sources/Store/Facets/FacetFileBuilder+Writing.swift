internal import Records

extension FacetFileBuilder {
    /// Writes the file and waits until it is on the medium.  Called once.
    package func write(to path: String) throws(StoreError) {
        let ordered = try Ordered(self)
        var writer = try FacetFileWriter(path: path)
        defer { writer.end() }
        for section in FacetLayout.Section.allCases {
            try write(section, ordered, to: &writer)
            try writer.endSection()
        }
        try writer.finish()
    }

    /// What the file holds in the order of its terms' numbers, which are known last.
    private struct Ordered {
        /// The terms in the order of the file, and for each provisional number the one there.
        let terms: [Term]
        let final: [UInt32]
        let postings: SortedSpool<UInt64>
        // Lists whose lengths are written a section before them.
        let postingParts, quantityParts, quantityMinima, quantityMaxima, closures: Spool

        init(_ builder: FacetFileBuilder) throws(StoreError) {
            let ids = builder.terms.map(\.id)
            let terms = ids.indices.sorted { ids[$0].utf8.lexicographicallyPrecedes(ids[$1].utf8) }
            var final = [UInt32](repeating: 0, count: terms.count)
            for (number, provisional) in terms.enumerated() { final[provisional] = UInt32(number) }
            (self.terms, self.final) = (terms.map { builder.terms[$0] }, final)
            func spool(_ name: String) -> Spool { Spool(path: builder.path(name)) }
            (postingParts, quantityParts) = (spool("posting-parts"), spool("quantity-parts"))
            closures = spool("sorted-closures")
            (quantityMinima, quantityMaxima) = (spool("minima"), spool("maxima"))

            postings = SortedSpool(path: builder.path("sorted-postings"))
            let kinds = UInt32(PostingKind.allCases.count)
            try builder.postings.rewind()
            while true {
                let numbers = try builder.postings.readNumbers(1 << 15)
                if numbers.isEmpty { break }
                for position in stride(from: 0, to: numbers.count, by: 2) {
                    let (term, kind) = numbers[position].quotientAndRemainder(dividingBy: kinds)
                    postings.append(UInt64(final[Int(term)] * kinds + kind) << 32 | UInt64(numbers[position + 1]))
                }
            }
        }
    }

    private func write(
        _ section: FacetLayout.Section, _ ordered: Ordered, to writer: inout FacetFileWriter
    ) throws(StoreError) {
        let terms = ordered.terms
        switch section {
        case .firstParts: try write(firstParts, to: &writer)
        case .partRecords: try write(partRecords, to: &writer)
        case .partRoles: try write(partRoles, to: &writer)
        case .recordTypes: try write(types, to: &writer)
        case .recordSources: try write(sources, to: &writer)
        case .sourceNames: try writer.add(sourceNames.map(\.rawValue).joined(separator: "\n").utf8)
        case .termFacets: try writer.add(terms.map { UInt8(FacetLayout.facetCodes[$0.facet] ?? 0) })
        case .termIDOffsets: try writer.add(numbers: ends(terms.map(\.id.utf8.count)))
        case .termIDs: for term in terms { try writer.add(term.id.utf8) }
        case .termLabelOffsets: try writer.add(numbers: ends(terms.map(\.label.utf8.count)))
        case .termLabels: for term in terms { try writer.add(term.label.utf8) }
        case .postingOffsets:
            let lists = terms.count * PostingKind.allCases.count
            try writeOffsets(of: ordered.postings, lists: lists, parts: ordered.postingParts, to: &writer)
        case .postings: try write(ordered.postingParts, to: &writer)
        case .quantityOffsets:
            var lengths = [Int](repeating: 0, count: FacetLayout.fields.count)
            try quantities.forEach { entry in
                lengths[Int(entry.field)] += 1
                ordered.quantityParts.append(entry.part)
                ordered.quantityMinima.append(entry.min.bitPattern)
                ordered.quantityMaxima.append(entry.max.bitPattern)
            }
            try writer.add(numbers: ends(lengths))
        case .quantityParts: try write(ordered.quantityParts, to: &writer)
        case .quantityMinima: try write(ordered.quantityMinima, to: &writer)
        case .quantityMaxima: try write(ordered.quantityMaxima, to: &writer)
        case .closureOffsets: try writeClosureOffsets(ordered, to: &writer)
        case .closure: try write(ordered.closures, to: &writer)
        }
    }

    private func write(_ spool: Spool, to writer: inout FacetFileWriter) throws(StoreError) {
        try spool.forEachPiece { bytes throws(StoreError) in try writer.add(bytes) }
    }

    /// Writes where the lists end, and lets their parts wait for the next section: sorted, each part once.
    ///
    /// - Parameter entries: the number of a list in the upper half, a part in the lower one.
    private func writeOffsets(
        of entries: SortedSpool<UInt64>, lists: Int, parts: Spool, to writer: inout FacetFileWriter
    ) throws(StoreError) {
        var lengths = [Int](repeating: 0, count: lists)
        var last: UInt64?
        try entries.forEach { entry in
            guard entry != last else { return }
            last = entry
            lengths[Int(entry >> 32)] += 1
            parts.append(UInt32(truncatingIfNeeded: entry))
        }
        try writer.add(numbers: ends(lengths))
    }

    /// Where the closure of each record ends, and lets the closures wait for the next section: the terms in the order
    /// of their numbers in the file, see ``ClosureCode``.
    private func writeClosureOffsets(_ ordered: Ordered, to writer: inout FacetFileWriter) throws(StoreError) {
        try closureEnds.rewind()
        try closures.rewind()
        try closureFlags.rewind()
        var start = try closureEnds.readNumbers(1).first ?? 0
        try writer.add(numbers: [start])
        while let end = try closureEnds.readNumbers(1).first {
            let count = Int(end - start)
            start = end
            let terms = try closures.readNumbers(count)
            let flags = try closureFlags.read(count)
            guard terms.count == count, flags.count == count else {
                throw StoreError(.io, "what waited on the disk is not whole")
            }
            // A term and its flags as one number, which sorts by the term.
            let entries = zip(terms, flags).map { UInt64(ordered.final[Int($0)]) << 2 | UInt64($1) }.sorted()
            var codes: [UInt16] = []
            var next: UInt64 = 0
            for entry in entries {
                ClosureCode.append(entry - next << 2, to: &codes)
                next = entry >> 2 + 1
            }
            for code in codes { ordered.closures.append(code) }
            guard let end = UInt32(exactly: ordered.closures.count / 2) else {
                throw StoreError(.io, "more terms of records than the format has room for")
            }
            try writer.add(numbers: [end])
        }
    }

    /// Where consecutive lists of these lengths begin and the last one ends.
    private func ends(_ lengths: [Int]) -> [UInt32] {
        var ends: [UInt32] = [0]
        ends.reserveCapacity(lengths.count + 1)
        for length in lengths { ends.append(ends[ends.count - 1] + UInt32(length)) }
        return ends
    }
}
