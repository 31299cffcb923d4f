package import Records

/// A record with what linking made of it, on its way into a row.
package struct LinkedRecord: Sendable {
    package let record: Record
    /// The record as ``StagingFile`` keeps it.
    package let json: String
    package let tags: [Tag]
    /// Where else the data are listed.
    package let alsoAt: [AlsoAt]
    /// For a record joined of several, all of them as harvested, itself included.
    package let places: [(id: RecordID, json: String)]

    package init(
        _ record: Record, json: String, tags: [Tag], alsoAt: [AlsoAt] = [],
        places: [(id: RecordID, json: String)] = []
    ) {
        self.record = record
        self.json = json
        self.tags = tags
        self.alsoAt = alsoAt
        self.places = places
    }
}

/// A linked record whose terms have their numbers, see ``GenerationWriter/numbered(_:)``.
package struct NumberedRecord: Sendable {
    let linked: LinkedRecord
    /// The number of each tag's term; nil for what no vocabulary has.
    let numbers: [Int?]
    /// Further names of each tag's term.
    let names: [[String]]

    /// Works out what is stored: on any thread, for it depends on nothing else.
    package func stored() throws(StoreError) -> StorableRecord {
        let record = linked.record
        return StorableRecord(
            record: record, tags: linked.tags,
            content: RowContent(
                json: linked.json, tags: StoredTags.encoded(linked.tags, terms: numbers, of: record)),
            alsoAt: try StoredJSON.encoded(linked.alsoAt, of: record.id),
            places: linked.places.map { ($0.id.description, RowContent(json: $0.json)) }, dois: try dois(),
            partKeys: Set(record.parts.compactMap { $0.native.flatMap(PartKey.init)?.number }), texts: texts)
    }

    /// The DOIs of the record and of those joined into it, by which questions name it.
    private func dois() throws(StoreError) -> Set<String> {
        var dois: Set<String> = []
        func add(_ doi: String?) { if let doi = doi.flatMap(DOI.init) { dois.insert(doi.text) } }
        add(linked.record.doi)
        for place in linked.places { add(try Generation.read(place.json, row: -1, StoredJSON.heading).doi) }
        return dois
    }

    /// The text of each column of ``Schema/textColumns``.
    ///
    /// Beside its own text a record is found by people, labs and keywords, and for each of its tags by the label and
    /// the further names of the term: a question's words need not be the record's.  A hint names nothing.
    private var texts: [String] {
        let record = linked.record
        var names = record.contributors + record.labs + record.keywords
        for (tag, further) in zip(linked.tags, self.names) where tag.evidence.kind != .hinted {
            names.append(tag.label)
            names += further
        }
        var seen: Set<String> = []
        names = names.filter { seen.insert($0).inserted }
        let texts = [
            "title": record.title, "names": names.joined(separator: "\n"), "description": record.description,
            "passages": record.passageText,
        ]
        return Schema.textColumns.map { texts[$0.name] ?? "" }
    }
}

/// A record in the form in which a generation keeps it; ``GenerationWriter/append(_:vectorKey:)`` gives it a row.
package struct StorableRecord: Sendable {
    let record: Record
    let tags: [Tag]
    let content: RowContent
    /// JSON, see `docs/index-format.md`.
    let alsoAt: String
    let places: [(id: String, content: RowContent)]
    let dois: Set<String>
    let partKeys: Set<Int>
    let texts: [String]
}
