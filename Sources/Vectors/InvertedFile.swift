import LinearAlgebra
import Mapping

/// An inverted file over the rows of a vector file, mapped read-only: rows of similar direction are grouped into
/// inverted lists, with 8 bits per number, so that a query reads few of them (Jégou, Douze and Schmid 2011,
/// doi:10.1109/TPAMI.2010.57).
///
/// About 397 bytes a vector of 384 numbers.  Exact scores are computed from these codes and the residuals, which the
/// vector file then consists of.  Opening reads the header and the ends of the lists; nothing in the file, however
/// damaged, causes a read outside of it.
final class InvertedFile: Sendable {
    let header: InvertedFileHeader
    let path: String
    private let file: MappedFile
    // The sections, which end with the file.
    nonisolated(unsafe) let centroidCodes: UnsafePointer<Int8>
    nonisolated(unsafe) let centroidFactors: UnsafePointer<Float>
    nonisolated(unsafe) let means: UnsafePointer<Float>
    nonisolated(unsafe) let deviations: UnsafePointer<Float>
    nonisolated(unsafe) let ends: UnsafePointer<UInt32>
    nonisolated(unsafe) let rows: UnsafePointer<UInt32>
    nonisolated(unsafe) let factors: UnsafePointer<Float>
    nonisolated(unsafe) let codes: UnsafePointer<Int8>
    nonisolated(unsafe) let entries: UnsafePointer<UInt32>

    /// Opens the file that belongs to a vector file.
    init(path: String, of owner: VectorHeader) throws(VectorsError) {
        do { file = try MappedFile(path: path) } catch {
            throw VectorsError(error.kind == .missing ? .missing : .corrupt, error.detail)
        }
        let header = try InvertedFileHeader(file.bytes, of: owner, path: path)
        guard let start = file.bytes.baseAddress else { throw VectorsError(.corrupt, "\(path) is empty") }
        self.header = header
        self.path = path
        func section<Element>(_ section: InvertedFileHeader.Section) -> UnsafePointer<Element> {
            (start + header.offset(of: section)).assumingMemoryBound(to: Element.self)
        }
        centroidCodes = section(.centroidCodes)
        centroidFactors = section(.centroidFactors)
        means = section(.means)
        deviations = section(.deviations)
        ends = section(.ends)
        rows = section(.rows)
        factors = section(.factors)
        codes = section(.codes)
        entries = section(.entries)
        var last: UInt32 = 0
        for list in 0...header.lists {
            guard ends[list] >= last, list > 0 || ends[0] == 0 else { throw damaged }
            last = ends[list]
        }
        guard Int(last) == header.entries else { throw damaged }
    }

    var lists: Int { header.lists }

    /// The codes of rows whose entries are given, by default of all rows.
    func coded(_ entries: UnsafePointer<UInt32>? = nil) -> ResidualMatrix.Coded {
        ResidualMatrix.Coded(codes: codes, factors: factors, count: header.entries, entries: entries ?? self.entries)
    }

    /// Reads the whole file, compares it with its checksum, and checks that rows and entries lead to one another.
    func verify() throws(VectorsError) {
        var checksum = Fingerprint()
        checksum.add(words: UnsafeRawBufferPointer(rebasing: file.bytes[InvertedFileHeader.size...]))
        guard checksum.value == header.checksum else { throw damaged }
        for entry in 0..<header.entries {
            guard Int(rows[entry]) < header.rows, entries[Int(rows[entry])] == UInt32(entry) else { throw damaged }
        }
    }

    /// The error for inconsistent lists.
    var damaged: VectorsError { VectorsError(.corrupt, "\(path): the lists are not those that were written") }
}
