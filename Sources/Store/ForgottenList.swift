internal import FoundationEssentials
internal import JSON
package import Records

/// The records that `forget` removed and that every later run leaves out, until the request is withdrawn.
///
/// The file, `forgotten.json` in the index folder, holds no id: only SHA-256 digests of ids behind a random salt.  Ids
/// of small number spaces (DANDI's six digits) can still be guessed by whoever reads the file and tries all of them.
/// It ends with a checksum, and a damaged file stops every run: continuing without it could bring a record back.
package struct ForgottenList: Sendable, Hashable {
    /// The scope of a request to forget.
    package enum Reach: String, Codable, Sendable, Hashable {
        /// The record alone.
        case record
        /// The record and what is part of it, now and later.
        case children
    }

    private struct Entry: Codable, Sendable, Hashable {
        var mark: String
        var native: String
        var reach: Reach
        /// Digest of the requested id, if this one follows from it.
        var cause: String
        var since: String
    }
    private struct Content: Codable, Sendable, Hashable {
        var salt: String
        var entries: [Entry]
    }
    private struct Sealed: Codable {
        var content: Content
        var sha256: String
    }

    private var content: Content
    private var reaches: [String: Reach] = [:]
    private var natives: Set<String> = []

    /// Number of requests.
    package var count: Int { content.entries.count }
    package var isEmpty: Bool { content.entries.isEmpty }

    /// An empty list.
    package init() {
        let salt = (0..<4).map { _ in String(UInt64.random(in: .min ... .max), radix: 16) }.joined()
        content = Content(salt: salt, entries: [])
    }

    /// Reads the list of an index; empty when there is none.  Kind `corrupt` when it is damaged.
    package init(of index: IndexFolder) throws(StoreError) {
        let path = ForgottenList.path(of: index)
        guard Disk.exists(path) else {
            self.init()
            return
        }
        let bytes = try Disk.contents(of: path)
        guard let sealed = try? JSONDecoder().decode(Sealed.self, from: Data(bytes)),
            try ForgottenList.checksum(of: sealed.content) == sealed.sha256
        else {
            throw StoreError(
                .corrupt,
                "\(path), the list of records that were taken down, is damaged; nothing runs until it is restored from a "
                    + "backup, or removed and every 'discover forget' given again")
        }
        self.init()
        content = sealed.content
        arrange()
    }

    private mutating func arrange() {
        reaches = [:]
        natives = []
        for entry in content.entries {
            // The wider scope applies if both were requested.
            if reaches[entry.mark] != .children { reaches[entry.mark] = entry.reach }
            natives.insert(entry.native)
        }
    }

    /// The scope of the request for an id, nil if there is none.
    package func reach(of id: some CustomStringConvertible) -> Reach? {
        isEmpty ? nil : reaches[mark(id.description)]
    }

    /// Whether a text is, or holds between separators, the source's own id of a forgotten record: what decides which
    /// raw answers are not kept.
    package func isMentioned(in text: String) -> Bool {
        guard !isEmpty, text.utf8.count <= 400 else { return false }
        if natives.contains(mark(text)) { return true }
        let pieces = text.split { ":/?&=, ".contains($0) }
        return pieces.count > 1 && pieces.contains { natives.contains(mark(String($0))) }
    }

    /// Adds a request; an equal one changes nothing.  `cause` is the requested id that this one follows from.
    package mutating func add(_ id: RecordID, reach: Reach, cause: RecordID) {
        let entry = Entry(
            mark: mark(id.description), native: mark(id.native), reach: reach, cause: mark(cause.description),
            since: Timestamp.now().iso)
        let isKnown = content.entries.contains {
            $0.mark == entry.mark && $0.reach == reach && $0.cause == entry.cause
        }
        guard !isKnown else { return }
        content.entries.append(entry)
        // In the order of the digests, which reveals nothing.
        content.entries.sort { ($0.mark, $0.reach.rawValue, $0.cause) < ($1.mark, $1.reach.rawValue, $1.cause) }
        arrange()
    }

    /// Withdraws every request for an id, and what followed from it; false if there was none.
    package mutating func withdraw(_ id: RecordID) -> Bool {
        let mark = mark(id.description)
        let before = content.entries.count
        content.entries.removeAll { $0.mark == mark || $0.cause == mark }
        arrange()
        return content.entries.count < before
    }

    /// Writes the list in one step.
    package func write(to index: IndexFolder, lock: IndexLock) throws(StoreError) {
        let bytes: [UInt8]
        do {
            let sealed = try Sealed(content: content, sha256: ForgottenList.checksum(of: content))
            bytes = try JSONValue(encoding: sealed).json(.spaced)
        } catch {
            throw StoreError(.io, "the list of forgotten records cannot be encoded: \(error)")
        }
        try Disk.replace(ForgottenList.path(of: index), with: bytes + [0x0A])
    }

    private func mark(_ text: String) -> String { Digest.sha256(of: Array("\(content.salt) \(text)".utf8)) }

    private static func path(of index: IndexFolder) -> String { "\(index.path)/forgotten.json" }

    private static func checksum(of content: Content) throws(StoreError) -> String {
        do {
            return Digest.sha256(of: try JSONValue(encoding: content).json)
        } catch {
            throw StoreError(.io, "the list of forgotten records cannot be encoded: \(error)")
        }
    }
}
