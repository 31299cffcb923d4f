/// A map from 64-bit keys to small numbers: open addressing over one flat array, so that thousands of names load in
/// a millisecond.  The first value of a key stays.
struct HashIndex: Sendable {
    /// Key and value side by side: a look-up mostly touches one line of the cache.
    private struct Slot {
        var key: UInt64 = 0
        /// -1 where there is none.
        var value: Int32 = -1
    }
    private var slots: [Slot]
    private var mask: Int
    /// Bits of a key that are not its slot: slots are the upper bits of a product (Knuth, TAOCP 3, 6.4), which spreads
    /// also keys that differ little.
    private var shift: Int
    private(set) var count = 0

    init(capacity: Int) {
        var size = 16
        while size < capacity * 2 { size *= 2 }
        slots = Array(repeating: Slot(), count: size)
        mask = size - 1
        shift = UInt64.bitWidth - size.trailingZeroBitCount
    }

    private func slot(of key: UInt64) -> Int {
        Int(truncatingIfNeeded: (key &* 0x9e37_79b9_7f4a_7c15) >> UInt64(shift))
    }

    /// The value of a key, nil when absent.
    subscript(key: UInt64) -> Int? {
        var slot = slot(of: key)
        while slots[slot].value >= 0 {
            if slots[slot].key == key { return Int(slots[slot].value) }
            slot = (slot + 1) & mask
        }
        return nil
    }

    /// Inserts a value unless the key has one; returns the value of the key.
    @discardableResult
    mutating func insert(_ value: Int, for key: UInt64) -> Int {
        if (count + 1) * 2 > slots.count { grow() }
        var slot = slot(of: key)
        while slots[slot].value >= 0 {
            if slots[slot].key == key { return Int(slots[slot].value) }
            slot = (slot + 1) & mask
        }
        slots[slot] = Slot(key: key, value: Int32(value))
        count += 1
        return value
    }

    private mutating func grow() {
        var larger = HashIndex(capacity: slots.count)
        for slot in slots where slot.value >= 0 { larger.insert(Int(slot.value), for: slot.key) }
        self = larger
    }
}
