import FoundationEssentials
import Planner
import Requests
import Search
import Store

extension Command {
    static let plan = Command(
        name: "plan", summary: "Show how a question is understood, without searching.",
        forms: ["QUERY…", "--batch FILE"],
        details: ["Needs no index. Every filter names the words that made it and the rule that linked them."],
        operands: .query, flags: [.json, .batch, .parse] + Flag.flags(of: RequestParameter.ofPlan),
        examples: [
            Example("discover plan \"mice with an inhibitory opsin in visual cortex\"", "the filters of a question"),
            Example("discover plan --batch questions.jsonl", "many at once, one JSON line each"),
        ],
        run: { session throws in
            let vocabulary = try session.vocabulary()
            if let file = session.arguments.value(of: .batch) {
                return try planBatch(
                    of: session.contents(of: file), planner: Planner(vocabulary: vocabulary), session: session)
            }
            guard !session.query.allSatisfy(\.isWhitespace) || session.isNarrowed else {
                throw Failure(.usage, "the question is empty")
            }
            let planner = session.planner(vocabulary)
            if session.arguments.has(.parse) {
                session.terminal.print(try planner.parse(session.query))
                return .done
            }
            let plan = try session.request(with: planner).plan
            if let system: NativeSystem = session.arguments.request.choice(.native) {
                try printNative(planner.native(plan, for: system), session: session)
            } else if session.arguments.has(.json) {
                try session.printJSON(plan)
            } else {
                let block = PlanBlock(style: session.terminal.style, width: session.terminal.width)
                session.terminal.print(block.lines(of: plan).joined(separator: "\n"))
            }
            return .done
        })

    private struct Question: Decodable {
        let id: String
        let query: String
    }

    private struct Planned: Encodable {
        let id: String
        var plan: Plan?
        /// Why there is no plan.
        var error: String?
    }

    /// Plans every line; one that cannot be planned says why, and the exit code reports it.
    private static func planBatch(of text: String, planner: Planner, session: Session) throws -> ExitCode {
        var failures = 0
        let decoder = JSONDecoder()
        for (index, line) in Session.lines(of: text).enumerated() {
            guard let question = try? decoder.decode(Question.self, from: line) else {
                failures += 1
                session.terminal.note("line \(index + 1) is not of the form {\"id\": …, \"query\": …}; left out")
                continue
            }
            var planned = Planned(id: question.id, plan: nil, error: nil)
            do throws(PlanError) {
                planned.plan = try planner.plan(question.query, today: session.today)
            } catch {
                failures += 1
                planned.error = "\(error)"
                session.terminal.note("\(printable(question.id)): \(printable("\(error)"))")
            }
            try session.printJSON(planned, pretty: false)
        }
        return failures == 0 ? .done : .partial
    }
}
