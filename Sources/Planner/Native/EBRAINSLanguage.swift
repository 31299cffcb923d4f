import Records
import Vocabulary

/// The search of the EBRAINS Knowledge Graph: words.
///
/// It joins words by OR by default, appends `*` to each, and breaks quoted phrases: so single words, letters and digits
/// only, joined by upper-case AND.
struct EBRAINSLanguage: NativeLanguage {
    let vocabulary: Vocabulary
    let system = NativeSystem.ebrains
    let source = Source.ebrains.term

    static let base = "https://search.kg.ebrains.eu/api/groups/public/search"
    /// Words the search drops or reads as operators.
    static let emptyWords: Set<String> = ["and", "or", "not", "of", "in", "the", "a", "an", "to", "with", "on", "for"]

    func verdict(on filter: Plan.Filter) -> NativeVerdict {
        switch filter.facet {
        case .species, .strain, .region, .technique, .device, .procedure, .manipulation, .agent, .task, .celltype,
            .signal, .disease, .person, .state:
            guard !filter.negated else { return .added("the search has no negation to rely on") }
            guard filter.anyOf.count == 1, let value = filter.anyOf.first else {
                return .added("AND and OR cannot be grouped")
            }
            let words = words(for: value, of: filter.facet)
            guard !words.isEmpty else { return .added("records name it in too many words, or none") }
            return .pushed(
                anyOf: [words.map { .init("q", $0) }],
                how: "as words \(words.joined(separator: ", ")), wherever they stand; other names are missed")
        case .sex, .effect, .license, .format, .access, .lab, .source:
            return .added("words do not say it")
        }
    }

    /// The words of a name that the openMINDS name of the same concept shares, where it shares any: the label says
    /// "two-photon imaging", the graph "two-photon fluorescence microscopy".  Wider taxa have no scientific name here,
    /// and records never name them: no words.
    private func words(for value: Plan.Value, of facet: Facet) -> [String] {
        if facet == .species {
            return vocabulary.latinName(of: value).map(NativeQuoting.words) ?? []
        }
        let words = NativeQuoting.words(value.label).filter { !Self.emptyWords.contains($0) }
        let stored = (vocabulary.term(value.id)?.xrefs ?? []).filter { $0.allSatisfy { $0.isLetter || $0.isNumber } }
        let shared = stored.map { name in Set(NativeQuoting.words(Self.separated(name))) }
            .map { names in words.filter(names.contains) }.first { !$0.isEmpty }
        return shared ?? words
    }

    /// `twoPhotonFluorescenceMicroscopy` as words.
    private static func separated(_ name: String) -> String {
        name.reduce(into: "") { result, character in result += character.isUppercase ? " \(character)" : "\(character)"
        }
    }

    func verdict(on range: Plan.Range) -> NativeVerdict {
        switch range.field {
        case .units, .channels, .durationS, .sessions: .impossible("dataset versions do not state it")
        case .ageDays, .date, .published, .modified, .subjects, .sizeBytes: .added("the search has no ranges")
        }
    }

    func write(_ queries: [[NativeParameter]], lookups: [String]) -> (text: String, requests: [String]) {
        let requests = queries.map { query in
            var words: [String] = []
            for parameter in query where !words.contains(parameter.value) { words.append(parameter.value) }
            return NativeQuoting.address(
                Self.base,
                (words.isEmpty ? [] : [("q", words.joined(separator: " AND "))])
                    + [("type", "Dataset"), ("from", "0"), ("size", "50")])
        }
        let text = requests.map { "curl -sS -X POST '\($0)' -H 'Content-Type: application/json' -d '{}'" }
        return (text.joined(separator: "\n"), requests)
    }

    func notes(on plan: Plan, text: String) -> [String] {
        var notes = ["Words are compared with all fields of a dataset, each as a beginning of a word."]
        if let target = plan.target, target != .dataset {
            notes.append("Answers are datasets; a \(target.rawValue) is something inside them.")
        }
        return notes
    }
}

extension Vocabulary {
    /// The scientific name of a taxon: the name of two or more words whose first alone is capitalised, `Mus musculus`.
    func latinName(of value: Plan.Value) -> String? {
        guard let term = term(value.id) else { return nil }
        return ([term.label] + term.synonyms).first { name in
            let words = name.split(separator: " ")
            return words.count >= 2 && words.allSatisfy { $0.allSatisfy(\.isLetter) }
                && words.enumerated().allSatisfy { $1.first?.isUppercase == ($0 == 0) }
        }
    }
}
