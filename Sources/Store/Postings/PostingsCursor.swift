internal import CShims

/// Iterates over the postings of one word in the order of the rows, a block at a time; look-ups of ascending rows skip
/// blocks without decoding them.
struct PostingsCursor {
    private let file: PostingsFile
    private let list: PostingsFile.List
    /// Number of blocks.
    private let blockCount: Int
    /// What a frequency of each code contributes above and below the line, see ``contribution(at:)``.
    private let weighted: UnsafePointer<Double>
    private let weights: [Double]
    /// Inverse document frequency, as FTS5 computes it.
    let rarity: Double
    private let shares: UnsafePointer<Double>

    /// The rows of the block that is loaded, and where their codes begin among ``PostingsFile/blocks``.
    let rows: UnsafeMutablePointer<UInt32>
    private var codes = 0
    /// Number of entries of the loaded block; 0 when none is.
    private(set) var loaded = 0
    /// Of the next entry within the loaded block.
    var position = 0
    private(set) var block = 0

    static let spaceForRows = PostingsLayout.block

    init(
        file: PostingsFile, list: PostingsFile.List, rarity: Double, weights: [Double], weighted: UnsafePointer<Double>,
        rows: UnsafeMutablePointer<UInt32>
    ) {
        self.file = file
        self.list = list
        self.rarity = rarity
        self.weights = weights
        self.weighted = weighted
        shares = file.lengthShares
        self.rows = rows
        blockCount = (list.count - 1) / PostingsLayout.block + 1
    }

    var isAtEnd: Bool { block >= blockCount }

    /// No row before this one is left.
    var nextRow: Int {
        if loaded > 0 { return Int(rows[position]) }
        return block == 0 ? 0 : lastRow(of: block - 1) + 1
    }

    private func skip(_ block: Int, _ offset: Int) -> UInt32 {
        let at = (list.firstSkip + block) * PostingsLayout.skipBytes + offset
        return file.skips.loadUnaligned(fromByteOffset: at, as: UInt32.self).littleEndian
    }

    /// Last row of a block; of a single one an upper bound.
    private func lastRow(of block: Int) -> Int { blockCount == 1 ? file.count - 1 : Int(skip(block, 0)) }

    /// The most that an entry of a list may contribute, of the blocks that reach into a range of rows; they begin at
    /// the current one.
    func bound(before end: Int) -> Double {
        guard blockCount > 1 else { return isAtEnd || nextRow >= end ? 0 : limit }
        var most = 0.0
        var index = block
        while index < blockCount {
            if index > block ? lastRow(of: index - 1) + 1 >= end : nextRow >= end { break }
            most = max(most, bound(ofBlock: index))
            if lastRow(of: index) >= end { break }
            index += 1
        }
        return most
    }

    /// What infinitely many occurrences contribute.
    private var limit: Double { rarity * (PostingsFile.BM25.k1 + 1) }

    private func bound(ofBlock block: Int) -> Double {
        let most = skip(block, 8)
        var frequency = 0.0
        for column in weights.indices {
            let count = most >> UInt32(8 * column) & 255
            if count == 255 { return limit }
            frequency += weights[column] * Double(count)
        }
        let share = PostingsFile.share(ofLength: Double(skip(block, 12)), mean: file.meanLength)
        return rarity * (frequency * (PostingsFile.BM25.k1 + 1)) / (frequency + share)
    }

    /// Goes to the first entry at or behind a row, without loading a block.
    mutating func seek(_ row: Int) {
        if loaded > 0 {
            if rows[loaded - 1] >= row {
                while rows[position] < row { position += 1 }
                return
            }
            leaveBlock()
        }
        guard blockCount > 1 else { return }
        while block < blockCount, lastRow(of: block) < row { block += 1 }
    }

    /// The index of the first entry of the loaded block at or behind a row; behind the last one if there is none.
    func places(before row: Int) -> Int {
        if rows[loaded - 1] < row { return loaded }
        var (low, high) = (position, loaded - 1)
        while low < high {
            let middle = (low + high) / 2
            if rows[middle] < row { low = middle + 1 } else { high = middle }
        }
        return low
    }

