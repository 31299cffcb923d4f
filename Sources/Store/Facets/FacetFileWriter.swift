internal import CShims
internal import Glibc
internal import Mapping

/// Writes `facets.bin` section after section, so that no more than one buffer of it is in memory.
struct FacetFileWriter {
    private static let piece = 1 << 20
    private let path: String
    private let descriptor: Int32
    private var pending: [UInt8] = []
    /// Where the next byte goes, from the beginning of the file.
    private var position = 0
    private var table: [UInt64] = []
    private var sectionStart = 0

    init(path: String) throws(StoreError) {
        self.path = path
        descriptor = try Disk.open(path, O_RDWR | O_CREAT | O_TRUNC)
        // The header and the table are known last.
        try add([UInt8](repeating: 0, count: FacetLayout.payloadStart))
        sectionStart = position
    }

    /// Adds bytes to the section.
    mutating func add(_ bytes: some Collection<UInt8>) throws(StoreError) {
        pending.append(contentsOf: bytes)
        position += bytes.count
        if pending.count >= FacetFileWriter.piece { try flush() }
    }

    /// Adds numbers, the lowest byte of each first.
    mutating func add<Number: FixedWidthInteger>(numbers: [Number]) throws(StoreError) {
        try add(numbers.map(\.littleEndian).withUnsafeBytes { Array($0) })
    }

    /// Ends the section and begins the next one, at a multiple of eight bytes.
    mutating func endSection() throws(StoreError) {
        table += [UInt64(sectionStart), UInt64(position - sectionStart)]
        try add([UInt8](repeating: 0, count: (8 - position % 8) % 8))
        sectionStart = position
    }

    private mutating func flush() throws(StoreError) {
        try Disk.write(pending, to: descriptor, path)
        pending.removeAll(keepingCapacity: true)
    }

    /// Writes table and header and waits until all is on the medium.
    mutating func finish() throws(StoreError) {
        precondition(table.count == 2 * FacetLayout.Section.allCases.count, "every section is written")
        try flush()
        try Disk.rewrite(
            table.map(\.littleEndian).withUnsafeBytes { Array($0) }, at: FacetLayout.headerLength, of: descriptor, path)
        let checksum = try checksum()
        var header = FacetLayout.magic
        header.append(littleEndian: [UInt32(FacetLayout.version), UInt32(FacetLayout.Section.allCases.count)])
        header.append(littleEndian: [UInt64(position), checksum])
        try Disk.rewrite(header, at: 0, of: descriptor, path)
        try Disk.check(discover_fsync(descriptor), path)
    }

    /// Closes the file, finished or not.
    func end() { close(descriptor) }

    /// The checksum of all behind the header, read back in pieces.
    private func checksum() throws(StoreError) -> UInt64 {
        var state = discover_checksum()
        discover_checksum_begin(&state)
        var buffer = [UInt8](repeating: 0, count: FacetFileWriter.piece)
        var offset = FacetLayout.headerLength
        while offset < position {
            let wanted = min(buffer.count, position - offset)
            try Disk.read(wanted, at: offset, of: descriptor, path, into: &buffer)
            discover_checksum_add(&state, buffer, wanted)
            offset += wanted
        }
        return discover_checksum_end(&state)
    }
}
