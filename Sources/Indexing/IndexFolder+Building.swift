internal import Store
internal import Vocabulary

extension IndexFolder {
    /// The live generation to build after.  One of another schema cannot be read and is replaced, which `replaced`
    /// reports; it stays on disk like any other.
    func readable(replaced: inout String?) throws(StoreError) -> Generation? {
        guard try currentName() != nil else { return nil }
        do {
            return try current()
        } catch {
            guard error.kind == .schema else { throw error }
            replaced = error.detail
            return nil
        }
    }
}

extension Linker {
    /// The terms above a term, as the facet file wants them.
    func namesAbove(_ id: String) -> [TermName] {
        ancestors(of: id).map { TermName(id: $0.id, label: $0.label) }
    }
}
