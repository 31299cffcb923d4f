/// A facet value of a record, linked to a term, with the evidence for it.
package struct Tag: Codable, Sendable, Hashable {
    package var facet: Facet
    /// CURIE of the term; `text:<facet>:<folded words>` for a value no vocabulary has.
    package var term: String
    package var label: String
    /// Index into the record's parts; nil for the record as a whole.
    package var part: Int?
    package var evidence: Evidence

    package init(facet: Facet, term: String, label: String, part: Int? = nil, evidence: Evidence) {
        self.facet = facet
        self.term = term
        self.label = label
        self.part = part
        self.evidence = evidence
    }
}

/// Why a tag is on a record.
package struct Evidence: Codable, Sendable, Hashable {
    package enum Kind: String, Codable, Sendable, Hashable, Comparable, CaseIterable {
        /// A field of the source holds the identifier or the exact label.
        case stated
        /// A field's string was linked to a term by a rule.
        case mapped
        /// Found in free text, by a rule that is right nine times out of ten at least.
        case inferred
        /// Found in free text, by a rule that is wrong more often: it may be so, and never makes a match.
        case hinted

        private var rank: Int {
            switch self {
            case .stated: 0
            case .mapped: 1
            case .inferred: 2
            case .hinted: 3
            }
        }
        /// Whether it was read from free text.
        package var isFromText: Bool { self >= .inferred }
        /// Better evidence sorts first.
        package static func < (left: Kind, right: Kind) -> Bool { left.rank < right.rank }
    }
    package var kind: Kind
    /// The field: `procedure SiliconProbeImplant, brain_region`.
    package var provenance: String
    /// What linked a mapped value: `identifier`, `label`, `synonym`, `acronym of PF2001`, `implied by GtACR2`.
    package var rule: String?
    /// The quoted words of inferred evidence, or the source's own words of mapped evidence.
    package var words: String?
    /// UTF-8 byte offsets of the words in the field, for inferred evidence.
    package var start: Int?
    package var end: Int?

    package init(
        _ kind: Kind, provenance: String, rule: String? = nil, words: String? = nil, start: Int? = nil, end: Int? = nil
    ) {
        self.kind = kind
        self.provenance = provenance
        self.rule = rule
        self.words = words
        self.start = start
        self.end = end
    }

    private enum CodingKeys: String, CodingKey {
        case kind, rule, words, start, end
        case provenance = "where"
    }
}
