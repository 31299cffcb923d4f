import Records
import Vocabulary

/// Tells names that only say where the asker comes from ("we usually work with monkeys, but now …"), what is known
/// ("cocaine is known to …") or what was found too often ("every search gives me mice").
///
/// They are left out when another clause asks for something of its own and does not speak of what was said before
/// ("is that data anywhere").  Otherwise they are the question: "we use tetrodes in rats".
struct BackgroundReader {
    let question: Question
    let names: [Name]
    let parse: Parse
    let vocabulary: Vocabulary

    /// Indices of names with the kind of their clause.
    func read() -> [Int: Parse.Clause.Kind] {
        guard
            parse.clauses.contains(where: { Self.isAside($0.kind) })
                || question.has(.selfOwner, in: question.tokens.indices)
        else { return [:] }
        var aside: [Int: Parse.Clause.Kind] = [:]
        var isAsked = false
        for (index, name) in names.enumerated() {
            guard let number = parse.clause(ofToken: name.mention.firstToken) else { continue }
            let kind = parse.clauses[number].kind
            if Self.isAside(kind) {
                // "I work on ferrets and need their auditory cortex."
                if !isTakenUp(number) { aside[index] = kind }
            } else if kind == .request, isOfSubject(name.mention.firstToken, clause: parse.clauses[number]) {
                aside[index] = .background
            } else if kind == .request, !Self.forms.contains(vocabulary.facet(of: name.chosen.number)) {
                isAsked = true
            }
        }
        return isAsked ? aside : [:]
    }

    /// "We study rats. Is there open data?": how data are shared is no subject of its own.
    private static let forms: Set<Facet> = [.access, .license, .format, .source]

    /// "Our model of the basal ganglia needs spikes from …": what the asker has, before the verb.
    private func isOfSubject(_ token: Int, clause: Parse.Clause) -> Bool {
        guard
            let owner = clause.units.first(where: { question.has(.selfOwner, at: parse.units[$0].tokens.lowerBound) }),
            parse.units[owner].tokens.lowerBound < token, owner <= clause.units.lowerBound + 1
        else { return false }
        return clause.units.contains { unit in
            let isVerb = parse.units[unit].tag == .verb || parse.units[unit].tag == .auxiliary
            return isVerb && parse.units[unit].tokens.lowerBound > token
        }
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
        // "This time" speaks of now; "that data" and "like this" of what was said.
        if word == "this" || word == "that" {
            let next = question.word(token + 1)
            return next != "time" && question.lexicon.days[next] == nil
        }
        if word == "those" || word == "these" {
            return index + 1 >= parse.units.count || parse.units[index + 1].tag == .noun
        }
        return true
    }
}
