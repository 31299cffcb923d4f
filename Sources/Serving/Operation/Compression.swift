import CShims
import Glibc

/// The gzip coding (RFC 9110 section 8.4.1.3).
enum Compression {
    /// Answers shorter than this are sent as they are: one packet either way.
    static let threshold = 1400

    /// Whether a client takes gzip.
    static func isAccepted(_ field: String?) -> Bool {
        guard let field else { return false }
        var best: (gzip: Double?, any: Double?) = (nil, nil)
        for entry in field.lowercased().split(separator: ",") {
            let pieces = entry.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" } }
            var quality = 1.0
            for piece in pieces.dropFirst() where piece.hasPrefix("q=") { quality = Double(piece.dropFirst(2)) ?? 0 }
            switch pieces.first {
            case "gzip"?, "x-gzip"?: best.gzip = quality
            case "*"?: best.any = quality
            default: continue
            }
        }
        return (best.gzip ?? best.any ?? 0) > 0
    }

    /// The bytes compressed; nil when that fails or does not pay.
    static func gzip(_ bytes: [UInt8]) -> [UInt8]? {
        var size = 0
        guard let packed = bytes.withUnsafeBytes({ discover_gzip($0.baseAddress, $0.count, 5, &size) }) else {
            return nil
        }
        defer { free(packed) }
        guard size < bytes.count else { return nil }
        return Array(UnsafeRawBufferPointer(start: packed, count: size))
    }
}
