import Records
import Text
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
    package func plan(_ query: String, today: Int? = nil) throws(PlanError) -> Plan {
        guard query.utf8.count <= Self.longestQuery else {
            throw PlanError(
                kind: .tooLong,
                detail: "The question has \(query.utf8.count) bytes; at most \(Self.longestQuery) are read. Shorten it."
            )
        }
        var question = Question(query)
        var plan = Plan(query: query)

        // Form: operators first; their bytes are no words of the sentence.
        let typed = try readOperators(&question, into: &plan)
        question.identifiers = IdentifierReader(question: question).read().filter { tokens in
            // In quotes too, so that a written plan reads as it was; not in the value of an operator.
            tokens.allSatisfy { !question.isUsed[$0] }
                || tokens.allSatisfy { token in question.quoted.contains { $0.contains(token) } }
        }
        for tokens in question.identifiers { question.use(tokens) }
        let operatorTokens = question.isUsed

        let raw = vocabulary.mentions(in: question.bytes, tokens: question.tokens, correctingTypos: true)
        let unused = raw.filter { mention in !(mention.firstToken..<mention.endToken).contains { question.isUsed[$0] } }
        let denied = PrefixReader(question: question, vocabulary: vocabulary).read(besides: unused)
        let whole = (unused + denied).sorted { $0.firstToken < $1.firstToken }
        let mentions = ElisionReader(question: question, vocabulary: vocabulary).completed(whole)
        let negation = NegationReader(question: question, mentions: mentions, denied: denied, facets: facets).read()

        var findings: [Finding] = []
        let homonyms = HomonymReader(question: question, mentions: mentions, vocabulary: vocabulary)
        for index in mentions.indices
        where !isTitle(mentions[index], question) && !isBeside(mentions[index], question)
            && !isRoute(mentions[index], question)
        {
            guard let reading = homonyms.read(index) else { continue }
            findings.append(
                finding(reading.chosen, mention: mentions[index], isNegated: negation.mentions.contains(index)))
            note(reading, mention: mentions[index], question: question, in: &plan)
        }
        for finding in findings { question.use(finding.tokens) }
        for index in negation.tokens { question.isUsed[index] = true }

        let names = NameReader(question: question, vocabulary: vocabulary).read()
        for name in names { question.use(name.tokens) }
        findings = (findings + names).sorted { $0.tokens.lowerBound < $1.tokens.lowerBound }
        findings += versions(after: findings, question: &question)
        findings.sort { $0.tokens.lowerBound < $1.tokens.lowerBound }

        let target = TargetReader(
            question: question, mentions: mentions, vocabulary: vocabulary, isOperator: operatorTokens
        ).read()
        if plan.target == nil { plan.target = target?.type }

        var numbers = RangeReader(question: question, findings: findings)
        numbers.read()
        question = numbers.question
        var dates = DateReader(question: question, target: plan.target, today: today)
        dates.read()
        question = dates.question
        plan.ranges += numbers.ranges + dates.ranges

        CoordinationReader(question: question).join(&findings)
        findings = Redundancy(question: question, vocabulary: vocabulary).removed(from: findings)
        ScopeReader(question: question, vocabulary: vocabulary).bind(&findings)
        // Scopes of the sentence and of typed groups must not meet.
        for index in findings.indices { findings[index].scope = findings[index].scope.map { $0 + Self.mostFilters } }
        plan.filters = Self.renumbered(filters(from: findings, question: question) + typed)
        plan.text = leftover(of: question, target: target?.tokens)
        plan.warnings += unknownWords(of: question)
        guard plan.filters.count + plan.ranges.count <= Self.mostFilters else {
            throw PlanError(
                kind: .tooMany,
                detail:
                    "The question holds \(plan.filters.count + plan.ranges.count) filters; at most \(Self.mostFilters) are allowed."
            )
        }
        return plan
    }

    // MARK: Operators

    private func readOperators(_ question: inout Question, into plan: inout Plan) throws(PlanError) -> [Plan.Filter] {
        var scanner = OperatorScanner(question.bytes)
        scanner.scan { OperatorReader.names[$0] != nil }
        let reader = OperatorReader(vocabulary: vocabulary)
        var findings: [Finding] = []
        for typed in scanner.operators {
            guard let meaning = OperatorReader.names[typed.name] else {
                if reader.isInnocent(typed) { continue }
                throw PlanError(
                    kind: .unknownOperator, detail: "There is no operator '\(typed.name):'.",
                    suggestions: Self.operators(like: typed.name))
            }
            let tokens = question.tokens(from: typed.start, to: typed.end)
            let words = Plan.Words(
                text: String(decoding: question.bytes[typed.start..<typed.end], as: UTF8.self), start: typed.start,
                end: typed.end)
            switch meaning {
            case .facet(let facet):
                findings.append(try reader.finding(facet: facet, typed: typed, tokens: tokens))
            case .exactFacet(let facet):
                var finding = try reader.finding(facet: facet, typed: typed, tokens: tokens)
                finding.isExact = true
                finding.value.descendants = 0
                findings.append(finding)
            case .range(let field):
                plan.ranges.append(try reader.range(field: field, typed: typed, words: words))
            case .bound(let field, let isUpper):
                plan.ranges.append(try reader.bound(field: field, isUpper: isUpper, typed: typed, words: words))
            case .type:
                guard let type = RecordType(rawValue: typed.value.lowercased()) else {
                    throw PlanError(
                        kind: .unknownValue, detail: "There is no record type '\(typed.value)'.",
                        suggestions: RecordType.allCases.map(\.rawValue))
                }
                plan.target = type
            case .text:
                question.quoted.append(question.tokens(from: typed.valueStart, to: typed.end))
            }
            question.use(tokens)
        }
        for mark in scanner.marks { question.use(question.tokens(from: mark.lowerBound, to: mark.upperBound)) }
        for phrase in scanner.phrases { readPhrase(phrase, &question) }
        return Self.renumbered(filters(from: findings, question: question))
    }

    /// Brace groups numbered from 1; a group of one binds nothing.
    private static func renumbered(_ filters: [Plan.Filter]) -> [Plan.Filter] {
        var numbers: [Int: Int] = [:]
        return filters.map { filter in
            guard let scope = filter.scope else { return filter }
            var filter = filter
            if filters.count(where: { $0.scope == scope }) < 2 {
                filter.scope = nil
            } else {
                filter.scope = numbers[scope] ?? numbers.count + 1
                numbers[scope] = filter.scope
            }
            return filter
        }
    }

    /// Words in quotes are meant literally: they rank, and make a filter only when they are a term as a whole.
    private func readPhrase(_ phrase: (text: String, start: Int, end: Int), _ question: inout Question) {
        let isTerm = isTerm(phrase: phrase.text)
        if !isTerm { question.quoted.append(question.tokens(from: phrase.start, to: phrase.end)) }
        if !isTerm { question.use(question.tokens(from: phrase.start, to: phrase.end)) }
    }

    /// Whether a phrase is a name as a whole.
    func isTerm(phrase: String) -> Bool {
        let bytes = Array(phrase.utf8)
        let tokens = Tokenizer.tokens(of: bytes)
        return vocabulary.mentions(in: bytes, tokens: tokens).contains {
            $0.firstToken == 0 && $0.endToken == tokens.count
        }
    }

    private static func operators(like name: String) -> [String] {
        let names = OperatorReader.names.keys.sorted()
        let near = names.filter { $0.hasPrefix(name.prefix(2)) || name.hasPrefix($0.prefix(3)) }
        return near.isEmpty
            ? ["species:", "region:", "technique:", "device:", "state:"] : near.prefix(5).map { $0 + ":" }
    }

    // MARK: Findings

    private func facets(_ mention: Mention) -> Set<String> {
        Set(mention.numbers.map { vocabulary.facet(of: $0).rawValue })
    }

    private func finding(_ match: NameMatch, mention: Mention, isNegated: Bool) -> Finding {
        let via: Plan.Via =
            if mention.isCorrected {
                .typo
            } else {
                switch match.via {
                case .label: .label
                case .synonym: .synonym
                case .acronym: .acronym
                case .adjective: .adjective
                }
            }
        let confidence: Double =
            switch via {
            case .label: 0.99
            case .synonym: 0.97
            case .adjective: 0.95
            case .acronym: mention.isAmbiguous ? 0.75 : 0.92
            default: 0.8
            }
        return Finding(
            tokens: mention.firstToken..<mention.endToken, facet: vocabulary.facet(of: match.number),
            value: vocabulary.value(of: match.number), term: match.number, via: via, confidence: confidence,
            isNegated: isNegated)
    }

    private func note(
        _ reading: (chosen: NameMatch, others: [NameMatch]), mention: Mention, question: Question, in plan: inout Plan
    ) {
        guard !reading.others.isEmpty else { return }
        plan.alternatives.append(
            Plan.Alternative(
                words: question.written(mention.firstToken..<mention.endToken),
                chosen: vocabulary.label(of: reading.chosen.number),
                others: reading.others.prefix(5).map { vocabulary.label(of: $0.number) }))
    }

    /// "Dr. Rat", "The Mouse paper": a name or a title, not the animal.
    private func isTitle(_ mention: Mention, _ question: Question) -> Bool {
        let before = question.word(mention.firstToken - 1)
        if ["dr", "prof", "mr", "mrs", "professor"].contains(before) { return true }
        let after = question.word(mention.endToken)
        return question.isCapitalized(mention.firstToken) && before == "the"
            && ["paper", "book", "article", "movie", "film", "story", "project"].contains(after)
    }

    /// "Given PO", "10 mg/kg IP": the way a drug goes in, not a region.
    private func isRoute(_ mention: Mention, _ question: Question) -> Bool {
        guard mention.endToken == mention.firstToken + 1,
            ["po", "ip", "iv", "im", "sc"].contains(question.word(mention.firstToken))
        else { return false }
        let doses: Set<String> = ["mg", "kg", "ug", "dose", "daily", "gavage"]
        let ways: Set<String> = ["given", "administered", "orally"]
        let near = [-2, -1, 1, 2].map { question.word(mention.firstToken + $0) }
        if near.contains(where: doses.contains) { return true }
        return question.word(mention.firstToken) != "sc" && near[1...2].contains(where: ways.contains)
    }

    /// Regions that are named without being recorded: "neurons projecting to the hippocampus".
    private func isBeside(_ mention: Mention, _ question: Question) -> Bool {
        guard mention.numbers.contains(where: { vocabulary.facet(of: $0) == .region }) else { return false }
        // "NAc-projecting neurons", "the BLA to NAc projection".
        let next = question.word(mention.endToken)
        if ["projecting", "projector"].contains(next),
            question.gap(before: mention.endToken).allSatisfy({ "- ".contains($0) })
        {
            return true
        }
        var index = mention.firstToken - 1
        while index >= 0, Lexicon.articles.contains(question.word(index)) { index -= 1 }
        guard ["to", "onto"].contains(question.word(index)) else { return false }
        if ["projection", "projecting", "pathway", "axon", "afferent"].contains(next) { return true }
        return ["projecting", "projection", "project", "sending", "innervating", "axon"].contains(
            question.word(index - 1))
    }

    /// "Neuropixels 1.0, not 2.0": a bare version means the same family's model.
    private func versions(after findings: [Finding], question: inout Question) -> [Finding] {
        var found: [Finding] = []
        for index in question.tokens.indices where !question.isUsed[index] {
            guard question.word(index).contains("."),
                let device = findings.last(where: { $0.facet == .device && $0.tokens.upperBound <= index })
            else { continue }
            let between = question.words[device.tokens.upperBound..<index]
            guard between.count <= 2, between.allSatisfy({ ["or", "and", "not", "but", "nor"].contains($0) }) else {
                continue
            }
            let family = question.written(device.tokens).split(separator: " ").first.map(String.init) ?? ""
            let name = "\(family) \(question.written(index..<(index + 1)))"
            guard let match = vocabulary.terms(named: name, facet: .device).first else { continue }
            question.use((index - between.count)..<(index + 1))
            var version = Finding(
                tokens: index..<(index + 1), facet: .device, value: vocabulary.value(of: match.number),
                term: match.number,
                via: .synonym, confidence: 0.9)
            version.isNegated = between.contains("not")
            found.append(version)
        }
        return found
    }

    /// Findings become filters; alternatives share one.
    private func filters(from findings: [Finding], question: Question) -> [Plan.Filter] {
        var filters: [Plan.Filter] = []
        for finding in findings {
            let words = question.planWords(finding.tokens)
            if finding.isAlternative, let last = filters.last, last.facet == finding.facet,
                last.negated == finding.isNegated, (last.exact ?? false) == finding.isExact
            {
                var joined = last
                if !joined.anyOf.contains(where: { $0.id == finding.value.id }) { joined.anyOf.append(finding.value) }
                joined.words = question.planWords(bytes: joined.words.start..<Swift.max(joined.words.end, words.end))
                joined.confidence = Swift.min(joined.confidence, finding.confidence)
                filters[filters.count - 1] = joined
                continue
            }
            var filter = Plan.Filter(
                facet: finding.facet, anyOf: [finding.value], negated: finding.isNegated, scope: finding.scope,
                role: finding.role, confidence: finding.confidence, words: words, via: finding.via)
            if finding.isExact { filter.exact = true }
            filters.append(filter)
        }
        return filters
    }

    /// Words that say something and became nothing else.
    private func leftover(of question: Question, target: Swift.Range<Int>?) -> String {
        var words: [String] = []
        for index in question.tokens.indices {
            if let identifier = question.identifiers.first(where: { $0.contains(index) }) {
                if index == identifier.lowerBound { words.append(question.written(identifier)) }
                continue
            }
            let isQuoted = question.quoted.contains { $0.contains(index) }
            if !isQuoted {
                if question.isUsed[index] || Lexicon.stopWords.contains(question.word(index)) { continue }
                // "I'm", "we've": what stands behind the apostrophe.
                if ["'", "’"].contains(question.gap(before: index)) { continue }
            }
            words.append(question.written(index..<(index + 1)))
        }
        return words.joined(separator: " ")
    }
}
