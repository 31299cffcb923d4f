/// One record that can be found, flattened from its source and not yet linked to vocabularies.
package struct Record: Codable, Sendable, Hashable {
    package var id: RecordID
    package var title: String
    /// Plain text; HTML of the source is already turned to text.
    package var description: String
    /// The page of the record at its source.
    package var url: String?
    /// Bare DOI, lower case, without resolver: `10.48324/dandi.000003`.
    package var doi: String?
    package var citation: String?
    package var access: Access
    /// How to ask for the data, when they are not open.  Never an e-mail address.
    package var accessNote: String?
    /// Last day of an embargo as a day number, see ``CalendarDay``.
    package var embargoedUntil: Int?
    /// Names of people as the source writes them, without addresses.
    package var contributors: [String]
    package var labs: [String]
    package var keywords: [String]
    /// The procedures, acquisitions, manipulations, behaviours and epochs inside the record.
    package var parts: [Part]
    /// What the source states of facets, in its own words and identifiers.
    package var statements: [Statement]
    /// What the source states in numbers and dates.
    package var quantities: [Quantity]
    /// Further searchable text beside title, description and keywords.
    package var passages: [Passage]
    package var links: [Link]
    /// What was left out, for people: "setup not public".
    package var notes: [String]

    package init(
        id: RecordID, title: String, description: String = "", url: String? = nil, doi: String? = nil,
        citation: String? = nil, access: Access = .restricted, accessNote: String? = nil,
        embargoedUntil: Int? = nil, contributors: [String] = [], labs: [String] = [], keywords: [String] = [],
        parts: [Part] = [], statements: [Statement] = [], quantities: [Quantity] = [], passages: [Passage] = [],
        links: [Link] = [], notes: [String] = []
    ) {
        self.id = id
        self.title = title
        self.description = description
        self.url = url
        self.doi = doi
        self.citation = citation
        self.access = access
        self.accessNote = accessNote
        self.embargoedUntil = embargoedUntil
        self.contributors = contributors
        self.labs = labs
        self.keywords = keywords
        self.parts = parts
        self.statements = statements
        self.quantities = quantities
        self.passages = passages
        self.links = links
        self.notes = notes
    }
}

/// One act inside a record.  "An inhibitory virus injected INTO visual cortex" is answered by one part, not by
/// two unrelated ones.
package struct Part: Codable, Sendable, Hashable {
    /// What the part is to its record.  A question for *recordings in* a region looks at ``recording`` parts only.
    package enum Role: String, Codable, Sendable, CaseIterable, Hashable {
        /// Data were taken through it: an acquisition with the procedure it used.
        case recording
        /// Something was done to the subject during the session: light, drug, current.
        case manipulation
        /// Something was done to the subject before and still has an effect: a virus injection, a lesion.
        case preparation
        case behavior, epoch
    }
    package var role: Role
    /// The source's own type name, `SiliconProbeImplant`.
    package var type: String
    /// One line for people.
    package var label: String
    /// The source's id of the part, when it has one.
    package var native: String?

    package init(role: Role, type: String, label: String, native: String? = nil) {
        self.role = role
        self.type = type
        self.label = label
        self.native = native
    }
}

/// A facet value in the source's own words, with the identifiers the source gives.
package struct Statement: Codable, Sendable, Hashable {
    package var facet: Facet
    /// The words of the source: a label, an enum value, an acronym.
    package var value: String
    /// CURIEs or IRIs the source gives for it; they win over the words.
    package var identifiers: [String]
    /// The controlled list the value belongs to (`PF2001`, `brainstem:procedure`), when the source says.
    package var scheme: String?
    /// Index into the record's parts; nil for the record as a whole.
    package var part: Int?
    /// The field of the source it was read from, for people: `procedure SiliconProbeImplant, brain_region`.
    package var provenance: String
    /// How sure the source is of it (`planned`, `histology`, `estimated`), where it says.
    package var grade: String?

    private enum CodingKeys: String, CodingKey {
        case facet, value, identifiers, scheme, part, grade
        case provenance = "place"
    }

    package init(
        _ facet: Facet, _ value: String, identifiers: [String] = [], scheme: String? = nil, part: Int? = nil,
        provenance: String, grade: String? = nil
    ) {
        self.facet = facet
        self.value = value
        self.identifiers = identifiers
        self.scheme = scheme
        self.part = part
        self.provenance = provenance
        self.grade = grade
    }
}

/// A number, or an interval of numbers, that the source states; day numbers for dates.
package struct Quantity: Codable, Sendable, Hashable {
    package var field: RangeField
    package var min: Double
    package var max: Double
    package var part: Int?
    /// The field of the source it was read from, for people: `subject, date_of_birth`.
    package var provenance: String

    private enum CodingKeys: String, CodingKey {
        case field, min, max, part
        case provenance = "place"
    }

    package init(_ field: RangeField, _ value: Double, part: Int? = nil, provenance: String) {
        self.init(field, value...value, part: part, provenance: provenance)
    }

    package init(_ field: RangeField, _ values: ClosedRange<Double>, part: Int? = nil, provenance: String) {
        self.field = field
        self.min = values.lowerBound
        self.max = values.upperBound
        self.part = part
        self.provenance = provenance
    }
}

/// Text of a record that is searched, and may be read for terms.
package struct Passage: Codable, Sendable, Hashable {
    /// Field of the source, `epoch name`.
    package var field: String
    package var text: String
    package var part: Int?
    /// Whether terms found in it become inferred tags.
    package var isEvidence: Bool

    package init(_ field: String, _ text: String, part: Int? = nil, isEvidence: Bool = true) {
        self.field = field
        self.text = text
        self.part = part
        self.isEvidence = isEvidence
    }
}

/// A relation to something else.
package struct Link: Codable, Sendable, Hashable {
    package enum Relation: String, Codable, Sendable, Hashable {
        /// The same data elsewhere.
        case sameAs = "same_as"
        case partOf = "part_of"
        case hasPart = "has_part"
        case describedBy = "described_by"
        case related
    }
    package var relation: Relation
    /// A record id, a DOI or a URL.
    package var target: String
    package var label: String?

    package init(_ relation: Relation, _ target: String, label: String? = nil) {
        self.relation = relation
        self.target = target
        self.label = label
    }
}