    mutating func leaveBlock() {
        block += 1
        loaded = 0
        position = 0
    }

    /// Makes the entries of the current block readable, from a row on.  Leaves the block when it has none there.
    mutating func load(from row: Int) throws(StoreError) {
        guard loaded == 0 else { return }
        let count = min(PostingsLayout.block, list.count - block * PostingsLayout.block)
        let bytes = file.blocks
        let start = list.start + (blockCount == 1 ? 0 : Int(skip(block, 4)))
        guard start < bytes.count else { throw file.damaged() }
        let width = Int(bytes[start])
        let codesStart = start + 1 + count * width
        guard width == 1 || width == 2 || width == 4, codesStart + count <= bytes.count else { throw file.damaged() }
        var previous = block == 0 ? -1 : lastRow(of: block - 1)
        // Beyond, sums of 32 bits could overflow, and checking the last row would not be enough.
        guard previous < file.count else { throw file.damaged() }
        if width == 1, let gaps = bytes.baseAddress {
            discover_gap_rows(
                gaps.assumingMemoryBound(to: UInt8.self) + start + 1, count, UInt32(truncatingIfNeeded: previous), rows)
            previous = Int(rows[count - 1])
        } else {
            for index in 0..<count {
                let at = start + 1 + index * width
                previous +=
                    (width == 2
                        ? Int(bytes.loadUnaligned(fromByteOffset: at, as: UInt16.self).littleEndian)
                        : Int(bytes.loadUnaligned(fromByteOffset: at, as: UInt32.self).littleEndian)) + 1
                rows[index] = UInt32(truncatingIfNeeded: previous)
            }
        }
        // Rows ascend, so checking the last one is enough.
        guard previous < file.count else { throw file.damaged() }
        codes = codesStart
        loaded = count
        position = 0
        if rows[count - 1] < row {
            leaveBlock()
        } else {
            while rows[position] < row { position += 1 }
        }
    }

    /// What an entry of the loaded block adds to its record's score, in the order of FTS5's own steps:
    /// `idf * ((frequency * (k1 + 1)) / (frequency + share of the length))`.
    @inline(__always)
    func contribution(at position: Int) throws(StoreError) -> Double {
        let code = file.blocks[codes + position]
        let frequency = code == PostingsLayout.rare ? try rareFrequency(at: position) : weighted[Int(code)]
        let length = Int(file.lengths[Int(rows[position])])
        let share =
            length < PostingsFile.tabulated
            ? shares[length] : PostingsFile.share(ofLength: Double(length), mean: file.meanLength)
        return rarity * ((frequency * (PostingsFile.BM25.k1 + 1)) / (frequency + share))
    }

    /// The frequencies of an entry without a code of its own: four numbers behind the codes of the block, in the order
    /// of such entries.
    private func rareFrequency(at position: Int) throws(StoreError) -> Double {
        var before = 0
        for index in 0..<position where file.blocks[codes + index] == PostingsLayout.rare { before += 1 }
        let start = codes + loaded + before * PostingsLayout.tupleBytes
        guard start + PostingsLayout.tupleBytes <= file.blocks.count else { throw file.damaged() }
        var tuple = Frequencies()
        for column in 0..<PostingsLayout.columns {
            tuple[column] = file.blocks.loadUnaligned(fromByteOffset: start + 4 * column, as: UInt32.self).littleEndian
        }
        return BM25Scorer.weighted(tuple, weights)
    }

    /// The most that the word may add to a record's score, without a look at the rows of its block.  Rows are asked for
    /// in ascending order.
    mutating func bound(of row: Int) -> Double {
        seek(row)
        if isAtEnd || nextRow > row { return 0 }
        return blockCount > 1 ? bound(ofBlock: block) : limit
    }

    /// What the word adds to a record's score; 0 when the record does not hold it.  Rows are asked for in ascending
    /// order.
    mutating func contribution(of row: Int) throws(StoreError) -> Double {
        seek(row)
        while !isAtEnd, nextRow <= row {
            if loaded == 0 {
                try load(from: row)
                continue
            }
            return Int(rows[position]) == row ? try contribution(at: position) : 0
        }
        return 0
    }
}
