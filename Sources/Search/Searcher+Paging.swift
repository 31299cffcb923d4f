import JSON
import Planner
import Store

extension Searcher {
    /// Where the page begins.  A cursor of another question or another generation is refused.
    func offset(of request: SearchRequest) throws(SearchError) -> Int {
        guard let text = request.cursor else { return 0 }
        guard let cursor = Cursor(text) else {
            throw SearchError(.badCursor, "this is no cursor of discover; use the 'next' value of the page before")
        }
        guard cursor.generation == generation.manifest.generation else {
            throw SearchError(
                .oldCursor, "the index was renewed since this cursor was made; start again from the first page")
        }
        guard cursor.question == fingerprint(of: request) else {
            throw SearchError(.badCursor, "this cursor belongs to another question or other settings")
        }
        return cursor.offset
    }

    /// The cursor of the page behind one; nil when nothing is listed behind it.
    func cursor(after page: Range<Int>, of request: SearchRequest, listed: Int) -> String? {
        guard !page.isEmpty, page.upperBound < listed else { return nil }
        return Cursor(
            question: fingerprint(of: request), generation: generation.manifest.generation, offset: page.upperBound
        ).text
    }

    /// What decides the order of hits, as one number.  Warnings do not: whether unknown words get one depends on what
    /// else is on the machine.
    private func fingerprint(of request: SearchRequest) -> UInt64 {
        var question = request.plan
        question.warnings = []
        let plan = (try? JSONValue(encoding: question)).map { String(decoding: $0.json, as: UTF8.self) } ?? ""
        let settings = "\(request.mode.rawValue) \(request.isStrict) \(request.statedOnly) \(request.chosenFrom ?? -1)"
        return Cursor.fingerprint(of: "\(plan) \(settings) \(request.sort.rawValue)")
    }
}
