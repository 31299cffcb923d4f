import Planner
import Records
import Vocabulary

/// The words a plan is ranked by.
///
/// A question in plain words ranks by all of them.  Where operators were typed, the words are what is left over and the
/// names of the values.  Words of negated filters never rank: "not anaesthetised" must not lift anaesthesia.
struct RankingText: Hashable {
    /// For the sentence model: the question as a sentence.
    let sentence: String
    /// For BM25: single words without stop words.
    let words: [String]

    init(plan: Plan, lexicon: Lexicon) {
        let hasOperators =
            plan.filters.contains { $0.via == .operator || $0.via == .identifier }
            || plan.ranges.contains { $0.words.text.contains(":") }
        let hasNegation = plan.filters.contains(where: \.negated)
        if !plan.narrows, plan.text.isEmpty {
            // "List all datasets": nothing but a kind of record is asked for, and all of it.
            sentence = ""
        } else if plan.like != nil || !plan.records.isEmpty || !plan.narrows && plan.prefers {
            // A record's name says nothing of its subject; and what is only preferred must not decide by its words what
            // matches.
            sentence = plan.text
        } else if plan.text.isEmpty, plan.filters.isEmpty, plan.ranges.isEmpty {
            // `type:dataset`: the operator is no word of any record.
            sentence = ""
        } else if hasOperators || hasNegation {
            let values = plan.filters.filter { !$0.negated && $0.facet.descriptor.subject != .bookkeeping }.flatMap {
                filter in
                filter.via == .operator || filter.via == .identifier ? filter.anyOf.map(\.label) : [filter.words.text]
            }
            sentence = (values + [plan.text]).filter { !$0.isEmpty }.joined(separator: " ")
        } else {
            sentence = plan.query
        }
        // Words that name the kind of record would let in all that speak of it.
        words = lexicon.searchWords(of: !plan.narrows && plan.target != nil ? plan.text : sentence)
    }

    var isEmpty: Bool { words.isEmpty }
}
