import Records
import Vocabulary

/// The search of the DANDI archive: words and `key:value` operators, all of which must hold.
///
/// Operators compare with the names that the archive stores, case-insensitively, as substrings; so values come from
/// those names ("electrophysiological approach", not "electrophysiology").  There is no OR and no negation.
struct DANDILanguage: NativeLanguage {
    let vocabulary: Vocabulary
    let system = NativeSystem.dandi
    let source = Source.dandi.term

    static let base = "https://api.dandiarchive.org/api/dandisets/"
    /// Longest search the archive reads.
    static let longestSearch = 1024

    func verdict(on filter: Plan.Filter) -> NativeVerdict {
        if filter.facet == .access {
            return !filter.negated && filter.anyOf.contains { $0.id == "discover:access.open" }
                ? .pushed(anyOf: [], how: "only open dandisets are listed unless asked otherwise")
                : .added("embargoed dandisets are listed with embargoed=true, among the open ones")
        }
        if filter.negated { return .added("the search has no negation") }
        switch filter.facet {
        case .species: return species(filter)
        case .technique, .manipulation, .procedure: return technique(filter)
        case .format: return format(filter)
        case .person:
            return operators("contributor", filter.anyOf.map(\.label), how: "as contributor")
        case .device, .agent, .strain:
            // One word is written verbatim; several are a phrase.
            let words = filter.anyOf.compactMap { value in
                value.label.unicodeScalars.allSatisfy { $0.properties.isAlphabetic || $0.properties.numericType != nil }
                    && !value.label.isEmpty ? value.label : NativeQuoting.phrase(value.label)
            }
            guard words.count == filter.anyOf.count else { return .added("the name holds no word") }
            return .pushed(
                anyOf: words.map { [.init("", $0)] }, how: "as words: dandisets that say it otherwise are missed")
        case .region:
            let ids = filter.anyOf.map(\.id).joined(separator: ", ")
            return .added("few dandisets name their regions (\(ids)) in a field that can be searched")
        case .lab, .sex, .state, .task, .celltype, .signal, .disease, .license, .effect, .source, .access:
            return .added("the search has no operator for it")
        }
    }

    func verdict(on range: Plan.Range) -> NativeVerdict {
        switch range.field {
        case .published, .modified:
            let days = range.nativeDays
            var operators: [NativeParameter] = []
            if let first = days.first { operators.append(.init("\(range.field.rawValue)_after", first)) }
            if let after = days.after { operators.append(.init("\(range.field.rawValue)_before", after)) }
            return .pushed(anyOf: [operators], how: "from the first moment of a day, before the next")
        case .subjects, .sizeBytes, .ageDays, .date, .sessions, .units, .channels, .durationS:
            return .added("the search has no operator for it")
        }
    }

    private func operators(_ name: String, _ values: [String], how: String) -> NativeVerdict {
        let quoted = values.compactMap(NativeQuoting.phrase)
        guard quoted.count == values.count, !quoted.isEmpty else { return .added("the value cannot be quoted") }
        return .pushed(anyOf: quoted.map { [.init(name, $0)] }, how: "\(how) \(quoted.joined(separator: ", "))")
    }

    private func species(_ filter: Plan.Filter) -> NativeVerdict {
        let names = filter.anyOf.flatMap { value in storedNames(of: value) }
        guard !names.isEmpty else { return .added("no name that the archive stores is known for it") }
        return operators("species", names, how: "as species")
    }

