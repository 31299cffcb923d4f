import LinearAlgebra
import Mapping

/// An inverted file over the rows of a vector file, mapped read-only: rows of like direction stand together in lists,
/// in 8 bits a number, so that a query looks at few of them (Jégou, Douze and Schmid 2011, doi:10.1109/TPAMI.2010.57).
///
/// About 397 bytes a vector of 384 numbers.  Opening reads the header and the ends of the lists; nothing in the file,
/// however damaged, leads outside of it.
final class InvertedFile: Sendable {
    let header: ListsHeader
    let path: String
    private let file: MappedFile
    private nonisolated(unsafe) let base: UnsafeRawPointer

    /// Opens the file that belongs to a vector file.
    init(path: String, of owner: VectorHeader) throws(VectorsError) {
        do { file = try MappedFile(path: path) } catch {
            throw VectorsError(error.kind == .missing ? .missing : .corrupt, error.detail)
        }
        header = try ListsHeader(file.bytes, of: owner, path: path)
        guard let start = file.bytes.baseAddress else { throw VectorsError(.corrupt, "\(path) is empty") }
        base = start
        self.path = path
        var last: UInt32 = 0
        for list in 0...header.lists {
            guard ends[list] >= last, list > 0 || ends[0] == 0 else { throw damaged }
            last = ends[list]
        }
        guard Int(last) == header.entries else { throw damaged }
    }

    private func section<Element>(_ section: ListsHeader.Section, of type: Element.Type) -> UnsafePointer<Element> {
        (base + header.offset(of: section)).assumingMemoryBound(to: type)
    }

    var lists: Int { header.lists }
    var centroidCodes: UnsafePointer<Int8> { section(.centroidCodes, of: Int8.self) }
    var centroidFactors: UnsafePointer<Float> { section(.centroidFactors, of: Float.self) }
    var means: UnsafePointer<Float> { section(.means, of: Float.self) }
    var deviations: UnsafePointer<Float> { section(.deviations, of: Float.self) }
    var ends: UnsafePointer<UInt32> { section(.ends, of: UInt32.self) }
    var rows: UnsafePointer<UInt32> { section(.rows, of: UInt32.self) }
    var factors: UnsafePointer<Float> { section(.factors, of: Float.self) }
    var codes: UnsafePointer<Int8> { section(.codes, of: Int8.self) }
    var entries: UnsafePointer<UInt32> { section(.entries, of: UInt32.self) }

    /// Reads the whole file, compares it with its checksum, and checks that rows and entries lead to one another.
    func verify() throws(VectorsError) {
        var checksum = Fingerprint()
        checksum.add(words: UnsafeRawBufferPointer(rebasing: file.bytes[ListsHeader.size...]))
        guard checksum.value == header.checksum else { throw damaged }
        for entry in 0..<header.entries {
            guard Int(rows[entry]) < header.rows, entries[Int(rows[entry])] == UInt32(entry) else { throw damaged }
        }
    }

    /// What is thrown when the lists contradict themselves.
    var damaged: VectorsError { VectorsError(.corrupt, "\(path): the lists are not those that were written") }
}
