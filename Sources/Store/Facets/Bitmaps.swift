internal import CShims

/// Operations on whole bitmaps, 64 members a word, of equal length.
package enum Bitmaps {
    package static func and(_ a: [UInt64], _ b: [UInt64]) -> [UInt64] { joined(a, b, discover_bits_and) }
    package static func or(_ a: [UInt64], _ b: [UInt64]) -> [UInt64] { joined(a, b, discover_bits_or) }
    /// Members of the first that are not in the second.
    package static func minus(_ a: [UInt64], _ b: [UInt64]) -> [UInt64] { joined(a, b, discover_bits_minus) }

    /// Number of members.
    package static func count(_ a: [UInt64]) -> Int {
        var count: UInt64 = 0
        discover_bits_count(a, a.count, &count)
        return Int(count)
    }

    /// Number of members that two have in common.
    package static func shared(_ a: [UInt64], _ b: [UInt64]) -> Int {
        precondition(a.count == b.count, "bitmaps of one length")
        var count: UInt64 = 0
        discover_bits_shared(a, b, a.count, &count)
        return Int(count)
    }

    /// How many members precede each word, and in all.
    static func ranks(_ a: [UInt64]) -> (before: [UInt32], total: Int) {
        var total: UInt64 = 0
        let ranks = [UInt32](unsafeUninitializedCapacity: a.count) { buffer, filled in
            discover_bits_ranks(a, a.count, buffer.baseAddress, &total)
            filled = a.count
        }
        return (ranks, Int(total))
    }

    private static func joined(
        _ a: [UInt64], _ b: [UInt64],
        _ operation: (UnsafePointer<UInt64>?, UnsafePointer<UInt64>?, Int, UnsafeMutablePointer<UInt64>?) -> Void
    ) -> [UInt64] {
        precondition(a.count == b.count, "bitmaps of one length")
        return [UInt64](unsafeUninitializedCapacity: a.count) { buffer, filled in
            operation(a, b, a.count, buffer.baseAddress)
            filled = a.count
        }
    }
}
