import Records
import Vocabulary

/// OpenNeuro's `advancedSearch` in GraphQL, with the fields of its `DatasetSearchInput`.
///
/// `search(q:)` discards its answer and is not used.  A species "Human" only ranks when anything else is asked, so it
/// is not used either.  One modality a search: several become several fields of one document.
struct OpenNeuroLanguage: NativeLanguage {
    let vocabulary: Vocabulary
    let system = NativeSystem.openneuro
    let source = Source.openneuro.term

    /// Modalities of the search by our cross-references.
    private static let modalities = [
        "bids:mri": "mri", "openneuro:mri_functional": "Functional", "openneuro:mri_structural": "Structural",
        "openneuro:mri_diffusion": "Diffusion", "openneuro:mri_perfusion": "Perfusion", "bids:eeg": "eeg",
        "bids:ieeg": "ieeg", "bids:meg": "meg", "bids:pet": "pet", "bids:nirs": "nirs", "bids:beh": "beh",
    ]
    private static let species = ["NCBITaxon:10090": "Mouse", "NCBITaxon:10116": "Rat"]

    /// A field of a GraphQL input appears once.
    func isRepeatable(_ parameter: NativeParameter) -> Bool { false }

    func verdict(on filter: Plan.Filter) -> NativeVerdict {
        switch filter.facet {
        case .region, .device, .agent, .effect, .procedure, .celltype: return .impossible("datasets do not state it")
        case .format:
            let isBIDS = filter.anyOf.contains { $0.label == "BIDS" || $0.synonyms.contains("BIDS") }
            return isBIDS != filter.negated
                ? .pushed(anyOf: [], how: "all datasets are BIDS") : .impossible("all datasets are BIDS")
        case .access:
            return !filter.negated && filter.anyOf.contains { $0.id == "discover:access.open" }
                ? .pushed(anyOf: [], how: "as datasetType All Public") : .impossible("only public datasets are shown")
        case .technique, .species, .sex, .person:
            if filter.negated { return .added("the search has no negation") }
        case .strain, .manipulation, .state, .task, .signal, .disease, .license, .lab, .source:
            return .added("the search has no field that holds it reliably")
        }
        switch filter.facet {
        case .technique: return technique(filter)
        case .species: return species(filter)
        case .sex: return sex(filter)
        default:
            return .pushed(
                anyOf: filter.anyOf.map { [.init("authors", "[\(NativeQuoting.graphQL($0.label))]")] },
                how: "as author, spelt nearly so")
        }
    }

    func verdict(on range: Plan.Range) -> NativeVerdict {
        switch range.field {
        case .subjects:
            return .pushed(
                anyOf: [[.init("subjectCountRange", bounds(range, unit: 1))]], how: "as number of subjects")
        case .ageDays:
            // Ages are stored as whole years; any participant in the range is enough.
            return .pushed(
                anyOf: [[.init("ageRange", bounds(range, unit: 365.25))]],
                how: "in whole years, of any participant; discover checks days")
        case .published, .modified, .date, .sessions, .sizeBytes: return .added("the search has no such range")
        case .units, .channels, .durationS: return .impossible("datasets do not state it")
        }
    }

    /// `[50, null]`; bounds are rounded outwards to whole units.
    private func bounds(_ range: Plan.Range, unit: Double) -> String {
        func text(_ bound: Plan.Bound?, _ rule: FloatingPointRoundingRule) -> String {
            guard let value = bound?.value, let whole = Int(exactly: (value / unit).rounded(rule)) else {
                return "null"
            }
            return String(min(max(whole, 0), Int(Int32.max)))
        }
        return "[\(text(range.min, .down)), \(text(range.max, .up))]"
    }

    private func technique(_ filter: Plan.Filter) -> NativeVerdict {
        var names: [String] = []
        for value in filter.anyOf {
            guard let number = vocabulary.number(of: value.id) else { return .impossible("datasets do not state it") }
            let own = vocabulary.term(value.id)?.xrefs.compactMap { Self.modalities[$0] } ?? []
            // Modalities below are asked too: EEG includes intracranial EEG.  Those of MRI are MRI already.
            let below = vocabulary.descendants(of: number)
                .flatMap { vocabulary[$0].xrefs.compactMap { Self.modalities[$0] } }
            let found = own.contains("mri") ? ["mri"] : own + below
            guard !found.isEmpty else { return .added("it is not one of the modalities of the search") }
            for name in found where !names.contains(name) { names.append(name) }
        }
        return .pushed(
            anyOf: names.map { [.init("modality", NativeQuoting.graphQL($0))] },
            how: "as modality \(names.joined(separator: ", "))")
    }

    private func species(_ filter: Plan.Filter) -> NativeVerdict {
        let names = filter.anyOf.compactMap { Self.species[$0.id] }
        guard names.count == filter.anyOf.count else {
            return .added("the search filters Mouse and Rat only; Human merely ranks")
        }
        return .pushed(
            anyOf: names.map { [.init("species", NativeQuoting.graphQL($0))] },
            how: "as species \(names.joined(separator: ", "))")
    }

    private func sex(_ filter: Plan.Filter) -> NativeVerdict {
        let names = filter.anyOf.flatMap { vocabulary.values("brainstem:", of: $0.id) }.compactMap {
            $0 == "F" ? "Female" : $0 == "M" ? "Male" : nil
        }
        guard names.count == filter.anyOf.count else { return .added("the search knows Male and Female") }
        return .pushed(
            anyOf: names.map { [.init("sex", NativeQuoting.graphQL($0))] }, how: "of any participant")
    }

    func write(_ queries: [[NativeParameter]], lookups: [String]) -> (text: String, requests: [String]) {
        let fields = queries.enumerated().map { index, query in
            let alias = queries.count == 1 ? "" : "answer\(index + 1): "
            let input = query.map { "\($0.name): \($0.value)" }.joined(separator: ", ")
            return
                "  \(alias)advancedSearch(datasetType: \"All Public\", first: 100, query: {\(input)}) {\n"
                + "    edges { node { id name } }\n    pageInfo { endCursor hasNextPage count }\n  }"
        }
        return ((["# POST https://openneuro.org/crn/graphql", "{"] + fields + ["}"]).joined(separator: "\n"), [])
    }

    func notes(on plan: Plan, text: String) -> [String] {
        var notes = ["The search shows a hundred datasets at a time; go on with after: endCursor."]
        if let target = plan.target, target != .dataset {
            notes.append("Answers are datasets; a \(target.rawValue) is something inside them.")
        }
        return notes
    }
}
