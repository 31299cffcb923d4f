package import Records
package import Vocabulary
internal import Text

/// Links records to the vocabulary: statements, implications, and mentions in text become tags with evidence.
///
/// A linker remembers the terms it has met, at most the whole vocabulary, and nothing of the records.
///
/// `@unchecked Sendable`: one thread uses it at a time; where several link, each has its own.
package final class Linker: @unchecked Sendable {
    let vocabulary: Vocabulary
    /// By the number of the term.
    private var known: [KnownTerm?]
    private var implied: [[(number: Int, by: String)]?]
    /// The words that decide how texts are read.
    let cues: ReadingCues
    /// Of the parts of the record that is linked.
    private var roles: [Part.Role] = []

    package init(vocabulary: Vocabulary) {
        self.vocabulary = vocabulary
        known = Array(repeating: nil, count: vocabulary.count)
        implied = Array(repeating: nil, count: vocabulary.count)
        cues = ReadingCues(vocabulary.lexicon)
    }

    /// A term with what linking asks of it again and again; a class, so that asking copies none of its lists.
    final class KnownTerm {
        let term: Term
        /// Numbers of all terms above.
        let ancestors: [Int]
        /// Labels of the terms directly above, without those that only hold a table together.
        let parentLabels: [String]

        init(term: Term, ancestors: [Int], parentLabels: [String]) {
            self.term = term
            self.ancestors = ancestors
            self.parentLabels = parentLabels
        }
    }

    func known(_ number: Int) -> KnownTerm {
        if let term = known[number] { return term }
        let parents = vocabulary.parents(of: number).map { vocabulary[$0] }
        let term = KnownTerm(
            term: vocabulary[number], ancestors: vocabulary.ancestors(of: number),
            parentLabels: parents.filter { !$0.flags.contains(.silent) }.map(\.label))
        known[number] = term
        return term
    }

    private static let anesthetic = "discover:effect.anesthetic"

    /// All tags of a record: stated and mapped ones first, each term once per part with its best evidence.
    package func tags(for record: Record) -> [Tag] {
        var tags = TagList()
        roles = record.parts.map(\.role)
        let statements = record.statements + ownFields(of: record)
        // Species first: they decide which atlas a region's name is looked up in.
        var species: Set<String> = []
        for statement in statements where statement.facet == .species || statement.facet == .strain {
            link(statement, of: record, species: [], into: &tags)
        }
        for tag in tags.all where tag.facet == .species { species.insert(tag.term) }
        for statement in statements where statement.facet != .species && statement.facet != .strain {
            link(statement, of: record, species: species, into: &tags)
        }
        infer(from: record, species: species, into: &tags)
        let found = tags.all
        tags.yieldDefaults { species in
            let others = found.filter { $0.facet == .species && $0.evidence.kind == .inferred }
            return others.contains { $0.evidence.provenance == "title" } || !saysPeople(record)
                ? others.map(\.term).filter { !lies($0, along: species) } : []
        }
        return tags.all
    }

    /// Whether a record speaks of people, so that an animal it names need not be its subject.
    private func saysPeople(_ record: Record) -> Bool {
        Tokenizer.tokens(of: record.title + " " + record.description).contains { cues.has(.humanBearer, $0) }
    }

    /// Whether two terms are one, or one is above the other.
    private func lies(_ term: String, along other: String) -> Bool {
        guard let one = vocabulary.number(of: term), let two = vocabulary.number(of: other) else {
            return term == other
        }
        return one == two || known(one).ancestors.contains(two) || known(two).ancestors.contains(one)
    }

    /// Names under which records that have a term are found beside its label: the first synonyms and the labels right
    /// above; nil for what no vocabulary has.
    package func names(of id: String) -> [String]? {
        guard let number = vocabulary.number(of: id) else { return nil }
        return known(number).term.synonyms.prefix(2) + known(number).parentLabels
    }

    /// The terms above a term, for the facet file.
    package func ancestors(of id: String) -> [(id: String, label: String)] {
        guard let number = vocabulary.number(of: id) else { return [] }
        return known(number).ancestors.map { above in
            let term = known(above).term
            return (term.id, term.label)
        }
    }

    /// What a record's own fields state: where it is from, who may have it, who made it.
    private func ownFields(of record: Record) -> [Statement] {
        [
            Statement(
                .source, record.id.source.rawValue, identifiers: [record.id.source.term], provenance: "source"),
            Statement(
                .access, record.access.rawValue, identifiers: [record.access.term], provenance: "access"),
        ] + record.contributors.map { Statement(.person, $0, provenance: "contributors") }
            + record.labs.map { Statement(.lab, $0, provenance: "labs") }
    }

    /// Adds a term and all that follows from it.
    func add(_ number: Int, part: Int?, evidence: Evidence, into tags: inout TagList) {
        let term = known(number).term
        tags.add(Tag(facet: term.facet, term: term.id, label: term.label, part: part, evidence: evidence))
        // A hint implies nothing.
        guard evidence.kind != .hinted else { return }
        let implications = implications(of: number)
        let role = part.flatMap { roles.indices.contains($0) ? roles[$0] : nil }
        // An anesthetic acts on what is recorded only where it is part of the experiment.
        let isSurgical =
            role != .manipulation && implications.contains { known($0.number).term.id == Self.anesthetic }
        for implied in implications {
            let other = known(implied.number).term
            if isSurgical, other.facet == .effect { continue }
            // That a text names an agent does not say that it was given: "oxytocin neurons".
            let kind: Evidence.Kind =
                evidence.kind == .inferred ? (other.facet == .effect ? .hinted : .inferred) : .mapped
            tags.add(
                Tag(
                    facet: other.facet, term: other.id, label: other.label, part: part,
                    evidence: Evidence(
                        kind, provenance: evidence.provenance, rule: "implied by \(implied.by)",
                        words: evidence.words ?? term.label, start: evidence.start, end: evidence.end)))
        }
    }

    /// What follows from a term, from those above it, and from what follows, each once with the label it came from.
    private func implications(of number: Int) -> [(number: Int, by: String)] {
        if let known = implied[number] { return known }
        var found: [(number: Int, by: String)] = []
        var seen: Set<Int> = [number]
        var open = [number]
        while let next = open.popLast() {
            for source in [next] + known(next).ancestors {
                let term = known(source).term
                for implication in term.implies {
                    guard let implied = vocabulary.number(of: implication.id), seen.insert(implied).inserted else {
                        continue
                    }
                    found.append((implied, known(next).term.label))
                    open.append(implied)
                }
            }
        }
        implied[number] = found
        return found
    }
}

