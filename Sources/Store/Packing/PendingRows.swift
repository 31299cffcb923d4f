/// Rows of a generation under construction that wait to be written together: a dictionary trained on them compresses
/// them.
///
/// Rows are in the order of their ids, so those of one source and type wait together, and have much in common.  Each
/// build trains dictionaries on the rows that they compress: no dictionary keeps anything of a removed record.
struct PendingRows {
    /// Rows that share a dictionary, at most; and bytes of what they hold, which wait in memory.
    private static let most = 16_384
    private static let mostBytes = 48 << 20

    struct Row {
        let id: String
        let content: RowContent
        let vectorKey: UInt64
        /// JSON, see `docs/index-format.md`.
        let alsoAt: String
        /// For a record joined from several, all of them as harvested, itself included.
        let places: [(id: String, content: RowContent)]
    }
    /// Number of the first row that waits.
    private var first = 0
    private var rows: [Row] = []
    private var bytes = 0

    /// Adds the next row, and writes all once they are enough.
    mutating func append(_ row: Row, to connection: Connection) throws(StoreError) {
        rows.append(row)
        for content in [row.content] + row.places.map(\.content) {
            bytes += content.json.utf8.count + content.tags.count
        }
        if rows.count >= Self.most || bytes >= Self.mostBytes { try write(to: connection) }
    }

    /// Writes all rows that wait.
    mutating func write(to connection: Connection) throws(StoreError) {
        guard !rows.isEmpty else { return }
        let dictionary = Packer.learn(from: rows.map(\.content))
        let packer = try Packer(dictionary: dictionary)
        let shared = try connection.prepare("INSERT INTO dictionary (first, bytes) VALUES (?1, ?2)")
        try shared.bind(0, first).bind(1, dictionary)
        try shared.run()
        let record = try connection.prepare(
            "INSERT INTO record (row, id, content, vector_key, also_at) VALUES (?1, ?2, ?3, ?4, ?5)")
        let position = try connection.prepare("INSERT INTO place (id, row, content) VALUES (?1, ?2, ?3)")
        for (number, row) in zip(first..., rows) {
            try record.bind(0, number).bind(1, row.id).bind(2, try packer.packed(row.content))
            try record.bind(3, Int(bitPattern: UInt(row.vectorKey))).bind(4, row.alsoAt)
            try record.run()
            for other in row.places {
                try position.bind(0, other.id).bind(1, number).bind(2, try packer.packed(other.content))
                try position.run()
            }
        }
        first += rows.count
        rows.removeAll(keepingCapacity: true)
        bytes = 0
    }
}
