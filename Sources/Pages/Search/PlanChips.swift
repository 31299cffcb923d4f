import Planner
import Records
import Search
import Vocabulary

/// The plan as chips that can be edited: each says what it asks, which words made it and by which rule, and links to
/// every edit of it.
struct PlanChips {
    let plan: Plan
    let editor: PlanEditor
    let refinements: [Refinement]

    /// The list; empty when the plan asks nothing.
    var html: HTML {
        var chips: [HTML] = []
        if let target = plan.target { chips.append(chip(of: target)) }
        if !plan.records.isEmpty {
            chips.append(
                plain(
                    "Record", plan.records.joined(separator: " or "), note: nil, removal: editor.removingRecords,
                    kind: "kind"))
        }
        if let like = plan.like {
            chips.append(plain("Like", like, note: nil, removal: editor.removingLike, kind: "kind"))
        }
        for (index, place) in plan.orderShown { chips.append(chip(ofFilter: index, place)) }
        for index in plan.ranges.indices { chips.append(chip(ofRange: index)) }
        if !plan.text.isEmpty { chips.append(chipOfText) }
        guard !chips.isEmpty else { return HTML() }
        return """
            <ul class="chips" aria-label="How the question is understood">
            \(chips)</ul>
            \(readings)
            """
    }

    // MARK: Kinds of chips

    private func chip(of target: RecordType) -> HTML {
        plain("Kind", "\(target.rawValue)s", note: nil, removal: editor.removingTarget, kind: "kind")
    }

    private func chip(ofRange index: Int) -> HTML {
        let range = plan.ranges[index]
        let origin: HTML =
            range.words.text.isEmpty ? HTML() : "<ul class=\"origin\"><li>from <q>\(range.words.text)</q></li></ul>"
        let links = range.edits.map { edit -> HTML in
            "<li><a href=\"\(editor.replacing(range: index, with: edit))\">\(edit.text)</a></li>"
        }
        let turn = weightTurn(range.weight)
        let actions: HTML =
            "<p><a class=\"act weigh\" href=\"\(editor.weighing(range: index))\">\(turn)</a></p>"
            + (links.isEmpty ? HTML() : "<p class=\"group\">Change to</p><ul>\(links)</ul>")
        let kind: HTML = range.weight == .preferred ? "range preferred" : "range"
        return """
            <li class="chip \(kind)"><details name="chip"><summary class="body">\(mark(range.weight))<span class="name">\
            \(range.field.descriptor.title)</span> <bdi>\(range.text)</bdi></summary>
            <div class="menu">\(origin)\(actions)</div></details>\
            \(remove("\(range.field.descriptor.title): \(range.text)", editor.removing(range: index)))</li>

            """
    }

    private var chipOfText: HTML {
        plain("Ranked by similarity", "“\(plan.text)”", note: nil, removal: editor.removingText, kind: "text")
    }

    private func plain(_ name: String, _ value: String, note: String?, removal: Address, kind: HTML) -> HTML {
        let title: HTML = note.map { " title=\"from the words “\($0)”\"" } ?? ""
        let name = HTML(text: name)
        return """
            <li class="chip \(kind)"\(title)><span class="body"><span class="name">\(name)</span> \
            <bdi>\(value)</bdi></span>\(remove("\(name): \(value)", removal))</li>

            """
    }

    private func remove(_ what: HTML, _ address: Address) -> HTML {
        """
        <a class="remove" href="\(address)"><span class="unseen">Remove \(what)</span><span aria-hidden="true">×</span></a>
        """
    }

    private func mark(_ weight: Plan.Weight) -> HTML {
        weight == .preferred ? "<i>preferred</i> " : ""
    }

    private func weightTurn(_ weight: Plan.Weight) -> HTML {
        weight == .preferred ? "Require it" : "Only prefer it"
    }

    private func chip(ofFilter index: Int, _ place: PlaceAmongAlternatives?) -> HTML {
        let filter = plan.filters[index]
        let values = filter.anyOf.map(\.label).joined(separator: " or ")
        let below = filter.anyOf.reduce(0) { $0 + $1.descendants }
        let sign: HTML = filter.negated ? "<strong class=\"sign\">not</strong> " : ""
        let more: HTML = below > 0 ? " <span class=\"below\">+\(grouped(below))</span>" : ""
        let kind: HTML =
            (filter.negated ? "filter negated" : "filter") + (filter.weight == .preferred ? " preferred" : "")
        let joint: HTML =
            switch place {
            case .either?: "<i>either</i> "
            case .or?: "<i>or</i> "
            case .and?: "<i>and</i> "
            case nil: ""
            }
        return """
            <li class="chip \(kind)"><details name="chip"><summary class="body">\(joint)\(mark(filter.weight))\(sign)\
            <span class="name">\(filter.facet.title)</span> <bdi>\(values)</bdi>\(more)</summary>
            <div class="menu">\(origin(ofFilter: index))\(actions(on: index))</div></details>\
            \(remove("\(filter.name)", editor.removing(index)))</li>

            """
    }

    // MARK: What a chip says of itself