/// Tags in the order they were found, each term once per part.
struct TagList {
    private struct Key: Hashable {
        let facet: Facet
        let term: String
        let part: Int?
    }
    private(set) var all: [Tag] = []
    private var places: [Key: Int] = [:]

    /// Takes away what only a standard says, where the record's own words say something else.
    ///
    /// - Parameter others: what the record says against a term.
    mutating func yieldDefaults(to others: (String) -> [String]) {
        guard all.contains(where: { $0.evidence.rule == Linker.standard }) else { return }
        let left = all.filter { $0.evidence.rule != Linker.standard || others($0.term).isEmpty }
        guard left.count < all.count else { return }
        all = []
        places = [:]
        for tag in left { add(tag) }
    }

    /// Keeps the better evidence when the term is there already.
    mutating func add(_ tag: Tag) {
        let key = Key(facet: tag.facet, term: tag.term, part: tag.part)
        if let provenance = places[key] {
            if tag.evidence.kind < all[provenance].evidence.kind { all[provenance] = tag }
        } else {
            places[key] = all.count
            all.append(tag)
        }
    }
}

/// A value that no vocabulary has: still counted and filtered, under the source's own words.
enum Literal {
    /// Longest id in bytes: what is longer is no name but a text.
    private static let limit = 120

    /// Nil when the words say nothing.
    static func tag(for statement: Statement) -> Tag? {
        let folded = Tokenizer.folded(statement.value)
        guard !folded.isEmpty, !saysNothing(folded) else { return nil }
        var words = folded
        while words.utf8.count > limit { words.removeLast() }
        return Tag(
            facet: statement.facet, term: "text:\(statement.facet.rawValue):\(words)",
            label: String(statement.value.prefix(limit)), part: statement.part,
            evidence: Evidence(.stated, provenance: statement.provenance, rule: "as the source writes it"))
    }

    /// Whether folded words only fill a field.
    static func saysNothing(_ folded: String) -> Bool { fillers.contains(folded) || folded.hasPrefix(placeholder) }

    /// What templates begin a field with that nobody filled in.
    static let placeholder = "todo"

    private static let fillers: Set<String> = Set(
        [
            "unknown", "n/a", "na", "none", "null", "nil", "not specified", "unspecified", "not recorded", "undefined",
            "not available", "not applicable", "to be determined", "tbd", "nan",
        ].map(Tokenizer.folded))
}
