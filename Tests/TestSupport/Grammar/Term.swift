package import Records

/// A thing that sentences speak of, by words that mean nothing else.
package struct Term: Sendable {
    /// Nil for a word of no vocabulary, and for nouns that ask for a kind of record.
    package let facet: Facet?
    package let id: String
    /// How it is written in a sentence, by the name of the form; the plain form has the empty name.
    package let forms: [String: String]
    /// Two terms of one kin are never drawn together: one lies below the other, or rules it out.
    package let kin: String
    /// The kind of record, for nouns that ask for one.
    package let target: RecordType?

    /// What stands where no form is asked for.
    package var plain: String { forms[""] ?? id }

    init(facet: Facet?, id: String, forms: [String: String], kin: String, target: RecordType?) {
        (self.facet, self.id, self.forms, self.kin, self.target) = (facet, id, forms, kin, target)
    }
}

/// What a sentence says of a term; the raw value is the notation of templates.
package enum Sign: String, Sendable, CaseIterable {
    /// A required filter.
    case wanted = ""
    /// A required filter that excludes.
    case excluded = "-"
    /// No required filter of either sign; preferred is fine, nothing too.
    case preferred = "~"
    /// Wished to be absent: no required filter of either sign, and not preferred either.
    case dispreferred = "*"
    /// No filter at all.
    case unsaid = "0"
    /// No positive filter: left out and excluded are both fine.
    case unwanted = "!"
    /// No filter that excludes: whether it is asked for can be read either way.
    case uncertain = "?"
}
