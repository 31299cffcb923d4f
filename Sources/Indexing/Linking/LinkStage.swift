internal import LinearAlgebra
internal import Records
internal import Store
internal import Synchronization

/// Links the staged records on all threads and hands them on, one after the other, in the order of their ids.
///
/// What linking makes of a record depends on it, on those it is joined with, and on the vocabulary.  Terms get their
/// numbers in the order of the records, so that the number of threads changes no byte.  Records are on their way in
/// batches, three at most: while one is written by the calling thread, the others link the next but one and work out
/// what is stored of the next.
struct LinkStage {
    /// A record that is ready to be written, with the text that its vector stands for.
    struct Linked: Sendable {
        let stored: StorableRecord
        let text: String?
    }

    /// Records of a batch, and bytes of JSON after which it is full.
    private static let batch = 256
    private static let batchBytes = 4 << 20

    /// One for each thread.
    let linkers: [Linker]
    let joining: Joining
    /// Whether the texts for vectors are wanted.
    let hasTexts: Bool
    let staging: StagingFile

    /// Calls `write` with every record that is not joined to another one, on the calling thread.  `number` is called
    /// there, too, for one record after the other in the same order.
    func run(
        write: (Linked) throws -> Void, number: (LinkedRecord) -> NumberedRecord
    ) throws {
        var items: [Item] = []
        var bytes = 0
        // The batches that are linked and numbered, and those that are ready.
        var numbered: [Numbered] = []
        var ready: [Linked] = []
        func advance() throws {
            let round = Round(items: items, numbered: numbered)
            (items, bytes) = ([], 0)
            let written = ready
            let (linkers, hasTexts) = (linkers, hasTexts)
            try Workers.share(
                round.count, threads: linkers.count, beside: { for linked in written { try write(linked) } }
            ) { worker, place in
                round.work(on: place, linker: linkers[worker], hasTexts: hasTexts)
            }
            ready = try round.ready()
            numbered = try round.linked().map { thing in
                let alsoAt = try joining.alsoAt(thing.record, others: thing.others)
                let json = thing.others.isEmpty ? thing.item.json : try staging.encoded(thing.joined)
                let linked = LinkedRecord(
                    thing.joined, json: json, tags: thing.tags, alsoAt: alsoAt,
                    places: thing.others.isEmpty ? [] : thing.item.places)
                return Numbered(record: number(linked), text: thing.text)
            }
        }
        try staging.forEachEncoded { id, json in
            guard let id = RecordID(id) else { throw StoreError(.corrupt, "'\(id)' is no record id") }
            guard !joining.isJoined(id) else { return }
            var places = [(id: id, json: json)]
            for other in joining.others(of: id) {
                if let json = try staging.json(of: other.id.description) { places.append((other.id, json)) }
            }
            items.append(Item(places: places))
            bytes += json.utf8.count
            if items.count == LinkStage.batch || bytes >= LinkStage.batchBytes { try advance() }
        }
        while !(items.isEmpty && numbered.isEmpty && ready.isEmpty) { try advance() }
    }

    /// A record as it is staged, and those that are joined to it.
    private struct Item: Sendable {
        /// The first is the one under which all are listed.
        let places: [(id: RecordID, json: String)]
        var json: String { places[0].json }
    }

    /// A record with what its texts and statements say.
    private struct Thing: Sendable {
        let item: Item
        let record: Record
        let others: [Record]
        /// What all of them say together.
        let joined: Record
        let tags: [Tag]
        let text: String?
    }

    private struct Numbered: Sendable {
        let record: NumberedRecord
        let text: String?
    }

    /// What all threads do together: link one batch, and work out what is stored of the one before.
    private final class Round: Sendable {
        private let items: [Item]
        private let numbered: [Numbered]
        private let things: Mutex<[Result<Thing, any Error>?]>
        private let stored: Mutex<[Result<Linked, any Error>?]>
        var count: Int { items.count + numbered.count }

        init(items: [Item], numbered: [Numbered]) {
            self.items = items
            self.numbered = numbered
            things = Mutex(Array(repeating: nil, count: items.count))
            stored = Mutex(Array(repeating: nil, count: numbered.count))
        }

        func work(on place: Int, linker: Linker, hasTexts: Bool) {
            if place < numbered.count {
                let linked = Result<Linked, any Error> {
                    Linked(stored: try numbered[place].record.stored(), text: numbered[place].text)
                }
                stored.withLock { $0[place] = linked }
            } else {
                let item = items[place - numbered.count]
                let thing = Result<Thing, any Error> { try Round.link(item, with: linker, hasTexts: hasTexts) }
                things.withLock { $0[place - numbered.count] = thing }
            }
        }

        private static func link(_ item: Item, with linker: Linker, hasTexts: Bool) throws -> Thing {
            let records = try item.places.map { try StagingFile.decoded($0.json, id: $0.id.description) }
            let others = Array(records.dropFirst())
            let joined = others.isEmpty ? records[0] : records[0].joined(with: others)
            let tags = linker.tags(for: joined)
            return Thing(
                item: item, record: records[0], others: others, joined: joined, tags: tags,
                text: hasTexts ? VectorText.of(joined, tags: tags) : nil)
        }

        /// What each number came to, in order.  All were worked on.
        func ready() throws -> [Linked] { try stored.withLock { $0 }.compactMap { try $0?.get() } }
        func linked() throws -> [Thing] { try things.withLock { $0 }.compactMap { try $0?.get() } }
    }
}
