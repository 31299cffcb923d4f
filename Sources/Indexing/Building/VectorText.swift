internal import Records

/// The text that a record's vector encodes: title, description, keywords, and the names of what it states.  The encoder
/// cuts it at its own length, so what matters most comes first.
enum VectorText {
    static func of(_ record: Record, tags: [Tag]) -> String {
        var seen: Set<String> = []
        let stated = tags.filter { !$0.evidence.kind.isFromText && $0.facet.descriptor.subject == .content }
            .map(\.label)
        let names = (record.keywords + stated).filter { seen.insert($0.lowercased()).inserted }
        return [record.title, record.description, names.joined(separator: ", ")].filter { !$0.isEmpty }
            .joined(separator: ". ")
    }
}
