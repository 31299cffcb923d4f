/// Another record or page of the same data, and the rule by which the index joined both.
package struct AlsoAt: Codable, Sendable, Hashable {
    /// The other record; nil when the index does not hold it.
    package var id: RecordID?
    /// The other page.
    package var url: String?
    /// `equal DOI 10.18112/openneuro.ds000001`, `declared the same by dandi:dataset:000003`.
    package var rule: String

    package init(id: RecordID? = nil, url: String? = nil, rule: String) {
        self.id = id
        self.url = url
        self.rule = rule
    }

    /// How it is shown to people: the record's id, else its page.
    package var name: String { id?.description ?? url ?? "" }
}
