import FoundationEssentials
import Indexing
import Planner
import Records
import Search
import Store
import Vocabulary

/// Relevance judgments against rankings: both forms of `eval` that print nDCG.
struct RankingEvaluation {
    let session: Session
    let mode: SearchMode

    private struct Question: Decodable {
        let id: String
        let text: String
        private enum CodingKeys: String, CodingKey {
            case text
            case id = "_id"
        }
    }
    private struct Document: Decodable {
        let id: String
        let title: String?
        let text: String?
        private enum CodingKeys: String, CodingKey {
            case title, text
            case id = "_id"
        }
    }
    private struct Judged: Encodable {
        let id: String
        let query: String
        let metrics: RetrievalMetrics
    }
    private struct Summary: Encodable {
        let means: RetrievalMetrics
        let queries: [Judged]
        /// Questions that were left out because nothing relevant is judged for them, or they cannot be planned.
        let skipped: [String]
    }

    /// A ranking that any program made, in the format of TREC: `query Q0 document rank score name`.  As in `trec_eval`,
    /// scores of 32 bits decide and not the ranks that the file claims; equal ones are in descending order of the
    /// document's bytes.
    func run(file: String, qrels: String) throws -> ExitCode {
        let grades = try grades(qrels)
        var rankings: [String: [(document: String, score: Float)]] = [:]
        for (index, line) in Session.lines(of: try session.contents(of: file)).enumerated() {
            let fields = String(decoding: line, as: UTF8.self).split(whereSeparator: \.isWhitespace).map(String.init)
            guard fields.count == 6, let score = Float(fields[4]), !score.isNaN else {
                throw Failure(
                    .failed,
                    "\(printable(file)), line \(index + 1) is no line of a run: query Q0 document rank score name")
            }
            rankings[fields[0], default: []].append((fields[2], score))
        }
        var judged: [Judged] = []
        for (id, found) in rankings.sorted(by: { $0.key < $1.key }) {
            let order = found.sorted { left, right in
                left.score != right.score
                    ? left.score > right.score
                    : right.document.utf8.lexicographicallyPrecedes(left.document.utf8)
            }
            guard Set(order.map(\.document)).count == order.count else {
                throw Failure(.failed, "\(printable(file)) names a document twice for question \(printable(id))")
            }
            guard let known = grades[id], let metrics = RetrievalMetrics(ranking: order.map(\.document), grades: known)
            else { continue }
            judged.append(Judged(id: id, query: "", metrics: metrics))
        }
        let done = Set(judged.map(\.id))
        let skipped = Set(grades.keys).union(rankings.keys).subtracting(done).sorted()
        return try tell(judged, skipped: skipped, how: "a run of TREC")
    }

    /// The current index, plan on.
    func run(queries: String, qrels: String) throws -> ExitCode {
        let searcher = try session.searcher()
        let planner = Planner(vocabulary: searcher.vocabulary)
        let grades = try grades(qrels)
        let names = Set(grades.values.flatMap(\.keys))
        return try judge(
            questions(queries), grades: grades, searcher: searcher, within: sources(of: names, in: searcher)
        ) { text in
            try planner.plan(text, today: session.today)
        } name: { id in
            aliases(of: id).first(where: names.contains) ?? id.description
        }
    }

    /// An index of a BEIR folder: a throw-away one, or with `--keep` that of `--index`, made when it is not there.
    func run(collection: String) throws -> ExitCode {
        let vocabulary = try session.vocabulary()
        let isKept = session.arguments.has(.keep)
        let folder =
            isKept
            ? session.indexFolder.path
            : FileManager.default.temporaryDirectory.path + "/discover-eval-\(UUID().uuidString)"
        defer { if !isKept { try? FileManager.default.removeItem(atPath: folder) } }
        let index = IndexFolder(path: folder)
        if !isKept || (try? index.current()) == nil { try build(index, of: collection, vocabulary: vocabulary) }
        let searcher = try session.searcher(
            on: try index.current(), vocabulary: vocabulary,
            settings: try session.rankingSettings(near: session.indexFolder))
        let planner = Planner(vocabulary: vocabulary)
        let usesPlan = session.arguments.has(.plan)
        return try judge(
            questions("\(collection)/queries.jsonl"), grades: grades("\(collection)/qrels.tsv"), searcher: searcher
        ) { text in
            usesPlan ? try planner.plan(text, today: session.today) : Plan(query: text, text: text)
        } name: {
            $0.native
        }
    }

