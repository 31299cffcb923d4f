internal import CShims
internal import Mapping

/// The postings of `text.postings`, memory-mapped: for each word its records with the frequencies by column.
///
/// Opening checks the header and the sizes of the sections, in microseconds; what is read later is checked where it is
/// read, so that a damaged file gives an error and never a wild read.  `verify` checks every byte.
///
/// `@unchecked Sendable`: the bytes never change and the tables are made once.
final class PostingsFile: @unchecked Sendable {
    let path: String
    /// Number of records.
    let count: Int
    /// Mean number of words of a record.
    let meanLength: Double
    private let file: MappedFile
    let blocks: UnsafeRawBufferPointer
    let skips: UnsafeRawBufferPointer
    /// Number of words of each record.
    let lengths: UnsafeBufferPointer<UInt32>
    /// The frequencies that each code means.
    let codes: [Frequencies]
    private let termEnds: UnsafeBufferPointer<UInt32>
    private let terms: UnsafeRawBufferPointer
    private let termTexts: UnsafeRawBufferPointer
    /// BM25's share of a record's length, `k1 * (1 - b + b * length / mean)`, for each length below the number of
    /// entries.
    let lengthShares: UnsafePointer<Double>

    /// Lengths whose share is looked up and not computed.
    static let tabulated = 4096

    /// Constants of FTS5's BM25.
    enum BM25 {
        static let k1 = 1.2
        static let b = 0.75
    }

    /// - Parameter records: number of records of the generation.
    init(path: String, records: Int) throws(StoreError) {
        let file: MappedFile
        do { file = try MappedFile(path: path) } catch {
            throw StoreError(error.kind == .missing ? .corrupt : .io, error.detail)
        }
        let bytes = file.bytes
        func bad(_ what: String) -> StoreError { StoreError(.corrupt, "\(path): \(what)") }
        guard bytes.count >= PostingsLayout.headerLength, bytes.prefix(8).elementsEqual(PostingsLayout.magic) else {
            throw bad("is no file of postings")
        }
        func word(_ offset: Int) -> UInt32 { bytes.littleEndian(at: offset) }
        func long(_ offset: Int) -> UInt64 { bytes.littleEndian(at: offset) }
        guard word(PostingsLayout.Offset.version) == UInt32(PostingsLayout.version) else {
            throw StoreError(.schema, "\(path) has another version of the format; ingest the sources again")
        }
        guard word(PostingsLayout.Offset.sections) == UInt32(PostingsLayout.Section.allCases.count),
            long(PostingsLayout.Offset.length) == UInt64(bytes.count)
        else { throw bad("is truncated") }
        let rest = UnsafeRawBufferPointer(rebasing: bytes[PostingsLayout.Offset.records..<PostingsLayout.headerLength])
        guard long(PostingsLayout.Offset.checksum) == discover_checksum64(rest.baseAddress, rest.count) else {
            throw bad("the checksum of its header differs")
        }
        var sections: [UnsafeRawBufferPointer] = []
        for section in PostingsLayout.Section.allCases {
            let entry = PostingsLayout.Offset.table + section.rawValue * 16
            let (end, overflow) = long(entry).addingReportingOverflow(long(entry + 8))
            guard !overflow, long(entry) % 8 == 0, end <= UInt64(bytes.count) else {
                throw bad("section \(section) lies outside of the file")
            }
            sections.append(UnsafeRawBufferPointer(rebasing: bytes[Int(long(entry))..<Int(end)]))
        }
        func content(_ section: PostingsLayout.Section) -> UnsafeRawBufferPointer { sections[section.rawValue] }
        blocks = content(.blocks)
        skips = content(.skips)
        lengths = content(.lengths).bindMemory(to: UInt32.self)
        termEnds = content(.termEnds).bindMemory(to: UInt32.self)
        terms = content(.terms)
        termTexts = content(.termTexts)
        let tuples = content(.codes).bindMemory(to: UInt32.self)
        guard long(PostingsLayout.Offset.records) == UInt64(records), lengths.count == records else {
            throw bad("counts other records than the manifest")
        }
        guard termEnds.count == terms.count / PostingsLayout.termBytes + 1, terms.count % PostingsLayout.termBytes == 0,
            tuples.count % PostingsLayout.columns == 0,
            tuples.count / PostingsLayout.columns <= Int(PostingsLayout.rare)
        else { throw bad("its words do not fit together") }
        codes = stride(from: 0, to: tuples.count, by: PostingsLayout.columns).map { start in
            Frequencies(tuples[start], tuples[start + 1], tuples[start + 2], tuples[start + 3])
        }
        count = records
        let mean = records > 0 ? Double(long(PostingsLayout.Offset.tokens)) / Double(records) : 0
        meanLength = mean
        let shares = UnsafeMutablePointer<Double>.allocate(capacity: PostingsFile.tabulated)
        for length in 0..<PostingsFile.tabulated {
            (shares + length).initialize(to: PostingsFile.share(ofLength: Double(length), mean: mean))
        }
        lengthShares = UnsafePointer(shares)
        self.file = file
        self.path = path
    }

    deinit { lengthShares.deallocate() }

    /// In the order of FTS5's own steps, so that the same numbers come out.
    static func share(ofLength length: Double, mean: Double) -> Double {
        BM25.k1 * (1 - BM25.b + BM25.b * length / mean)
    }

    /// Where the postings of a word are.
    struct List {
        /// Number of records.
        let count: Int
        /// Of its first block in ``PostingsFile/blocks``.
        let start: Int
        /// Of its first entry in ``PostingsFile/skips``; only for more than one block.
        let firstSkip: Int
    }

    /// The postings of a token; nil if no record has it.
    func list(of token: [UInt8]) throws(StoreError) -> List? {
        var low = 0
        var high = termEnds.count - 1
        while low < high {
            let middle = (low + high) / 2
            if try text(middle).lexicographicallyPrecedes(token) { low = middle + 1 } else { high = middle }
        }
        guard low < termEnds.count - 1, try text(low).elementsEqual(token) else { return nil }
        let entry = low * PostingsLayout.termBytes
        func word(_ position: Int) -> UInt32 {
            terms.loadUnaligned(fromByteOffset: entry + 4 * position, as: UInt32.self).littleEndian
        }
        let start = UInt64(word(0)) | UInt64(word(1)) << 32
        let list = List(count: Int(word(2)), start: Int(truncatingIfNeeded: start), firstSkip: Int(word(3)))
        let skipped = list.count > PostingsLayout.block ? (list.count - 1) / PostingsLayout.block + 1 : 0
        guard start < UInt64(blocks.count), list.count > 0, list.count <= count,
            (list.firstSkip + skipped) * PostingsLayout.skipBytes <= skips.count
        else { throw damaged() }
        return list
    }

    private func text(_ term: Int) throws(StoreError) -> UnsafeRawBufferPointer {
        let (start, end) = (Int(termEnds[term]), Int(termEnds[term + 1]))
        guard start <= end, end <= termTexts.count else { throw damaged() }
        return UnsafeRawBufferPointer(rebasing: termTexts[start..<end])
    }

    /// The error for bytes that cannot be what was written.
    func damaged() -> StoreError {
        StoreError(.corrupt, "\(path) is damaged; 'discover verify' tells more, 'discover rollback' goes back")
    }
}
