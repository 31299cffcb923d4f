import Records

/// A search as an Atom feed (RFC 4287): what a question finds, so that new and changed records reach people who asked.
package struct AtomFeed: Sendable {
    /// The question, for people.
    package let title: String
    /// The address of the feed itself, which is also its id.
    package let address: String
    /// The page that shows the same search.
    package let page: String
    /// When the index that answered was built, ISO 8601; said where no entry is younger.
    package let updated: String
    package let site: SiteAddress
    package let entries: [Entry]

    /// Why a record is in the feed.
    package enum Change: String, Codable, Sendable, Hashable, CaseIterable { case new, changed }

    /// A record of the feed.
    package struct Entry: Sendable {
        package let record: CatalogEntry
        /// When the record was last changed or taken in, ISO 8601: a moment, or a day for its beginning.
        package let updated: String
        /// Nil when the index does not know.
        package let change: Change?

        package init(_ record: CatalogEntry, updated: String, change: Change? = nil) {
            self.record = record
            self.updated = updated
            self.change = change
        }

        /// An entry as old as the record says it is, else as the moment its source was last read.
        package init(_ record: CatalogEntry, harvested: String, change: Change? = nil) {
            self.init(
                record, updated: (record.modified ?? record.published).map(CalendarDay.iso) ?? harvested, change: change
            )
        }

        var moment: String { updated.contains("T") ? updated : "\(updated)T00:00:00Z" }
    }

    package init(
        title: String, address: String, page: String, updated: String, site: SiteAddress, entries: [Entry]
    ) {
        self.title = title
        self.address = address
        self.page = page
        self.updated = updated
        self.site = site
        self.entries = entries
    }

    package static let mediaType = "application/atom+xml; charset=utf-8"

    /// The document.
    package var xml: String {
        let moment = entries.map(\.moment).max() ?? (updated.contains("T") ? updated : "\(updated)T00:00:00Z")
        let head = [
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>",
            "<feed xmlns=\"http://www.w3.org/2005/Atom\">",
            XML.element("id", address),
            XML.element("title", SafeText.line(title)),
            XML.element("updated", moment),
            "<author><name>discover</name></author>",
            XML.element("generator", "discover"),
            XML.empty("link", ["rel": "self", "type": "application/atom+xml", "href": address]),
            XML.empty("link", ["rel": "alternate", "type": "text/html", "href": page]),
            XML.empty(
                "link",
                [
                    "rel": "search", "type": "application/opensearchdescription+xml",
                    "href": "\(site.base)/opensearch.xml",
                ]),
        ]
        return (head + entries.map(element) + ["</feed>"]).joined(separator: "\n") + "\n"
    }

    private func element(_ entry: Entry) -> String {
        let record = entry.record
        let page = site.page(record.id)
        let license = record.licenses.lazy.compactMap(\.url).first
        var lines: [String] = [
            "<entry>",
            XML.element("id", page),
            XML.element("title", record.title.isEmpty ? record.id.description : record.title),
            XML.element("updated", entry.moment),
            XML.element("published", record.published.map { "\(CalendarDay.iso($0))T00:00:00Z" }),
            XML.empty("link", ["rel": "alternate", "type": "text/html", "href": page]),
        ]
        if let url = record.url { lines.append(XML.empty("link", ["rel": "via", "href": url])) }
        if let doi = record.doi { lines.append(XML.empty("link", ["rel": "related", "href": WebLink.doi(doi)])) }
        if let license { lines.append(XML.empty("link", ["rel": "license", "href": license])) }
        for creator in record.creators { lines.append("<author>\(XML.element("name", creator.name))</author>") }
        if let change = entry.change {
            lines.append(category(change.rawValue, scheme: "change", label: "\(change.rawValue) record"))
        }
        lines.append(category(record.id.type.rawValue, scheme: "type"))
        lines.append(category(record.id.source.rawValue, scheme: "source"))
        lines.append(XML.element("summary", summary(of: entry), ["type": "text"]))
        lines.append("</entry>")
        return lines.filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private func category(_ term: String, scheme: String, label: String? = nil) -> String {
        XML.empty("category", ["term": term, "scheme": "\(site.base)/#\(scheme)", "label": label])
    }

    private func summary(of entry: Entry) -> String {
        var sentences: [String] = []
        switch entry.change {
        case .new: sentences.append("New in the index.")
        case .changed: sentences.append("Changed since it was last read.")
        case nil: break
        }
        if let conditions = entry.record.conditions { sentences.append("Access: \(conditions).") }
        if !entry.record.description.isEmpty {
            sentences.append(SafeText.shortened(SafeText.line(entry.record.description), to: 1000))
        }
        return sentences.joined(separator: " ")
    }
}
