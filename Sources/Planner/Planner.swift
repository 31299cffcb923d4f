import Records
package import Vocabulary

/// Planner: a question becomes a ``Plan``, a plan becomes each source's own query.  Pure: no I/O, no clock but the day
/// it is given.
///
/// Two stages.  *Form* finds words, operators and numbers without knowing what they mean; *meaning* turns them, with
/// the vocabulary, into filters and ranges, or leaves them as words that rank.  Total over all texts: free words never
/// fail; only operators can, with suggestions.
package struct Planner: Sendable {
    package let vocabulary: Vocabulary

    /// Longest question in UTF-8 bytes; longer ones are refused, not cut.
    package static let longestQuery = 4096
    /// Most filters and ranges of one plan.
    package static let mostFilters = 32

    /// Suggests names for unknown words; nil where there is no sentence model.
    let linking: (any WordLinking)?

    package init(vocabulary: Vocabulary, linking: (any WordLinking)? = nil) {
        self.vocabulary = vocabulary
        self.linking = linking
    }

    /// Plans a question.  `today` is a day number for relative dates; without it they stay words.
    ///
    /// Every reader takes what is known and returns what it found; the draft collects it and knows which words are
    /// spoken for.  Most readers leave those words alone, so the order of the readers is part of the language.
    package func plan(_ query: String, today: Int? = nil) throws(PlanError) -> Plan {
        guard query.utf8.count <= Self.longestQuery else { throw .tooLong(query.utf8.count) }
        var draft = Draft(Question(query, lexicon: vocabulary.lexicon))

        // Form: what is written in the language of queries, and what names one record, is no word of the sentence.
        draft.apply(try OperatorReader(question: draft.question, vocabulary: vocabulary).read())
        draft.apply(IdentifierReader(question: draft.question).read())
        draft.apply(LabelReader(question: draft.question, vocabulary: vocabulary, today: today).read())
        let form = draft.question

        // Names, and their sign.
        let mentions = MentionReader(question: form, vocabulary: vocabulary).read()
        let names = HomonymReader(question: form, mentions: mentions.all, vocabulary: vocabulary).names()
        let meant = Mentions(all: names.map(\.mention), denied: mentions.denied)
        let parse = Parse(form, mentions: meant.all)
        let scope = DenialScope(question: form, mentions: meant.all, parse: parse, vocabulary: vocabulary)
        draft.apply(
            TermReader(
                question: form, names: names,
                negation: NegationReader(question: form, mentions: meant, parse: parse, scope: scope).read(),
                stances: StanceReader(question: form, mentions: meant.all, parse: parse, scope: scope).read(),
                background: BackgroundReader(question: form, names: names, parse: parse, vocabulary: vocabulary).read(),
                vocabulary: vocabulary
            ).read())
        draft.apply(NameReader(question: draft.question, vocabulary: vocabulary).read())
        draft.apply(
            VersionReader(question: draft.question, findings: draft.findings, vocabulary: vocabulary).read())

        // The kind of record, numbers and dates.
        let kind = TargetReader(question: form, mentions: mentions.all, parse: parse, vocabulary: vocabulary).kind
        draft.apply(Reading(target: kind?.type))
        draft.apply(RangeReader(question: draft.question, findings: draft.findings).read())
        draft.apply(
            AgeWordReader(question: form, findings: draft.findings, hasAge: draft.hasRange(of: .ageDays)).read())
        draft.apply(DateReader(question: draft.question, target: draft.target, today: today).read())

        // What belongs together: alternatives, a term said twice, the acts and their places.
        var findings = CoordinationReader(question: draft.question, findings: draft.findings).joined()
        let alternatives = AlternativeReader(
            question: draft.question, findings: findings, parse: parse, vocabulary: vocabulary
        ).joined()
        draft.apply(Reading(warnings: alternatives.warnings))
        findings = alternatives.findings
        findings = RedundancyReader(
            question: draft.question, findings: findings, parse: parse, vocabulary: vocabulary
        ).reduced()
        findings = ScopeReader(
            question: draft.question, findings: findings, parse: parse, vocabulary: vocabulary
        ).bound()

        let parts = PartReader(question: draft.question, findings: findings, parse: parse).separated()
        draft.apply(Reading(used: parts.used))

        // What is left ranks; alone, the words for a kind of record ask for all of it.
        if parts.findings.isEmpty, !draft.isNarrowed {
            draft.apply(KindWordReader(question: draft.question, kind: kind?.tokens).read())
        }
        draft.apply(UnknownWordReader(question: draft.question, vocabulary: vocabulary, linking: linking).read())
        let text = LeftoverReader(question: draft.question).text()
        return draft.plan(findings: parts.findings, parts: parts.apart, text: text)
    }

    /// The shallow parse of a question, written for people: clauses and what they are for, phrases, lists.
    package func parse(_ query: String) throws(PlanError) -> String {
        guard query.utf8.count <= Self.longestQuery else { throw .tooLong(query.utf8.count) }
        var draft = Draft(Question(query, lexicon: vocabulary.lexicon))
        draft.apply(try OperatorReader(question: draft.question, vocabulary: vocabulary).read())
        draft.apply(IdentifierReader(question: draft.question).read())
        draft.apply(LabelReader(question: draft.question, vocabulary: vocabulary, today: nil).read())
        let mentions = MentionReader(question: draft.question, vocabulary: vocabulary).read()
        let names = HomonymReader(question: draft.question, mentions: mentions.all, vocabulary: vocabulary).names()
        return draft.question.text(of: Parse(draft.question, mentions: names.map(\.mention)))
    }
}
