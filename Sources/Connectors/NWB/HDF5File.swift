internal import CShims
internal import Glibc

/// The names, attributes and small texts of an HDF5 file, read once in a process of its own, see
/// `discover_hdf5_read`.  Never follows links into other files, never holds an array of data.
struct HDF5File {
    /// The kind of a path.
    enum Kind { case group, dataset }

    /// Why there is nothing to read.
    enum Failure: Error { case noHDF5, damaged }

    private var kinds: [String: Kind] = [:]
    private var children: [String: [String]] = [:]
    private var links: [String: String] = [:]
    private var attributes: [String: [String: String]] = [:]
    private var extents: [String: Int] = [:]
    private var allTexts: [String: [String]] = [:]

    /// - Parameter seconds: longest time to read it.
    init(path: String, seconds: UInt32) throws(Failure) {
        var bytes: UnsafeMutablePointer<CChar>?
        var length = 0
        let end = unsafe discover_hdf5_read(path, seconds, &bytes, &length)
        defer { unsafe free(bytes) }
        guard end != Int32(DISCOVER_HDF5_NONE.rawValue) else { throw .noHDF5 }
        guard end == Int32(DISCOVER_HDF5_READ.rawValue) else { throw .damaged }
        take(Array(unsafe UnsafeRawBufferPointer(start: bytes, count: length)))
    }

    /// Takes the records of `discover_hdf5_read` in; what is cut short is left out.
    private mutating func take(_ bytes: [UInt8]) {
        var at = 0
        func field() -> String? {
            guard at + 4 <= bytes.count else { return nil }
            let length = (0..<4).reduce(0) { $0 | Int(bytes[at + $1]) << (8 * $1) }
            guard at + 4 + length <= bytes.count else { return nil }
            defer { at += 4 + length }
            return String(decoding: bytes[(at + 4)..<(at + 4 + length)], as: UTF8.self)
        }
        while at < bytes.count {
            let tag = bytes[at]
            at += 1
            guard let path = field(), let first = field(), let second = field() else { return }
            switch tag {
            case UInt8(ascii: "G"): add(path, .group)
            case UInt8(ascii: "D"):
                add(path, .dataset)
                extents[path] = Int(first)
            case UInt8(ascii: "L"):
                add(path, nil)
                links[path] = first
            case UInt8(ascii: "A"): attributes[path, default: [:]][first] = second
            case UInt8(ascii: "T"), UInt8(ascii: "N"): allTexts[path, default: []].append(first)
            default: return
            }
        }
    }

    private mutating func add(_ path: String, _ kind: Kind?) {
        kinds[path] = kind
        guard path != "/", let slash = path.lastIndex(of: "/") else { return }
        let parent = slash == path.startIndex ? "/" : String(path[..<slash])
        children[parent, default: []].append(String(path[path.index(after: slash)...]))
    }

    /// The path a path leads to, when it is a soft link.
    private func resolved(_ path: String) -> String {
        guard let target = links[path] else { return path }
        return target.hasPrefix("/") ? target : path
    }

    /// The object at a path; nil if there is none.
    func kind(_ path: String) -> Kind? { kinds[resolved(path)] }

    /// Names in a group, sorted.
    func names(_ path: String) -> [String] { children[resolved(path)] ?? [] }

    /// Where a soft link points.
    func link(_ path: String) -> String? { links[path] }

    /// An attribute of a group or dataset as text.
    func attribute(_ name: String, of path: String) -> String? {
        attributes[resolved(path)]?[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Number of elements of a dataset.
    func extent(_ path: String) -> Int? { extents[resolved(path)] }

    /// Texts of a dataset.
    func texts(_ path: String) -> [String] { allTexts[resolved(path)] ?? [] }

    /// The text of a dataset that holds one.
    func text(_ path: String) -> String? {
        texts(path).first.flatMap { $0.contains { !$0.isWhitespace } ? $0 : nil }
    }
}
