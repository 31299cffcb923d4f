import FoundationEssentials
import JSON
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

    /// A line that was answered.
    private struct Answer: Encodable {
        /// As the line has it, a text or a number; null where it has none.
        let id: JSONValue
        var plan: Plan?
        /// Why there is no plan.
        var error: Refusal?

        enum CodingKeys: String, CodingKey { case id, plan, error }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(id, forKey: .id)
            try container.encodeIfPresent(plan, forKey: .plan)
            try container.encodeIfPresent(error, forKey: .error)
        }
    }

    private struct Refusal: Encodable {
        let code: String
        let message: String
        var suggestions: [String] = []
    }

    /// Plans every line; one that cannot be planned is answered by why, and the exit code reports it.
    private static func planBatch(of text: String, planner: Planner, session: Session) throws -> ExitCode {
        var failures = 0
        for (index, line) in Session.lines(of: text).enumerated() {
            let answer = answer(to: line, planner: planner, today: session.today)
            if let error = answer.error {
                failures += 1
                session.terminal.note("line \(index + 1): \(printable(error.message))")
            }
            try session.printJSON(answer, pretty: false)
        }
        return failures == 0 ? .done : .partial
    }

    private static func answer(to line: Data, planner: Planner, today: Int?) -> Answer {
        guard case .object(let members)? = try? JSONReader.value(line, rules: .strict) else {
            return Answer(id: .null, error: Refusal(code: "malformed_line", message: "the line is no JSON object"))
        }
        var answer = Answer(id: .null)
        switch members["id"] {
        case .string(let id)?: answer = Answer(id: .string(id))
        case .number(let id)?: answer = Answer(id: .number(id))
        default: break
        }
        guard case .string(let query)? = members["query"], answer.id != .null else {
            answer.error = Refusal(
                code: "malformed_line", message: "the line is not of the form {\"id\": …, \"query\": …}")
            return answer
        }
        do throws(PlanError) {
            answer.plan = try planner.plan(query, today: today)
        } catch {
            answer.error = Refusal(code: error.kind.rawValue, message: error.detail, suggestions: error.suggestions)
        }
        return answer
    }
}
