import Planner
import Records
import Store
import Text
import Vocabulary

/// Which values of a generation are meant by a person or a laboratory.
///
/// The two facets meet: a person is found where they contribute and where a laboratory has their name; a laboratory
/// where it is stated and where its head contributes.
struct PeopleIndex: Sendable {
    private let persons: NameIndex
    private let labs: NameIndex
    private let terms: TermTable
    private let vocabulary: Vocabulary
    /// Laboratories by the last word of their heads' family names.
    private let labsByHead: [String: [(term: Int, head: PersonName)]]

    init(_ terms: TermTable, _ vocabulary: Vocabulary) {
        self.terms = terms
        self.vocabulary = vocabulary
        persons = NameIndex(.person, in: terms)
        labs = NameIndex(.lab, in: terms)
        var labsByHead: [String: [(term: Int, head: PersonName)]] = [:]
        for term in 0..<terms.count where terms.facet(term) == .lab {
            for head in Self.heads(ofLab: terms.id(term), label: terms.label(term), vocabulary) {
                for family in Set(head.readings.compactMap(\.family.last)) {
                    labsByHead[family, default: []].append((term, head))
                }
            }
        }
        self.labsByHead = labsByHead
    }

    /// The values that fulfil a filter on a person or a laboratory, but for what the vocabulary has below it.
    func terms(meantBy value: Plan.Value, facet: Facet) -> Set<Int> {
        var found: Set<Int> = []
        let words = Matcher.literalWords(id: value.id, facet: facet)
        let label = label(of: value, words)
        if facet == .lab {
            if let words { found.formUnion(labs.holding(words)) }
            let below = vocabulary.number(of: value.id).map { vocabulary.descendants(of: $0) } ?? []
            let ids =
                below.isEmpty ? [(value.id, label)] : below.map { (vocabulary.id(of: $0), vocabulary.label(of: $0)) }
            for (id, label) in ids {
                for head in Self.heads(ofLab: id, label: label, vocabulary) { add(head, to: &found) }
            }
        } else if words != nil {
            add(PersonName(label, isAnyOrder: true), to: &found)
        }
        return found
    }

    /// A value as it is written: what an index has as its source writes it, with the comma that tells the family name;
    /// anything else as it was asked for, unless that is not what the id says.
    private func label(of value: Plan.Value, _ words: [Substring]?) -> String {
        if let known = terms.number(of: value.id) { return terms.label(known) }
        guard let words else { return value.label }
        let name = words.joined(separator: " ")
        return Tokenizer.folded(value.label) == name ? value.label : name
    }

    /// Adds the persons and the laboratories of a name.
    private func add(_ name: PersonName, to found: inout Set<Int>) {
        for reading in name.readings {
            for term in persons.holding(reading.family.map { $0[...] })
            where !found.contains(term) && name.isCompatible(with: PersonName(terms.label(term))) {
                found.insert(term)
            }
            for (term, head) in labsByHead[reading.family.last ?? ""] ?? [] where name.isCompatible(with: head) {
                found.insert(term)
            }
        }
    }

    /// The people a laboratory is named after: "Carandini and Harris lab" is of two.  Where some name tells a given
    /// name, it stands for those with the family name alone.
    private static func heads(ofLab id: String, label: String, _ vocabulary: Vocabulary) -> [PersonName] {
        let lexicon = vocabulary.lexicon
        func isIn(_ list: Lexicon.List, _ word: Substring) -> Bool {
            lexicon.lists(of: word.lowercased()).contains(list)
        }
        let known = vocabulary.term(id)
        var heads: [PersonName] = []
        for name in known.map({ [$0.label] + $0.synonyms }) ?? [label] {
            // "Moser Lab (Trondheim)", "Laboratory of Ada Example, Somewhere".
            let pieces = name.split { "()[],;".contains($0) }.map { $0.split(whereSeparator: \.isWhitespace) }
            let words = pieces.first { $0.contains { isIn(.labNoun, $0) } }
            var named = words?[...] ?? Array(pieces.joined())[...]
            if let words, let place = words.firstIndex(where: { isIn(.labNoun, $0) }) {
                named = place > 0 ? words[..<place] : words.dropFirst().drop { $0.lowercased() == "of" }
            }
            // A vocabulary says of each which name is that of a laboratory; a source writes what it likes.
            guard words != nil || known == nil, !named.isEmpty, !named.contains(where: { isIn(.institution, $0) })
            else { continue }
            if words == nil, pieces.count > 1 {
                heads.append(PersonName(name))
                continue
            }
            let joint = named.split { $0 == "&" || isIn(.conjunction, $0) }
            heads += joint.map { PersonName($0.joined(separator: " ")) }
        }
        heads = heads.filter { !$0.readings.isEmpty }
        let told = Set(heads.flatMap(\.readings).filter { !$0.given.isEmpty }.compactMap(\.family.last))
        return heads.filter { head in
            head.readings.contains { !$0.given.isEmpty || !told.contains($0.family.last ?? "") }
        }
    }
}
