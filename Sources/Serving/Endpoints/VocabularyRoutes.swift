import Planner
import Records
import Search
import Vocabulary

extension Route {
    static let vocabulary = Route(
        .get, "/v1/vocab/{facet}", name: "vocabulary",
        summary: "List the terms of a facet, those that bear a name, or one term and its place.",
        parameters: [.facetInPath, .name, .term, .limit, .cursor],
        answers: [Answer(schema: "Vocabulary", "Terms in the order of the tables.")],
        handle: { request throws(Problem) in
            let vocabulary = request.searcher.vocabulary
            guard let facet = request.values.text(.facetInPath).flatMap({ Facet(rawValue: $0) }) else {
                throw Problem(.unknownValue, at: Parameter.facetInPath.pointer, "there is no such facet")
            }
            let limit = request.values.integer(.limit)
            let numbers: [Int]
            var start = 0
            if let id = request.values.text(.term) {
                guard let number = vocabulary.number(of: id), vocabulary.facet(of: number) == facet else {
                    throw Problem(
                        .unknownValue, at: Parameter.term.pointer, "there is no term '\(id)' of \(facet.rawValue)",
                        suggestions: vocabulary.suggestions(for: id, facet: facet))
                }
                numbers = [number]
            } else if let name = request.values.text(.name) {
                var seen: Set<Int> = []
                numbers = vocabulary.terms(named: name, facet: facet).map(\.number).filter { seen.insert($0).inserted }
                guard !numbers.isEmpty else {
                    throw Problem(
                        .unknownValue, at: Parameter.name.pointer, "nothing of \(facet.rawValue) is called '\(name)'",
                        suggestions: vocabulary.suggestions(for: name, facet: facet))
                }
            } else {
                numbers = vocabulary.numbers(of: facet)
                if let text = request.values.text(.cursor) {
                    start = try VocabularyCursor(text, facet: facet, vocabulary: vocabulary).offset
                }
            }
            let end = min(numbers.count, start + limit)
            let answer = VocabularyAnswer(
                facet: facet, total: numbers.count,
                terms: numbers[min(start, end)..<end].map { TermEntry(vocabulary, $0) },
                next: end < numbers.count
                    ? VocabularyCursor(offset: end, facet: facet, vocabulary: vocabulary).text : nil)
            return Response(answer, of: request.snapshot)
        })
}

/// Where a list of terms goes on: bound to the facet and the vocabularies.
private struct VocabularyCursor {
    let offset: Int
    let facet: Facet
    let fingerprint: String

    init(offset: Int, facet: Facet, vocabulary: Vocabulary) {
        self.offset = offset
        self.facet = facet
        fingerprint = vocabulary.fingerprint
    }

    init(_ text: String, facet: Facet, vocabulary: Vocabulary) throws(Problem) {
        let pieces = text.split(separator: "-")
        guard pieces.count == 3, let offset = Int(pieces[2]), offset > 0, pieces[1] == facet.rawValue else {
            throw Problem(
                .badCursor, at: Parameter.cursor.pointer,
                "this is no cursor of this list; use the 'next' value of the page before")
        }
        guard pieces[0] == vocabulary.fingerprint else {
            throw Problem(
                .oldCursor, at: Parameter.cursor.pointer,
                "the vocabularies were renewed since this cursor was made; start again")
        }
        self.init(offset: offset, facet: facet, vocabulary: vocabulary)
    }

    var text: String { "\(fingerprint)-\(facet.rawValue)-\(offset)" }
}

private struct VocabularyAnswer: Encodable {
    let facet: Facet
    let total: Int
    let terms: [TermEntry]
    let next: String?

    private enum Key: String, CodingKey { case facet, total, terms, next }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(facet, forKey: .facet)
        try container.encode(total, forKey: .total)
        try container.encode(terms, forKey: .terms)
        try container.encode(next, forKey: .next)
    }
}
