internal import CShims
internal import Glibc
import JSON

/// An HTTP cache on disk, kept between runs: for conditional requests, and so that an interrupted run can continue.
///
/// One file an address, named by a hash of it: a line of JSON with the address and what the server calls its state,
/// then the answer.  Addresses of people are taken out before anything is written, and what the portal no longer
/// shows is removed: at once when it says so, else at the end of a complete run.
final class HTTPCache {
    private let folder: String
    /// Files this run has read or written.
    private var touched: Set<String> = []
    private let withheld: (String) -> Bool

    /// Makes the folder, readable to its owner only, and removes what a killed run left half-written.
    ///
    /// - Parameter withheld: whether a text of an answer names what must not be kept.
    init(folder: String, withheld: @escaping (String) -> Bool = { _ in false }) throws(ConnectorError) {
        self.folder = folder
        self.withheld = withheld
        var path = ""
        for part in folder.split(separator: "/", omittingEmptySubsequences: false) {
            path += path.isEmpty && part.isEmpty ? "/" : (path.isEmpty || path == "/" ? "" : "/") + part
            if !path.isEmpty, FileKind(at: path) == nil { mkdir(path, 0o700) }
        }
        guard FileKind(at: folder) == .folder else {
            throw ConnectorError(.unusableLocation, "cannot make the folder '\(folder)' for the cache")
        }
        for name in try Files.names(in: folder) where name.hasSuffix(".answer.tmp") { unlink("\(folder)/\(name)") }
    }

    /// A kept answer.
    struct Entry {
        let value: JSONValue
        let etag: String?
        let modified: String?

        /// Headers that ask for the answer only if it has changed.
        var conditions: [String] {
            // A server that has an entity tag is asked by it alone (RFC 9110, 13.2.2).
            if let etag { return ["If-None-Match: \(etag)"] }
            return modified.map { ["If-Modified-Since: \($0)"] } ?? []
        }
    }

    /// The kept answer, nil when there is none that can be used.
    func entry(for address: WebAddress, maximumDepth: Int) -> Entry? {
        let path = path(of: address)
        guard FileKind(at: path) == .file, let bytes = try? Files.bytes(at: path, limit: 1 << 30),
            let newline = bytes.firstIndex(of: 10),
            let head = try? JSONReader.value(bytes[..<newline]), head["url"]?.string == address.text,
            let value = try? JSONReader.value(bytes[(newline + 1)...], maximumDepth: maximumDepth)
        else { return nil }
        return Entry(value: value, etag: head["etag"]?.text, modified: head["modified"]?.text)
    }

    /// Notes that a kept answer still holds.
    func touch(_ address: WebAddress) { touched.insert(path(of: address)) }

    /// Keeps an answer, when the server gave it a name to ask by.
    func keep(_ value: JSONValue, of address: WebAddress, headers: [String: String]) {
        let etag = headers["etag"].flatMap(Self.plain)
        let modified = headers["last-modified"].flatMap(Self.plain)
        guard etag != nil || modified != nil, !withheld(address.text), !isWithheld(value) else {
            return remove(address)
        }
        let head: JSONValue = .object([
            "url": .string(address.text), "etag": etag.map(JSONValue.string) ?? .null,
            "modified": modified.map(JSONValue.string) ?? .null,
        ])
        let path = path(of: address)
        let bytes = head.json + [10] + value.withoutAddresses.json
        if Self.write(bytes, to: path) { touched.insert(path) }
    }

    /// Whether any text of an answer names what must not be kept.
    private func isWithheld(_ value: JSONValue) -> Bool {
        switch value {
        case .string(let text): withheld(text)
        case .array(let items): items.contains(where: isWithheld)
        case .object(let members): members.contains { withheld($0.key) || isWithheld($0.value) }
        case .number: value.identifier.map(withheld) ?? false
        case .bool, .null: false
        }
    }

    /// Removes an answer the portal no longer gives.
    func remove(_ address: WebAddress) { unlink(path(of: address)) }

    /// Removes what a complete run has not met.
    func removeUntouched() {
        for name in (try? Files.names(in: folder)) ?? [] where name.hasSuffix(".answer") {
            if !touched.contains("\(folder)/\(name)") { unlink("\(folder)/\(name)") }
        }
    }

    /// A header's value, when it can be sent back in a header.
    private static func plain(_ value: String) -> String? {
        value.utf8.count < 1_000 && value.utf8.allSatisfy { $0 >= 32 && $0 < 127 } ? value : nil
    }

    private func path(of address: WebAddress) -> String {
        // FNV-1a, twice with different seeds: names of files, not a defence.
        var hashes: [UInt64] = [0xCBF2_9CE4_8422_2325, 0x9AE1_6A3B_2F90_404F]
        for byte in address.text.utf8 {
            for index in hashes.indices { hashes[index] = (hashes[index] ^ UInt64(byte)) &* 0x100_0000_01B3 }
        }
        return "\(folder)/\(hashes.map { String($0, radix: 16) }.joined(separator: "-")).answer"
    }

    /// Writes a temporary file and renames it, so that an incomplete file is never read.  Not synchronised: what a
    /// power cut makes of an answer is no JSON, and is asked for again.
    private static func write(_ bytes: [UInt8], to path: String) -> Bool {
        let aside = path + ".tmp"
        let file = open(aside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard file >= 0 else { return false }
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { buffer in
                unsafe discover_write(file, buffer.baseAddress?.advanced(by: written), buffer.count - written)
            }
            guard count > 0 else { break }
            written += count
        }
        close(file)
        guard written == bytes.count, discover_rename(aside, path) == 0 else {
            unlink(aside)
            return false
        }
        return true
    }
}
