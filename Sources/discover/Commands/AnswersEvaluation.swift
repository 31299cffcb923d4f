import FoundationEssentials
import Planner
import Records
import Search
import Store

/// `eval answers`: the match tier of each question against the record ids that must, may and must not be in it.
struct AnswersEvaluation {
    let session: Session

    private struct File: Decodable {
        let queries: [Question]
    }
    private struct Question: Decodable {
        let id: String
        let query: String
        /// Kinds of record the question is about: `brainstem:session`.
        let judged: [String]
        let match: [String]
        let either: [String]?
    }
    private struct Verdict: Encodable {
        let id: String
        let query: String
        let exact: Bool
        /// Records in the match tier, of the judged kinds.
        let found: Int
        let expected: Int
        let missing: [String]
        let extra: [String]
        /// Kinds that are judged, those of them the index holds.
        let judged: [String]
    }
    private struct Summary: Encodable {
        let exact: Int
        let judged: Int
        /// Questions about sources that are not in the index.
        let skipped: [String]
        let queries: [Verdict]
    }

    /// Runs all questions of a file.
    func run(file: String, mode: SearchMode) throws -> ExitCode {
        let text = try session.contents(of: file)
        guard let questions = try? JSONDecoder().decode(File.self, from: Data(text.utf8)).queries else {
            throw Failure(.failed, "\(printable(file)) is not of the form {\"queries\": [{\"id\", \"query\", …}]}")
        }
        let searcher = try session.searcher()
        let planner = Planner(vocabulary: searcher.vocabulary)
        let sources = Set(searcher.generation.manifest.sources.filter { $0.records > 0 }.map(\.source.rawValue))
        var verdicts: [Verdict] = []
        var skipped: [String] = []
        for question in questions {
            let kinds = question.judged.filter { sources.contains(source(of: $0)) }
            guard !kinds.isEmpty else {
                skipped.append(question.id)
                continue
            }
            let plan = try planner.plan(question.query, today: session.today)
            let count = searcher.generation.manifest.records
            let matches = try searcher.matches(SearchRequest(plan: plan, mode: .text, limit: max(1, count)))
            let found = Set(matches.map(\.description).filter { isJudged($0, kinds) })
            let expected = Set(question.match.filter { sources.contains(source(of: $0)) })
            let doubtful = Set(question.either ?? [])
            let missing = expected.subtracting(found).sorted()
            let extra = found.subtracting(expected).subtracting(doubtful).sorted()
            verdicts.append(
                Verdict(
                    id: question.id, query: question.query, exact: missing.isEmpty && extra.isEmpty,
                    found: found.count, expected: expected.count, missing: missing, extra: extra, judged: kinds))
        }
        let exact = verdicts.count { $0.exact }
        if session.arguments.has(.json) {
            try session.printJSON(Summary(exact: exact, judged: verdicts.count, skipped: skipped, queries: verdicts))
        } else {
            verdicts.forEach(show)
            session.terminal.print("\(exact) of \(verdicts.count) exact")
            if !skipped.isEmpty {
                session.terminal.note(
                    "left out, their sources are not in the index: \(skipped.joined(separator: ", "))")
            }
        }
        return exact == verdicts.count ? .done : .failed
    }

    private func show(_ verdict: Verdict) {
        let style = session.terminal.style
        let sign = verdict.exact ? style.good("exact") : style.bad("wrong")
        session.terminal.print(
            "\(sign)  \(printable(verdict.id))  \(printable(verdict.query))  "
                + style.faint("\(verdict.found) found, \(verdict.expected) expected"))
        for (name, ids) in [("missing", verdict.missing), ("extra", verdict.extra)] where !ids.isEmpty {
            for id in ids.prefix(5) { session.terminal.print("         \(name) \(printable(id))") }
            if ids.count > 5 { session.terminal.print("         … and \(ids.count - 5) more \(name)") }
        }
    }

    private func source(of id: String) -> String { id.split(separator: ":").first.map(String.init) ?? "" }

    private func isJudged(_ id: String, _ kinds: [String]) -> Bool { kinds.contains { id.hasPrefix($0 + ":") } }
}
