package import Records

/// The searchable record, described once.  The tables, the full-text columns and the schema's fingerprint come from
/// this value; a generation with another fingerprint is refused and rebuilt, never upgraded in place.
package enum Schema {
    /// Raised when the meaning of stored bytes changes although the description below does not.
    static let version = 6

    /// What the index does with a field.
    package enum Role: Sendable, Hashable {
        /// Full-text searched; the weight multiplies its BM25 contribution.
        case text(weight: Double)
        /// Filtered by terms of the facet, postings in the facet file.
        case facet(Facet)
        /// Filtered by bounds, intervals in the facet file.
        case range(RangeField)
        /// Kept for the page that shows it; a `BLOB` is compressed, see ``RowContent``.
        case stored(type: String)
    }

    /// One field and what it is for.
    package struct Field: Sendable, Hashable {
        package let name: String
        package let role: Role
    }

    /// Every field of the index, in column order.
    package static let fields: [Field] =
        [
            Field(name: "id", role: .stored(type: "TEXT NOT NULL UNIQUE")),
            Field(name: "content", role: .stored(type: "BLOB NOT NULL")),
            Field(name: "vector_key", role: .stored(type: "INTEGER NOT NULL")),
            Field(name: "also_at", role: .stored(type: "TEXT NOT NULL")),
            // FTS5 writes two bytes less for each word of the first column, and this one has the most.
            Field(name: "names", role: .text(weight: 1.5)),
            Field(name: "title", role: .text(weight: 3)),
            Field(name: "description", role: .text(weight: 1)),
            Field(name: "passages", role: .text(weight: 0.7)),
        ] + Facet.allCases.map { Field(name: $0.rawValue, role: .facet($0)) }
        + RangeField.allCases.map { Field(name: $0.rawValue, role: .range($0)) }

    /// Names and weights of the full-text columns.
    package static let textColumns: [(name: String, weight: Double)] = fields.compactMap { field in
        if case .text(let weight) = field.role { (field.name, weight) } else { nil }
    }

    /// How FTS5 tokenises texts and questions, in the language of its option `tokenize`.
    static let tokenizer = "porter unicode61 remove_diacritics 2"

    /// SHA-256 of the description and of the codes the facet file uses, so that any change of either is noticed.
    package static let fingerprint: String = {
        let codes: [[String]] = [
            RecordType.allCases.map(\.rawValue), Part.Role.allCases.map(\.rawValue),
            PostingKind.allCases.map { "\($0)" }, Evidence.Kind.allCases.map(\.rawValue),
        ]
        let description = "\(version) \(FacetLayout.version) \(fields) \(codes) \(tables)"
        return Digest.sha256(of: Array(description.utf8))
    }()

    /// The statements that make an empty `records.sqlite`.  The full-text index is contentless
    /// (https://www.sqlite.org/fts5.html section 4.4.1): its texts follow from the record, its tags and their terms.
    static let tables: [String] = {
        let stored = fields.compactMap { field in
            if case .stored(let type) = field.role { "\(field.name) \(type)" } else { nil }
        }
        let names = textColumns.map(\.name).joined(separator: ", ")
        return [
            "CREATE TABLE record (row INTEGER PRIMARY KEY, \(stored.joined(separator: ", "))) STRICT",
            "CREATE TABLE dictionary (first INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT",
            """
            CREATE TABLE place (id TEXT PRIMARY KEY, row INTEGER NOT NULL, content BLOB NOT NULL) STRICT, WITHOUT ROWID
            """,
            """
            CREATE TABLE doi (doi TEXT NOT NULL, row INTEGER NOT NULL, PRIMARY KEY (doi, row)) STRICT, WITHOUT ROWID
            """,
            """
            CREATE TABLE part (key INTEGER NOT NULL, row INTEGER NOT NULL, PRIMARY KEY (key, row)) STRICT, WITHOUT ROWID
            """,
            "CREATE TABLE change (row INTEGER PRIMARY KEY, kind INTEGER NOT NULL) STRICT",
            """
            CREATE TABLE departure (source TEXT NOT NULL, type TEXT NOT NULL, records INTEGER NOT NULL, \
            PRIMARY KEY (source, type)) STRICT, WITHOUT ROWID
            """,
            """
            CREATE TABLE term (number INTEGER PRIMARY KEY, facet TEXT NOT NULL, id TEXT NOT NULL, label TEXT NOT NULL, \
            names TEXT NOT NULL) STRICT
            """,
            "CREATE VIRTUAL TABLE search USING fts5(\(names), content = '', tokenize = '\(tokenizer)')",
        ]
    }()
}
