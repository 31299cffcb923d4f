import Text

extension Lexicon {
    /// Everything wrong in the lists: none may be empty, no word may stand twice in one, all are in lower case.
    func findings() -> [VocabularyFinding] {
        List.allCases.flatMap { list -> [VocabularyFinding] in
            let words = words(of: list)
            if words.isEmpty { return [VocabularyFinding(.emptyWordList, list.name, "has no words")] }
            var seen: Set<String> = []
            return words.flatMap { word -> [VocabularyFinding] in
                var findings: [VocabularyFinding] = []
                if !seen.insert(list.isUnfolded ? word : Tokenizer.folded(word)).inserted {
                    findings.append(VocabularyFinding(.repeatedWord, word, "stands twice in \(list.name)"))
                }
                if word != word.lowercased() {
                    findings.append(VocabularyFinding(.upperCaseWord, word, "is not in lower case in \(list.name)"))
                }
                return findings
            }
        }
    }
}
