/// A list of plain English words, kept as the bytes of the file and searched by bisection.  The typo rule never changes
/// a word of this list, and a lower-case acronym in it is read as the word.
package struct EnglishWords: Sendable {
    let bytes: [UInt8]

    /// Sorted lower-case words, one a line.
    package init(sortedLines bytes: [UInt8]) { self.bytes = bytes }

    /// Whether a lower-case word is in the list, with or without its plural ending.
    package func contains(_ word: some Collection<UInt8>) -> Bool {
        let word = Array(word)
        var low = 0
        var high = bytes.count
        while low < high {
            var start = (low + high) / 2
            while start > low, bytes[start - 1] != 0x0a { start -= 1 }
            var end = start
            while end < high, bytes[end] != 0x0a { end += 1 }
            let line = bytes[start..<end]
            if line.elementsEqual(word) { return true }
            if line.lexicographicallyPrecedes(word) { low = end + 1 } else { high = start }
        }
        return false
    }
}
