import Records
import Text
import Vocabulary

/// Finds people and laboratories: "the Moser lab", "by Karel Svoboda", "Buzsáki et al.", "Moser's grid cells".
///
/// A capital alone makes no name: there must be a word beside it that only people have, or the vocabulary must know a
/// laboratory of that name.  What is named after somebody ("Renshaw's cells"), places and products are nobody.
struct NameReader {
    let question: Question
    let vocabulary: Vocabulary

    func read() -> Reading {
        var reading = Reading()
        var end = 0
        for index in question.tokens.indices {
            let found = lab(at: index) ?? author(at: index) ?? owner(at: index) ?? known(at: index)
            guard let found, let first = found.first, first.tokens.lowerBound >= end else { continue }
            let cue = question.denial(before: first.tokens.lowerBound)
            for var finding in found {
                finding.isNegated = cue != nil
                reading.findings.append(finding)
                reading.used.append(finding.tokens)
                end = finding.tokens.upperBound
            }
            reading.used += [cue].compactMap(\.self)
        }
        return reading
    }

    // MARK: Laboratories

    /// "<Name> lab", "<Name>'s laboratory", "lab of <Name>".
    private func lab(at index: Int) -> [Finding]? {
        guard question.has(.labNoun, at: index) else { return nil }
        let isGroup = question.word(index) == "group"
        if question.word(index + 1) == "of" {
            let start = skippingTitle(from: index + 2)
            let name = name(from: start, trusts: !isGroup)
            return name.isEmpty ? nil : findings(.lab, name, lead: index)
        }
        let isOwned = isPossessive(index - 1)
        // In the middle of a sentence a capital before "lab" is enough: "the Gallant lab".
        let name = name(endingBefore: index, trusts: isOwned || !isGroup)
        guard !name.isEmpty, !(name.lowerBound == 0 && name.count == 1 && !isOwned && isEnglish(name.lowerBound)) else {
            return nil
        }
        return PeopleNames(question: question, vocabulary: vocabulary)
            .finding(.lab, name: name, tokens: name.lowerBound..<(index + 1)).map { [$0] }
    }

    // MARK: People

    /// "By <Name>", "author <Name>", "<Name> et al.", "<Name> and colleagues".
    private func author(at index: Int) -> [Finding]? {
        if question.has(.authorship, at: index) {
            // "Sorted by Kilosort" names a tool.
            if question.word(index) == "by", question.word(index - 1).hasSuffix("ed"),
                !question.hasAny(of: [.authorVerb, .dateVerb], at: index - 1)
            {
                return nil
            }
            let start = skippingTitle(from: index + 1)
            let name = name(from: start, trusts: isAndOthers(after: start))
            return isPerson(name) ? findings(.person, name, lead: index) : nil
        }
        if question.has(.title, at: index), question.has(.preposition, at: index - 1) {
            let name = name(from: index + 1, trusts: false)
            return isPerson(name) ? findings(.person, name, lead: index) : nil
        }
        guard !question.isUsed[index], othersEnd(at: index) != nil, index > 0 else { return nil }
        let name = name(endingBefore: index, trusts: true)
        return isPerson(name) ? findings(.person, name, lead: name.lowerBound) : nil
    }

    /// "<Name>'s data", but not "Renshaw's cells".
    private func owner(at index: Int) -> [Finding]? {
        guard isPossessive(index), !question.has(.labNoun, at: index + 1), index + 1 < question.tokens.count,
            !question.has(.eponymNoun, at: index + 1), !question.has(.institution, at: index + 1)
        else { return nil }
        let name = name(endingBefore: index + 1, trusts: question.isCapitalized(index - 1))
        return isPerson(name) ? findings(.person, name, lead: name.lowerBound) : nil
    }

    /// "Moser grid cells": the vocabulary has a laboratory of that name.
    private func known(at index: Int) -> [Finding]? {
        let name = name(from: index, trusts: false)
        guard !name.isEmpty, index == 0 || !isName(index - 1, trusts: true), isPerson(name) else { return nil }
        let found = PeopleNames(question: question, vocabulary: vocabulary).finding(.lab, name: name, tokens: name)
        return found?.term == nil ? nil : found.map { [$0] }
    }

    /// A name, those that "and" and "or" join to it, and what stands for the others.
    private func findings(_ facet: Facet, _ name: Range<Int>, lead: Int) -> [Finding]? {
        let people = PeopleNames(question: question, vocabulary: vocabulary)
        var findings: [Finding] = []
        var (name, lead) = (name, lead)
        while true {
            let end = othersEnd(at: name.upperBound) ?? name.upperBound
            guard let finding = people.finding(facet, name: name, tokens: lead..<end) else { break }
            findings.append(finding)
            guard end == name.upperBound, question.has(.pairJoint, at: end) else { break }
            lead = end + 1
            name = self.name(from: lead, trusts: false)
            guard isPerson(name) else { break }
        }
        return findings.isEmpty ? nil : findings
    }

