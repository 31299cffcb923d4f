package import Records
import Text
package import Vocabulary

extension Vocabulary {
    /// A term as a value of a filter.
    package func value(of number: Int) -> Plan.Value {
        let term = self[number]
        return Plan.Value(
            id: term.id, label: term.label, synonyms: term.synonyms + term.acronyms + term.adjectives,
            xrefs: term.xrefs,
            descendants: descendants(of: number).count - 1)
    }

    /// Whether a phrase is a name as a whole.
    func isTerm(phrase: String) -> Bool {
        let bytes = Array(phrase.utf8)
        let tokens = Tokenizer.tokens(of: bytes)
        return mentions(in: bytes, tokens: tokens).contains { $0.firstToken == 0 && $0.endToken == tokens.count }
    }

    /// Names near a text that a facet does not have: corrected words first, then names that begin alike.
    package func suggestions(for text: String, facet: Facet, limit: Int = 5) -> [String] {
        var found: [String] = []
        for mention in mentions(in: text, correctingTypos: true) {
            for number in mention.numbers where self.facet(of: number) == facet { found.append(label(of: number)) }
        }
        let beginning = Array(Tokenizer.folded(text).prefix(4).utf8)
        if beginning.count >= 2, found.count < limit {
            found += labels(of: facet, beginningWith: beginning, limit: limit + found.count)
                .filter { !found.contains($0) }
        }
        // Nothing near: what the facet begins with shows what is asked for.
        if found.isEmpty { found = labels(of: facet, beginningWith: [], limit: limit) }
        return Array(found.prefix(limit))
    }
}