    /// Names of a taxon that are substrings of what the archive stores.  It stores `Mus musculus - House mouse`, but
    /// also `House mouse` alone and lists with semicolons: the common name is in all of them.
    private func storedNames(of value: Plan.Value) -> [String] {
        guard let number = vocabulary.number(of: value.id) else { return [] }
        var names: [String] = []
        func add(_ name: String) {
            if !names.contains(where: { $0.lowercased() == name.lowercased() }) { names.append(name) }
        }
        for term in vocabulary.descendants(of: number).map({ vocabulary[$0] }) {
            for stored in term.xrefs {
                if let dash = stored.firstRange(of: " - ") { add(String(stored[dash.upperBound...])) }
                // A list of names: those of two words or more are no part of another word.
                guard stored.contains(";") else { continue }
                for piece in stored.split(separator: ";").map({ $0.drop(while: \.isWhitespace) })
                where piece.contains(" ") { add(String(piece)) }
            }
        }
        if names.isEmpty, let latin = vocabulary.latinName(of: value) { add(latin) }
        return names
    }

    /// Approaches and techniques.  A term whose own approach is stored is asked by it; else by its own techniques and
    /// those below, because a dandiset of voltage clamp does not say patch clamp; else by the nearest wider name.
    private func technique(_ filter: Plan.Filter) -> NativeVerdict {
        var names: [String] = []
        var isWider = false
        for value in filter.anyOf {
            let own = storedTechniques(of: value.id)
            var found = own.first { $0.contains("approach") }.map { [$0] } ?? below(value.id)
            if found.isEmpty, let number = vocabulary.number(of: value.id) {
                let above = vocabulary.ancestors(of: number).flatMap { storedTechniques(of: vocabulary.id(of: $0)) }
                found = Array(above.prefix(1))
                isWider = true
            }
            guard !found.isEmpty else { return .added("the archive stores no name for it") }
            for name in found where !names.contains(name) { names.append(name) }
        }
        let alternatives = names.compactMap { name in
            NativeQuoting.phrase(name).map {
                [NativeParameter(name.contains("approach") ? "approach" : "technique", $0)]
            }
        }
        let list = names.joined(separator: ", ")
        return .pushed(
            anyOf: alternatives, how: isWider ? "by the wider \(list); discover narrows" : "as \(list)")
    }

    private func below(_ id: String) -> [String] {
        vocabulary.valuesBelow("dandi:", of: id).filter { $0.hasSuffix("technique") || $0.contains("approach") }
    }

    private func storedTechniques(of id: String) -> [String] {
        vocabulary.values("dandi:", of: id).filter { $0.hasSuffix("technique") || $0.contains("approach") }
    }

    private func format(_ filter: Plan.Filter) -> NativeVerdict {
        let standards = filter.anyOf.compactMap { value -> String? in
            let names = [value.label] + value.synonyms
            if names.contains("NWB") { return "Neurodata Without Borders" }
            if names.contains("BIDS") { return "Brain Imaging Data Structure" }
            return nil
        }
        guard standards.count == filter.anyOf.count else { return .added("the search knows data standards only") }
        return operators("standard", standards, how: "as standard")
    }

    func write(_ queries: [[NativeParameter]], lookups: [String]) -> (text: String, requests: [String]) {
        let searches = queries.map { query in
            query.map { $0.name.isEmpty ? $0.value : "\($0.name):\($0.value)" }.joined(separator: " ")
        }
        let addresses = searches.map { search in
            NativeQuoting.address(Self.base, search.isEmpty ? [] : [(name: "search", value: search)])
        }
        let lines = zip(searches, addresses).flatMap { search, address in
            search.isEmpty ? [address] : ["# \(search)", address]
        }
        return (lines.joined(separator: "\n"), addresses)
    }

    func notes(on plan: Plan, text: String) -> [String] {
        var notes: [String] = []
        if text.split(separator: "\n").contains(where: { $0.hasPrefix("#") && $0.count > Self.longestSearch }) {
            notes.append(
                "The archive refuses searches of more than \(Self.longestSearch) characters; shorten this one.")
        }
        notes += ["All operators must hold of one dandiset, not of one of its files."]
        if let target = plan.target, target != .dataset {
            notes.append("Answers are dandisets; a \(target.rawValue) is something inside them.")
        }
        return notes
    }
}
