/// English words that say nothing of a subject, and the words people wrap a question in; they are left out of the
/// lexical query.
enum StopWords {
    /// The searchable words of a text: lower case, without stop words; all words when nothing else is left.
    static func removed(from text: String) -> [String] {
        let words = text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
        let kept = words.filter { !all.contains($0) }
        return kept.isEmpty ? words : kept
    }

    static let all: Set<String> = Set(
        """
        a about above across after again all also am an and any are as at be because been before being below between \
        both but by can could did do does doing down during each every few for from further had has have having he her \
        here hers him his how i if in into is it its itself just me more most my no nor not now of off on once only or \
        other our out over own s same she should so some such t than that the their them then there these they this \
        those through to too under until up us very was we were what when where which while who whom whose why will \
        with within without would you your \
        find show give list get search tell want need looking look please available anything something
        """.split(separator: " ").map(String.init))
}
