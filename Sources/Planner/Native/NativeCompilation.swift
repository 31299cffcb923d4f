import Records

/// A plan on its way into the language of a system: the queries so far, and the account of what they hold.
struct NativeCompilation {
    let language: any NativeLanguage
    /// Their union is meant.
    private(set) var queries: [[NativeParameter]] = [[]]
    /// Requests that help to do by hand what the queries leave out.
    private(set) var lookups: [String] = []
    private(set) var query: NativeQuery

    init(language: any NativeLanguage) {
        self.language = language
        query = NativeQuery(
            system: language.system, text: "", requests: [], pushedDown: [], addedByDiscover: [], notExpressible: [],
            notes: [])
    }

    /// Leaves a condition to `discover`.
    mutating func add(_ words: String, because why: String) { query.addedByDiscover.append("\(words) — \(why)") }

    /// Leaves a condition out.
    mutating func refuse(_ words: String, because why: String) { query.notExpressible.append("\(words) — \(why)") }

    /// A condition that must hold.
    mutating func take(_ verdict: NativeVerdict, _ words: String) {
        switch verdict {
        case .pushed(let alternatives, let how):
            if let why = obstacle(to: alternatives) { return add(words, because: why) }
            multiply(by: alternatives)
            query.pushedDown.append("\(words) — \(how)")
        case .added(let why, let help):
            lookups += help.filter { !lookups.contains($0) }
            add(words, because: why)
        case .impossible(let why): refuse(words, because: why)
        }
    }

    /// Choices of which one must hold as a whole.  They are pushed down where each of them narrows what is asked; what
    /// a choice holds besides is left to `discover`.
    mutating func take(choices: [[Plan.Filter]]) {
        let verdicts = choices.map { $0.map { (filter: $0, verdict: language.verdict(of: $0)) } }
        var alternatives: [[NativeParameter]] = []
        var isNarrow = language.unitesAnswers
        for choice in verdicts {
            var own: [[NativeParameter]] = [[]]
            for case .pushed(let pushed, _) in choice.map(\.verdict) where !pushed.isEmpty {
                own = own.flatMap { one in pushed.map { one + $0 } }
            }
            // A choice that asks nothing of the system, or one thing twice where once is meant, cannot be asked for.
            if own == [[]] || own.contains(where: asksTwice) { isNarrow = false }
            alternatives += own
        }
        let why =
            isNarrow
            ? obstacle(to: alternatives)
            : language.unitesAnswers
                ? "not every alternative can be asked for" : "lists are joined by id, which knows no alternatives"
        if why == nil { multiply(by: alternatives) }
        for (number, choice) in verdicts.enumerated() {
            for (filter, verdict) in choice {
                let words = "\(filter.nativeWords) (alternative \(number + 1))"
                if case .pushed(_, let how) = verdict {
                    if let why { add(words, because: why) } else { query.pushedDown.append("\(words) — \(how)") }
                } else {
                    take(verdict, words)
                }
            }
        }
    }

    /// A record that is named.
    mutating func take(record name: String) {
        let words = "record: \(name)"
        guard let id = RecordID(name) else { return add(words, because: "it is found by its name") }
        guard id.source.term == language.source else { return refuse(words, because: "it is of another source") }
        if let page = id.source.descriptor.pages.first(where: { $0.types.contains(id.type) }) {
            let address = (["https://\(page.hosts[0])"] + page.path + [id.native]).joined(separator: "/")
            add(words, because: "the search takes no ids; it is at \(address)")
        } else {
            add(words, because: "the search takes no ids")
        }
    }

    /// Why alternatives cannot be added to the queries; nil where they can.
    private func obstacle(to alternatives: [[NativeParameter]]) -> String? {
        guard queries.count * max(alternatives.count, 1) <= language.mostQueries else {
            return "it would take \(queries.count * alternatives.count) queries"
        }
        let asked = Set(queries.joined().filter { !language.isRepeatable($0) }.map(\.name))
        return alternatives.joined().allSatisfy { !asked.contains($0.name) }
            ? nil : "the query takes one condition of its kind"
    }

    private func asksTwice(_ parameters: [NativeParameter]) -> Bool {
        let names = parameters.filter { !language.isRepeatable($0) }.map(\.name)
        return Set(names).count < names.count
    }

    private mutating func multiply(by alternatives: [[NativeParameter]]) {
        guard !alternatives.isEmpty else { return }
        queries = queries.flatMap { query in alternatives.map { query + $0 } }
    }
}
