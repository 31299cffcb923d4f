/// Writes one sentence of a pattern and notes what it drew.
struct SentenceWriter {
    let terms: [String: [Term]]
    let phrases: [String: Pattern]
    var random: SplitMix
    /// What the slots hold, by their keys.
    private(set) var drawn: [String: (term: Term, sign: Sign)] = [:]
    private(set) var numbers: [String: Int] = [:]
    private var text = ""

    init(terms: [String: [Term]], phrases: [String: Pattern], random: SplitMix) {
        (self.terms, self.phrases, self.random) = (terms, phrases, random)
    }

    mutating func write(_ pattern: Pattern) {
        switch pattern {
        case .text(let words): text += words
        case .sequence(let parts): for part in parts { write(part) }
        case .choice(let members): write(members[below(members.count)])
        case .option(let part): if below(2) == 0 { write(part) }
        case .phrase(let name):
            guard let phrase = phrases[name] else { preconditionFailure("no phrase is called \(name)") }
            write(phrase)
        case .slot(let slot) where slot.list == "n":
            let bounds = slot.form.split(separator: "-").compactMap { Int($0) }
            let number = bounds[0] + below(bounds[1] - bounds[0] + 1)
            numbers[slot.key] = number
            text += "\(number)"
        case .slot(let slot): text += draw(slot)
        }
    }

    private mutating func draw(_ slot: Pattern.Slot) -> String {
        if let known = drawn[slot.key] { return known.term.forms[slot.form] ?? known.term.plain }
        guard let list = terms[slot.list] else { preconditionFailure("no list of terms is called \(slot.list)") }
        let taken = Set(drawn.values.map(\.term.kin))
        // A member goes with the family that was drawn; all else differs from what the sentence holds already.
        let fitting = list.filter { term in
            guard term.forms[slot.form] != nil else { return false }
            return slot.list == "member" ? term.kin == drawn["family"]?.term.kin : !taken.contains(term.kin)
        }
        precondition(!fitting.isEmpty, "nothing fits \(slot.key):\(slot.form)")
        let term = fitting[below(fitting.count)]
        drawn[slot.key] = (term, slot.sign)
        return term.forms[slot.form] ?? term.plain
    }

    private mutating func below(_ bound: Int) -> Int { Int(random.next() % UInt64(bound)) }

    /// What was written, with capitals and an end as people write them, or as they do in haste.
    mutating func sentence() -> String {
        var sentence = ""
        let isCareful = below(4) > 0
        for word in text.split(separator: " ") {
            let isFirst =
                sentence.isEmpty ? isCareful : ".?".contains(sentence.last ?? " ") && !sentence.hasSuffix("vs.")
            // Names that are written with capitals inside keep their own.
            let isPlain = word.allSatisfy { $0.isLowercase || ",.;'-".contains($0) }
            let written =
                isFirst && isPlain && !sentence.hasSuffix("e.g.")
                ? word.prefix(1).uppercased() + word.dropFirst() : String(word)
            sentence += (sentence.isEmpty ? "" : " ") + written
        }
        let isOperators = sentence.contains { $0 == ":" } && !sentence.contains(": ")
        guard let last = sentence.last, last.isLetter || last.isNumber, !isOperators else { return sentence }
        let opening = sentence.prefix { $0 != " " }.lowercased()
        if Self.questions.contains(opening), !sentence.contains("; ") { return sentence + "?" }
        return below(3) > 0 ? sentence + "." : sentence
    }

    /// Words that open a question.
    private static let questions = ["are", "do", "could", "can"]
}
