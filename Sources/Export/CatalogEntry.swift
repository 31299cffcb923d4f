package import Records
package import Store
package import Vocabulary

/// What every export says of a record: its own fields, made safe, and the few that follow from its tags.
package struct CatalogEntry: Sendable, Hashable {
    package let id: RecordID
    package let title: String
    package let description: String
    package let url: String?
    package let doi: String?
    /// How the source wants to be cited.
    package let citation: String?
    package let access: Access
    package let accessNote: String?
    package let embargoedUntil: Int?
    /// The people the source names, in its order.
    package let creators: [Agent]
    /// Labs and other organisations.
    package let organisations: [Agent]
    package let keywords: [String]
    package let licenses: [License]
    package let formats: [String]
    /// Vocabulary terms that the source states, without what was only read from text.
    package let terms: [Term]
    package let published: Int?
    package let modified: Int?
    /// First and last day of recording.
    package let recorded: ClosedRange<Int>?
    package let bytes: Double?
    package let links: [Link]
    /// Pages of the same data elsewhere.
    package let alsoAt: [String]

    /// A person or an organisation.
    package struct Agent: Sendable, Hashable {
        package enum Kind: Sendable, Hashable { case person, organisation }
        package let name: String
        /// Nil when the source does not say.
        package let kind: Kind?
        /// The two halves of `Cajal, Santiago Ramón y`; nil for a name written in another way.
        package let family: String?
        package let given: String?
        /// ORCID of a person or ROR of an organisation, as an address.
        package let identifier: String?
    }

    /// A licence, as far as it is known.
    package struct License: Sendable, Hashable {
        package let name: String
        /// Identifier in the SPDX list.
        package let spdx: String?
        package let url: String?
    }

    /// A value of a facet.
    package struct Term: Sendable, Hashable {
        package let facet: Facet
        package let label: String
        /// CURIE; nil for a value that no vocabulary has.
        package let curie: String?
    }

    /// The vocabulary knows the addresses of licences.
    package init(_ stored: StoredRecord, vocabulary: Vocabulary) {
        let record = stored.record
        id = record.id
        title = SafeText.line(record.title)
        description = SafeText.paragraph(record.description)
        url = WebLink.safe(record.url)
        doi = record.doi.flatMap { Self.isDOI($0) ? $0 : nil }
        citation = record.citation.map(SafeText.line)
        access = record.access
        accessNote = record.accessNote.map(SafeText.line)
        embargoedUntil = record.embargoedUntil
        creators = Self.agents(record.contributors, in: record)
        organisations = Self.agents(record.labs, in: record, kind: .organisation)
        keywords = Self.unique(record.keywords.map(SafeText.line))
        let stated = stored.tags.filter { tag in
            !tag.evidence.kind.isFromText && !(tag.evidence.rule?.hasPrefix("implied") ?? false)
        }
        licenses = Self.licenses(stated, vocabulary: vocabulary)
        formats = Self.unique(stated.filter { $0.facet == .format }.map { SafeText.line($0.label) })
        terms = Self.unique(
            stated.filter { $0.facet.descriptor.subject == .content }.map { tag in
                Term(
                    facet: tag.facet, label: SafeText.line(tag.label),
                    curie: vocabulary.number(of: tag.term) == nil ? nil : tag.term)
            })
        published = Self.days(of: .published, in: record)?.lowerBound
        modified = Self.days(of: .modified, in: record)?.upperBound
        recorded = Self.days(of: .date, in: record)
        bytes = record.quantities.first { $0.field == .sizeBytes && $0.part == nil && $0.min == $0.max }?.min
        links = record.links
        let own = url
        alsoAt = Self.unique(stored.alsoAt.compactMap { WebLink.safe($0.url) }.filter { $0 != own })
    }

    /// Year of publication.
    package var year: Int? { published.map { CalendarDay.civil($0).year } }

    /// The archive that holds the record; nil for files on somebody's disk.
    package var publisher: SourceDescriptor.Publisher? { id.source.descriptor.publisher }

    /// Where the record is best read: its DOI, else its page.
    package var address: String? { doi.map(WebLink.doi) ?? url }

    private static func unique<Value: Hashable>(_ values: [Value]) -> [Value] {
        var seen: Set<Value> = []
        return values.filter { $0 as? String != "" && seen.insert($0).inserted }
    }

    static func isDOI(_ text: String) -> Bool {
        text.hasPrefix("10.") && text.contains("/")
            && text.unicodeScalars.allSatisfy {
                $0.value > 32 && $0.value != 127 && !$0.properties.isWhitespace
            }
    }

    private static func days(of field: RangeField, in record: Record) -> ClosedRange<Int>? {
        let found = record.quantities.filter { $0.field == field && abs($0.min) < 1e7 && abs($0.max) < 1e7 }
        guard let first = found.map(\.min).min(), let last = found.map(\.max).max(), first <= last else { return nil }
        return Int(first)...Int(last)
    }
}

