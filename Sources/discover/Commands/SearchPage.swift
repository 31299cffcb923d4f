import Export
import Planner
import Records
import Search

/// The answer to a question as a person reads it on a terminal: the plan, the counts, the hits with their reasons,
/// and where to go from there.
struct SearchPage {
    let session: Session
    let result: SearchResult

    private var style: Style { session.terminal.style }
    private var width: Int { max(50, min(session.terminal.width, 120)) }

    /// Prints all of it.
    func show() {
        var lines = PlanBlock(style: style, width: width).lines(of: result.plan)
        lines += ["", counts]
        // Those of the plan are in its block.
        for warning in result.warnings where !result.plan.warnings.contains(warning) {
            lines += hanging("! " + printable(warning.message), indent: 0).map(style.unsure)
        }
        var isInPossible = false
        var isInOthers = false
        for (index, hit) in result.hits.enumerated() {
            if hit.differs == true, !isInOthers {
                (isInOthers, isInPossible) = (true, true)
                lines += ["", style.unsure("Something else: these state other values, and need not state all")]
            } else if hit.tier == .possible, !isInPossible {
                isInPossible = true
                lines += ["", style.unsure("Possible: nothing speaks against them, but they do not tell enough")]
            }
            lines += [""] + show(hit, number: index + 1)
        }
        lines += relaxation
        lines += narrowing
        if let next = result.next {
            lines += ["", style.faint("next page: add --cursor \(next)")]
        }
        session.terminal.print(lines.joined(separator: "\n"))
    }

    private var counts: String {
        let matches = "\(result.total) \(result.total == 1 ? "match" : "matches")"
        let sources = result.sources.map { source in
            "\(source.source.rawValue) \(source.records)\(source.stale ? " (stale)" : "")"
        }
        let others = result.differs > 0 ? ", \(result.differs) of them with something else" : ""
        return style.good(matches) + ", " + style.unsure("\(result.possible) possible\(others)")
            + style.faint(" · in \(sources.joined(separator: ", ")) records · \(milliseconds(result.tookMs))")
    }

    private func milliseconds(_ value: Double) -> String {
        value < 10 ? "\((value * 10).rounded() / 10) ms" : "\(Int(value.rounded())) ms"
    }

    private func show(_ hit: Hit, number: Int) -> [String] {
        let mark = String(repeating: " ", count: max(0, 3 - String(number).count)) + "\(number)  "
        let title = shortened(hit.title.isEmpty ? hit.id.native : printable(hit.title), to: width - 5)
        var lines = [mark + style.bold(title)]
        var facts = [style.name(printable(hit.id.description)), access(of: hit)]
        if let url = hit.url { facts.append(style.faint(printable(url))) }
        lines.append("     " + facts.joined(separator: "  "))
        for reason in hit.matched { lines += hanging(describe(reason), indent: 5) }
        for range in hit.ranges {
            let why = "\(range.evidence.kind.rawValue): \(printable(range.evidence.provenance))"
            lines += hanging("\(style.good("✓")) \(printable(range.text)) \(style.faint(why))", indent: 5)
        }
        for range in result.plan.rangesPreferred(among: hit.preferred) {
            lines.append("     \(style.good("✓")) \(printable(range)) (preferred)")
        }
        if let shared = hit.shared, !shared.isEmpty {
            lines.append("     " + style.faint("shares \(shared.map { printable($0) }.joined(separator: ", "))"))
        }
        for gap in hit.unknown {
            lines.append("     " + style.unsure("? \(gap.field)") + style.faint(" \(gap.reason)"))
        }
        lines += snippet(of: hit)
        if !hit.alsoAt.isEmpty {
            lines.append(
                "     " + style.faint("also at \(hit.alsoAt.map { printable($0.name) }.joined(separator: ", "))"))
        }
        if session.arguments.has(.explain) {
            let parts = [hit.scores.text.map { "words \($0)" }, hit.scores.vector.map { "meaning \($0)" }]
            lines.append(
                "     " + style.faint("score \(hit.score): \(parts.compactMap { $0 }.joined(separator: ", "))"))
        }
        return lines
    }

    private func access(of hit: Hit) -> String {
        switch hit.access {
        case .open: style.good("open")
        case .embargoed: style.unsure("embargoed")
        case .restricted: style.unsure("restricted" + (hit.accessNote.map { ": " + printable($0) } ?? ""))
        }
    }

    private func describe(_ reason: Hit.Reason) -> String {
        let evidence = reason.evidence
        let sign =
            reason.evidence.kind == .hinted
            ? style.unsure("?") : reason.broader ? style.unsure("~") : style.good("✓")
        let name = reason.negated ? "other \(reason.facet.rawValue) only, as asked:" : reason.facet.rawValue
        var text = "\(sign) \(name) \(style.chip(printable(reason.term.label)))"
        if reason.broader { text += " (broader than asked)" }
        if reason.weight == .preferred { text += " (preferred)" }
        var why = "\(evidence.kind.rawValue): \(printable(evidence.provenance))"
        if let words = evidence.words { why += " “\(printable(words))”" }
        if session.arguments.has(.explain) {
            if let rule = evidence.rule { why += ", by \(printable(rule))" }
            if let part = reason.part { why += ", in \(printable(part))" }
        }
        return text + " " + style.faint(why)
    }

    private func snippet(of hit: Hit) -> [String] {
        let plain = printable(Markup.plain(hit.snippet) { "\u{F0000}" + $0 + "\u{F0001}" }, keepingMarks: true)
        guard !plain.isEmpty else { return [] }
        var isMarked = false
        return wrap(plain, width: width - 5).prefix(2).map { line in
            var text = ""
            var run = ""
            func flush() {
                text += run.isEmpty ? "" : isMarked ? style.mark(run) : style.faint(run)
                run = ""
            }
            for scalar in line.unicodeScalars {
                switch scalar.value {
                case 0xF0000:
                    flush()
                    isMarked = true
                case 0xF0001:
                    flush()
                    isMarked = false
                default: run.unicodeScalars.append(scalar)
                }
            }
            flush()
            return "     " + text
        }
    }

    private var relaxation: [String] {
        guard !result.relax.isEmpty else { return [] }
        return ["", style.bold("Nothing fulfils all of it. What would:")]
            + result.relax.prefix(8).map { relaxation in
                let change = relaxation.drop.map { "without \($0)" } ?? relaxation.broaden.map { "broaden \($0)" } ?? ""
                return "  \(style.chip(printable(change)))  \(relaxation.total)"
            }
    }

    private var narrowing: [String] {
        guard result.total > 1 else { return [] }
        let asked = Set(result.plan.filters.map(\.facet.rawValue))
        var lines: [String] = []
        for facet in Facet.listed(by: \.terminal).map(\.rawValue)
        where !asked.contains(facet) {
            let values = (result.facets[facet] ?? []).filter { $0.count < result.total }.prefix(4)
            guard !values.isEmpty else { continue }
            let text = values.map { "\(printable($0.label)) \($0.count)" }.joined(separator: ", ")
            lines.append("  \(facet): " + style.faint(shortened(text, to: width - facet.count - 4)))
        }
        return lines.isEmpty ? [] : ["", style.bold("Narrow it with --filter")] + lines
    }

    private func hanging(_ text: String, indent: Int) -> [String] {
        [String(repeating: " ", count: indent) + text]
    }
}
