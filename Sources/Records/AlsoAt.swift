/// Another place where a record's data are listed, and why the index takes both for the same.
package struct AlsoAt: Codable, Sendable, Hashable {
    /// The record of that place; nil when the index holds none.
    package var id: RecordID?
    /// The page of that place.
    package var url: String?
    /// `equal DOI 10.18112/openneuro.ds000001`, `declared the same by dandi:dataset:000003`.
    package var rule: String

    package init(id: RecordID? = nil, url: String? = nil, rule: String) {
        self.id = id
        self.url = url
        self.rule = rule
    }

    /// What people call the place: the record's id, else its page.
    package var name: String { id?.description ?? url ?? "" }
}
