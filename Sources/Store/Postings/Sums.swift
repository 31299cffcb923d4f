internal import CShims

/// The sums of one window of rows, and which rows have any.
struct Sums: ~Copyable {
    private let sums: UnsafeMutablePointer<Double>
    private let bits: UnsafeMutablePointer<UInt64>
    private let words: Int
    private let places: UnsafeMutablePointer<UInt8>

    init(_ window: Int) {
        words = window / 64
        sums = .allocate(capacity: window)
        sums.initialize(repeating: 0, count: window)
        bits = .allocate(capacity: words)
        bits.initialize(repeating: 0, count: words)
        places = .allocate(capacity: PostingsLayout.block)
    }

    deinit {
        sums.deallocate()
        bits.deallocate()
        places.deallocate()
    }

    /// Adds what a word contributes to the rows of the window, or to those of them that a bitmap of all rows allows,
    /// and moves it behind them.
    func add(
        _ cursor: inout PostingsCursor, from base: Int, to end: Int, among allowed: UnsafeBufferPointer<UInt64>? = nil
    ) throws(StoreError) {
        while !cursor.isAtEnd, cursor.nextRow < end {
            if cursor.loaded == 0 {
                try cursor.load(from: base)
                continue
            }
            let until = cursor.places(before: end)
            if let allowed {
                let found = discover_rows_in(cursor.rows, cursor.position, until, allowed.baseAddress, places)
                for index in 0..<found { try add(cursor, at: Int(places[index]), base) }
            } else {
                for position in cursor.position..<until { try add(cursor, at: position, base) }
            }
            if until == cursor.loaded {
                cursor.leaveBlock()
            } else {
                cursor.position = until
            }
        }
    }

    @inline(__always)
    private func add(_ cursor: borrowing PostingsCursor, at position: Int, _ base: Int) throws(StoreError) {
        let offset = Int(cursor.rows[position]) - base
        sums[offset] += try cursor.contribution(at: position)
        bits[offset >> 6] |= 1 << UInt64(offset & 63)
    }

    /// Empties the window into a bitmap and the numbers of its rows.
    func take(_ base: Int, to end: Int, bitmap: inout [UInt64], values: inout [Double]) {
        for index in 0..<((end - base + 63) / 64) {
            var found = bits[index]
            guard found != 0 else { continue }
            bits[index] = 0
            let first = index * 64
            bitmap[base / 64 + index] = found
            while found != 0 {
                let offset = first + found.trailingZeroBitCount
                values.append(sums[offset])
                sums[offset] = 0
                found &= found - 1
            }
        }
    }

    /// Empties the window, and visits the rows whose sum is at least a number.
    func drain(_ base: Int, to end: Int, above least: Double, _ body: (Int, Double) -> Void) {
        for index in 0..<((end - base + 63) / 64) {
            var found = bits[index]
            guard found != 0 else { continue }
            bits[index] = 0
            while found != 0 {
                let offset = index * 64 + found.trailingZeroBitCount
                let sum = sums[offset]
                sums[offset] = 0
                if sum >= least { body(base + offset, sum) }
                found &= found - 1
            }
        }
    }
}
