import Planner

extension Command {
    /// Prints a query ready to paste; its account goes to the notes, so that the output can be piped.
    static func printNative(_ query: NativeQuery, session: Session) throws {
        if session.arguments.has(.json) { return try session.printJSON(query) }
        let lines = query.text.split(separator: "\n", omittingEmptySubsequences: false)
        session.terminal.print(lines.map { printable(String($0)) }.joined(separator: "\n"))
        let lists = [
            ("pushed down", query.pushedDown), ("added by discover", query.addedByDiscover),
            ("not expressible", query.notExpressible), ("note", query.notes),
        ]
        for (name, entries) in lists {
            for entry in entries { session.terminal.note("\(name): \(printable(entry))") }
        }
    }
}