extension CatalogEntry {
    /// Licences of tags.  An SPDX identifier is given if the term means exactly one.
    private static func licenses(_ tags: [Tag], vocabulary: Vocabulary) -> [License] {
        unique(
            tags.filter { $0.facet == .license }.map { tag in
                let names = vocabulary.term(tag.term)?.xrefs ?? []
                let spdx = names.filter { $0.hasPrefix("spdx:") }.map { String($0.dropFirst(5)) }
                return License(
                    name: SafeText.line(tag.label), spdx: spdx.count == 1 ? spdx[0] : nil,
                    url: names.compactMap(WebLink.safe).first)
            })
    }

    private static func agents(_ names: [String], in record: Record, kind: Agent.Kind? = nil) -> [Agent] {
        unique(names.map(SafeText.line)).map { name in
            let statements = record.statements.filter { statement in
                statement.facet.descriptor.namesPeople && SafeText.line(statement.value) == name
            }
            let kind =
                kind
                ?? (statements.contains { $0.facet == .person }
                    ? .person : statements.contains { $0.facet == .lab } ? .organisation : nil)
            let halves = kind == .organisation ? nil : Self.halves(of: name)
            return Agent(
                name: name, kind: kind, family: halves?.family, given: halves?.given,
                identifier: statements.flatMap(\.identifiers).compactMap(Self.agentAddress).first)
        }
    }

    /// `Senzai, Yuta` has two halves; any other way of writing a name is left as it is.
    private static func halves(of name: String) -> (family: String, given: String)? {
        let halves = name.split(separator: ",", omittingEmptySubsequences: false).map { SafeText.line(String($0)) }
        guard halves.count == 2, halves.allSatisfy({ !$0.isEmpty }),
            !name.contains(where: { $0.isNumber || $0 == "(" || $0 == "&" || $0 == ";" })
        else { return nil }
        return (halves[0], halves[1])
    }

    /// An ORCID or ROR in any of its spellings as an address; nil for other identifiers.
    private static func agentAddress(_ identifier: String) -> String? {
        let name = identifier.split { $0 == "/" || $0 == ":" }.last.map(String.init) ?? ""
        let bytes = Array(name.utf8)
        let isDigit = { (byte: UInt8) in (48...57).contains(byte) }
        if bytes.count == 19, [4, 9, 14].allSatisfy({ bytes[$0] == UInt8(ascii: "-") }),
            bytes.enumerated().allSatisfy({ index, byte in
                [4, 9, 14].contains(index) || isDigit(byte) || index == 18 && byte == UInt8(ascii: "X")
            })
        {
            return "https://orcid.org/\(name)"
        }
        if bytes.count == 9, bytes[0] == UInt8(ascii: "0"), identifier.lowercased().contains("ror"),
            bytes.allSatisfy({ isDigit($0) || (97...122).contains($0) })
        {
            return "https://ror.org/\(name)"
        }
        return nil
    }
}
