import JSON

/// One row of a BrainSTEM list.  Relations are ids; embedded rows are in the catalog under their own model.
struct BrainSTEMRow: Sendable {
    let model: String
    let id: String
    let body: JSONValue

    /// A field, nil when it is missing or null.
    subscript(field: String) -> JSONValue? { body[field] }

    /// Ids in a relation, whether one or many, plain or embedded.
    func ids(_ field: String) -> [String] {
        guard let value = body[field] else { return [] }
        return (value.array ?? [value]).compactMap { $0.identifier ?? $0["id"]?.identifier }
    }

    /// The id in a relation to one row.
    func id(_ field: String) -> String? { ids(field).first }
    /// A text that says something.
    func text(_ field: String) -> String? { body[field]?.text }
}

/// Everything a BrainSTEM portal shows, joined by id.
struct BrainSTEMCatalog {
    private var rows: [String: [String: BrainSTEMRow]] = [:]
    private var order: [String: [String]] = [:]
    /// model → field → id pointed at → rows that point at it.
    private var back: [String: [String: [String: [String]]]] = [:]

    /// How ``add(_:to:isMain:)`` judged a row.
    enum Verdict { case new, known, duplicate, missingID, noObject }

    /// Takes a row in, and what is embedded in it.
    ///
    /// Of two rows with one id the first stays; the second is a `duplicate` only when it says something else in the
    /// model's own list.
    mutating func add(_ value: JSONValue, to model: BrainSTEMModel, isMain: Bool) -> Verdict {
        guard case .object(let members) = value else { return .noObject }
        guard let id = value["id"]?.identifier else { return .missingID }
        let row = BrainSTEMRow(model: model.name, id: id, body: value)
        if let old = rows[model.name]?[id] { return isMain && old.body != value ? .duplicate : .known }
        rows[model.name, default: [:]][id] = row
        order[model.name, default: []].append(id)
        for (field, target) in model.relations {
            guard let related = members[field] else { continue }
            for item in related.array ?? [related] where item.object != nil {
                if let targetModel = BrainSTEMModel.named(target) { _ = add(item, to: targetModel, isMain: false) }
            }
            for key in row.ids(field) {
                back[model.name, default: [:]][field, default: [:]][key, default: []].append(id)
            }
        }
        return .new
    }

    /// The row with an id; nil when it is not there, or not public.
    func row(_ model: String, _ id: String?) -> BrainSTEMRow? { id.flatMap { rows[model]?[$0] } }

    /// All rows of a model in the order of the source.
    func all(_ model: String) -> [BrainSTEMRow] {
        (order[model] ?? []).compactMap { rows[model]?[$0] }
    }

    /// Number of rows of a model.
    func count(_ model: String) -> Int { rows[model]?.count ?? 0 }

    /// Rows of a model that point at an id through a field, by their `order`, then as the source lists them.
    func rows(_ model: String, where field: String, is id: String) -> [BrainSTEMRow] {
        let found = (back[model]?[field]?[id] ?? []).compactMap { rows[model]?[$0] }
        let ranked = found.enumerated().sorted { left, right in
            let ranks = (left.element["order"]?.number ?? 0, right.element["order"]?.number ?? 0)
            return ranks.0 == ranks.1 ? left.offset < right.offset : ranks.0 < ranks.1
        }
        return ranked.map(\.element)
    }

    /// Keeps the rows of a model that pass; returns how many went.
    mutating func keep(_ model: String, where passes: (BrainSTEMRow) -> Bool) -> [BrainSTEMRow] {
        let gone = all(model).filter { !passes($0) }
        for row in gone { rows[model]?[row.id] = nil }
        return gone
    }
}
