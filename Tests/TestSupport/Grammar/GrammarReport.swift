/// How many sentences of each template were read right, and examples of those that were not.
package struct GrammarReport: CustomStringConvertible {
    private struct Row {
        var sentences = 0
        var wrong = 0
        var kinds: [Fault.Kind: Int] = [:]
        var examples: [(sentence: String, faults: [Fault])] = []

        var share: Double { Double(sentences - wrong) / Double(max(sentences, 1)) }
    }

    private var rows: [String: Row] = [:]
    /// Examples that are kept of each template.
    private let kept: Int

    package init(examples: Int = 3) { kept = examples }

    package mutating func add(_ sample: Grammar.Sample, _ faults: [Fault]) {
        var row = rows[sample.template, default: Row()]
        row.sentences += 1
        if !faults.isEmpty {
            row.wrong += 1
            for kind in Set(faults.map(\.kind)) { row.kinds[kind, default: 0] += 1 }
            if row.examples.count < kept { row.examples.append((sample.sentence, faults)) }
        }
        rows[sample.template] = row
    }

    /// The share of all sentences that were read right.
    package var share: Double {
        let (all, wrong) = rows.values.reduce((0, 0)) { ($0.0 + $1.sentences, $0.1 + $1.wrong) }
        return Double(all - wrong) / Double(max(all, 1))
    }

    /// Templates of which fewer sentences than a share were read right.
    package func templates(below share: Double) -> [String] {
        rows.filter { $0.value.share < share }.map(\.key).sorted()
    }

    /// Without a word of the sentences.
    package var summary: String {
        let wrong = rows.values.count { $0.wrong > 0 }
        return "\(percent(share)) of \(rows.values.reduce(0) { $0 + $1.sentences }) sentences right, "
            + "\(rows.count) templates, \(wrong) of them with a fault"
    }

    /// The summary, then the templates, those with the most wrong sentences first.
    package var description: String {
        let wrong = rows.filter { $0.value.wrong > 0 }
            .sorted { $0.value.wrong == $1.value.wrong ? $0.key < $1.key : $0.value.wrong > $1.value.wrong }
        var lines = [summary]
        for (name, row) in wrong {
            let kinds = Fault.Kind.allCases.compactMap { kind in row.kinds[kind].map { "\(kind.rawValue) \($0)" } }
            lines.append("\n\(name): \(row.wrong) of \(row.sentences) wrong (\(kinds.joined(separator: ", ")))")
            for example in row.examples {
                lines.append("    \(example.sentence)")
                lines.append("      " + example.faults.map(\.description).joined(separator: "; "))
            }
        }
        return lines.joined(separator: "\n")
    }

    private func percent(_ share: Double) -> String { "\((share * 1000).rounded(.down) / 10) %" }
}
