import Records

/// Reads the pages of records one by one, and goes on when one cannot be read.
struct EachPage {
    let run: Harvest
    /// What a page is of, `dandiset`: for reports.
    let what: String
    /// What is counted by the progress bar, `dandisets`.
    let counted: String

    /// A portal that fails as often as this in a row is down.
    private static let patience = 10

    /// Hands on each entry; those that cannot be read are reported, and the harvest is incomplete.
    func read<Entry>(_ entries: [Entry], id: (Entry) -> String, _ body: (Entry) throws -> Void) throws {
        var failures = 0
        for (index, entry) in entries.enumerated() {
            run.advance(counted, index + 1, of: entries.count)
            do {
                try body(entry)
                failures = 0
            } catch let error as ConnectorError {
                if error.kind == .cancelled || error.kind == .unusableLocation { throw error }
                run.reject("\(what) \(id(entry))", error.detail)
                run.incomplete("\(what) \(id(entry))", error.detail)
                failures += 1
                if failures == Self.patience { throw error }
            }
        }
    }
}
