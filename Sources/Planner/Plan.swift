package import Records

/// A question understood: filters joined by AND, ranges, and the words left for ranking.  `Plan+JSON.swift` says how
/// it is written and read.
package struct Plan: Sendable, Hashable {
    package var query: String
    /// The kind of record asked for; nil when the words ask for none.
    package var target: RecordType?
    package var filters: [Filter]
    package var ranges: [Range]
    /// Ids of records that the question names by accession, DOI, uuid or address; exactly these match.  Empty where it
    /// names none.
    package var records: [String]
    /// Id of the record that others shall be like; the answer is that of `similar`.
    package var like: String?
    /// Pairs of scopes that must hold of different parts: "different probes in A and B".
    package var apart: [[Int]]
    /// Words that became no filter; they rank.
    package var text: String
    package var warnings: [Warning]
    package var alternatives: [Alternative]

    package init(
        query: String, target: RecordType? = nil, filters: [Filter] = [], ranges: [Range] = [],
        records: [String] = [], like: String? = nil, apart: [[Int]] = [], text: String = "",
        warnings: [Warning] = [], alternatives: [Alternative] = []
    ) {
        self.query = query
        self.target = target
        self.filters = filters
        self.ranges = ranges
        self.records = records
        self.like = like
        self.apart = apart
        self.text = text
        self.warnings = warnings
        self.alternatives = alternatives
    }

    /// Words of the query that made a piece of the plan: UTF-8 byte offsets.
    package struct Words: Sendable, Hashable {
        package var text: String
        package var start: Int
        package var end: Int
        package init(text: String, start: Int, end: Int) {
            self.text = text
            self.start = start
            self.end = end
        }
    }

    /// How the words were linked to the term.
    package enum Via: String, Sendable, Hashable, CaseIterable {
        case label, synonym, acronym, adjective, typo, embedding, `operator`, identifier
    }

    /// Whether a condition decides which records match, or only which come first.
    package enum Weight: String, Codable, Sendable, Hashable, CaseIterable {
        case required
        /// "Ideally", "if possible", "a plus": raises the rank and never decides membership, totals or facets.
        case preferred
    }

    /// A value of a filter.
    package struct Value: Sendable, Hashable {
        package var id: String
        package var label: String
        package var synonyms: [String]
        package var xrefs: [String]
        /// How many terms are below the value.
        package var descendants: Int
        package init(
            id: String, label: String, synonyms: [String] = [], xrefs: [String] = [], descendants: Int = 0
        ) {
            self.id = id
            self.label = label
            self.synonyms = synonyms
            self.xrefs = xrefs
            self.descendants = descendants
        }
    }

    /// A condition on a facet: holds when any of the values, or anything below it, is recorded.
    package struct Filter: Sendable, Hashable {
        package var facet: Facet
        package var anyOf: [Value]
        package var negated: Bool
        package var weight: Weight
        /// Number of the alternation the filter is part of, where alternatives lie in several facets or are several
        /// filters each; nil where it holds on its own.  Of all filters of one number, those of one `choice` must hold.
        package var either: Int?
        /// Which alternative of `either` the filter is part of; filters of one choice hold together.
        package var choice: Int?
        /// Filters that share a scope must hold of the same part.
        package var scope: Int?
        /// The part must play this role; nil for any.
        package var role: Part.Role?
        /// True where the values themselves are meant and nothing below them, as DANDI's `anatomy_exact:` says; else
        /// nil.
        package var exact: Bool?
        /// 0 to 1.
        package var confidence: Double
        package var words: Words
        package var via: Via

        package init(
            facet: Facet, anyOf: [Value], negated: Bool = false, weight: Weight = .required, either: Int? = nil,
            choice: Int? = nil, scope: Int? = nil, role: Part.Role? = nil, exact: Bool? = nil,
            confidence: Double = 1, words: Words, via: Via
        ) {
            self.facet = facet
            self.anyOf = anyOf
            self.negated = negated
            self.weight = weight
            self.either = either
            self.choice = choice
            self.scope = scope
            self.role = role
            self.exact = exact
            self.confidence = confidence
            self.words = words
            self.via = via
        }
    }

    /// A bound of a range: a number, or a day for date fields.
    package enum Bound: Sendable, Hashable {
        case number(Double)
        /// Day number; written as ISO 8601.
        case day(Int)
        /// The value that is compared.
        package var value: Double {
            switch self {
            case .number(let value): value
            case .day(let number): Double(number)
            }
        }
    }

    /// Inclusive bounds on a number or date.
    package struct Range: Sendable, Hashable {
        package var field: RangeField
        package var min: Bound?
        package var max: Bound?
        package var weight: Weight
        package var words: Words

        package init(field: RangeField, min: Bound?, max: Bound?, weight: Weight = .required, words: Words) {
            self.field = field
            self.min = min
            self.max = max
            self.weight = weight
            self.words = words
        }
    }

    /// Something the reader should know.
    package struct Warning: Sendable, Hashable {
        package var code: String
        package var message: String
        package var suggestions: [String]
        package init(code: String, message: String, suggestions: [String] = []) {
            self.code = code
            self.message = message
            self.suggestions = suggestions
        }
    }

    /// A homonym and how it was read.
    package struct Alternative: Sendable, Hashable {
        package var words: String
        package var chosen: String
        package var others: [String]
        package init(words: String, chosen: String, others: [String]) {
            self.words = words
            self.chosen = chosen
            self.others = others
        }
    }
}