    private func origin(ofFilter index: Int) -> HTML {
        let filter = plan.filters[index]
        var lines: [HTML] = []
        let how = Self.rule(filter.via)
        if filter.words.text.isEmpty {
            lines.append("<li>\(how)</li>")
        } else {
            lines.append("<li>from <q>\(filter.words.text)</q>, \(how)</li>")
        }
        let below = filter.anyOf.reduce(0) { $0 + $1.descendants }
        if below > 0 { lines.append("<li>stands for \(counted(below, "term", "terms")) below it too</li>") }
        if let scope = filter.scope {
            let others = plan.filters.filter { $0.scope == scope && $0 != filter }.map(\.facet.noun)
            if !others.isEmpty {
                lines.append("<li>of the same act as \(others.joined(separator: " and "))</li>")
            }
        }
        let apart = plan.filtersApart(from: index).map(\.facet.noun)
        if !apart.isEmpty { lines.append("<li>of another act than \(apart.joined(separator: " and "))</li>") }
        if filter.weight == .preferred { lines.append("<li>raises the rank and keeps nothing out</li>") }
        if let role = filter.role { lines.append("<li>of a \(role.rawValue)</li>") }
        if filter.confidence < 0.9 {
            lines.append("<li>\(Int((filter.confidence * 100).rounded())) % sure</li>")
        }
        let ids = filter.anyOf.map(\.id).joined(separator: ", ")
        lines.append("<li><code>\(ids)</code></li>")
        return "<ul class=\"origin\">\(lines)</ul>"
    }

    private static func rule(_ via: Plan.Via) -> String {
        switch via {
        case .label: "its name"
        case .synonym: "a synonym"
        case .acronym: "an acronym"
        case .adjective: "an adjective"
        case .typo: "read as a slip of the pen"
        case .embedding: "close in meaning"
        case .operator: "as written"
        case .identifier: "its identifier"
        }
    }

    // MARK: What can be done to a chip

    private func actions(on index: Int) -> HTML {
        let filter = plan.filters[index]
        var groups: [HTML] = []
        let turn = filter.negated ? "Ask for it instead of excluding it" : "Exclude it instead"
        groups.append("<p><a class=\"act\" href=\"\(editor.negating(index))\">\(turn)</a></p>")
        if let address = editor.weighing(index) {
            groups.append("<p><a class=\"act weigh\" href=\"\(address)\">\(weightTurn(filter.weight))</a></p>")
        }
        if filter.anyOf.count > 1, editor.choiceOfFilter[index] == nil {
            let links = filter.anyOf.indices.map { value -> HTML in
                "<li><a href=\"\(editor.removing(value: value, of: index))\">without \(filter.anyOf[value].label)</a></li>"
            }
            groups.append("<ul>\(links)</ul>")
        }
        if !plan.filtersApart(from: index).isEmpty {
            groups.append("<p><a class=\"act same\" href=\"\(editor.removingApart)\">Let it be the same act</a></p>")
        }
        if let other = otherReadings(of: index) { groups.append(other) }
        if let refinement = refinements.first(where: { $0.filter == index }) {
            groups.append(list("Narrow to", refinement.narrower, index))
            groups.append(list("Broaden to", refinement.broader, index))
        }
        return HTML(groups)
    }

    private func list(_ title: HTML, _ values: [SearchResult.FacetCount], _ index: Int) -> HTML {
        guard !values.isEmpty else { return HTML() }
        let links = values.map { value -> HTML in
            """
            <li><a href="\(editor.replacing(index, with: value.id))"><bdi>\(value.label)</bdi> \
            <span class="count">\(grouped(value.count))</span></a></li>

            """
        }
        return "<p class=\"group\">\(title)</p><ul>\(links)</ul>"
    }

    // MARK: Words that mean several things

    /// A link for each other reading of the words that made a filter.
    private func otherReadings(of index: Int) -> HTML? {
        let filter = plan.filters[index]
        guard let alternative = plan.alternatives.first(where: { $0.words == filter.words.text }) else { return nil }
        let links = readings(of: alternative).map { id, label, facet -> HTML in
            "<li><a href=\"\(editor.replacing(index, with: id))\">\(label) <span class=\"count\">\(facet)</span></a></li>"
        }
        guard !links.isEmpty else { return nil }
        return "<p class=\"group\">Read <q>\(alternative.words)</q> as</p><ul>\(links)</ul>"
    }

    /// The terms that a homonym's other readings are.
    private func readings(of alternative: Plan.Alternative) -> [(id: String, label: String, facet: String)] {
        let vocabulary = editor.planner.vocabulary
        let candidates = vocabulary.mentions(in: alternative.words, correctingTypos: true).flatMap(\.numbers)
        var seen: Set<String> = []
        return alternative.others.compactMap { label in
            guard seen.insert(label).inserted,
                let number = candidates.first(where: { vocabulary.label(of: $0) == label })
            else { return nil }
            return (vocabulary.id(of: number), label, vocabulary.facet(of: number).noun)
        }
    }

    /// One sentence for each ambiguous word, in sight without opening a chip.
    private var readings: HTML {
        HTML(
            plan.alternatives.compactMap { alternative -> HTML? in
                guard let index = plan.filters.firstIndex(where: { $0.words.text == alternative.words }) else {
                    return nil
                }
                let links = readings(of: alternative).map { id, label, _ -> HTML in
                    "<a href=\"\(editor.replacing(index, with: id))\">\(label)</a>"
                }
                guard let first = links.first else { return nil }
                let rest = links.dropFirst().reduce(first) { $0 + " or " + $1 }
                return """
                    <p class="reading"><q>\(alternative.words)</q> is read as <strong>\(alternative.chosen)</strong>. \
                    Read it as \(rest)?</p>

                    """
            })
    }
}
