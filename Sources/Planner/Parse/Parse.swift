/// A shallow parse of a question: its words with their parts of speech, clauses, noun phrases and lists.
///
/// Deterministic, linear in the length of the question, and total: every text has one.  It knows no meaning; the
/// readers read signs, weights and bonds off it.  Chunks are found by rules over parts of speech (Abney, "Parsing by
/// chunks", 1991); parts of speech and relations have the names of Universal Dependencies (version 2).
package struct Parse: Sendable, Equatable {
    /// In the order of the text.
    package let units: [Unit]
    /// One behind the other; together they hold every unit.
    package let clauses: [Clause]
    /// Noun phrases in the order of the text.
    package let phrases: [Phrase]
    /// Lists of noun phrases, the innermost alone: "mouse, rat or gerbil".
    package let lists: [Coordination]

    /// A word, or several that are one name.
    package struct Unit: Sendable, Equatable {
        /// Tokens of the question.
        package let tokens: Range<Int>
        package let tag: PartOfSpeech
        /// The words are the name of a term.
        package let isName: Bool
    }

    /// Words around one verb, or a noun phrase that stands alone.
    package struct Clause: Sendable, Equatable {
        /// Indices of units.
        package let units: Range<Int>
        /// Number of the sentence, from 0.
        package let sentence: Int
        package let kind: Kind

        package enum Kind: String, Sendable {
            /// Asks for something: "I need …", "are there …", or a noun phrase without a verb.
            case request
            /// Says what the data are: "the animals were awake".
            case description
            /// Says what the asker does or what is known, and asks for nothing: "we usually work with monkeys".
            case background
            /// Says what was found too often: "every search gives me mice".
            case complaint
        }
    }

    /// A noun with what stands before it: "two silent Neuropixels probes".
    package struct Phrase: Sendable, Equatable {
        /// Indices of units, the preposition aside.
        package let units: Range<Int>
        /// The noun that the others tell more about, an index of a unit.
        package let head: Int
        /// The preposition that leads it, an index of a unit.
        package let preposition: Int?
        /// The phrase that it tells more about; nil at the top.
        package let governor: Int?
        package let relation: Relation
    }

    /// How a phrase hangs on another.
    package enum Relation: String, Sendable {
        case root
        /// Behind a preposition.
        case nmod
        /// Behind a participle: "mice given muscimol".
        case acl
        /// A further member of a list.
        case conj
    }

    /// Phrases that are joined.
    package struct Coordination: Sendable, Equatable {
        /// Indices of phrases, at least two.
        package let members: [Int]
        package let joint: Joint

        package enum Joint: String, Sendable {
            case and, or, nor, versus
            /// Only commas.
            case comma
        }
    }
}

/// Parts of speech by their names in Universal Dependencies.
package enum PartOfSpeech: String, Sendable {
    case adjective = "ADJ"
    case preposition = "ADP"
    case adverb = "ADV"
    case auxiliary = "AUX"
    case coordinator = "CCONJ"
    case determiner = "DET"
    case noun = "NOUN"
    case number = "NUM"
    case particle = "PART"
    case pronoun = "PRON"
    case name = "PROPN"
    case subordinator = "SCONJ"
    case verb = "VERB"
}
