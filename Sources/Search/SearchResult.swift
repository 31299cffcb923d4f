package import Planner
package import Records

/// The answer to one question: section 5 of docs/contract.md, field for field.
package struct SearchResult: Codable, Sendable, Hashable {
    package var query: String
    package var plan: Plan
    package var generation: String
    /// Records of the match tier.
    package var total: Int
    /// Records of the possible tier.
    package var possible: Int
    /// Of these, those that state something else: the last of the tier.
    package var differs: Int
    package var tookMs: Double
    package var timingsMs: [String: Double]
    package var hits: [Hit]
    /// Values of each facet among the matches, most frequent first.
    package var facets: [String: [FacetCount]]
    /// How many matches do not record the facet.
    package var notRecorded: [String: Int]
    /// What would find something, when nothing was found.
    package var relax: [Relaxation]
    package var sources: [SourceLine]
    /// Opaque; nil on the last page.
    package var next: String?
    package var warnings: [Plan.Warning]

    enum CodingKeys: String, CodingKey {
        case query, plan, generation, total, possible, differs, hits, facets, relax, sources, next, warnings
        case tookMs = "took_ms"
        case timingsMs = "timings_ms"
        case notRecorded = "not_recorded"
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(query, forKey: .query)
        try container.encode(plan, forKey: .plan)
        try container.encode(generation, forKey: .generation)
        try container.encode(total, forKey: .total)
        try container.encode(possible, forKey: .possible)
        try container.encode(differs, forKey: .differs)
        try container.encode(tookMs, forKey: .tookMs)
        try container.encode(timingsMs, forKey: .timingsMs)
        try container.encode(hits, forKey: .hits)
        try container.encode(facets, forKey: .facets)
        try container.encode(notRecorded, forKey: .notRecorded)
        try container.encode(relax, forKey: .relax)
        try container.encode(sources, forKey: .sources)
        try container.encode(next, forKey: .next)
        try container.encode(warnings, forKey: .warnings)
    }

    /// A facet value and how many matches have it or something below it: exactly the total after adding it as a filter.
    package struct FacetCount: Codable, Sendable, Hashable {
        package var id: String
        package var label: String
        package var count: Int
    }

    /// What to drop or broaden, and the total that gives.
    package struct Relaxation: Codable, Sendable, Hashable {
        package var drop: String?
        package var broaden: String?
        package var total: Int
    }

    /// How fresh a source is.
    package struct SourceLine: Codable, Sendable, Hashable {
        package var source: Source
        package var records: Int
        package var harvested: String
        package var stale: Bool

        package init(source: Source, records: Int, harvested: String, stale: Bool) {
            self.source = source
            self.records = records
            self.harvested = harvested
            self.stale = stale
        }
    }
}

/// One record of a page, with the reasons why it is there.
package struct Hit: Codable, Sendable, Hashable {
    package enum Tier: String, Codable, Sendable, Hashable { case match, possible }

    package var id: RecordID
    package var type: RecordType
    package var source: Source
    package var title: String
    package var url: String?
    package var access: Access
    /// Labels of the licences of the data.
    package var license: [String]
    package var tier: Tier
    package var score: Double
    package var scores: Scores
    /// One entry a filter that holds, or is known at an ancestor; of alternatives, those that hold.
    package var matched: [Reason]
    /// One entry a range that holds; in JSON they follow the filters in `matched`.
    package var ranges: [RangeReason] = []
    /// What is preferred of the plan and holds here, in words; nil where the plan prefers nothing.
    package var preferred: [String]?
    /// Labels of the facet values that it shares with the record that others shall be like, rarest first; nil where the
    /// plan names no such record.
    package var shared: [String]?
    /// What keeps a record of the possible tier from being a match.
    package var unknown: [Gap]
    /// True for a possible record that states another value of what is asked; else nil.
    package var differs: Bool?
    /// HTML-escaped, the words of the question between `<mark>` and `</mark>`.
    package var snippet: String
    /// The same data elsewhere, and by which rule.
    package var alsoAt: [AlsoAt]
    package var accessNote: String?

    enum CodingKeys: String, CodingKey {
        case id, type, source, title, url, access, license, tier, score, scores, matched, preferred, shared, unknown,
            differs, snippet
        case alsoAt = "also_at"
        case accessNote = "access_note"
    }

    /// Parts of the score, each 0 to 1 before weighting; nil where it was not computed.
    package struct Scores: Codable, Sendable, Hashable {
        package var text: Double?
        package var vector: Double?
    }

    /// A filter and the tag that fulfils it.
    package struct Reason: Codable, Sendable, Hashable {
        package struct Value: Codable, Sendable, Hashable {
            package var id: String
            package var label: String
        }
        package var facet: Facet
        package var term: Value
        package var evidence: Evidence
        /// The part of the record it belongs to, for people.
        package var part: String?
        /// True when only something broader is recorded: "somewhere in the hippocampal region".
        package var broader: Bool
        /// True for a negated filter: what is recorded instead.
        package var negated: Bool
        /// Preferred where the filter only raises the rank; nil where it is required.
        package var weight: Plan.Weight?
    }

    /// A filter that is not decided.
    package struct Gap: Codable, Sendable, Hashable {
        /// The facet or range.
        package var field: String
        /// `not recorded`, `known only broader`, `other type`, `read from text beside other values`.
        package var reason: String
    }
}
