import Vocabulary

/// Tells names that only say where the asker comes from ("we usually work with monkeys, but now …"), what is known
/// ("cocaine is known to …") or what was found too often ("every search gives me mice").
///
/// They are left out when another clause asks for something of its own and does not speak of what was said before
/// ("is that data anywhere").  Otherwise they are the question: "we use tetrodes in rats".
struct BackgroundReader {
    let question: Question
    let mentions: [Mention]
    let parse: Parse

    /// Indices of mentions with the kind of their clause.
    func read() -> [Int: Parse.Clause.Kind] {
        guard parse.clauses.contains(where: { Self.isAside($0.kind) }) else { return [:] }
        var aside: [Int: Parse.Clause.Kind] = [:]
        var isAsked = false
        for (index, mention) in mentions.enumerated() {
            guard let number = parse.clause(ofToken: mention.firstToken) else { continue }
            let kind = parse.clauses[number].kind
            if Self.isAside(kind) {
                // "I work on ferrets and need their auditory cortex."
                if !isTakenUp(number) { aside[index] = kind }
            } else if kind == .request {
                isAsked = true
            }
        }
        return isAsked ? aside : [:]
    }

    static func isAside(_ kind: Parse.Clause.Kind) -> Bool { kind == .background || kind == .complaint }

    /// Whether a request that follows speaks of what a clause said: the one behind it in its sentence, or any of
    /// another sentence where no background stands between.
    private func isTakenUp(_ number: Int) -> Bool {
        for next in (number + 1)..<Swift.max(number + 1, parse.clauses.count) {
            let clause = parse.clauses[next]
            if Self.isAside(clause.kind) {
                if clause.sentence == parse.clauses[number].sentence { continue }
                return false
            }
            guard clause.kind == .request else { continue }
            return clause.units.contains(where: isBackReference)
        }
        return false
    }

    /// "That data", "their cortex", "the same"; "those with" and "data that" speak of nothing before.
    private func isBackReference(_ index: Int) -> Bool {
        let unit = parse.units[index]
        let token = unit.tokens.lowerBound
        guard !unit.isName, question.has(.backReference, at: token), unit.tag != .subordinator else { return false }
        let word = question.word(token)
        if word == "it" { return index > 0 && parse.units[index - 1].tag != .auxiliary }
        if word == "those" || word == "these" { return index + 1 >= parse.units.count || parse.units[index + 1].tag == .noun }
        return true
    }
}
