import Records

/// The fields of a record as names and values.
struct RecordFacts {
    let record: Record
    let tags: [Tag]
    let alsoAt: [AlsoAt]

    var html: HTML {
        var rows: [HTML] = []
        func fact(_ name: HTML, _ values: [HTML]) {
            guard !values.isEmpty else { return }
            let values = values.map { value -> HTML in "<dd>\(value)</dd>" }
            rows.append("<div><dt>\(name)</dt>\(values)</div>\n")
        }
        func text(_ value: String?) -> [HTML] { value.map { $0.isEmpty ? [] : ["<bdi>\($0)</bdi>"] } ?? [] }

        fact("Record", ["<code>\(record.id.description)</code>"])
        fact("Access", [access])
        fact("Licence", labels(.license))
        fact("At the source", webLink(record.url))
        fact("DOI", doi)
        fact("Cite as", text(record.citation))
        fact("By", text(record.contributors.joined(separator: "; ")))
        fact("Lab", text(record.labs.joined(separator: "; ")))
        fact("Keywords", text(record.keywords.joined(separator: ", ")))
        for quantity in record.quantities where quantity.part == nil {
            fact(HTML(text: quantity.field.descriptor.title), [value(of: quantity)])
        }
        fact("Also at", alsoAt.map(place))
        return "<dl class=\"fields\">\n\(rows)</dl>\n"
    }

    private var access: HTML {
        let until: HTML = record.embargoedUntil.map { " until \(CalendarDay.iso($0))" } ?? ""
        let note: HTML = record.accessNote.map { " <span class=\"hint\"><bdi>\($0)</bdi></span>" } ?? ""
        return "<span class=\"access \(record.access.rawValue)\">\(record.access.rawValue)</span>\(until)\(note)"
    }

    private func labels(_ facet: Facet) -> [HTML] {
        var seen: Set<String> = []
        return tags.filter { $0.facet == facet && seen.insert($0.label).inserted }.map { "<bdi>\($0.label)</bdi>" }
    }

    private func webLink(_ url: String?) -> [HTML] {
        guard let url else { return [] }
        guard let address = Address(web: url) else { return ["<bdi>\(url)</bdi>"] }
        return ["<a href=\"\(address)\" rel=\"nofollow\"><bdi>\(url)</bdi></a>"]
    }

    private var doi: [HTML] {
        guard let doi = record.doi else { return [] }
        guard let address = Address(doi: doi) else { return ["<bdi>\(doi)</bdi>"] }
        return ["<a href=\"\(address)\" rel=\"nofollow\"><bdi>\(doi)</bdi></a>"]
    }

    private func value(of quantity: Quantity) -> HTML {
        "\(quantity.text) <span class=\"hint\">\(quantity.provenance)</span>"
    }

    private func place(_ place: AlsoAt) -> HTML {
        let name: HTML = "<bdi>\(place.name)</bdi>"
        let rule: HTML = " <span class=\"hint\">\(place.rule)</span>"
        if let address = Address(web: place.url) { return "<a href=\"\(address)\" rel=\"nofollow\">\(name)</a>\(rule)" }
        if let id = place.id { return "<a href=\"\(Address(record: id))\">\(name)</a>\(rule)" }
        return name + rule
    }
}
