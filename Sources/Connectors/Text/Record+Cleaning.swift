import Records

extension Record {
    /// Every text of the record made plain, addresses gone, none longer than `limit` UTF-8 bytes; and whether
    /// one had to be cut.
    ///
    /// Connectors already clean what they know to be prose.  This is the safeguard: every field, label, provenance and
    /// note passes through it.
    func cleaned(limit: Int) -> (record: Record, wasCut: Bool) {
        var cut = false
        func text(_ value: String) -> String {
            let plain = PlainText.paragraph(value)
            guard plain.utf8.count > limit else { return plain }
            cut = true
            return PlainText.cut(plain, at: limit)
        }
        func line(_ value: String) -> String { PlainText.line(value) }
        func lines(_ values: [String]) -> [String] { values.map(line).filter { !$0.isEmpty } }
        /// Addresses of pages keep their bytes: only an e-mail address or a control character spoils one.
        func address(_ value: String?) -> String? {
            guard let value, !value.isEmpty, !EmailAddresses.occur(in: value),
                value.unicodeScalars.allSatisfy({ $0.value > 32 && $0.value != 0x7F })
            else { return nil }
            return value
        }
        var record = self
        record.title = line(title)
        record.description = text(description)
        record.url = address(url)
        record.doi = address(doi)
        record.citation = citation.map(text)
        record.accessNote = accessNote.map(text)
        record.contributors = lines(contributors)
        record.labs = lines(labs)
        record.keywords = lines(keywords)
        record.notes = lines(notes)
        for index in record.parts.indices {
            record.parts[index].type = line(parts[index].type)
            record.parts[index].label = line(parts[index].label)
            record.parts[index].native = address(parts[index].native)
        }
        record.statements = statements.compactMap { statement in
            var statement = statement
            statement.value = line(statement.value)
            statement.identifiers = statement.identifiers.compactMap(address)
            statement.provenance = line(statement.provenance)
            statement.scheme = statement.scheme.map(line)
            statement.grade = statement.grade.map(line)
            return statement.value.isEmpty && statement.identifiers.isEmpty ? nil : statement
        }
        record.passages = passages.compactMap { passage in
            var passage = passage
            passage.text = text(passage.text)
            passage.field = line(passage.field)
            return passage.text.isEmpty ? nil : passage
        }
        record.links = links.compactMap { link in
            guard let target = address(link.target) else { return nil }
            return Link(link.relation, target, label: link.label.map(line))
        }
        return (record, cut)
    }
}
