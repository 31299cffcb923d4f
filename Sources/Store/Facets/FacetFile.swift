internal import CShims
internal import Mapping
package import Records

/// Everything filters and facet counts need, memory-mapped, nothing else.
///
/// Every number that is used as an offset is checked when the file is opened, and a checksum covers the rest, so that
/// reading afterwards needs no checks.
package final class FacetFile: Sendable {
    package let recordCount: Int
    package let partCount: Int
    package let terms: TermTable
    private let file: MappedFile
    private let firstParts: PostingList
    let partRecords: PostingList
    let partRoles: ByteList
    let recordTypes: ByteList
    private let recordSources: ByteList
    /// The sources of the file by their codes.
    private let sources: [Source]
    private let postings: ListTable
    private let quantityParts: ListTable
    private let quantityMinima: NumberList
    private let quantityMaxima: NumberList
    let closureEnds: PostingList
    let closures: ShortList

    /// Opens and checks a file; kind `corrupt` when it is not exactly what its header says.
    package init(path: String) throws(StoreError) {
        let sections = try FacetSections(path: path)
        file = sections.file
        firstParts = sections.words(.firstParts)
        partRecords = sections.words(.partRecords)
        partRoles = sections.bytes(.partRoles)
        recordTypes = sections.bytes(.recordTypes)
        recordSources = sections.bytes(.recordSources)
        let names = String(decoding: sections.bytes(.sourceNames).raw, as: UTF8.self).split(separator: "\n")
        sources = names.compactMap { Source(rawValue: String($0)) }
        recordCount = recordTypes.count
        partCount = partRoles.count
        terms = try TermTable(sections)
        postings = try sections.table(.postingOffsets, .postings, lists: terms.count * PostingKind.allCases.count)
        quantityParts = try sections.table(.quantityOffsets, .quantityParts, lists: FacetLayout.fields.count)
        quantityMinima = sections.numbers(.quantityMinima)
        quantityMaxima = sections.numbers(.quantityMaxima)
        closureEnds = sections.words(.closureOffsets)
        closures = sections.shorts(.closure)
        try sections.require(recordSources.count == recordCount, "sources")
        try sections.require(recordTypes.allSatisfy { $0 < FacetLayout.types.count }, "types")
        try sections.require(
            sources.count == names.count && recordSources.allSatisfy { $0 < sources.count }, "source codes")
        try sections.require(partRoles.allSatisfy { $0 <= FacetLayout.roles.count }, "roles")
        try sections.require(sections.isOffsets(firstParts, lists: recordCount, total: partCount), "parts")
        try sections.require(
            partRecords.count == partCount && partRecords.allSatisfy { $0 < UInt32(recordCount) }, "parts' records")
        let quantities = quantityParts.values.count
        try sections.require(
            quantityMinima.numbers.count == quantities && quantityMaxima.numbers.count == quantities, "quantities")
        try sections.require(
            sections.isOffsets(closureEnds, lists: recordCount, total: closures.numbers.count), "closures")
    }

    /// The parts of a record; the first is the record as a whole.
    package func partRange(ofRecord record: Int) -> Range<Int> {
        Int(firstParts[record])..<Int(firstParts[record + 1])
    }

    package func record(ofPart part: Int) -> Int { Int(partRecords[part]) }

    /// Nil for the record as a whole.
    package func role(ofPart part: Int) -> Part.Role? {
        let code = Int(partRoles[part])
        return code == 0 ? nil : FacetLayout.roles[code - 1]
    }

    package func type(ofRecord record: Int) -> RecordType { FacetLayout.types[Int(recordTypes[record])] }

    package func source(ofRecord record: Int) -> Source { sources[Int(recordSources[record])] }

    /// Parts with the term itself (not with those below it), sorted.
    package func postings(_ term: Int, _ kind: PostingKind) -> PostingList {
        postings[term * PostingKind.allCases.count + kind.rawValue]
    }

    /// Recorded intervals of a field, sorted by part.
    package func quantities(_ field: RangeField) -> QuantityList {
        let range = quantityParts.range(FacetLayout.fieldCodes[field] ?? 0)
        return QuantityList(
            parts: PostingList(.init(rebasing: quantityParts.values.words[range]), owner: file),
            minima: NumberList(numbers: .init(rebasing: quantityMinima.numbers[range]), owner: file),
            maxima: NumberList(numbers: .init(rebasing: quantityMaxima.numbers[range]), owner: file))
    }

    /// Terms that hold of a record with those above them, whatever the part; hints are not among them.  Sorted.
    package func closure(ofRecord record: Int) -> [Int] {
        var terms: [Int] = []
        forEachInClosure(of: record) { term, _ in terms.append(term) }
        return terms
    }

    /// The same with what is known of each.
    func flaggedClosure(ofRecord record: Int) -> [(term: Int, flags: ClosureFlags)] {
        var found: [(term: Int, flags: ClosureFlags)] = []
        forEachInClosure(of: record) { found.append(($0, ClosureFlags(rawValue: $1))) }
        return found
    }

    /// The same without a list: calls the body with the number of a term and its flags.
    @inline(__always)
    func forEachInClosure(of record: Int, _ body: (Int, UInt8) -> Void) {
        let codes = closures.numbers
        let count = terms.count
        var term = -1
        var position = Int(closureEnds.words[record])
        let end = Int(closureEnds.words[record + 1])
        while position < end {
            var number = Int(UInt16(littleEndian: codes[position]))
            position += 1
            if number == Int(ClosureCode.more), position + 1 < end {
                number =
                    Int(UInt16(littleEndian: codes[position])) | Int(UInt16(littleEndian: codes[position + 1])) << 16
                position += 2
            }
            term += number >> 2 + 1
            // The checksum speaks for the numbers; still none may lead outside of a table.
            guard term < count else { return }
            body(term, UInt8(truncatingIfNeeded: number & 3))
        }
    }

    /// The sum of one number a term over the closure of a record.
    ///
    /// - Parameter numbers: as many as there are terms.
    package func sum(of numbers: [Double], inClosureOf record: Int) -> Double {
        var sum = 0.0
        forEachInClosure(of: record) { term, _ in sum += numbers[term] }
        return sum
    }
}