    /// Makes the index of the documents of a BEIR folder.
    private func build(_ index: IndexFolder, of collection: String, vocabulary: Vocabulary) throws {
        let documents = try lines(of: "\(collection)/corpus.jsonl", as: Document.self)
        let bar = ProgressBar("embedding texts", on: session.terminal)
        let ingest = Ingest(
            index: index, vocabulary: vocabulary, embedding: mode == .text ? nil : try session.textEmbedding(),
            progress: { if $0.phase == .embed { bar.update($0.done, of: $0.total) } })
        _ = try ingest.run(source: .beir, location: collection) { sink in
            for document in documents {
                try sink(
                    Record(
                        id: RecordID(.beir, .document, document.id), title: document.title ?? "",
                        description: document.text ?? "", access: .open))
            }
            return nil
        }
        bar.finish()
    }

    private func judge(
        _ questions: [Question], grades: [String: [String: Int]], searcher: Searcher,
        within sources: Set<Source>? = nil, plan: (String) throws -> Plan, name: (RecordID) -> String
    ) throws -> ExitCode {
        var judged: [Judged] = []
        var skipped: [String] = []
        let bar = ProgressBar("asking", on: session.terminal)
        for (index, question) in questions.enumerated() {
            bar.update(index + 1, of: questions.count)
            guard let known = grades[question.id], known.values.contains(where: { $0 > 0 }) else {
                skipped.append(question.id)
                continue
            }
            let request = SearchRequest(plan: try plan(question.text), mode: mode, limit: 1000)
            let ranking = try searcher.ranking(request).filter { sources?.contains($0.source) ?? true }.map(name)
            guard let metrics = RetrievalMetrics(ranking: ranking, grades: known) else { continue }
            judged.append(Judged(id: question.id, query: question.text, metrics: metrics))
        }
        bar.finish()
        return try tell(judged, skipped: skipped, how: "mode \(mode.rawValue)")
    }

    private func tell(_ judged: [Judged], skipped: [String], how: String) throws -> ExitCode {
        guard !judged.isEmpty else { throw Failure(.failed, "no question has a relevant judged document") }
        let means = RetrievalMetrics.mean(judged.map(\.metrics))
        if session.arguments.has(.json) {
            try session.printJSON(Summary(means: means, queries: judged, skipped: skipped))
        } else {
            session.terminal.print(
                """
                \(session.terminal.style.bold("\(judged.count) questions")), \(how)
                  nDCG@10     \(text(means.ndcg10))
                  Recall@20   \(text(means.recall20))
                  Recall@100  \(text(means.recall100))
                  MRR         \(text(means.mrr))
                """)
            if !skipped.isEmpty {
                session.terminal.note("left out, nothing relevant is judged: \(skipped.joined(separator: ", "))")
            }
        }
        return .done
    }

    /// Names by which judgments may call a record: its id, its native id, or `DANDI:000638`.
    private func aliases(of id: RecordID) -> [String] {
        [id.description, id.native, "\(id.source.rawValue.uppercased()):\(id.native)"]
    }

    /// Sources that the judgments speak of; records of others were never judged and are left out of the rankings.
    private func sources(of names: Set<String>, in searcher: Searcher) throws -> Set<Source> {
        let rows = Array(0..<searcher.generation.manifest.records)
        var sources: Set<Source> = []
        for id in try searcher.generation.ids(rows: rows) where aliases(of: id).contains(where: names.contains) {
            sources.insert(id.source)
        }
        return sources
    }

    private func text(_ value: Double) -> String {
        let digits = String(Int((value * 10_000).rounded()))
        return value >= 0.99995
            ? "1.0000" : "0." + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    private func questions(_ path: String) throws -> [Question] { try lines(of: path, as: Question.self) }

    private func lines<Line: Decodable>(of path: String, as type: Line.Type) throws -> [Line] {
        let decoder = JSONDecoder()
        return try Session.lines(of: session.contents(of: path)).enumerated().map { index, line in
            guard let value = try? decoder.decode(type, from: line) else {
                throw Failure(.failed, "\(path), line \(index + 1) is not of the BEIR form")
            }
            return value
        }
    }

    /// Grades by question and document: three columns (`query-id`, `corpus-id`, `score`) or the four of TREC.  Ids may
    /// hold spaces where tabs part the columns.
    private func grades(_ path: String) throws -> [String: [String: Int]] {
        var grades: [String: [String: Int]] = [:]
        for (index, line) in Session.lines(of: try session.contents(of: path)).enumerated() {
            let text = String(decoding: line, as: UTF8.self)
            let fields =
                (text.contains("\t") ? text.split(separator: "\t") : text.split(whereSeparator: \.isWhitespace))
                .map(String.init)
            guard fields.count == 3 || fields.count == 4, let last = fields.last, let grade = Double(last) else {
                if index == 0 { continue }
                throw Failure(.failed, "\(path), line \(index + 1) is no judgment")
            }
            grades[fields[0], default: [:]][fields[fields.count - 2]] = Int(grade)
        }
        return grades
    }
}
