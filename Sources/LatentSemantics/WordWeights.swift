internal import Glibc
internal import Mapping
internal import Vectors

/// The words that a model is made of, and how much each weighs: log-entropy weighting (Dumais 1991,
/// doi:10.3758/BF03203370), `ln(1 + tf)` in a text times `1 + Σ p ln p / ln n` over all n texts, p the word's share of
/// its occurrences that is in a text.  A word that is spread evenly weighs nothing.
struct WordWeights {
    /// Keys of the words, ascending; their positions are the columns of the matrix.
    let keys: [UInt64]
    /// The weight of each word over all texts.
    let global: [Float]
    /// The column of each number that ``WordCounts`` gave; ``none`` for those left out.
    let columns: [UInt32]

    static let none = UInt32.max

    /// The weight of how often a word is in a text.
    static func local(_ count: UInt32) -> Float { log1pf(Float(count)) }

    /// Chooses the words of enough texts, those of the most texts where there are too many, and weighs them.
    init(_ counts: WordCounts, entries: CountedTexts) {
        let settings = counts.settings
        var chosen: [Int] = counts.keys.indices.filter { counts.texts[$0] >= UInt32(max(1, settings.leastTexts)) }
        if chosen.count > settings.mostWords {
            chosen.sort { left, right in
                counts.texts[left] != counts.texts[right]
                    ? counts.texts[left] > counts.texts[right] : counts.keys[left] < counts.keys[right]
            }
            chosen.removeSubrange(settings.mostWords...)
        }
        chosen.sort { counts.keys[$0] < counts.keys[$1] }
        var columns = [UInt32](repeating: Self.none, count: counts.keys.count)
        for (column, number) in chosen.enumerated() { columns[number] = UInt32(column) }
        keys = chosen.map { counts.keys[$0] }
        self.columns = columns

        var occurrences = [Double](repeating: 0, count: chosen.count)
        var logarithms = [Double](repeating: 0, count: chosen.count)
        for text in 0..<entries.count {
            entries.forEach(of: text) { number, count in
                let column = columns[Int(number)]
                guard column != Self.none else { return }
                occurrences[Int(column)] += Double(count)
                if count > 1 { logarithms[Int(column)] += Double(count) * log(Double(count)) }
            }
        }
        // Σ p ln p = Σ tf ln tf / gf - ln gf.
        let scale = log(Double(max(2, counts.count)))
        // The weight of an evenly spread word is zero but for rounding.
        global = zip(occurrences, logarithms).map { total, sum in
            let weight = 1 + (sum / total - log(total)) / scale
            return weight > 1e-6 ? Float(weight) : 0
        }
    }
}

/// The scratch file of ``WordCounts``, mapped.
struct CountedTexts {
    let count: Int
    private let ends: [UInt64]
    private let file: MappedFile

    init(_ counts: WordCounts) throws(VectorsError) {
        do { file = try MappedFile(path: counts.path) } catch { throw VectorsError(.missing, error.detail) }
        count = counts.count
        ends = counts.ends
        guard UInt64(file.count) == 4 * (ends.last ?? 0) else {
            throw VectorsError(.corrupt, "\(counts.path) is not what was written")
        }
    }

    /// The number and the count of each word of a text, in the order of the words' keys.
    @inline(__always)
    func forEach(of text: Int, _ body: (_ number: UInt32, _ count: UInt32) -> Void) {
        let (first, last) = (Int(ends[text]), Int(ends[text + 1]))
        guard last > first, let base = file.bytes.baseAddress else { return }
        let numbers = base.assumingMemoryBound(to: UInt32.self)
        for index in stride(from: first, to: last, by: 2) { body(numbers[index], numbers[index + 1]) }
    }
}