/// The terms of one generation: dense numbers, in the order of their ids' bytes.
package struct TermTable: Sendable {
    package let count: Int
    private let facets: ByteList
    private let idOffsets: PostingList
    private let ids: ByteList
    private let labelOffsets: PostingList
    private let labels: ByteList

    init(_ sections: FacetSections) throws(StoreError) {
        facets = sections.bytes(.termFacets)
        count = facets.count
        idOffsets = sections.words(.termIDOffsets)
        ids = sections.bytes(.termIDs)
        labelOffsets = sections.words(.termLabelOffsets)
        labels = sections.bytes(.termLabels)
        try sections.require(facets.allSatisfy { $0 < FacetLayout.facets.count }, "term facets")
        try sections.require(sections.isOffsets(idOffsets, lists: count, total: ids.count), "term ids")
        try sections.require(sections.isOffsets(labelOffsets, lists: count, total: labels.count), "term labels")
    }

    /// CURIE, or `text:<facet>:<words>`.
    package func id(_ term: Int) -> String { String(decoding: ids[bytes: range(idOffsets, term)], as: UTF8.self) }

    package func label(_ term: Int) -> String {
        String(decoding: labels[bytes: range(labelOffsets, term)], as: UTF8.self)
    }

    package func facet(_ term: Int) -> Facet { FacetLayout.facets[Int(facets[term])] }

    /// The terms of each facet that meet a condition, in their order.
    package func grouped(where isWanted: (Int) -> Bool) -> [Facet: [Int]] {
        var groups = [[Int]](repeating: [], count: FacetLayout.facets.count)
        for term in 0..<count where isWanted(term) { groups[Int(facets[term])].append(term) }
        return Dictionary(uniqueKeysWithValues: zip(FacetLayout.facets, groups))
    }

    /// The number of a term, nil when no record of the generation has it: binary search.
    package func number(of id: String) -> Int? {
        var id = id
        return id.withUTF8 { wanted in
            var low = 0
            var high = count
            while low < high {
                let middle = (low + high) / 2
                if ids[bytes: range(idOffsets, middle)].lexicographicallyPrecedes(wanted) {
                    low = middle + 1
                } else {
                    high = middle
                }
            }
            return low < count && ids[bytes: range(idOffsets, low)].elementsEqual(wanted) ? low : nil
        }
    }

    private func range(_ offsets: PostingList, _ term: Int) -> Range<Int> {
        Int(offsets[term])..<Int(offsets[term + 1])
    }
}
