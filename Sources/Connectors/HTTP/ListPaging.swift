import JSON

/// Walks a list that is served in pages by `limit` and `offset`, whatever the portal says about its length.
///
/// Portals say `meta.total_results`, `count`, `next`, or nothing; some cap the page below what was asked for.  So the
/// walk goes on while anything says there is more, stops at an empty page or one that brings nothing new, and, when
/// nothing is said, at a page that is not full.  Pure: pages come in, the next question goes out.
struct ListPaging: Sendable {
    /// Rows asked for at once.
    let limit: Int
    private(set) var offset = 0
    /// What the portal said last about the length of the list.
    private(set) var total: Int?
    private(set) var isFinished = false
    /// Whether the portal went on after twice as many rows as it announced.
    private(set) var isEndless = false
    /// Whether a page without a new row says nothing of the pages after it.
    private let mayRepeat: Bool
    /// A portal that always says "more" is left after this many pages.
    private var pagesLeft = 100_000

    /// - Parameters:
    ///   - limit: rows asked for at once.
    ///   - mayRepeat: whether rows are known to move between pages, so that a page may hold old ones only.
    init(limit: Int, mayRepeat: Bool = false) {
        self.limit = limit
        self.mayRepeat = mayRepeat
    }

    /// What a page says about the rest of the list.
    struct Signs: Sendable, Equatable {
        var total: Int?
        /// Nil: nothing said.
        var hasNext: Bool?

        /// Reads `meta`, `count`, `total` and `next` of an envelope.
        init(_ body: JSONValue) {
            let meta = body["meta"]
            let said =
                body["count"] ?? body["total"] ?? meta?["total_results"] ?? meta?["count"] ?? meta?["total"]
            total = said?.number.flatMap(JSONValue.wholeNumber).flatMap { $0 >= 0 ? $0 : nil }
            if case .object(let members) = body, let next = members["next"] {
                hasNext = next != .null && next.text != nil
            }
            if let more = meta?["more_pages"]?.bool { hasNext = more }
        }

        init(total: Int?, hasNext: Bool?) {
            self.total = total
            self.hasNext = hasNext
        }
    }

    /// Takes note of a page: how many rows it had, and how many of them were new.
    mutating func take(rows: Int, new: Int, signs: Signs) {
        pagesLeft -= 1
        if let said = signs.total { total = said }
        offset += rows
        let isBefore = mayRepeat && total.map { offset < $0 } ?? false
        if rows == 0 || new == 0 && !isBefore || pagesLeft == 0 {
            isFinished = true
        } else if let total, offset >= 2 * total, signs.hasNext ?? false {
            isFinished = true
            isEndless = true
        } else if let hasNext = signs.hasNext {
            isFinished = !hasNext
        } else if let total = signs.total {
            isFinished = offset >= total
        } else {
            isFinished = rows < limit
        }
    }

    /// Leaves out rows that could not be read.
    mutating func skip(_ count: Int) {
        offset += count
        if let total, offset >= total { isFinished = true }
    }
}
