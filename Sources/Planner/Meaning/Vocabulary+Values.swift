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

    /// Names near a text that a facet does not have: corrected words first, then names that begin alike.
    package func suggestions(for text: String, facet: Facet, limit: Int = 5) -> [String] {
        var found: [String] = []
        for mention in mentions(in: text, correctingTypos: true) {
            for number in mention.numbers where self.facet(of: number) == facet { found.append(label(of: number)) }
        }
        let folded = Tokenizer.folded(text)
        let beginning = folded.prefix(4)
        guard beginning.count >= 2 else { return Array(found.prefix(limit)) }
        for number in 0..<count where found.count < limit && self.facet(of: number) == facet {
            let label = label(of: number)
            if Tokenizer.folded(label).hasPrefix(beginning), !found.contains(label) { found.append(label) }
        }
        return Array(found.prefix(limit))
    }
}
