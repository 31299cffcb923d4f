import Records
import Search

/// The facet values of a record with their evidence, those of the whole first, then part by part.
struct RecordTags {
    let record: Record
    let tags: [Tag]

    /// Parts shown before the others are collapsed.
    private static let openParts = 8

    var html: HTML {
        var html = HTML()
        let whole = list(tags.filter { $0.part == nil })
        if !whole.isEmpty {
            html +=
                "<section aria-labelledby=\"whole\"><h2 id=\"whole\">The record as a whole</h2>\n\(whole)</section>\n"
        }
        guard !record.parts.isEmpty else { return html }
        let parts = record.parts.indices.map(part)
        let rest = parts.dropFirst(Self.openParts)
        let folded: HTML =
            rest.isEmpty
            ? ""
            : "<details><summary>\(counted(rest.count, "more part", "more parts"))</summary>\n\(HTML(rest))</details>\n"
        return html + """
            <section aria-labelledby="parts"><h2 id="parts">Parts</h2>
            \(HTML(parts.prefix(Self.openParts)))\(folded)</section>

            """
    }

    private func part(_ index: Int) -> HTML {
        let part = record.parts[index]
        let quantities = record.quantities.filter { $0.part == index }.map { quantity -> HTML in
            "<li><span class=\"facet\">\(quantity.field.descriptor.title.lowercased())</span> <b>\(quantity.text)</b></li>\n"
        }
        let values = list(tags.filter { $0.part == index })
        let numbers: HTML = quantities.isEmpty ? "" : "<ul class=\"tags\">\n\(quantities)</ul>\n"
        // Labels often begin with the role or hold the type; neither is said twice.
        let role = part.role.rawValue
        let label = part.label.hasPrefix(role + " ") ? String(part.label.dropFirst(role.count + 1)) : part.label
        let type: HTML =
            part.type == role || label.contains(part.type) ? "" : " <span class=\"hint\">\(part.type)</span>"
        return """
            <section class="part"><h3><span class="role">\(role)</span> <bdi>\(label)</bdi>\(type)</h3>
            \(values)\(numbers)</section>

            """
    }

    private func list(_ tags: [Tag]) -> HTML {
        guard !tags.isEmpty else { return HTML() }
        let order = Dictionary(uniqueKeysWithValues: Facet.allCases.enumerated().map { ($1, $0) })
        let sorted = tags.sorted {
            (order[$0.facet] ?? 0, $0.evidence.kind, $0.label) < (order[$1.facet] ?? 0, $1.evidence.kind, $1.label)
        }
        let items = sorted.map { tag -> HTML in
            let search = SearchState(choices: [.init(facet: tag.facet, value: tag.term, isNegated: false)]).address
            return """
                <li><span class="facet">\(tag.facet.noun)</span> <a href="\(search)"><bdi>\(tag.label)</bdi></a> \
                \(EvidenceNote(tag.evidence).html)</li>

                """
        }
        return "<ul class=\"tags\">\n\(items)</ul>\n"
    }
}
