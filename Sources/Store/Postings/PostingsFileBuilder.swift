internal import CShims
internal import Mapping

/// Writes `text.postings` from the full-text index, which is read once, word by word, through `fts5vocab`
/// (https://www.sqlite.org/fts5.html section 9): nothing is tokenised a second time.
///
/// Memory: 8 bytes per record, 20 bytes and its text per distinct word; postings and skip entries are written to disk
/// as they are read.
struct PostingsFileBuilder {
    private let file: AppendedFile
    private let records: Int
    private var lengths: [UInt32] = []
    private var seen: [UInt32]
    private var codes = FrequencyCodes()
    private var termEnds: [UInt32] = [0]
    private var termTexts: [UInt8] = []
    /// Start (two words), number of records and first skip entry of each term.
    private var terms: [UInt32] = []
    private let skips: Spool

    // The term that is being read.
    private var documents: [UInt32] = []
    private var frequencies: [Frequencies] = []
    private var blocks: [UInt8] = []
    private var termSkips: [UInt8] = []
    private var held = 0
    private var last = -1

    /// Reads the full-text index of a connection and writes the file; the caller waits for the medium.
    static func write(_ connection: Connection, records: Int, to path: String) throws(StoreError) {
        precondition(Schema.textColumns.count <= PostingsLayout.columns, "a skip entry has room for four columns")
        var builder = PostingsFileBuilder(file: try AppendedFile(path: path), records: records)
        try builder.file.append([UInt8](repeating: 0, count: PostingsLayout.headerLength))
        try builder.readLengths(connection)
        try builder.readWords(connection)
        try builder.finish()
    }

    private init(file: AppendedFile, records: Int) {
        self.file = file
        self.records = records
        skips = Spool(path: "\(file.path).skips.tmp")
        seen = [UInt32](repeating: 0, count: records)
        documents.reserveCapacity(PostingsLayout.block)
        frequencies.reserveCapacity(PostingsLayout.block)
    }

    /// Tokens of each record: FTS5 keeps them by column, as variable-length numbers of SQLite.
    private mutating func readLengths(_ connection: Connection) throws(StoreError) {
        lengths.reserveCapacity(records)
        let statement = try connection.prepare("SELECT id, sz FROM search_docsize ORDER BY id")
        while try statement.step() {
            guard statement.int(0) == lengths.count else {
                throw StoreError(.corrupt, "the full-text index skips row \(lengths.count)")
            }
            var total: UInt64 = 0
            var number: UInt64 = 0
            for byte in statement.bytes(1) {
                number = number << 7 | UInt64(byte & 0x7f)
                if byte < 0x80 {
                    total += number
                    number = 0
                }
            }
            lengths.append(UInt32(clamping: total))
        }
        guard lengths.count == records else {
            throw StoreError(.corrupt, "the full-text index holds \(lengths.count) records instead of \(records)")
        }
    }

    /// One row per word, record and position, sorted by these.
    private mutating func readWords(_ connection: Connection) throws(StoreError) {
        let names = Schema.textColumns.map { Array($0.name.utf8) }
        try connection.execute("CREATE VIRTUAL TABLE temp.instance USING fts5vocab(main, search, instance)")
        let statement = try connection.prepare("SELECT term, doc, col FROM temp.instance")
        var term: [UInt8] = []
        var document = -1
        var counts = Frequencies()
        while try statement.step() {
            let text = statement.bytes(0)
            let row = statement.int(1)
            let isSame = document >= 0 && term.count == text.count && text.elementsEqual(term)
            if !isSame || row != document {
                if document >= 0 { try add(UInt32(document), counts) }
                if !isSame {
                    if document >= 0 { try endTerm(term) }
                    term = Array(text)
                }
                guard row >= 0, row < records else {
                    throw StoreError(.corrupt, "the full-text index holds row \(row) of \(records)")
                }
                document = row
                counts = Frequencies()
            }
            let name = statement.bytes(2)
            guard let column = names.firstIndex(where: { $0.count == name.count && name.elementsEqual($0) }) else {
                throw StoreError(.corrupt, "the full-text index names a column that it does not have")
            }
            counts[column] += 1
            seen[row] += 1
        }
        if document >= 0 {
            try add(UInt32(document), counts)
            try endTerm(term)
        }
        guard seen == lengths else {
            throw StoreError(.corrupt, "the full-text index counts other words than it holds")
        }
    }

    private mutating func add(_ document: UInt32, _ counts: Frequencies) throws(StoreError) {
        documents.append(document)
        frequencies.append(counts)
        held += 1
        if documents.count == PostingsLayout.block { endBlock() }
        // Long postings are written before they are complete.
        if blocks.count >= 1 << 20 { try spill() }
    }

    /// Bytes of this term that are in the file already.
    private var spilled = 0

    private mutating func spill() throws(StoreError) {
        try file.append(blocks)
        spilled += blocks.count
        blocks.removeAll(keepingCapacity: true)
    }