    private func isPerson(_ name: Range<Int>) -> Bool {
        !name.isEmpty && !question.has(.institution, at: name.upperBound)
            && !question.has(.labNoun, at: name.upperBound)
    }

    // MARK: Words of names

    /// Behind "et al." and its year, or "and colleagues".
    private func othersEnd(at index: Int) -> Int? {
        if question.word(index) == "et", question.word(index + 1) == "al" {
            let isYear = question.word(index + 2).count == 4 && question.word(index + 2).allSatisfy(\.isNumber)
            return index + (isYear ? 3 : 2)
        }
        guard question.has(.pairJoint, at: index) || question.gap(before: index).contains("&") else { return nil }
        let colleague = question.has(.pairJoint, at: index) ? index + 1 : index
        if question.has(.colleague, at: colleague) { return colleague + 1 }
        return question.has(.article, at: colleague) && question.has(.colleague, at: colleague + 1)
            ? colleague + 2 : nil
    }

    private func isAndOthers(after start: Int) -> Bool {
        (start..<(start + 4)).contains { question.word($0) == "et" && question.word($0 + 1) == "al" }
    }

    private func skippingTitle(from index: Int) -> Int {
        var start = index
        while question.has(.authorLead, at: start) || question.hasAny(of: [.title], at: start)
            || ["the", "is", "was"].contains(question.word(start))
        { start += 1 }
        return start
    }

    /// The name that begins at a token; empty where none does.
    ///
    /// - Parameter trusts: English words with a capital are names too.
    private func name(from start: Int, trusts: Bool) -> Range<Int> {
        var end = start
        while end < question.tokens.count, end - start < 5, end == start || isOneName(before: end),
            isName(end, trusts: trusts || end > start) || isParticle(end)
        { end += 1 }
        while end > start, isParticle(end - 1) { end -= 1 }
        return isSound(start..<end) ? start..<end : start..<start
    }

    private func name(endingBefore end: Int, trusts: Bool) -> Range<Int> {
        var start = end
        while start > 0, end - start < 4, start == end || isOneName(before: start),
            isName(start - 1, trusts: trusts) || (start < end && isParticle(start - 1))
        { start -= 1 }
        return isSound(start..<end) ? start..<end : end..<end
    }

    /// Initials alone are no name.
    private func isSound(_ name: Range<Int>) -> Bool {
        name.contains { question.word($0).count > 1 && !isParticle($0) }
    }

    /// Whether nothing but a space, a hyphen or the full stop of an initial parts two words.
    private func isOneName(before index: Int) -> Bool {
        let gap = question.gap(before: index)
        return gap == " " || gap == "-" || gap == "’" || gap == "'"
            || ((gap == ". " || gap == ".") && isInitial(index - 1))
    }

    private func isInitial(_ index: Int) -> Bool { question.word(index).count == 1 && question.isCapitalized(index) }

    private func isParticle(_ index: Int) -> Bool {
        question.has(.particle, at: index) && !question.isCapitalized(index) && isNameLike(index + 1)
    }

    private func isNameLike(_ index: Int) -> Bool {
        question.isCapitalized(index) || (question.has(.particle, at: index) && question.isCapitalized(index + 1))
    }

    private func isEnglish(_ index: Int) -> Bool {
        vocabulary.english.contains(question.tokens[index].folded) && !question.has(.surname, at: index)
    }

    /// A capitalised word that is neither used, nor a place, nor a product's name, nor a plain English word.
    private func isName(_ index: Int, trusts: Bool) -> Bool {
        guard question.isCapitalized(index), !question.isUsed[index], !question.has(.place, at: index) else {
            return false
        }
        if isInitial(index) {
            return question.gap(before: index + 1).hasPrefix(".") || question.gap(before: index) == ". "
        }
        guard !question.has(.stopWord, at: index) || question.gap(before: index + 1) == "-", isWrittenAsName(index)
        else { return false }
        return !isEnglish(index)
            || trusts && !question.hasAny(of: [.requestWord, .labNoun, .institution, .target], at: index)
    }

    /// One capital at the beginning, or those of "McNaughton" and "DiCarlo"; "MEG" and "DeepLabCut" are no people.
    private func isWrittenAsName(_ index: Int) -> Bool {
        let word = question.written(index..<(index + 1))
        guard word.allSatisfy(\.isLetter) else { return false }
        let inner = word.dropFirst()
        guard inner.contains(where: \.isUppercase) else { return true }
        guard let capital = inner.firstIndex(where: \.isUppercase) else { return true }
        return Self.beginnings.contains(String(word[..<capital])) && inner.count(where: \.isUppercase) == 1
    }

    private static let beginnings: Set<String> = [
        "Mc", "Mac", "De", "Di", "Du", "La", "Le", "Van", "Von", "Fitz", "Del", "Della", "O",
    ]

    /// "Moser's", "Harris'".
    private func isPossessive(_ index: Int) -> Bool {
        guard index >= 0, index + 1 < question.tokens.count else { return false }
        let gap = question.gap(before: index + 1)
        return ["'s ", "’s ", "' ", "’ "].contains { gap.hasPrefix($0) }
    }
}
