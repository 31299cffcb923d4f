internal import LinearAlgebra
internal import Mapping
internal import Text
package import Vectors

/// The words of a text by the keys of their folded forms, ascending, each with how often it occurs.
///
/// A model stores keys and not words: eight bytes each, and the words cannot be read from it.
struct Words {
    private(set) var keys: [UInt64] = []
    private(set) var counts: [UInt32] = []

    init(of text: String) {
        let bytes = Array(text.utf8)
        var scanner = WordScanner(bytes.indices)
        var all: [UInt64] = []
        while scanner.next(in: bytes) { all.append(scanner.key) }
        all.sort()
        for key in all {
            if keys.last == key {
                counts[counts.count - 1] += 1
            } else {
                keys.append(key)
                counts.append(1)
            }
        }
    }
}

/// Counts the words of texts, given one by one, and keeps the counts in a scratch file.  Belongs to one thread.
///
/// Memory grows with the number of different words, up to ``LatentSettings/mostCounted``; the file takes eight bytes
/// for each different word of each text.
package final class WordCounts {
    /// Texts so far.
    package private(set) var count = 0

    let settings: LatentSettings
    let path: String
    /// The word of each number ever assigned, and in how many texts it is; 0 for one that was forgotten.
    private(set) var keys: [UInt64] = []
    private(set) var texts: [UInt32] = []
    private var numbers: [UInt64: UInt32] = [:]
    private let file: OutputFile
    private var buffer: [UInt32] = []
    /// Where each text begins in the file, in 32-bit numbers, and the end.
    private(set) var ends: [UInt64] = [0]
    private static let bufferSize = 1 << 16

    /// Makes the scratch file, which ``remove()`` removes.
    package init(path: String, settings: LatentSettings = LatentSettings()) throws(VectorsError) {
        self.path = path
        self.settings = settings
        file = try OutputFile(path: path, headerSize: 0)
    }

    /// Takes the next text.
    package func add(_ text: String) throws(VectorsError) {
        let words = Words(of: text)
        for (key, count) in zip(words.keys, words.counts) {
            let number: UInt32
            if let known = numbers[key] {
                number = known
                texts[Int(number)] += 1
            } else {
                number = UInt32(keys.count)
                numbers[key] = number
                keys.append(key)
                texts.append(1)
            }
            buffer.append(number)
            buffer.append(count)
        }
        count += 1
        ends.append(ends[ends.count - 1] + UInt64(2 * words.keys.count))
        if buffer.count >= Self.bufferSize { try flush() }
        if numbers.count > settings.mostCounted { forgetRareWords() }
    }

    /// Completes the file; no text can be added afterwards.
    func finish() throws(VectorsError) {
        try flush()
        try file.close()
        numbers = [:]
    }

    /// Removes the file.
    package func remove() { OutputFile.remove(path) }

    private func flush() throws(VectorsError) {
        try file.append(buffer[...])
        buffer.removeAll(keepingCapacity: true)
    }

    /// Forgets the words of the fewest texts until half of the capacity is free.  Which these are depends on the texts
    /// and their order alone.
    private func forgetRareWords() {
        var least: UInt32 = 1
        while numbers.count > settings.mostCounted / 2 {
            for (key, number) in numbers where texts[Int(number)] <= least {
                texts[Int(number)] = 0
                numbers[key] = nil
            }
            least += 1
        }
    }
}
