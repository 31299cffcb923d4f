import Search
import Store

extension Command {
    static let eval = Command(
        name: "eval", summary: "Measure how good the answers are.",
        forms: ["--beir DIR", "--queries FILE --qrels FILE", "--run FILE --qrels FILE", "answers FILE"],
        details: [
            "With --beir: nDCG@10 (linear gain), Recall@20, Recall@100 and MRR on a throw-away index of corpus.jsonl, by "
                + "ranking alone unless --plan. With --queries and --qrels: the same on the current index, plan on, both "
                + "tiers in order; qrels name records by id or by native id (DANDI:000638), and records of sources that they never "
                + "name are left out.",
            "With --run: the same metrics of a ranking that any program made, without an index, in the format of TREC; they "
                + "equal those of trec_eval. Questions without a relevant document are left out.",
            "answers: questions with the record ids that must, may and must not be in the match tier; exit code 1 when "
                + "one is not exact.",
        ],
        operands: .path, flags: [.beir, .keep, .queries, .qrels, .run, .plan, .mode, .vectors, .json],
        examples: [
            Example("discover eval --queries queries.jsonl --qrels qrels.tsv", "the current index"),
            Example("discover eval --beir scifact --mode text", "a public collection, words only"),
            Example("discover eval --beir scifact --vectors lsa", "the same without a sentence model"),
            Example("discover eval answers portal_answers.json", "exact match sets"),
        ],
        run: { session throws in
            let arguments = session.arguments
            let mode = arguments.value(of: .mode).flatMap { SearchMode(rawValue: $0) } ?? .hybrid
            if arguments.operands.first == "answers" {
                try session.requireOperands(2...2, named: "answers FILE")
                return try AnswersEvaluation(session: session).run(file: arguments.operands[1], mode: mode)
            }
            try session.requireOperands(0...0, named: "")
            if let file = arguments.value(of: .run) {
                guard let qrels = arguments.value(of: .qrels), !arguments.has(.queries), !arguments.has(.beir) else {
                    throw Failure(.usage, "--run takes --qrels FILE and neither --queries nor --beir")
                }
                return try RankingEvaluation(session: session, mode: mode).run(file: file, qrels: qrels)
            }
            if let folder = arguments.value(of: .beir) {
                guard !arguments.has(.queries), !arguments.has(.qrels) else {
                    throw Failure(
                        .usage, "--beir reads queries.jsonl and qrels.tsv of its folder; drop the other flags")
                }
                return try RankingEvaluation(session: session, mode: mode).run(collection: folder)
            }
            guard let queries = arguments.value(of: .queries), let qrels = arguments.value(of: .qrels) else {
                throw Failure(
                    .usage,
                    "expected --beir DIR, or --queries FILE and --qrels FILE, or --run FILE and --qrels FILE, or answers FILE"
                )
            }
            return try RankingEvaluation(session: session, mode: mode).run(queries: queries, qrels: qrels)
        })
}
