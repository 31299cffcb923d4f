package import Records

/// Sets as bitmaps, 64 members a word: the loops over every record or part that a search needs, close to the bytes.
extension FacetFile {
    /// Words of a bitmap over all records, over all parts.
    private var recordWords: Int { (recordCount + 63) / 64 }

    /// The records of one type.
    package func records(ofType type: RecordType) -> [UInt64] {
        let code = UInt8(FacetLayout.typeCodes[type] ?? 0)
        var bitmap = [UInt64](repeating: 0, count: recordWords)
        withExtendedLifetime(self) {
            let types = recordTypes.raw
            for index in bitmap.indices {
                var word: UInt64 = 0
                let first = index * 64
                for bit in 0..<min(64, types.count - first) where types[first + bit] == code {
                    word |= 1 << UInt64(bit)
                }
                bitmap[index] = word
            }
        }
        return bitmap
    }

    /// The records that the parts of a bitmap belong to.
    package func records(ofParts parts: [UInt64]) -> [UInt64] {
        precondition(parts.count == (partCount + 63) / 64, "one bit a part")
        // Each record is one part then, its own.
        if partCount == recordCount { return parts }
        var bitmap = [UInt64](repeating: 0, count: recordWords)
        withExtendedLifetime(self) {
            let owners = partRecords.words
            bitmap.withUnsafeMutableBufferPointer { bitmap in
                for index in parts.indices {
                    var word = parts[index]
                    while word != 0 {
                        let record = owners[index << 6 + word.trailingZeroBitCount]
                        bitmap[Int(record >> 6)] |= 1 << UInt64(record & 63)
                        word &= word - 1
                    }
                }
            }
        }
        return bitmap
    }

    /// The parts that have a role, and each record as a whole.
    package func parts(playing role: Part.Role) -> [UInt64] {
        let code = UInt8((FacetLayout.roleCodes[role] ?? 0) + 1)
        var bitmap = [UInt64](repeating: 0, count: (partCount + 63) / 64)
        withExtendedLifetime(self) {
            let roles = partRoles.raw
            for part in roles.indices where roles[part] == 0 || roles[part] == code {
                bitmap[part >> 6] |= 1 << UInt64(part & 63)
            }
        }
        return bitmap
    }

    /// The parts that have any value of a facet, of one of the kinds.
    package func parts(with facet: Facet, _ kinds: [PostingKind]) -> [UInt64] {
        var bitmap = [UInt64](repeating: 0, count: (partCount + 63) / 64)
        for term in 0..<terms.count where terms.facet(term) == facet {
            for kind in kinds { postings(term, kind).insert(into: &bitmap) }
        }
        return bitmap
    }

    /// The records where an interval of a field overlaps bounds.
    package func records(with field: RangeField, from lower: Double, to upper: Double) -> [UInt64] {
        var bitmap = [UInt64](repeating: 0, count: recordWords)
        let quantities = quantities(field)
        withExtendedLifetime(self) {
            let owners = partRecords.words
            for index in quantities.indices where quantities.overlaps(lower, upper, at: index) {
                let record = owners[Int(quantities.parts[index])]
                bitmap[Int(record >> 6)] |= 1 << UInt64(record & 63)
            }
        }
        return bitmap
    }

    /// How many records of a bitmap have each term, itself or through one below it: one number a term.
    package func countTerms(of records: [UInt64]) -> [Int] {
        precondition(records.count == recordWords, "one bit a record")
        var counts = [UInt32](repeating: 0, count: terms.count)
        withExtendedLifetime(self) {
            counts.withUnsafeMutableBufferPointer { counts in
                for index in records.indices {
                    var word = records[index]
                    while word != 0 {
                        let record = index << 6 + word.trailingZeroBitCount
                        word &= word - 1
                        forEachInClosure(of: record) { term, _ in counts[term] += 1 }
                    }
                }
            }
        }
        return counts.map(Int.init)
    }
}

extension PostingList {
    /// Adds the members to a bitmap of sufficient size.
    package func insert(into bitmap: inout [UInt64]) {
        guard let last = words.last else { return }
        precondition(Int(last) >> 6 < bitmap.count, "a member lies within the bitmap")
        withExtendedLifetime(owner) {
            bitmap.withUnsafeMutableBufferPointer { bitmap in
                for member in words { bitmap[Int(member >> 6)] |= 1 << UInt64(member & 63) }
            }
        }
    }
}

extension QuantityList {
    /// Whether the interval at an index overlaps bounds.
    func overlaps(_ lower: Double, _ upper: Double, at position: Int) -> Bool {
        maxima[position] >= lower && minima[position] <= upper
    }
}
