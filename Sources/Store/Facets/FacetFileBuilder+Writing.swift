extension FacetFileBuilder {
    /// Writes the file and waits until it is on the medium.  Called once.
    package mutating func write(to path: String) throws(StoreError) {
        finishReuse()
        let order = terms.indices.sorted { terms[$0].id.utf8.lexicographicallyPrecedes(terms[$1].id.utf8) }
        var final = [UInt32](repeating: 0, count: terms.count)
        for (number, provisional) in order.enumerated() { final[provisional] = UInt32(number) }
        var writer = try FacetFileWriter(path: path)
        defer { writer.end() }
        for section in FacetLayout.Section.allCases {
            try write(section, order: order, final: final, to: &writer)
            try writer.endSection()
        }
        try writer.finish()
    }

    private mutating func write(
        _ section: FacetLayout.Section, order: [Int], final: [UInt32], to writer: inout FacetFileWriter
    ) throws(StoreError) {
        switch section {
        case .firstParts: try writer.add(numbers: firstParts)
        case .partRecords: try writer.add(numbers: partRecords)
        case .partRoles: try writer.add(partRoles)
        case .recordTypes: try writer.add(types)
        case .recordSources: try writer.add(sources)
        case .termFacets: try writer.add(order.map { UInt8(FacetLayout.facetCodes[terms[$0].facet] ?? 0) })
        case .termIDOffsets: try writer.add(numbers: ends(order.map { terms[$0].id.utf8.count }))
        case .termIDs: for term in order { try writer.add(terms[term].id.utf8) }
        case .termLabelOffsets: try writer.add(numbers: ends(order.map { terms[$0].label.utf8.count }))
        case .termLabels: for term in order { try writer.add(terms[term].label.utf8) }
        case .postingOffsets:
            for term in order {
                for kind in terms[term].postings.indices { FacetFileBuilder.sortOnce(&terms[term].postings[kind]) }
            }
            try writer.add(numbers: ends(order.flatMap { terms[$0].postings.map(\.count) }))
        case .postings: for term in order { for list in terms[term].postings { try writer.add(numbers: list) } }
        case .recordedOffsets:
            for index in recorded.indices { FacetFileBuilder.sortOnce(&recorded[index]) }
            try writer.add(numbers: ends(recorded.map(\.count)))
        case .recorded: for list in recorded { try writer.add(numbers: list) }
        case .quantityOffsets:
            for index in quantities.indices {
                quantities[index].sort { ($0.part, $0.min, $0.max) < ($1.part, $1.min, $1.max) }
            }
            try writer.add(numbers: ends(quantities.map(\.count)))
        case .quantityParts: for list in quantities { try writer.add(numbers: list.map(\.part)) }
        case .quantityMinima: for list in quantities { try writer.add(numbers: list.map(\.min.bitPattern)) }
        case .quantityMaxima: for list in quantities { try writer.add(numbers: list.map(\.max.bitPattern)) }
        case .closureOffsets: try writer.add(numbers: closureEnds)
        case .closure: try writeClosures(final: final, to: &writer)
        case .closureFlags:
            try sortedFlags.rewind()
            while true {
                let bytes = try sortedFlags.read(1 << 16)
                if bytes.isEmpty { break }
                try writer.add(bytes)
            }
        }
    }

    /// The terms of each record in the order of their numbers in the file; their flags wait for the next section.
    private func writeClosures(final: [UInt32], to writer: inout FacetFileWriter) throws(StoreError) {
        try closures.rewind()
        try closureFlags.rewind()
        for (start, end) in zip(closureEnds, closureEnds.dropFirst()) {
            let count = Int(end - start)
            let bytes = try closures.read(count * 4)
            let flags = try closureFlags.read(count)
            guard bytes.count == count * 4, flags.count == count else {
                throw StoreError(.io, "what waited on the disk is not whole")
            }
            // A term and its flags as one number, which sorts by the term.
            var entries: [UInt64] = []
            entries.reserveCapacity(count)
            for (place, flag) in flags.enumerated() {
                let first = bytes.startIndex + 4 * place
                let term =
                    UInt32(bytes[first]) | UInt32(bytes[first + 1]) << 8 | UInt32(bytes[first + 2]) << 16
                    | UInt32(bytes[first + 3]) << 24
                entries.append(UInt64(final[Int(term)]) << 8 | UInt64(flag))
            }
            entries.sort()
            try writer.add(numbers: entries.map { UInt32($0 >> 8) })
            sortedFlags.append(entries.map { UInt8($0 & 0xFF) })
        }
    }

    /// Sorted, each number once.
    private static func sortOnce(_ numbers: inout [UInt32]) {
        numbers.sort()
        var kept = 0
        for number in numbers where kept == 0 || numbers[kept - 1] != number {
            numbers[kept] = number
            kept += 1
        }
        numbers.removeLast(numbers.count - kept)
    }

    /// Where consecutive lists of these lengths begin and the last one ends.
    private func ends(_ lengths: [Int]) -> [UInt32] {
        var ends: [UInt32] = [0]
        ends.reserveCapacity(lengths.count + 1)
        for length in lengths { ends.append(ends[ends.count - 1] + UInt32(length)) }
        return ends
    }
}
