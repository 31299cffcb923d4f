/// Where a record comes from.  The raw value is the first part of every record id.
///
/// Any well-formed name is a source, so that an index that holds records of a source this program does not know can be
/// read, searched and carried over.  What is known of a source stands in its ``descriptor``; those that have one are
/// ``allCases``.
package struct Source: RawRepresentable, CaseIterable, Codable, Sendable, Hashable {
    package let rawValue: String

    /// Nil unless the text is a name: 1 to 32 of `a`-`z`, `0`-`9`, `-` and `_`, a letter first.
    package init?(rawValue: String) {
        let bytes = rawValue.utf8
        guard let first = bytes.first, Self.isLetter(first), bytes.count <= 32,
            bytes.allSatisfy({ byte in
                Self.isLetter(byte) || (48...57).contains(byte) || byte == UInt8(ascii: "-")
                    || byte == UInt8(ascii: "_")
            })
        else { return nil }
        self.rawValue = rawValue
    }

    /// A source that has a descriptor.
    init(registered name: String) { rawValue = name }

    /// The sources this program knows, in the order in which they are listed.
    package static let allCases = SourceDescriptor.all.map(\.source)

    /// What is known of the source; of one that this program does not know, its name.
    package var descriptor: SourceDescriptor { SourceDescriptor.bySource[self] ?? SourceDescriptor(unknown: self) }

    /// Id of its term in the vocabulary of sources.
    package var term: String { "discover:source.\(rawValue)" }

    private static func isLetter(_ byte: UInt8) -> Bool { (97...122).contains(byte) }
}

/// Everything the program knows of a source apart from how it is read, which is its connector's.
package struct SourceDescriptor: Sendable {
    /// What a source is, and with it what its connector reads.
    package enum Kind: Sendable, Hashable {
        /// Publishes data and holds them: its API or its dump is read.
        case archive
        /// Shows what a group recorded: its API or its dump is read.
        case portal
        /// Files on somebody's disk, which nobody publishes.
        case files
        /// Texts with judged questions, which evaluation reads.
        case collection
        /// Stands in an index, but not in this program.
        case unknown
    }

    /// Who publishes the records, as citations and linked data name it.
    package struct Publisher: Sendable, Hashable {
        package let name: String
        /// Its home page.
        package let url: String
    }

    /// How DOIs of the source's datasets are written: `10.18112/openneuro.ds000001.v1.0.0`.
    package struct DOIForm: Sendable, Hashable {
        /// The registrant, up to the slash: `10.18112`.
        package let prefix: String
        /// What stands between the slash and the dataset's own id: `openneuro.`.
        package let leading: String
        /// What a version begins with, behind the id.
        package let versionMark: Character

        /// The id of the dataset in what follows the slash of a DOI; nil when it is no DOI of a dataset.
        package func native(of suffix: Substring) -> Substring? {
            guard suffix.hasPrefix(leading) else { return nil }
            let native = suffix.dropFirst(leading.count).prefix { $0 != versionMark }
            return native.isEmpty ? nil : native
        }

        /// The DOI of a dataset, whatever the version.
        package func doi(of native: Substring) -> String { "\(prefix)/\(leading)\(native)" }
    }

    /// Addresses that show one record: the native id follows the path.
    package struct Page: Sendable, Hashable {
        /// Without `www.`.
        package let hosts: [String]
        package let path: [String]
        /// What a record shown there may be.
        package let types: [RecordType]
    }

    package let source: Source
    package let kind: Kind
    /// The name the source gives itself, as pages show it.
    package let title: String
    /// Nil for files on somebody's disk.
    package let publisher: Publisher?
    /// Which record of a dataset that several places list is shown: the one whose source has the lowest number, which
    /// holds the data most surely.
    package let precedence: Int
    /// Word before the colon of the source's own identifiers of datasets, `DANDI:000003`, in lower case.
    package let curiePrefix: String?
    package let doi: DOIForm?
    package let pages: [Page]

    init(
        _ source: Source, _ kind: Kind, title: String, publisher: Publisher? = nil, precedence: Int,
        curiePrefix: String? = nil, doi: DOIForm? = nil, pages: [Page] = []
    ) {
        self.source = source
        self.kind = kind
        self.title = title
        self.publisher = publisher
        self.precedence = precedence
        self.curiePrefix = curiePrefix
        self.doi = doi
        self.pages = pages
    }

    init(unknown source: Source) {
        self.init(source, .unknown, title: source.rawValue, precedence: .max)
    }

    static let bySource = Dictionary(uniqueKeysWithValues: all.map { ($0.source, $0) })
}
