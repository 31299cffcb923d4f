import Records
import Text

/// One table file in memory: its header, and the position of each line's columns.  Strings are made only when a term is
/// asked for; the format is described in `vocab/README.md`.
struct TermTable: Sendable {
    static let columns = ["id", "label", "synonyms", "acronyms", "adjectives", "parents", "xrefs", "implies", "flags"]

    let name: String
    let facet: Facet
    let scheme: String
    /// Further codes that sources use for the table: `AIA` for the Allen mouse atlas.
    let aliases: [String]
    let species: String?
    let bytes: [UInt8]
    /// Nine ranges a line, in column order.
    let cells: [Range<Int32>]

    var count: Int { cells.count / 9 }

    /// The position of a cell.
    func range(_ line: Int, _ column: Column) -> Range<Int> {
        let cell = cells[line * 9 + column.rawValue]
        return Int(cell.lowerBound)..<Int(cell.upperBound)
    }

    /// Bytes of a cell.
    func cell(_ line: Int, _ column: Column) -> ArraySlice<UInt8> { bytes[range(line, column)] }

    /// The values of a cell, without empty ones.
    func values(_ line: Int, _ column: Column) -> [ArraySlice<UInt8>] {
        var values: [ArraySlice<UInt8>] = []
        forEachValue(line, column) { values.append(bytes[$0]) }
        return values
    }

    /// The positions of the values of a cell, one after the other.
    @inline(__always)
    func forEachValue(_ line: Int, _ column: Column, _ body: (Range<Int>) -> Void) {
        let cell = range(line, column)
        if cell.isEmpty { return }
        var start = cell.lowerBound
        var index = start
        while index <= cell.upperBound {
            if index == cell.upperBound || bytes[index] == UInt8(ascii: "|") {
                if index > start { body(start..<index) }
                start = index + 1
            }
            index += 1
        }
    }

    enum Column: Int { case id, label, synonyms, acronyms, adjectives, parents, xrefs, implies, flags }

    init(name: String, facet: Facet, bytes: [UInt8]) throws(VocabularyError) {
        var header: [String: String] = [:]
        guard bytes.count < Int(Int32.max) else {
            throw VocabularyError(kind: .malformed, detail: "\(name) has \(bytes.count) bytes; at most 2 GB are read")
        }
        var cells: [Range<Int32>] = []
        cells.reserveCapacity(bytes.count / 8)
        var start = 0
        var number = 0
        var hasColumns = false
        let width = Self.columns.count
        while start < bytes.count {
            number += 1
            var end = start
            while end < bytes.count, bytes[end] != 0x0a { end += 1 }
            defer { start = end + 1 }
            if end == start { continue }
            if bytes[start] == UInt8(ascii: "#") {
                if end > start + 1, bytes[start + 1] == UInt8(ascii: "!") {
                    let line = bytes[(start + 2)..<end]
                    guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { continue }
                    header[Self.trimmed(line[..<colon])] = Self.trimmed(line[(colon + 1)...])
                }
                continue
            }
            if !hasColumns {
                let line = String(decoding: bytes[start..<end], as: UTF8.self)
                guard line.split(separator: "\t").map(String.init) == Self.columns else {
                    throw VocabularyError(
                        kind: .malformed, detail: "\(name) line \(number): the column line must be \(Self.columns)")
                }
                hasColumns = true
                continue
            }
            var from = start
            var found = 0
            var index = start
            while index <= end {
                if index == end || bytes[index] == 0x09 {
                    if found < width { cells.append(Int32(from)..<Int32(index)) }
                    found += 1
                    from = index + 1
                }
                index += 1
            }
            guard found <= width, found >= 2 else {
                throw VocabularyError(
                    kind: .malformed, detail: "\(name) line \(number): \(found) columns instead of up to 9")
            }
            for _ in found..<width { cells.append(Int32(end)..<Int32(end)) }
        }
        if let stated = header["facet"], stated != facet.rawValue {
            throw VocabularyError(
                kind: .malformed, detail: "\(name) says facet \(stated) but stands in the folder \(facet.rawValue)")
        }
        self.name = name
        self.facet = facet
        self.bytes = bytes
        self.cells = cells
        scheme = header["scheme"] ?? name
        aliases = (header["aliases"] ?? "").split(separator: "|").map { Self.trimmed(Array($0.utf8)[...]) }
        species = header["species"]
    }

    /// The text between the spaces around it; bytes, because a header is read at every start.
    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> String {
        var bytes = bytes
        while let first = bytes.first, first == 0x20 { bytes.removeFirst() }
        while let last = bytes.last, last == 0x20 || last == 0x0d { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }
}
