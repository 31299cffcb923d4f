import Planner
import Search
import Vocabulary

/// What to change when nothing was found: each change with the total it gives, as a link to it.
struct ZeroHelp {
    let result: SearchResult
    let editor: PlanEditor

    var html: HTML {
        guard result.total == 0 else { return HTML() }
        let changes = result.relax.prefix(8).map { relaxation -> HTML in
            let count = counted(relaxation.total, "match", "matches")
            let words: HTML =
                if let name = relaxation.drop {
                    "Drop <b>\(name)</b>"
                } else {
                    "Broaden <b>\(relaxation.broaden ?? "")</b>"
                }
            guard let address = address(of: relaxation) else { return "<li>\(words) <span>\(count)</span></li>\n" }
            return "<li><a href=\"\(address)\">\(words)</a> <span class=\"count\">\(count)</span></li>\n"
        }
        guard !changes.isEmpty else {
            return """
                <section class="help"><h2>Nothing found</h2>
                <p>No single change finds anything either. Ask for less at once, or look at the
                <a href="\(Address("/coverage"))">coverage map</a> for what there is.</p></section>

                """
        }
        return """
            <section class="help"><h2>Nothing fulfils all of it</h2>
            <p>One change would be enough:</p>
            <ul>
            \(HTML(changes))</ul></section>

            """
    }

    /// The change as a URL; nil if the plan has no such condition.
    private func address(of relaxation: SearchResult.Relaxation) -> Address? {
        let plan = result.plan
        if let name = relaxation.drop {
            if name == plan.recordsName, !plan.records.isEmpty { return editor.removingRecords }
            if name == plan.likeName, plan.like != nil { return editor.removingLike }
            if name == plan.apartName, !plan.apart.isEmpty { return editor.removingApart }
            if let either = plan.alternationNames.first(where: { $0.value == name }) {
                return editor.removing(alternation: either.key)
            }
            if let index = plan.filters.firstIndex(where: { $0.name == name }) { return editor.removing(index) }
            return plan.ranges.firstIndex { $0.name == name }.map { editor.removing(range: $0) }
        }
        let vocabulary = editor.planner.vocabulary
        for (index, filter) in plan.filters.enumerated() where !filter.negated {
            for value in filter.anyOf {
                guard let number = vocabulary.number(of: value.id) else { continue }
                let ancestor = vocabulary.ancestors(of: number).first {
                    relaxation.broaden == "\(value.label) to \(vocabulary.label(of: $0))"
                }
                if let ancestor { return editor.replacing(index, with: vocabulary.id(of: ancestor)) }
            }
        }
        return nil
    }
}
