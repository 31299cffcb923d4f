import Planner
import Records
import Requests
import Search
import Store

extension Command {
    static let whyNot = Command(
        name: "why-not", summary: "Tell which filter keeps a record out, and what would let it in.",
        forms: ["ID QUERY…"], details: [], operands: .query,
        flags: Flag.flags(of: RequestParameter.ofWhyNot) + [.json],
        examples: [
            Example("discover why-not dandi:dataset:000003 \"sleep in rat thalamus\"", "one record, one question")
        ],
        run: { session throws in
            guard let id = session.arguments.operands.first else {
                throw Failure(.usage, "expected ID QUERY…")
            }
            let searcher = try session.searcher()
            let planner = Planner(vocabulary: searcher.vocabulary)
            let query = session.arguments.operands.dropFirst().joined(separator: " ")
            let request = try session.request(query, with: planner)
            let answer = try searcher.whyNot(id, request: request)
            if session.arguments.has(.json) {
                try session.printJSON(answer)
                return .done
            }
            let style = session.terminal.style
            var lines = [style.bold(printable(answer.title)), style.name(printable(answer.id.description))]
            lines.append(
                answer.tier.map { $0 == .match ? style.good("is a match") : style.unsure("is a possible record") }
                    ?? style.bad("is no answer"))
            for verdict in answer.verdicts {
                let sign =
                    switch verdict.state {
                    case .holds: style.good("✓")
                    case .undecided: style.unsure("?")
                    case .fails: style.bad("✗")
                    }
                let weight = verdict.weight.map { style.faint(" (\($0.rawValue))") } ?? ""
                lines.append("  \(sign) \(style.chip(printable(verdict.condition)))\(weight)")
                for reason in verdict.recorded.prefix(3) {
                    lines.append(
                        "      recorded: \(printable(reason.term.label)) "
                            + style.faint("\(reason.evidence.kind.rawValue): \(printable(reason.evidence.provenance))"))
                }
                if let remedy = verdict.remedy { lines.append("      " + printable(remedy)) }
            }
            session.terminal.print(lines.joined(separator: "\n"))
            return .done
        })
}
