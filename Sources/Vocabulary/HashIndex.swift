/// A map from 64-bit keys to small numbers: open addressing over two flat arrays, so that thousands of names load in
/// a millisecond.  The first value of a key stays.
struct HashIndex: Sendable {
    private var keys: [UInt64]
    private var values: [Int32]
    private var mask: Int
    private(set) var count = 0

    init(capacity: Int) {
        var size = 16
        while size < capacity * 2 { size *= 2 }
        keys = Array(repeating: 0, count: size)
        values = Array(repeating: -1, count: size)
        mask = size - 1
    }

    /// The value of a key, nil when absent.
    subscript(key: UInt64) -> Int? {
        var slot = Int(truncatingIfNeeded: key) & mask
        while values[slot] >= 0 {
            if keys[slot] == key { return Int(values[slot]) }
            slot = (slot + 1) & mask
        }
        return nil
    }

    /// Enters a value unless the key has one; returns the value that now stands there.
    @discardableResult
    mutating func insert(_ value: Int, for key: UInt64) -> Int {
        if (count + 1) * 2 > keys.count { grow() }
        var slot = Int(truncatingIfNeeded: key) & mask
        while values[slot] >= 0 {
            if keys[slot] == key { return Int(values[slot]) }
            slot = (slot + 1) & mask
        }
        keys[slot] = key
        values[slot] = Int32(value)
        count += 1
        return value
    }

    private mutating func grow() {
        var larger = HashIndex(capacity: keys.count)
        for slot in keys.indices where values[slot] >= 0 { larger.insert(Int(values[slot]), for: keys[slot]) }
        self = larger
    }
}
