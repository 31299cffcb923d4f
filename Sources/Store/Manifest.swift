internal import FoundationEssentials
internal import JSON
package import Records

/// What a generation is, and the digests that verify it: the content of `manifest.json`.
package struct Manifest: Codable, Sendable, Hashable {
    /// Name of the generation, also of its folder.
    package var generation: String
    /// Fingerprint of ``Schema``; an index of another schema is refused.
    package var schema: String
    /// When it was built, ISO 8601 in UTC.
    package var created: String
    package var records: Int
    package var parts: Int
    /// Identity of what made its vectors, the sentence model or its own projection; nil when it has none.
    package var model: String?
    /// Length of a vector; 0 without vectors.
    package var dimensions: Int
    /// Fingerprint of the vocabulary tables the records were linked with.
    package var vocabulary: String
    /// Fingerprint of the program that linked the records; rows of another program are linked again.
    package var program: String?
    /// The generation it was built after and its stored difference refers to; nil when there was none.
    package var base: String?
    package var sources: [SourceState]
    package var files: [String: FileState]

    /// What the generation holds of one source.
    package struct SourceState: Codable, Sendable, Hashable {
        package var source: Source
        package var records: Int
        /// When its records were last fetched, ISO 8601 in UTC.
        package var harvested: String
        /// The URL, file or folder they came from.
        package var location: String
        /// Whether the last attempt to fetch it failed and older records are used.
        package var stale: Bool

        package init(source: Source, records: Int, harvested: String, location: String, stale: Bool) {
            self.source = source
            self.records = records
            self.harvested = harvested
            self.location = location
            self.stale = stale
        }
    }

    /// Size and SHA-256 (64 hexadecimal digits) of one file.
    package struct FileState: Codable, Sendable, Hashable {
        package var bytes: Int
        package var sha256: String
    }

    /// Names of the files of a generation.
    package enum File {
        package static let records = "records.sqlite"
        package static let facets = "facets.bin"
        package static let postings = "text.postings"
        package static let vectors = "vectors.bin"
        package static let lists = "vectors.ivf"
        package static let projection = "lsa.model"
        package static let manifest = "manifest.json"
        /// SHA-256 of the manifest, so that it cannot change unnoticed either.
        package static let seal = "manifest.sha256"
    }

    /// What every version of a manifest has.
    private struct Head: Codable {
        let schema: String
    }

    /// Kind `schema` when another version of the program wrote it, whatever else it holds; `corrupt` when its digest
    /// does not match.
    static func read(folder: String) throws(StoreError) -> Manifest {
        let path = "\(folder)/\(File.manifest)"
        let contents = try Disk.contents(of: path)
        let bytes = Data(contents)
        do {
            guard try JSONDecoder().decode(Head.self, from: bytes).schema == Schema.fingerprint else {
                throw StoreError(
                    .schema, "\(folder) was written by another version of discover; ingest the sources again")
            }
            let seal = try? Disk.contents(of: "\(folder)/\(File.seal)")
            guard seal == sealed(contents) else {
                throw StoreError(.corrupt, "\(path) is not what its checksum in \(File.seal) says")
            }
            return try JSONDecoder().decode(Manifest.self, from: bytes)
        } catch let error as StoreError {
            throw error
        } catch {
            throw StoreError(.corrupt, "\(path) is no manifest: \(error)")
        }
    }

    /// The content of the file with the manifest's digest.
    static func sealed(_ manifest: [UInt8]) -> [UInt8] { Array("\(Digest.sha256(of: manifest))\n".utf8) }

    func encoded() throws(StoreError) -> [UInt8] {
        do {
            return try JSONValue(encoding: self).json(.spaced) + [0x0A]
        } catch {
            throw StoreError(.io, "manifest cannot be written: \(error)")
        }
    }
}
