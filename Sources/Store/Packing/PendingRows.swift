/// Rows of a generation under construction that wait to be written together: a dictionary trained on them compresses
/// them.
///
/// Rows stand in the order of their ids, so those of one source and type wait together, and have much in common.  A
/// dictionary is learnt anew in each build from the very rows that it packs: nothing of a record that has left stays
/// in one. While some are packed, the next ones gather.
struct PendingRows {
    /// Rows that share a dictionary, at most; and bytes of what they hold, which wait in memory.
    private static let most = 16_384
    private static let mostBytes = 48 << 20

    struct Row: Sendable {
        let id: String
        let content: RowContent
        let vectorKey: UInt64
        /// JSON, see `docs/index-format.md`.
        let alsoAt: String
        /// For a record joined from several, all of them as harvested, itself included.
        let places: [(id: String, content: RowContent)]
    }

    /// Rows with what they are packed with, in their order.
    private struct Packed: Sendable {
        let dictionary: [UInt8]
        let rows: [(row: Row, content: [UInt8], places: [[UInt8]])]
    }

    let background: Background
    /// Number of the first row that gathers, and of the first that is packed.
    private var first = 0
    private var firstPacked = 0
    private var rows: [Row] = []
    private var bytes = 0
    private var packing: Background.Begun<Packed>?

    init(background: Background) { self.background = background }

    /// Adds the next row, and begins to pack all that gathered once they are enough.
    mutating func append(_ row: Row, to connection: Connection) throws(StoreError) {
        rows.append(row)
        for content in [row.content] + row.places.map(\.content) {
            bytes += content.json.utf8.count + content.tags.count
        }
        if rows.count >= Self.most || bytes >= Self.mostBytes { try pack(to: connection) }
    }

    /// Writes all rows that wait.
    mutating func write(to connection: Connection) throws(StoreError) {
        try pack(to: connection)
        try writePacked(to: connection)
    }

    /// Begins to pack what gathered, after what was packed is written.
    private mutating func pack(to connection: Connection) throws(StoreError) {
        try writePacked(to: connection)
        guard !rows.isEmpty else { return }
        let gathered = rows
        firstPacked = first
        first += rows.count
        (rows, bytes) = ([], 0)
        packing = background.begin { () throws(StoreError) in try Self.packed(gathered) }
    }

    private static func packed(_ rows: [Row]) throws(StoreError) -> Packed {
        let dictionary = Packer.learn(from: rows.map(\.content))
        let packer = try Packer(dictionary: dictionary)
        var packed: [(row: Row, content: [UInt8], places: [[UInt8]])] = []
        packed.reserveCapacity(rows.count)
        for row in rows {
            var places: [[UInt8]] = []
            for place in row.places { places.append(try packer.packed(place.content)) }
            packed.append((row, try packer.packed(row.content), places))
        }
        return Packed(dictionary: dictionary, rows: packed)
    }

    private mutating func writePacked(to connection: Connection) throws(StoreError) {
        guard let packing else { return }
        self.packing = nil
        let packed = try packing.finish().get()
        let shared = try connection.prepare("INSERT INTO dictionary (first, bytes) VALUES (?1, ?2)")
        try shared.bind(0, firstPacked).bind(1, packed.dictionary)
        try shared.run()
        let record = try connection.prepare(
            "INSERT INTO record (row, id, content, vector_key, also_at) VALUES (?1, ?2, ?3, ?4, ?5)")
        let place = try connection.prepare("INSERT INTO place (id, row, content) VALUES (?1, ?2, ?3)")
        for (number, (row, content, places)) in zip(firstPacked..., packed.rows) {
            try record.bind(0, number).bind(1, row.id).bind(2, content)
            try record.bind(3, Int(bitPattern: UInt(row.vectorKey))).bind(4, row.alsoAt)
            try record.run()
            for (other, content) in zip(row.places, places) {
                try place.bind(0, other.id).bind(1, number).bind(2, content)
                try place.run()
            }
        }
    }
}
