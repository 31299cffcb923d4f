/// The layout of `text.postings`, described in `docs/index-format.md`: the records that contain a word and its
/// frequency in each column, for scoring without FTS5.
enum PostingsLayout {
    static let magic: [UInt8] = Array("DSCWORDS".utf8)
    static let version = 1
    /// Entries of a block, which are stored, skipped and bounded together.
    static let block = 128
    /// More columns than this would not fit into a skip entry.
    static let columns = 4
    /// The code of an entry whose frequencies are stored behind the block's codes.
    static let rare: UInt8 = 255
    /// Bytes of a term's entry and of a block's skip entry.
    static let termBytes = 16
    static let skipBytes = 16
    /// Bytes of the frequencies of an entry that has no code.
    static let tupleBytes = 4 * columns

    /// The sections in the order of the header's table, which is the order of the file.
    enum Section: Int, CaseIterable {
        case blocks, skips, lengths, codes, termEnds, terms, termTexts
    }

    /// Offsets of the numbers in the header.
    enum Offset {
        static let version = 8
        static let sections = 12
        static let length = 16
        static let checksum = 24
        static let records = 32
        static let tokens = 40
        static let table = 48
    }

    /// Magic, version, sections, length, checksum, records, tokens, section table.
    static let headerLength = Offset.table + Section.allCases.count * 16
}

/// How often a word occurs in each column of one record.
typealias Frequencies = SIMD4<UInt32>
