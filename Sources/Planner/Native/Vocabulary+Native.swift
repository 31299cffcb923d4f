import Records
import Vocabulary

extension Vocabulary {
    /// Cross-references with a prefix, without it, of a term and of the terms that are the same concept:
    /// `values("dandi:", of: "discover:…")`.
    func values(_ prefix: String, of id: String) -> [String] {
        guard let number = number(of: id) else { return [] }
        var seen: Set<String> = []
        return ([number] + counterparts(of: number)).flatMap { self[$0].xrefs }
            .compactMap { $0.hasPrefix(prefix) ? String($0.dropFirst(prefix.count)) : nil }
            .filter { seen.insert($0).inserted }
    }

    /// The same over a term and everything below it, each value once, in the order of the tables.
    func valuesBelow(_ prefix: String, of id: String) -> [String] {
        guard let number = number(of: id) else { return [] }
        var seen: Set<String> = []
        return descendants(of: number).flatMap { values(prefix, of: self.id(of: $0)) }
            .filter { seen.insert($0).inserted }
    }

    /// The terms of an atlas that make up a region: the one it equals, else the highest within it.  What to ask a
    /// system that knows only that atlas and looks below by itself.
    func highest(of id: String, scheme: String) -> [Term] {
        guard let number = number(of: id) else { return [] }
        let equal = ([number] + counterparts(of: number)).map { self[$0] }.filter { $0.scheme == scheme }
        if let term = equal.first(where: { $0.id == id }) { return [term] }
        if !equal.isEmpty { return equal }
        let inside = descendants(of: number).filter { self[$0].scheme == scheme }
        let set = Set(inside)
        return inside.filter { set.isDisjoint(with: ancestors(of: $0)) }.map { self[$0] }
    }
}
