internal import Records
internal import Text
internal import Vocabulary

extension Linker {
    /// Links one statement by the first rule that finds something: identifier, name in the statement's own list, name
    /// in the facet, names within the words, the words themselves.
    func link(_ statement: Statement, of record: Record, species: Set<String>, into tags: inout TagList) {
        if linkByIdentifier(statement, into: &tags) { return }
        if linkByScheme(statement, into: &tags) { return }
        let folded = Tokenizer.folded(statement.value)
        guard !folded.isEmpty, !Literal.saysNothing(folded) else { return }
        if linkByName(statement, species: species, into: &tags) { return }
        if linkWithin(statement, species: species, into: &tags) { return }
        guard !isDroppedWhenUnknown(statement), let tag = Literal.tag(for: statement) else { return }
        tags.add(tag)
    }

    /// The grade of what a standard says of all that do not say otherwise.
    static let standard = "default"

    /// Identifiers win over words: a term's id, or the same concept's id elsewhere.
    private func linkByIdentifier(_ statement: Statement, into tags: inout TagList) -> Bool {
        var isLinked = false
        for identifier in statement.identifiers {
            guard let number = number(identifier, facet: statement.facet) else { continue }
            let evidence =
                statement.grade == Self.standard
                ? Evidence(.mapped, provenance: statement.provenance, rule: Self.standard)
                : evidence(.stated, statement, rule: "identifier")
            add(number, part: statement.part, evidence: evidence, into: &tags)
            isLinked = true
        }
        return isLinked
    }

    /// The term of a CURIE, of an IRI that ends in one (`…/obo/UBERON_0001897`), or of an openMINDS instance IRI.
    private func number(_ identifier: String, facet: Facet) -> Int? {
        if let number = vocabulary.number(of: identifier), vocabulary.facet(of: number) == facet || isCURIE(identifier)
        {
            return number
        }
        guard let last = identifier.split(whereSeparator: { $0 == "/" || $0 == "#" || $0 == "=" }).last,
            last.count < identifier.count
        else { return nil }
        let curie = String(last).replacing("_", with: ":", maxReplacements: 1)
        if isCURIE(curie), let number = vocabulary.number(of: curie) { return number }
        guard let number = vocabulary.number(of: String(last)), vocabulary.facet(of: number) == facet else {
            return nil
        }
        return number
    }

    /// A CURIE names one concept, whatever field it is in; a bare word only does so within its facet.
    private func isCURIE(_ text: String) -> Bool { text.contains(":") && !text.contains("/") }

    /// `PF2001:VPM`, or a name in the list the source names: an acronym counts in its exact case only.
    private func linkByScheme(_ statement: Statement, into tags: inout TagList) -> Bool {
        for identifier in statement.identifiers {
            guard let colon = identifier.firstIndex(of: ":") else { continue }
            let scheme = String(identifier[..<colon])
            let acronym = String(identifier[identifier.index(after: colon)...])
            let matches = vocabulary.terms(named: acronym, facet: statement.facet, scheme: scheme)
            guard let match = matches.first(where: { $0.isExactCase }) else { continue }
            let evidence = evidence(.stated, statement, rule: "\(match.via) of \(scheme)")
            add(match.number, part: statement.part, evidence: evidence, into: &tags)
            return true
        }
        guard let scheme = statement.scheme else { return false }
        if let number = number(ofTask: statement) {
            add(
                number, part: statement.part, evidence: evidence(.stated, statement, rule: "key of bids:task"),
                into: &tags)
            return true
        }
        let matches = vocabulary.terms(named: statement.value, facet: statement.facet, scheme: scheme)
        guard let match = matches.first(where: { $0.via != .acronym || $0.isExactCase }) else { return false }
        let evidence = evidence(.stated, statement, rule: "\(match.via) of \(scheme)")
        add(match.number, part: statement.part, evidence: evidence, into: &tags)
        return true
    }

    /// The term of a task of BIDS by the label that file names give it, which joins its words and numbers its runs:
    /// `restingstate`, `rest2`, `rest_run1`, `BOLDrest1multiband4`.
    private func number(ofTask statement: Statement) -> Int? {
        guard statement.scheme == "bids:paradigm" else { return nil }
        var value = statement.value.lowercased()
        // What templates hold where nobody wrote the name: "TODO: full task name for rest".
        if value.hasPrefix(Literal.placeholder), let end = value.firstRange(of: " for ") {
            value = String(value[end.upperBound...])
        }
        let label = value.filter { $0.isLetter || $0.isNumber }
        func number(_ label: Substring) -> Int? { vocabulary.number(of: "bids:task:\(label)") }
        if let found = number(label[...]) { return found }
        var labels = [label[...]]
        for kind in Self.dataKinds {
            if label.hasPrefix(kind) { labels.append(label.dropFirst(kind.count)) }
            if label.hasSuffix(kind) { labels.append(label.dropLast(kind.count)) }
        }
        // Runs and settings follow: what is before the first digit is the task.
        for label in labels {
            var task = label.prefix { !$0.isNumber }
            if let found = number(label) ?? number(task) { return found }
            for ending in ["run", "session", "ses"] where task.hasSuffix(ending) { task = task.dropLast(ending.count) }
            if let found = number(task) { return found }
        }
        return nil
    }