    private mutating func endBlock() {
        guard let end = documents.last else { return }
        let offset = UInt32(spilled + blocks.count)
        var gaps: [UInt32] = []
        var previous = last
        for document in documents {
            gaps.append(UInt32(Int(document) - previous - 1))
            previous = Int(document)
        }
        last = previous
        let widest = gaps.max() ?? 0
        let width = widest < 1 << 8 ? 1 : widest < 1 << 16 ? 2 : 4
        blocks.append(UInt8(width))
        for gap in gaps {
            for byte in 0..<width { blocks.append(UInt8(truncatingIfNeeded: gap >> UInt32(8 * byte))) }
        }
        var rare: [Frequencies] = []
        var most = Frequencies()
        var shortest = UInt32.max
        for (document, counts) in zip(documents, frequencies) {
            let code = codes.code(of: counts)
            blocks.append(code)
            if code == PostingsLayout.rare { rare.append(counts) }
            most = pointwiseMax(most, counts)
            shortest = min(shortest, lengths[Int(document)])
        }
        for counts in rare { PostingsFileBuilder.append(counts, to: &blocks) }
        PostingsFileBuilder.append(end, to: &termSkips)
        PostingsFileBuilder.append(offset, to: &termSkips)
        for column in 0..<PostingsLayout.columns { termSkips.append(UInt8(clamping: most[column])) }
        PostingsFileBuilder.append(UInt32(UInt16(clamping: shortest)), to: &termSkips)
        documents.removeAll(keepingCapacity: true)
        frequencies.removeAll(keepingCapacity: true)
    }

    private mutating func endTerm(_ text: [UInt8]) throws(StoreError) {
        endBlock()
        let start = UInt64(file.count - PostingsLayout.headerLength - spilled)
        try spill()
        guard termTexts.count + text.count <= Int(UInt32.max), spilled <= Int(UInt32.max) else {
            throw StoreError(.io, "\(file.path): more words than the format has room for")
        }
        terms += [
            UInt32(truncatingIfNeeded: start), UInt32(truncatingIfNeeded: start >> 32), UInt32(held),
            UInt32(skips.count / PostingsLayout.skipBytes),
        ]
        // One block needs no skipping.
        if held > PostingsLayout.block { skips.append(termSkips) }
        termTexts += text
        termEnds.append(UInt32(termTexts.count))
        termSkips.removeAll(keepingCapacity: true)
        held = 0
        last = -1
        spilled = 0
    }

    /// Everything behind the postings, and the header.
    private mutating func finish() throws(StoreError) {
        var table: [UInt64] = [UInt64(PostingsLayout.headerLength), UInt64(file.count - PostingsLayout.headerLength)]
        func section(_ write: () throws(StoreError) -> Void) throws(StoreError) {
            try file.append([UInt8](repeating: 0, count: (8 - file.count % 8) % 8))
            let start = file.count
            try write()
            table += [UInt64(start), UInt64(file.count - start)]
        }
        try section { () throws(StoreError) in
            try skips.forEachPiece { bytes throws(StoreError) in try file.append(bytes) }
        }
        try section { () throws(StoreError) in try file.append(numbers: lengths) }
        try section { () throws(StoreError) in
            try file.append(numbers: codes.all.flatMap { counts in (0..<PostingsLayout.columns).map { counts[$0] } })
        }
        try section { () throws(StoreError) in try file.append(numbers: termEnds) }
        try section { () throws(StoreError) in try file.append(numbers: terms) }
        try section { () throws(StoreError) in try file.append(termTexts) }

        let rest: [UInt64] = [UInt64(records), lengths.reduce(0) { $0 + UInt64($1) }] + table
        var remainder: [UInt8] = []
        remainder.append(littleEndian: rest)
        var header = PostingsLayout.magic
        header.append(littleEndian: [UInt32(PostingsLayout.version), UInt32(PostingsLayout.Section.allCases.count)])
        header.append(littleEndian: [UInt64(file.count), discover_checksum64(remainder, remainder.count)])
        try file.finish(header: header + remainder)
    }

    private static func append(_ number: UInt32, to bytes: inout [UInt8]) {
        for shift in [0, 8, 16, 24] as [UInt32] { bytes.append(UInt8(truncatingIfNeeded: number >> shift)) }
    }

    private static func append(_ counts: Frequencies, to bytes: inout [UInt8]) {
        for column in 0..<PostingsLayout.columns { append(counts[column], to: &bytes) }
    }
}

/// One byte for each of the first 255 ways in which words are spread over the columns; nearly all entries have one.
struct FrequencyCodes {
    /// In the order of the codes.
    private(set) var all: [Frequencies] = []
    /// For frequencies below 16 each, one more than the code, at four bits a column.
    private var small = [UInt16](repeating: 0, count: 1 << 16)
    private var large: [Frequencies: UInt8] = [:]

    /// The code; ``PostingsLayout/rare`` once there are no more.
    mutating func code(of counts: Frequencies) -> UInt8 {
        if counts.max() < 16 {
            let key = Int(counts[0] | counts[1] << 4 | counts[2] << 8 | counts[3] << 12)
            if small[key] > 0 { return UInt8(small[key] - 1) }
            guard all.count < Int(PostingsLayout.rare) else { return PostingsLayout.rare }
            all.append(counts)
            small[key] = UInt16(all.count)
        } else {
            if let known = large[counts] { return known }
            guard all.count < Int(PostingsLayout.rare) else { return PostingsLayout.rare }
            all.append(counts)
            large[counts] = UInt8(all.count - 1)
        }
        return UInt8(all.count - 1)
    }
}
