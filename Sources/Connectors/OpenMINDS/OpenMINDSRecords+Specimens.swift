import JSON
import Records

extension OpenMINDSRecords {
    /// Subjects, groups and tissue samples: species, strain, sex, age, state, and how many.
    func addSpecimens(of version: OpenMINDSNode, to record: inout Record) throws {
        var subjects: Set<String> = []
        var groups: [String: Double] = [:]
        var inGroups: [String: Int] = [:]
        var ages: Set<ClosedRange<Double>> = []
        var waiting = try graph.resolve(version["studiedSpecimen"])
        var seen: Set<String> = []
        // Specimens point at the ones they come from, and may do so in a circle.
        while let specimen = waiting.popLast(), seen.count < 100_000 {
            let key = specimen.id.isEmpty ? "\(specimen.label ?? "") \(seen.count)" : specimen.id
            guard seen.insert(key).inserted else { continue }
            switch specimen.type {
            case "Subject": subjects.insert(key)
            case "SubjectGroup":
                groups[specimen.id] = (specimen["numberOfSubjects"] ?? specimen["quantity"])?.number ?? 0
            default: break
            }
            for group in try graph.resolve(specimen["isPartOf"]) where group.type == "SubjectGroup" {
                inGroups[group.id, default: 0] += 1
            }
            try addBiology(of: specimen, to: &record)
            for state in try graph.resolve(specimen["studiedState"]) {
                try addState(state, ages: &ages, to: &record)
                for origin in try graph.resolve(state["descendedFrom"]) where Self.isSpecimen(origin) {
                    waiting.append(origin)
                }
            }
        }
        // Subjects that are listed beside their group are counted with it.
        let grouped = groups.reduce(0.0) { $0 + max(0, $1.value - Double(inGroups[$1.key] ?? 0)) }
        let count = Double(subjects.count) + grouped
        if count > 0 { record.quantities.append(Quantity(.subjects, count, provenance: "studiedSpecimen")) }
        for age in ages.sorted(by: { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }).prefix(200) {
            record.quantities.append(Quantity(.ageDays, age, provenance: "studied state, age"))
        }
    }

    private static func isSpecimen(_ node: OpenMINDSNode) -> Bool {
        ["Subject", "SubjectGroup", "TissueSample", "TissueSampleCollection"].contains(node.type)
    }

    private func addBiology(of specimen: OpenMINDSNode, to record: inout Record) throws {
        for node in try graph.resolve(specimen["species"]) {
            let species = try graph.resolve(node["species"])
            if node.type == "Strain" || !species.isEmpty {
                state(.strain, node, provenance: "studied specimen, species", in: &record)
                for node in species {
                    state(.species, node, provenance: "studied specimen, strain, species", in: &record)
                }
            } else {
                state(.species, node, provenance: "studied specimen, species", in: &record)
            }
        }
        for node in try graph.resolve(specimen["biologicalSex"]) {
            state(.sex, node, provenance: "studied specimen, biologicalSex", in: &record)
        }
        for node in try graph.resolve(specimen["anatomicalLocation"]) {
            state(.region, node, provenance: "studied specimen, anatomicalLocation", in: &record)
        }
    }

    private func addState(_ state: OpenMINDSNode, ages: inout Set<ClosedRange<Double>>, to record: inout Record) throws
    {
        for node in try graph.resolve(state["attribute"] ?? state["subjectAttribute"]) {
            if SpecimenState.isOfWholeAnimal(node.label ?? "") {
                self.state(.state, node, provenance: "studied state, attribute", in: &record)
            } else if let label = node.label {
                let passage = Passage("subject attribute", label, isEvidence: false)
                if !record.passages.contains(passage) { record.passages.append(passage) }
            }
        }
        for node in try graph.resolve(state["pathology"]) {
            self.state(.disease, node, provenance: "studied state, pathology", in: &record)
        }
        if let age = try days(state["age"]) { ages.insert(age) }
    }

    /// An age in days: a QuantitativeValue, or a QuantitativeValueRange.
    private func days(_ value: JSONValue?) throws -> ClosedRange<Double>? {
        guard let value else { return nil }
        func days(_ number: String, _ unit: String) throws -> Double? {
            guard let amount = value[number]?.number, amount >= 0, amount < 1e6,
                let length = try graph.resolve(value[unit]).first?.label.flatMap(SpecimenState.days)
            else { return nil }
            return amount * length
        }
        if let age = try days("value", "unit") { return age...age }
        guard let low = try days("minValue", "minValueUnit"), let high = try days("maxValue", "maxValueUnit"),
            low <= high
        else { return nil }
        return low...high
    }
}
