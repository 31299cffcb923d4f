import JSON
import Records

/// What the generic formats of repositories have in common.
enum GenericRecord {
    /// Values of a member that holds one or many.
    static func list(_ value: JSONValue?) -> [JSONValue] { value?.array ?? [value].compactMap(\.self) }

    /// `1.5 GB`, `1234 bytes`, `20 MiB`; nil for pages, files and whatever else is counted.
    static func bytes(_ text: String) -> Double? {
        let number = text.drop(while: \.isWhitespace).prefix { $0.isNumber || $0 == "." || $0 == "," }
        guard let value = Double(number.filter { $0 != "," }), value >= 0, value < 1e15 else { return nil }
        let unit = text.dropFirst(text.prefix(while: \.isWhitespace).count + number.count)
            .lowercased().filter(\.isLetter)
        let factors = [
            "": 1, "b": 1, "byte": 1, "bytes": 1, "kb": 1e3, "mb": 1e6, "gb": 1e9, "tb": 1e12, "pb": 1e15,
            "kib": 1024, "mib": 1_048_576, "gib": 1_073_741_824, "tib": 1_099_511_627_776,
        ]
        return factors[unit].map { value * $0 }
    }

    /// A licence by its name, its address, its identifier, or any of them.
    static func license(name: String?, address: String?, identifier: String? = nil, provenance: String) -> Statement? {
        let said = identifier.map { id in "spdx:" + (id.lowercased().hasPrefix("cc") ? id.uppercased() : id) }
        let spdx = address.flatMap(LicenseAddress.spdx) ?? name.flatMap(LicenseAddress.spdx) ?? said
        guard let words = name ?? spdx.map({ String($0.dropFirst(5)) }) ?? address else { return nil }
        return Statement(
            .license, PlainText.line(words, limit: 300), identifiers: [spdx].compactMap(\.self),
            provenance: provenance)
    }

    /// Whether a licence lets everybody have the data.
    static func isOpen(_ statement: Statement) -> Bool {
        statement.identifiers.contains {
            $0.hasPrefix("spdx:CC") || $0.hasPrefix("spdx:OD") || $0.hasPrefix("spdx:PDDL")
        }
    }

    /// Adds a person or an organisation, once.
    static func add(_ name: String, isPerson: Bool, orcid: String? = nil, provenance: String, to record: inout Record) {
        let name = PlainText.line(name, limit: 300)
        guard !name.isEmpty else { return }
        if isPerson {
            guard !record.contributors.contains(name) else { return }
            record.contributors.append(name)
            record.statements.append(
                Statement(
                    .person, name, identifiers: orcid.flatMap(Self.orcid).map { [$0] } ?? [], provenance: provenance))
        } else if !record.labs.contains(name) {
            record.labs.append(name)
            record.statements.append(Statement(.lab, name, provenance: provenance))
        }
    }

    /// `orcid:0000-0002-…` for any way of writing one.
    private static func orcid(_ text: String) -> String? {
        let last = text.split { $0 == "/" || $0 == ":" }.last.map(String.init) ?? text
        return last.count == 19 && last.filter { $0 == "-" }.count == 3 ? "orcid:\(last)" : nil
    }

    /// A day of a date that may be a year, or a year and a month, only; then its first.
    static func day(_ text: String) -> Int? {
        if let day = CalendarDay.number(iso: text) { return day }
        let fields = text.split(separator: "-").map(String.init)
        guard let year = fields.first.flatMap({ Int($0) }), (1_900...2_200).contains(year), fields.count <= 2 else {
            return nil
        }
        return CalendarDay.number(year: year, month: fields.count == 2 ? Int(fields[1]) ?? 1 : 1, day: 1)
    }

    /// DataCite's relation types, as far as they map to different links of ours.
    static func relation(_ name: String) -> Link.Relation {
        switch name {
        case "IsDescribedBy", "IsDocumentedBy", "IsSupplementTo", "IsPublishedIn": .describedBy
        case "IsIdenticalTo": .sameAs
        case "IsPartOf": .partOf
        case "HasPart": .hasPart
        default: .related
        }
    }
}
