import Records
import Vocabulary

extension Vocabulary {
    /// Cross-references of a term with a prefix, without it: `values("dandi:", of: "discover:…")`.
    func values(_ prefix: String, of id: String) -> [String] {
        term(id)?.xrefs.compactMap { $0.hasPrefix(prefix) ? String($0.dropFirst(prefix.count)) : nil } ?? []
    }

    /// The same over a term and everything below it, each value once, in the order of the tables.
    func valuesBelow(_ prefix: String, of id: String) -> [String] {
        guard let number = number(of: id) else { return [] }
        var seen: Set<String> = []
        return descendants(of: number).flatMap { values(prefix, of: self.id(of: $0)) }
            .filter { seen.insert($0).inserted }
    }

    /// The highest terms of an atlas that lie in a region: what to ask a system that knows only that atlas and looks
    /// below by itself.
    func highest(of id: String, scheme: String) -> [Term] {
        guard let number = number(of: id) else { return [] }
        let inside = descendants(of: number).filter { self[$0].scheme == scheme }
        let set = Set(inside)
        return inside.filter { set.isDisjoint(with: ancestors(of: $0)) }.map { self[$0] }
    }
}
