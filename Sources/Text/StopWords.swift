/// English words that say nothing of a subject, and the words people wrap a question in.
///
/// One table for two readers that want different things: the lexical query leaves out what stands in nearly every text,
/// the planner what carries no topic, such as the words of a polite request.  Lower case, as written.
package enum StopWords {
    /// Left out of the lexical query.
    package static let lexical = everywhere.union(lexicalOnly)

    /// Carrying no topic in a question.
    package static let topicless = everywhere.union(topiclessOnly)

    /// The searchable words of a text: lower case, without stop words; all words when nothing else is left.
    package static func removed(from text: String) -> [String] {
        let words = text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
        let kept = words.filter { !lexical.contains($0) }
        return kept.isEmpty ? words : kept
    }

    private static let everywhere = words(
        """
        a about across after all also am an and any anything are as at available be been before being between both \
        but by can could did do does doing during each every few find for from get give had has have having he her \
        here his how i if in into is it its just list look looking me more most my need no nor not of on only or \
        other our over please same search she should show so some something such tell than that the their them then \
        there these they this those through to too under until us very want was we were what when where which while \
        who whom whose why will with within without would you
        """)

    /// Carrying no topic in a text, but perhaps in a short question.
    private static let lexicalOnly = words(
        """
        above again because below down further hers him itself now off once out own s t up your
        """)

    /// Words of vague and of polite questions, which texts have rarely enough for BM25 to weigh them.
    private static let topiclessOnly = words(
        """
        against among anybody anyone best containing covering done e either etc even ever fewer g good help i.e \
        inside interested kind kinds know least less let like many may might much must neither one ones onto per \
        really return see shall since someone sort sorts still targeting thing toward towards type types using via \
        vs
        """)

    private static func words(_ text: String) -> Set<String> { Set(text.split(separator: " ").map(String.init)) }
}
