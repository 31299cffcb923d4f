import Vocabulary

/// Collects the words that say something and became nothing else: they rank.
struct LeftoverReader {
    let question: Question

    func text() -> String {
        var words: [String] = []
        for index in question.tokens.indices {
            if let identifier = question.identifiers.first(where: { $0.contains(index) }) {
                if index == identifier.lowerBound { words.append(question.written(identifier)) }
            } else if question.quoted.contains(where: { $0.contains(index) }) || saysSomething(index) {
                words.append(question.written(index..<(index + 1)))
            }
        }
        return words.joined(separator: " ")
    }

    private func saysSomething(_ index: Int) -> Bool {
        if question.isUsed[index] || question.has(.stopWord, at: index) { return false }
        // "I'm", "we've": what follows the apostrophe.
        return !["'", "’"].contains(question.gap(before: index))
    }
}