    /// What names of tasks begin or end with to say which kind of data they are of.
    private static let dataKinds = ["bold", "fmri", "func", "eeg", "meg", "ieeg", "pet", "asl", "task"]

    /// The whole value is a name of a term of the facet.
    private func linkByName(_ statement: Statement, species: Set<String>, into tags: inout TagList) -> Bool {
        let matches = vocabulary.terms(named: statement.value, facet: statement.facet).filter { match in
            match.via != .acronym || match.isExactCase || statement.value.utf8.count >= 3
        }
        guard let match = best(of: matches, species: species) else { return false }
        let kind: Evidence.Kind = match.via == .label ? .stated : .mapped
        let evidence = evidence(kind, statement, rule: "\(match.via)", words: statement.value)
        add(match.number, part: statement.part, evidence: evidence, into: &tags)
        if match.via == .synonym, statement.facet.descriptor.traits.contains(.composedNames) {
            linkInside(statement, of: match.number, species: species, into: &tags)
        }
        return true
    }

    /// Adds what a value names beside the term whose synonym it is as a whole.
    private func linkInside(_ statement: Statement, of whole: Int, species: Set<String>, into tags: inout TagList) {
        let bytes = Array(statement.value.utf8)
        let tokens = Tokenizer.tokens(of: bytes)
        var numbers = [whole]
        for piece in [Array(tokens.dropLast()), Array(tokens.dropFirst())] {
            numbers += mentioned(in: bytes, tokens: piece, facet: statement.facet, species: species)
        }
        // "T-maze" says all that "maze" says.
        let implied = Set(numbers.flatMap { known($0).ancestors })
        for number in numbers.dropFirst() where number != whole && !implied.contains(number) {
            let evidence = evidence(.mapped, statement, rule: "found in name", words: statement.value)
            add(number, part: statement.part, evidence: evidence, into: &tags)
        }
    }

    /// The value holds names of terms of the facet: `AAV5-CaMKIIa-eNpHR3.0-EYFP`.
    private func linkWithin(_ statement: Statement, species: Set<String>, into tags: inout TagList) -> Bool {
        guard !statement.facet.descriptor.traits.contains(.wholeNames) else { return false }
        let bytes = Array(statement.value.utf8)
        let tokens = Tokenizer.tokens(of: bytes)
        let numbers = mentioned(in: bytes, tokens: tokens, facet: statement.facet, species: species)
        for number in numbers {
            let evidence = evidence(.mapped, statement, rule: "found in name", words: statement.value)
            add(number, part: statement.part, evidence: evidence, into: &tags)
        }
        return !numbers.isEmpty
    }

    /// The terms of a facet that words mention and do not deny.
    private func mentioned(in bytes: [UInt8], tokens: [Token], facet: Facet, species: Set<String>) -> [Int] {
        let negation = Negation(lexicon: vocabulary.lexicon)
        return vocabulary.mentions(in: bytes, tokens: tokens).compactMap { mention in
            let candidates = mention.candidates.filter { match in
                let term = known(match.number).term
                return term.facet == facet && !term.flags.contains(.weak)
            }
            guard let match = best(of: candidates, species: species) else { return nil }
            return negation.negates(mention, tokens: tokens, bytes: bytes) ? nil : match.number
        }
    }

    /// Epochs and paradigms are named freely: "epoch 3" is no state and "Linear maze" no state either, while an
    /// unknown paradigm is still a task.
    private func isDroppedWhenUnknown(_ statement: Statement) -> Bool {
        guard let scheme = statement.scheme else { return false }
        if scheme.hasSuffix(":epoch") { return statement.facet == .state || statement.facet == .task }
        return (scheme.hasSuffix(":paradigm") || scheme.hasSuffix(":assay")) && statement.facet == .state
    }

    private func evidence(_ kind: Evidence.Kind, _ statement: Statement, rule: String, words: String? = nil) -> Evidence
    {
        Evidence(
            kind, provenance: statement.provenance, rule: statement.grade.map { "\(rule), \($0)" } ?? rule,
            words: kind == .mapped ? words : nil)
    }

    /// The best bearer of a name within a facet: terms of all species before those of the record's own species before
    /// those of others, then the better kind of name, then the order of the tables.
    func best(of matches: [NameMatch], species: Set<String>) -> NameMatch? {
        matches.enumerated().min { left, right in
            let l = (speciesRank(left.element, species), left.element.via, left.offset)
            let r = (speciesRank(right.element, species), right.element.via, right.offset)
            return l < r
        }?.element
    }

    func speciesRank(_ match: NameMatch, _ species: Set<String>) -> Int {
        guard let own = known(match.number).term.species else { return 0 }
        return species.contains(own) ? 1 : 2
    }
}
