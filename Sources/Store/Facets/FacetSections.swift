internal import CShims
internal import Mapping

/// The sections of an opened facet file, found through its section table.
struct FacetSections {
    let file: MappedFile
    private let path: String
    private let ranges: [Range<Int>]

    init(path: String) throws(StoreError) {
        let file: MappedFile
        do { file = try MappedFile(path: path) } catch {
            throw StoreError(error.kind == .missing ? .missing : .io, error.detail)
        }
        let bytes = file.bytes
        func bad(_ what: String) -> StoreError { StoreError(.corrupt, "\(path): \(what)") }
        guard bytes.count >= FacetLayout.payloadStart, bytes.prefix(8).elementsEqual(FacetLayout.magic) else {
            throw bad("is no facet file")
        }
        guard bytes.littleEndian(at: 8, as: UInt32.self) == UInt32(FacetLayout.version) else {
            throw StoreError(.schema, "\(path) has another version of the format; ingest the sources again")
        }
        guard
            bytes.littleEndian(at: 12, as: UInt32.self)
                == UInt32(FacetLayout.Section.allCases.count),
            bytes.littleEndian(at: 16, as: UInt64.self) == UInt64(bytes.count)
        else { throw bad("is truncated") }
        let rest = UnsafeRawBufferPointer(rebasing: bytes[FacetLayout.headerLength...])
        guard
            bytes.littleEndian(at: 24, as: UInt64.self)
                == discover_checksum64(rest.baseAddress, rest.count)
        else { throw bad("its checksum differs") }
        var ranges: [Range<Int>] = []
        for section in FacetLayout.Section.allCases {
            let entry = FacetLayout.headerLength + section.rawValue * 16
            let start = bytes.littleEndian(at: entry, as: UInt64.self)
            let length = bytes.littleEndian(at: entry + 8, as: UInt64.self)
            let (end, overflow) = start.addingReportingOverflow(length)
            guard !overflow, start % 8 == 0, start >= UInt64(FacetLayout.payloadStart), end <= UInt64(bytes.count)
            else {
                throw bad("section \(section) lies outside of the file")
            }
            ranges.append(Int(start)..<Int(end))
        }
        self.file = file
        self.path = path
        self.ranges = ranges
    }

    func require(_ condition: Bool, _ what: String) throws(StoreError) {
        guard condition else { throw StoreError(.corrupt, "\(path): its \(what) do not fit together") }
    }

    func bytes(_ section: FacetLayout.Section) -> ByteList {
        ByteList(raw: UnsafeRawBufferPointer(rebasing: file.bytes[ranges[section.rawValue]]), owner: file)
    }

    func words(_ section: FacetLayout.Section) -> PostingList {
        PostingList(bytes(section).raw.bindMemory(to: UInt32.self), owner: file)
    }

    func shorts(_ section: FacetLayout.Section) -> ShortList {
        ShortList(numbers: bytes(section).raw.bindMemory(to: UInt16.self), owner: file)
    }

    func numbers(_ section: FacetLayout.Section) -> NumberList {
        NumberList(numbers: bytes(section).raw.bindMemory(to: UInt64.self), owner: file)
    }

    /// Lists of numbers, cut from one section by the offsets in another.
    func table(_ offsets: FacetLayout.Section, _ values: FacetLayout.Section, lists: Int) throws(StoreError)
        -> ListTable
    {
        let table = ListTable(offsets: words(offsets), values: words(values), owner: file)
        try require(isOffsets(table.offsets, lists: lists, total: table.values.count), "\(values)")
        return table
    }

    /// Whether numbers are the ends of consecutive lists that fill a section.
    func isOffsets(_ offsets: PostingList, lists: Int, total: Int) -> Bool {
        guard offsets.count == lists + 1, offsets[0] == 0, Int(offsets[lists]) == total else { return false }
        return zip(offsets, offsets.dropFirst()).allSatisfy { $0 <= $1 }
    }
}

/// Bytes inside a mapped facet file.
///
/// `@unchecked Sendable` for the reason given at ``PostingList``.
struct ByteList: RandomAccessCollection, @unchecked Sendable {
    let raw: UnsafeRawBufferPointer
    let owner: MappedFile

    var startIndex: Int { 0 }
    var endIndex: Int { raw.count }
    subscript(position: Int) -> UInt8 {
        precondition(position >= 0 && position < raw.count, "position outside of a byte list")
        return raw[position]
    }
    subscript(bytes range: Range<Int>) -> UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: raw[range]) }
}

/// Lists of numbers laid end to end.
struct ListTable: Sendable {
    let offsets: PostingList
    let values: PostingList
    let owner: MappedFile

    func range(_ list: Int) -> Range<Int> { Int(offsets[list])..<Int(offsets[list + 1]) }

    subscript(list: Int) -> PostingList {
        PostingList(UnsafeBufferPointer(rebasing: values.words[range(list)]), owner: owner)
    }
}
