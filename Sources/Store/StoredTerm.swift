internal import Records
internal import Synchronization

/// A term of a vocabulary as the tags of a generation name it: by a number.
struct StoredTerm: Sendable, Hashable {
    let facet: Facet
    let id: String
    let label: String
    /// Further names under which a record that has the term is found.
    let names: [String]

    /// What distinguishes terms.
    struct Key: Hashable {
        let facet: Facet
        let id: String
        let label: String
    }
    var key: Key { Key(facet: facet, id: id, label: label) }
}

/// The terms of a generation under construction in the order they are met, at most the vocabularies.
///
/// Values that no vocabulary has are not among them: such words may be of one record only, and are removed with it.
struct StoredTermWriter {
    private(set) var all: [StoredTerm] = []
    private var numbers: [StoredTerm.Key: Int] = [:]
    private let names: (String) -> [String]?

    /// - Parameter names: further names of a term by its id; nil for what no vocabulary has.
    init(names: @escaping (String) -> [String]?) { self.names = names }

    /// The number of a tag's term; nil when no vocabulary has it.
    mutating func number(of tag: Tag) -> Int? {
        let key = StoredTerm.Key(facet: tag.facet, id: tag.term, label: tag.label)
        if let known = numbers[key] { return known }
        guard let names = names(tag.term) else { return nil }
        return add(StoredTerm(facet: tag.facet, id: tag.term, label: tag.label, names: names))
    }

    /// Fills the table `term`.
    func write(to connection: Connection) throws(StoreError) {
        let statement = try connection.prepare("INSERT INTO term VALUES (?1, ?2, ?3, ?4, ?5)")
        for (number, term) in all.enumerated() {
            try statement.bind(0, number).bind(1, term.facet.rawValue).bind(2, term.id).bind(3, term.label)
            try statement.bind(4, term.names.joined(separator: "\n"))
            try statement.run()
        }
    }

    private mutating func add(_ term: StoredTerm) -> Int {
        numbers[term.key] = all.count
        all.append(term)
        return all.count - 1
    }
}

/// The terms of a published generation, read when they are first asked for.
final class StoredTermReader: Sendable {
    private let known = Mutex<[Int: StoredTerm]>([:])

    func term(_ number: Int, in connection: Connection) throws(StoreError) -> StoredTerm {
        if let term = known.withLock({ $0[number] }) { return term }
        let statement = try connection.prepare("SELECT \(StoredTerm.columns) FROM term WHERE number = ?1")
        try statement.bind(0, number)
        defer { statement.reset() }
        guard try statement.step() else { throw StoreError(.corrupt, "a tag names term \(number), which is not there") }
        let term = try StoredTerm(statement)
        known.withLock { $0[number] = term }
        return term
    }
}

extension StoredTerm {
    fileprivate static let columns = "facet, id, label, names"

    fileprivate init(_ statement: Statement) throws(StoreError) {
        guard let facet = Facet(rawValue: statement.text(0)) else {
            throw StoreError(.corrupt, "a term of '\(statement.text(0))', which is no facet")
        }
        self.init(
            facet: facet, id: statement.text(1), label: statement.text(2),
            names: statement.text(3).split(separator: "\n").map(String.init))
    }
}
