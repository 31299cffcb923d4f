import JSON
import Records

/// The tree of specimens of a dataset's document: subjects, groups, tissue samples, and their states below them.
struct KnowledgeGraphSpecimens {
    private let tree: JSONValue

    /// - Parameter tree: the document's `specimenBySubject`.
    init(_ tree: JSONValue) { self.tree = tree }

    /// What the nodes of a tree add up to.
    private struct Sum {
        var subjects: Set<String> = []
        /// Animals of a group that are not listed below it.
        var inGroups = 0.0
        var ages: Set<ClosedRange<Double>> = []
    }

    /// Fields that state a facet, with the openMINDS type of their terms.
    private static let stated: [(field: String, facet: Facet, scheme: String?)] = [
        ("species", .species, "openminds:Species"), ("sex", .sex, "openminds:BiologicalSex"),
        ("strain", .strain, "openminds:Strain"), ("strains", .strain, "openminds:Strain"),
        ("pathology", .disease, "openminds:Disease"), ("anatomicalLocation", .region, nil),
    ]
    private static let searched = [
        ("geneticStrainType", "genetic strain type"), ("ageCategory", "age category"),
        ("tissueSampleType", "tissue sample type"), ("origin", "origin"), ("additionalRemarks", "remarks"),
    ]

    /// States, with their specimens, what they are of, and how many: into the record, each once.
    func add(to record: inout Record) {
        var sum = Sum()
        var waiting = [(node: tree, isInGroup: false)]
        var looked = 0
        while let (node, isInGroup) = waiting.popLast(), looked < 100_000 {
            looked += 1
            let kind = node["data"]?["type"]?["value"]?.text ?? ""
            if let data = node["data"] {
                count(node, data, kind: kind, isInGroup: isInGroup, &sum)
                add(data, to: &record)
                if let age = data["age"]?["value"]?.text.flatMap(Self.days) { sum.ages.insert(age) }
            }
            let isGroup = isInGroup || kind == "Dataset.SubjectGroup"
            waiting += (node["children"]?.array ?? []).reversed().map { ($0, isGroup) }
        }
        let subjects = Double(sum.subjects.count) + sum.inGroups
        if subjects > 0 { record.quantities.append(Quantity(.subjects, subjects, provenance: "specimenBySubject")) }
        for age in sum.ages.sorted(by: { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }).prefix(200)
        {
            record.quantities.append(Quantity(.ageDays, age, provenance: "specimenBySubject, age"))
        }
    }

    /// A subject is one, a group as many as it says; one that is listed below its group is counted with it.
    private func count(_ node: JSONValue, _ data: JSONValue, kind: String, isInGroup: Bool, _ sum: inout Sum) {
        switch kind {
        case "Dataset.Subject":
            guard !isInGroup else { return }
            sum.subjects.insert(data["id"]?.identifier ?? node["key"]?.identifier ?? "\(sum.subjects.count)")
        case "Dataset.SubjectGroup" where !isInGroup:
            let listed = (node["children"]?.array ?? []).count { $0["data"]?["type"]?["value"] == "Dataset.Subject" }
            let said = data["numberOfSubjects"]?["value"]?.text.flatMap(Double.init) ?? 0
            sum.inGroups += max(Double(listed), said >= 0 && said < 1e7 ? said : 0)
        default: break
        }
    }

    private func add(_ data: JSONValue, to record: inout Record) {
        func state(_ facet: Facet, _ words: String, scheme: String?, field: String) {
            let statement = Statement(facet, words, scheme: scheme, provenance: "specimenBySubject, \(field)")
            if !record.statements.contains(statement) { record.statements.append(statement) }
        }
        func say(_ name: String, _ words: String) {
            let passage = Passage(name, words, isEvidence: false)
            if !record.passages.contains(passage) { record.passages.append(passage) }
        }
        for (field, facet, scheme) in Self.stated {
            for value in KnowledgeGraphDocument.values(data[field]) {
                state(facet, KnowledgeGraphDocument.place(value).name, scheme: scheme, field: field)
            }
        }
        for value in KnowledgeGraphDocument.values(data["attributes"]) {
            if SpecimenState.isOfWholeAnimal(value.text) {
                state(.state, value.text, scheme: "openminds:SubjectAttribute", field: "attributes")
            } else {
                say("subject attribute", value.text)
            }
        }
        for (field, name) in Self.searched {
            for value in KnowledgeGraphDocument.values(data[field]) { say(name, value.text) }
        }
    }

    /// `182 day`, `21 - 35 year`, `3 week - 2 month` in days.
    static func days(_ text: String) -> ClosedRange<Double>? {
        let words = text.split(separator: " ").filter { $0 != "-" }.map(String.init)
        var bounds: [Double] = []
        var open: [Double] = []
        for word in words {
            if let number = Double(word) {
                guard number >= 0, number < 1e6 else { return nil }
                open.append(number)
            } else {
                guard let length = SpecimenState.days(ofUnit: word) else { return nil }
                bounds += open.map { $0 * length }
                open = []
            }
        }
        guard open.isEmpty, let low = bounds.first, let high = bounds.last, bounds.count <= 2, low <= high else {
            return nil
        }
        return low...high
    }
}
