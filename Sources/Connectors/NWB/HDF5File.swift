internal import CShims
internal import Glibc

/// An HDF5 file, opened to read names, attributes and small texts.  Never follows links into other files, never reads
/// an array of data.
///
/// libhdf5 keeps global state: one thread at a time.
final class HDF5File {
    private let file: Int64

    /// Nil when it is no HDF5 file.
    init?(path: String) {
        file = unsafe discover_hdf5_open(path)
        if file < 0 { return nil }
    }

    deinit { discover_hdf5_close(file) }

    enum Kind { case group, dataset }

    func kind(_ path: String) -> Kind? {
        switch unsafe discover_hdf5_kind(file, path) {
        case 1: .group
        case 2: .dataset
        default: nil
        }
    }

    /// Names in a group; at most 10,000.
    func names(_ path: String) -> [String] {
        let count = unsafe min(discover_hdf5_count(file, path), 10_000)
        guard count > 0 else { return [] }
        return (0..<count).compactMap { Self.text(unsafe discover_hdf5_name(file, path, $0)) }
    }

    /// Where a soft link points.
    func link(_ path: String) -> String? { Self.text(unsafe discover_hdf5_link(file, path)) }

    func attribute(_ name: String, of path: String) -> String? {
        Self.text(unsafe discover_hdf5_attribute(file, path, name)).flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Number of elements of a dataset.
    func extent(_ path: String) -> Int? {
        let extent = unsafe discover_hdf5_extent(file, path)
        return extent < 0 ? nil : Int(extent)
    }

    /// Texts of a dataset.
    func texts(_ path: String, limit: Int = 20_000) -> [String] {
        var texts: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
        let count = unsafe discover_hdf5_texts(file, path, Int64(limit), &texts)
        defer { unsafe discover_hdf5_free_texts(texts, count) }
        guard let texts = unsafe texts else { return [] }
        return (0..<Int(count)).map { index in
            unsafe texts[index].map { unsafe String(cString: $0) } ?? ""
        }
    }

    /// The text of a dataset that holds one.
    func text(_ path: String) -> String? {
        texts(path, limit: 1).first.flatMap { $0.contains { !$0.isWhitespace } ? $0 : nil }
    }

    /// The number of a dataset that holds one.
    func number(_ path: String) -> Double? {
        var number = 0.0
        guard unsafe discover_hdf5_numbers(file, path, 1, &number) == 1, number.isFinite else { return nil }
        return number
    }

    private static func text(_ pointer: UnsafeMutablePointer<CChar>?) -> String? {
        guard let pointer = unsafe pointer else { return nil }
        defer { unsafe free(pointer) }
        return unsafe String(cString: pointer)
    }
}
