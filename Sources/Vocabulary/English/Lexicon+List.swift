extension Lexicon {
    /// The lists of English words that the planner, the search and the linker go by, as `vocab/english` has them, where
    /// each says what it decides.  A case is written with hyphens there: `requestWord` is `request-word`.
    package enum List: Int, CaseIterable, Sendable {
        // function-words.tsv
        case preposition, article, conjunction, stopWord, searchStopWord, requestWord
        // context-words.tsv: names that are not meant as such
        case title, authorLead, work, route, dose, giving, projecting, toward, projection, project
        // context-words.tsv: lists and their joints
        case versionJoint, choiceFiller, elidedDenial, pairJoint, joint
        case denyingPrefix, listJoint, denialEnd, standIn
        // context-words.tsv: people and laboratories
        case labNoun, institution, authorship, surname
        // context-words.tsv: what speaks for a facet
        case regionBefore, regionAfter, diseaseBefore, diseaseAfter, celltypeAfter, driverLine, strainAfter
        case sourceBefore, sourceAfter, formatAfter, humanContext, animalContext
        // context-words.tsv: numbers
        case vagueAmount, numbered, aged, ageRelation, ageWord, ageComparative, ageFiller
        case subjectSign, countSign, secondBound, stretchStart
        // context-words.tsv: what belongs together
        case namePart, recording, deliveryStem, clauseStart, animalClause
        // context-words.tsv: the kind of record
        case modified, studyVerbLead, subjectTail, pluralEnding, noNoun
        // context-words.tsv: dates
        case dateFiller, later, earlier, noDenial, spentVerb, dateVerbFiller, dayJoint, dateJoint, ordinalEnding, back
        // cues.tsv
        case indifferenceBefore, indifferenceAfter, wishBefore, wishNear, wishAfter, wishJoint, illustration
        case denialAfter, inclusion
        case negation, notNegation, comparisonBefore, comparisonAfter, example, postnatalDay
        // kinds.tsv
        case target, counted, dateVerb, dateRelation, facetWord
        // quantities.tsv
        case number, factor, byteUnit, secondUnit, dayUnit, attachedUnit, month
        // record-negation.tsv
        case recordDenial, recordTurn, recordVerb, recordDenialAfter, recordLoss
        // record-text.tsv
        case headingAside, headingReference, headingExclusion, funding, exclusion, hedge, hedgeEnding, plan, others,
            purpose
        case depicted, depicting, otherMeaning, fileEnding, sexBearer, humanBearer, positional, regionSign, diseaseSign
        case taskSign, celltypeSign, headShort, makers, diseasePurpose, technical
        case structure, artifact, groupBefore, institutionName, computing
        // ages.tsv
        case humanAge, mouseAge, ratAge, macaqueAge, zebrafishAge, adjacentAge, birthUnit, birthDay
        // everyday-words.tsv
        case besideFiller
        // measures.tsv
        case otherUnit, lengthHead, otherLength, momentBefore, momentAfter, each, lengthComparison, person, ageModifier
        case various, single, plenty, articleNumber, denyingNoun, countHead, countFiller, countedGroup, bound
        // parts-of-speech.tsv
        case auxiliary, pronoun, selfPronoun, selfOwner, subordinator, adverb, verb, requestVerb, questionStart
        case background, complaint, backReference, excludingVerb, distinct, otherOne, quantifier, deviceNoun, placing,
            systemic, otherPeople, resultNoun, earlierWork
        // periods.tsv
        case season, partNumber, half, shortHalf, shortQuarter, thirdOfYear, decade, event, eventFiller, eventSubject
        case eventRelation, eventStart, timeEvent, now, opening
        // names.tsv
        case identifierLead, recordNoun, likeness, likenessAfter, unlikeness, wishing, label, openValue, deniedValue
        // targets.tsv
        case headTarget, dataNoun, computation, animalNoun, companion, nameEnd, whole
        // people.tsv
        case authorVerb, place, particle, colleague, eponymNoun

        /// Name in the tables.
        package var name: String { Self.names[rawValue] }

        /// In the order of the cases.  Written out, since asking every case for its name takes a third of a millisecond
        /// of every start; a test holds the two together.
        private static let names = """
            preposition article conjunction stop-word search-stop-word request-word title author-lead work route \
            dose giving projecting toward projection project version-joint choice-filler elided-denial \
            pair-joint joint denying-prefix list-joint denial-end stand-in lab-noun \
            institution authorship surname region-before region-after disease-before disease-after \
            celltype-after driver-line strain-after source-before source-after format-after human-context \
            animal-context vague-amount numbered aged age-relation age-word age-comparative age-filler \
            subject-sign count-sign second-bound stretch-start name-part recording delivery-stem \
            clause-start animal-clause modified study-verb-lead subject-tail plural-ending no-noun date-filler \
            later earlier no-denial spent-verb date-verb-filler day-joint date-joint ordinal-ending back \
            indifference-before indifference-after wish-before wish-near wish-after wish-joint illustration \
            denial-after inclusion \
            negation not-negation comparison-before comparison-after example postnatal-day target counted \
            date-verb date-relation facet-word number factor byte-unit second-unit day-unit attached-unit month \
            record-denial record-turn record-verb record-denial-after record-loss \
            heading-aside heading-reference heading-exclusion funding exclusion hedge hedge-ending plan others purpose \
            depicted depicting other-meaning file-ending sex-bearer human-bearer positional region-sign disease-sign \
            task-sign celltype-sign head-short makers disease-purpose technical \
            structure artifact group-before institution-name computing \
            human-age mouse-age rat-age macaque-age zebrafish-age adjacent-age birth-unit birth-day \
            beside-filler \
            other-unit length-head other-length moment-before moment-after each length-comparison person \
            age-modifier various single plenty article-number denying-noun count-head count-filler counted-group \
            bound auxiliary pronoun self-pronoun self-owner subordinator adverb verb request-verb question-start \
            background complaint back-reference excluding-verb distinct other-one quantifier device-noun placing systemic other-people result-noun earlier-work \
            season part-number half short-half short-quarter third-of-year decade event event-filler \
            event-subject event-relation event-start time-event now opening \
            identifier-lead record-noun likeness likeness-after unlikeness wishing label open-value denied-value \
            head-target data-noun computation animal-noun companion name-end whole \
            author-verb place particle colleague eponym-noun
            """.utf8.split(separator: 0x20).map { String(decoding: Array($0), as: UTF8.self) }

        /// Whether it is asked for phrases.
        var hasPhrases: Bool {
            switch self {
            case .indifferenceBefore, .indifferenceAfter, .wishBefore, .wishNear, .wishAfter, .illustration,
                .denialAfter, .inclusion, .negation, .notNegation, .example, .postnatalDay, .birthDay, .event,
                .background, .complaint,
                .likeness, .likenessAfter, .unlikeness, .label, .openValue, .deniedValue:
                true
            default: false
            }
        }

        /// Whether the words are compared as they are written: parts of words, and words of a text that is not folded.
        var isUnfolded: Bool {
            switch self {
            case .searchStopWord, .denyingPrefix, .deliveryStem, .pluralEnding, .ordinalEnding: true
            default: false
            }
        }
    }

    /// The lists that one folded word stands in.
    package struct Lists: Sendable, Hashable {
        // Two halves hold 256 lists.
        private var low: UInt128 = 0
        private var high: UInt128 = 0

        package init() {}

        package func contains(_ list: List) -> Bool {
            let (isHigh, bit) = Self.place(of: list)
            return (isHigh ? high : low) & bit != 0
        }

        package mutating func insert(_ list: List) {
            let (isHigh, bit) = Self.place(of: list)
            if isHigh { high |= bit } else { low |= bit }
        }

        private static func place(of list: List) -> (isHigh: Bool, bit: UInt128) {
            (list.rawValue >= UInt128.bitWidth, 1 << UInt128(list.rawValue % UInt128.bitWidth))
        }
    }
}
