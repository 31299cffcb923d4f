import FoundationEssentials
import Glibc
import LinearAlgebra
import Mapping

/// A `.safetensors` file: eight bytes with the length of a JSON header, the header, then the numbers
/// (https://huggingface.co/docs/safetensors).  Every offset is checked against the file when it is opened, so that
/// taking a tensor cannot reach outside.
struct SafeTensors: Sendable {
    /// One array in the file.
    struct Tensor: Sendable {
        let type: String
        let shape: [Int]
        /// Bytes in the file.
        let range: Range<Int>
    }

    let file: MappedFile
    let tensors: [String: Tensor]
    /// Where the numbers begin.
    let payload: Int

    init(path: String) throws(EncoderError) {
        do { file = try MappedFile(path: path) } catch {
            throw EncoderError(error.kind == .missing ? .missing : .corrupt, error.detail)
        }
        guard file.count >= 8 else { throw EncoderError(.corrupt, "\(path) has \(file.count) bytes") }
        let length = file.bytes.littleEndian(at: 0, as: UInt64.self)
        guard length <= UInt64(file.count - 8) else {
            throw EncoderError(.corrupt, "\(path) is truncated or no safetensors file")
        }
        payload = 8 + Int(length)
        let header: Header
        do {
            header = try JSONDecoder().decode(Header.self, from: Data(file.bytes[8..<payload]))
        } catch {
            throw EncoderError(.corrupt, "\(path) has no safetensors header")
        }
        var tensors: [String: Tensor] = [:]
        for (name, entry) in header.entries {
            tensors[name] = try Self.check(entry, name, path: path, payload: payload, end: file.count)
        }
        self.tensors = tensors
    }

    private static func check(
        _ entry: Entry, _ name: String, path: String, payload: Int, end: Int
    ) throws(EncoderError) -> Tensor {
        let sizes = [
            "F32": 4, "F16": 2, "BF16": 2, "F64": 8, "I64": 8, "I32": 4, "I16": 2, "I8": 1, "U8": 1, "BOOL": 1,
        ]
        guard let size = sizes[entry.dtype] else {
            throw EncoderError(.unsupported, "\(path): \(name) is of type \(entry.dtype)")
        }
        var bytes = size
        for side in entry.shape {
            let (product, overflow) = bytes.multipliedReportingOverflow(by: side)
            guard side >= 0, !overflow else { throw EncoderError(.corrupt, "\(path): shape of \(name)") }
            bytes = product
        }
        guard entry.offsets.count == 2, entry.offsets[0] >= 0, entry.offsets[1] >= entry.offsets[0],
            entry.offsets[1] - entry.offsets[0] == bytes
        else { throw EncoderError(.corrupt, "\(path): offsets of \(name)") }
        guard entry.offsets[1] <= end - payload else {
            throw EncoderError(.corrupt, "\(path) is truncated: \(name) ends outside the file")
        }
        return Tensor(
            type: entry.dtype, shape: entry.shape, range: payload + entry.offsets[0]..<payload + entry.offsets[1])
    }

    /// A tensor of the given shape as floats: a view of the file where it holds aligned 32-bit floats, else a
    /// converted copy.  A vector comes as one row.
    func matrix(_ name: String, shape: [Int]) throws(EncoderError) -> Matrix {
        guard let tensor = tensors[name] else { throw EncoderError(.corrupt, "\(file.path) has no \(name)") }
        guard tensor.shape == shape else {
            throw EncoderError(.corrupt, "\(file.path): \(name) is \(tensor.shape), the configuration says \(shape)")
        }
        let rows = shape.count == 2 ? shape[0] : 1
        let columns = shape.last ?? 1
        let bytes = UnsafeRawBufferPointer(rebasing: file.bytes[tensor.range])
        guard let start = bytes.baseAddress, rows > 0, columns > 0 else {
            throw EncoderError(.corrupt, "\(file.path): \(name) is empty")
        }
        let numbers = start.assumingMemoryBound(to: Float.self)
        if tensor.type == "F32", Int(bitPattern: start) % MemoryLayout<Float>.alignment == 0 {
            return Matrix(rows: rows, columns: columns, at: numbers, keptBy: file)
        }
        let count = rows * columns
        switch tensor.type {
        case "F32": return Matrix(rows: rows, columns: columns) { memcpy($0, start, 4 * count) }
        case "F16": return Matrix(rows: rows, columns: columns) { HalfFloat.widen(start, into: $0, count: count) }
        case "BF16": return Matrix(rows: rows, columns: columns) { BrainFloat.widen(start, into: $0, count: count) }
        default:
            throw EncoderError(
                .unsupported, "\(file.path): \(name) is of type \(tensor.type); computed here are F32, F16 and BF16")
        }
    }

    private struct Entry: Decodable {
        let dtype: String
        let shape: [Int]
        let offsets: [Int]

        private enum CodingKeys: String, CodingKey {
            case dtype, shape
            case offsets = "data_offsets"
        }
    }

    /// The header is an object whose keys are the names, and `__metadata__`, which is something else.
    private struct Header: Decodable {
        var entries: [(String, Entry)] = []

        private struct Name: CodingKey {
            let stringValue: String
            let intValue: Int? = nil
            init(stringValue: String) { self.stringValue = stringValue }
            init?(intValue: Int) { nil }
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Name.self)
            for key in container.allKeys where key.stringValue != "__metadata__" {
                entries.append((key.stringValue, try container.decode(Entry.self, forKey: key)))
            }
        }
    }
}
