package import Records
package import Search

/// Everything the index knows of one record.
package struct RecordPage: Sendable {
    let context: PageContext
    let record: Record
    let tags: [Tag]
    let alsoAt: [AlsoAt]
    /// The record as schema.org data, JSON-LD; nil when there is none.
    let linkedData: String?
    /// Records like this one; nil when they were not asked for.
    let similar: [SimilarRecord]?
    /// Other forms of the record, by name.
    let forms: [(name: String, address: Address)]

    package init(
        context: PageContext, record: Record, tags: [Tag], alsoAt: [AlsoAt] = [], linkedData: String? = nil,
        similar: [SimilarRecord]? = nil, forms: [(name: String, address: Address)] = []
    ) {
        self.context = context
        self.record = record
        self.tags = tags
        self.alsoAt = alsoAt
        self.linkedData = linkedData
        self.similar = similar
        self.forms = forms
    }

    /// The page.
    package var html: HTML {
        let title = record.title.isEmpty ? record.id.native : record.title
        var head: HTML = linkedData.map { HTML(dataBlock: $0, type: "application/ld+json") } ?? ""
        if let address = Address(web: record.url) { head += "<link rel=\"canonical\" href=\"\(address)\">\n" }
        let frame = PageFrame(context: context, title: "\(title) – discover", head: head, isListed: true)
        return frame.html(
            """
            <article class="record">
            <p class="kicker">\(record.id.type.rawValue) · \(record.id.source.descriptor.title)</p>
            <h1 dir="auto">\(title)</h1>
            \(RecordFacts(record: record, tags: tags, alsoAt: alsoAt).html)\(description)\
            \(RecordTags(record: record, tags: tags).html)\(links)\(notes)\(likeIt)\(otherForms)</article>

            """)
    }

    private var description: HTML {
        guard !record.description.isEmpty else { return HTML() }
        let paragraphs = record.description.split(separator: "\n").map { line -> HTML in
            "<p dir=\"auto\">\(String(line))</p>\n"
        }
        return "<section aria-labelledby=\"about\"><h2 id=\"about\">Description</h2>\n\(paragraphs)</section>\n"
    }

    private var links: HTML {
        guard !record.links.isEmpty else { return HTML() }
        let rows = record.links.map { link -> HTML in
            let label: HTML = "<bdi>\(link.label ?? link.target)</bdi>"
            let target: HTML =
                if let id = RecordID(link.target) {
                    "<a href=\"\(Address(record: id))\">\(label)</a>"
                } else if let address = Address(web: link.target) ?? Address(doi: link.target) {
                    "<a href=\"\(address)\" rel=\"nofollow\">\(label)</a>"
                } else {
                    label
                }
            return "<li><span class=\"facet\">\(Self.name(of: link.relation))</span> \(target)</li>\n"
        }
        return "<section aria-labelledby=\"links\"><h2 id=\"links\">Links</h2>\n<ul>\n\(rows)</ul></section>\n"
    }

    private static func name(of relation: Link.Relation) -> String {
        switch relation {
        case .sameAs: "same as"
        case .partOf: "part of"
        case .hasPart: "has part"
        case .describedBy: "described by"
        case .related: "related to"
        }
    }

    private var notes: HTML {
        guard !record.notes.isEmpty else { return HTML() }
        let items = record.notes.map { note -> HTML in "<li><bdi>\(note)</bdi></li>" }
        return "<section aria-labelledby=\"notes\"><h2 id=\"notes\">Left out</h2><ul>\(items)</ul></section>\n"
    }

    private var likeIt: HTML {
        guard let similar else {
            let address = Address(record: record.id, [("similar", "true")], fragment: "similar")
            return "<p id=\"similar\"><a class=\"more\" href=\"\(address)\">Records like this one</a></p>\n"
        }
        let items = similar.map { other -> HTML in
            let shared: HTML =
                other.shared.isEmpty ? "" : " <span class=\"hint\">\(other.shared.joined(separator: ", "))</span>"
            return "<li><a href=\"\(Address(record: other.id))\"><bdi>\(other.title)</bdi></a>\(shared)</li>\n"
        }
        let list: HTML = similar.isEmpty ? "<p>There is none.</p>" : "<ol>\n\(items)</ol>"
        return
            "<section id=\"similar\" aria-labelledby=\"like\"><h2 id=\"like\">Records like this one</h2>\n\(list)</section>\n"
    }

    private var otherForms: HTML {
        guard !forms.isEmpty else { return HTML() }
        let items = forms.map { form -> HTML in "<li><a href=\"\(form.address)\">\(form.name)</a></li>" }
        return "<nav class=\"forms\" aria-label=\"Other forms of this record\"><ul>\(items)</ul></nav>\n"
    }
}
