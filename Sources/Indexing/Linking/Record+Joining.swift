internal import Records

extension Record {
    /// The record with the statements of the other sources.
    ///
    /// Title, description, access, numbers and names stay its own; what the others state is added with its source in
    /// front of the place ("openneuro: species"), their texts are searched as passages, their parts follow its own, and
    /// a number counts where it has none for the field.
    func joined(with others: [Record]) -> Record {
        others.reduce(into: self) { $0.take(over: $1) }
    }

    private mutating func take(over other: Record) {
        let offset = parts.count
        let source = other.id.source.rawValue
        func provenance(_ text: String) -> String { "\(source): \(text)" }
        func moved(_ part: Int?) -> Int? {
            part.flatMap { other.parts.indices.contains($0) ? $0 + offset : nil }
        }
        let statedFacets = Set(statements.map(\.facet))
        parts += other.parts
        // A default of the format is no statement where the other place knows better.
        statements += other.statements.filter { $0.grade != "default" || !statedFacets.contains($0.facet) }.map {
            var statement = $0
            statement.part = moved($0.part)
            statement.provenance = provenance($0.provenance)
            return statement
        }
        statements.append(
            Statement(.source, source, identifiers: [other.id.source.term], provenance: provenance("source")))
        statements += other.contributors.filter { !contributors.contains($0) }.map {
            Statement(.person, $0, provenance: provenance("contributors"))
        }
        statements += other.labs.filter { !labs.contains($0) }.map {
            Statement(.lab, $0, provenance: provenance("labs"))
        }
        let ownFields = Set(quantities.map(\.field))
        quantities += other.quantities.filter { !ownFields.contains($0.field) }.map {
            var quantity = $0
            quantity.part = moved($0.part)
            quantity.provenance = provenance($0.provenance)
            return quantity
        }
        var texts = [(field: "title", text: other.title), (field: "description", text: other.description)]
        texts += other.keywords.filter { !keywords.contains($0) }.map { ("keywords", $0) }
        passages += texts.filter { !$0.text.isEmpty && $0.text != title && $0.text != description }.map {
            Passage(provenance($0.field), $0.text)
        }
        passages += other.passages.map {
            Passage(provenance($0.field), $0.text, part: moved($0.part), isEvidence: $0.isEvidence)
        }
        links += other.links.filter { link in
            !links.contains { $0.relation == link.relation && $0.target == link.target }
        }
        notes += other.notes.map(provenance)
        url = url ?? other.url
        doi = doi ?? other.doi
        citation = citation ?? other.citation
    }
}
