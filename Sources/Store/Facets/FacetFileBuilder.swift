package import Records

/// A term by name, for those above a tag's term.
package struct TermName: Sendable, Hashable {
    package let id: String
    package let label: String

    package init(id: String, label: String) {
        self.id = id
        self.label = label
    }
}

/// Collects what ``FacetFile`` serves, record by record in row order, and writes it.
///
/// Memory: 4 bytes a posting.  The closures, which are most of the file, wait on the disk.
package struct FacetFileBuilder {
    struct Term {
        let id: String
        let label: String
        let facet: Facet
        var postings: [[UInt32]] = Array(repeating: [], count: PostingKind.allCases.count)
    }

    private let ancestors: (String) -> [TermName]
    var terms: [Term] = []
    private var numbers: [String: Int] = [:]
    /// Provisional numbers of the terms above a term, by its own.
    private var above: [Int: [Int]] = [:]
    var firstParts: [UInt32] = [0]
    var partRecords: [UInt32] = []
    var partRoles: [UInt8] = []
    var types: [UInt8] = []
    var sources: [UInt8] = []
    var recorded: [[UInt32]] = Array(
        repeating: [], count: FacetLayout.facets.count * RecordedKind.allCases.count)
    var quantities: [[QuantityList.Element]] = Array(repeating: [], count: FacetLayout.fields.count)
    var closureEnds: [UInt32] = [0]
    /// Provisional numbers of terms, four bytes each, and their flags.
    let closures: Spool
    let closureFlags: Spool
    let sortedFlags: Spool
    private var takenOver: TakenOver?

    /// What is taken over unread from the file of an earlier generation.
    private struct TakenOver {
        let file: FacetFile
        /// For each part of the file its number in this one; `gone` when its record is not taken over.
        var parts: [UInt32]
        /// For each term of the file its provisional number here, -1 until it is met.
        var terms: [Int32]
        static let gone = UInt32.max
    }

    /// - Parameters:
    ///   - ancestors: the terms above a term, of the same facet, itself excluded; empty for literal values.
    ///   - folder: where closures may wait, in files without a name; nil to keep them in memory.
    package init(ancestors: @escaping (String) -> [TermName], folder: String? = nil) {
        self.ancestors = ancestors
        func spool(_ name: String) -> Spool { Spool(path: folder.map { "\($0)/\(name).tmp" }) }
        (closures, closureFlags, sortedFlags) = (spool("closures"), spool("flags"), spool("sorted"))
    }

    /// Number of parts so far, the records as a whole included.
    package var partCount: Int { partRoles.count }

    /// Adds the next record.  Tags and quantities of a part that does not exist go to the record as a whole.
    package mutating func append(_ record: Record, tags: [Tag]) {
        let row = UInt32(types.count)
        let first = UInt32(partRoles.count)
        types.append(UInt8(FacetLayout.typeCodes[record.id.type] ?? 0))
        sources.append(UInt8(FacetLayout.sourceCodes[record.id.source] ?? 0))
        partRoles.append(0)
        partRoles += record.parts.map { UInt8((FacetLayout.roleCodes[$0.role] ?? 0) + 1) }
        partRecords += Array(repeating: row, count: record.parts.count + 1)
        firstParts.append(UInt32(partRoles.count))
        func number(ofPart part: Int?) -> UInt32 {
            guard let part, record.parts.indices.contains(part) else { return first }
            return first + 1 + UInt32(part)
        }

        let statedFacets = Set(tags.lazy.filter { $0.evidence.kind != .inferred }.map(\.facet))
        var closure: [Int: ClosureFlags] = [:]
        for tag in tags {
            let term = provisionalNumber(tag.term, label: tag.label, facet: tag.facet)
            let kind: PostingKind =
                if tag.evidence.kind != .inferred { .stated } else if statedFacets.contains(tag.facet) { .hinted } else
                {
                    .inferred
                }
            let part = number(ofPart: tag.part)
            terms[term].postings[kind.rawValue].append(part)
            guard kind != .hinted else { continue }
            let recordedKind: RecordedKind = kind == .stated ? .stated : .inferred
            let facet = FacetLayout.facetCodes[tag.facet] ?? 0
            recorded[facet * RecordedKind.allCases.count + recordedKind.rawValue].append(part)
            let isStated: ClosureFlags = kind == .stated ? .stated : []
            closure[term, default: []].formUnion(isStated.union(.direct))
            for ancestor in numbers(above: term) { closure[ancestor, default: []].formUnion(isStated) }
        }
        for (term, flags) in closure { add(term, flags) }
        closureEnds.append(UInt32(closureFlags.count))
        for quantity in record.quantities where quantity.min.isFinite && quantity.max.isFinite {
            quantities[FacetLayout.fieldCodes[quantity.field] ?? 0].append(
                .init(part: number(ofPart: quantity.part), min: quantity.min, max: quantity.max))
        }
    }

    /// Adds the next record as an earlier file holds it: for records that have not changed, a hundred times faster than
    /// ``append(_:tags:)``.  All reused records are of one file, each is reused once, in the order of their rows.
    package mutating func reuse(row earlierRow: Int, of file: FacetFile) {
        var state =
            takenOver
            ?? TakenOver(
                file: file, parts: Array(repeating: TakenOver.gone, count: file.partCount),
                terms: Array(repeating: -1, count: file.terms.count))
        // Taken out, so that the arrays are not copied while they change.
        takenOver = nil
        defer { takenOver = state }
        let row = UInt32(types.count)
        types.append(UInt8(FacetLayout.typeCodes[file.type(ofRecord: earlierRow)] ?? 0))
        sources.append(UInt8(FacetLayout.sourceCodes[file.source(ofRecord: earlierRow)] ?? 0))
        for part in file.partRange(ofRecord: earlierRow) {
            state.parts[part] = UInt32(partRoles.count)
            partRoles.append(file.role(ofPart: part).map { UInt8((FacetLayout.roleCodes[$0] ?? 0) + 1) } ?? 0)
            partRecords.append(row)
        }
        firstParts.append(UInt32(partRoles.count))
        for (position, term) in file.closure(ofRecord: earlierRow).enumerated() {
            add(
                provisionalNumber(ofEarlier: Int(term), &state),
                file.closureFlags(ofRecord: earlierRow, at: position))
        }
        closureEnds.append(UInt32(closureFlags.count))
    }

    private func add(_ term: Int, _ flags: ClosureFlags) {
        let number = UInt32(term)
        closures.append(number)
        closureFlags.append(CollectionOfOne(flags.rawValue))
    }

    private mutating func provisionalNumber(ofEarlier term: Int, _ state: inout TakenOver) -> Int {
        if state.terms[term] >= 0 { return Int(state.terms[term]) }
        let table = state.file.terms
        let number = provisionalNumber(table.id(term), label: table.label(term), facet: table.facet(term))
        state.terms[term] = Int32(number)
        return number
    }

    /// Brings postings and quantities of the reused records in; called once, before the bytes are made.
    mutating func finishReuse() {
        guard var state = takenOver else { return }
        takenOver = nil
        let file = state.file
        func moved(_ parts: PostingList) -> [UInt32] {
            parts.lazy.map { state.parts[Int($0)] }.filter { $0 != TakenOver.gone }
        }
        for term in 0..<file.terms.count {
            for kind in PostingKind.allCases {
                let parts = moved(file.postings(term, kind))
                guard !parts.isEmpty else { continue }
                terms[provisionalNumber(ofEarlier: term, &state)].postings[kind.rawValue] += parts
            }
        }
        for (code, facet) in FacetLayout.facets.enumerated() {
            for kind in RecordedKind.allCases {
                recorded[code * RecordedKind.allCases.count + kind.rawValue] += moved(file.recorded(facet, kind))
            }
        }
        for (code, field) in FacetLayout.fields.enumerated() {
            for element in file.quantities(field) where state.parts[Int(element.part)] != TakenOver.gone {
                quantities[code].append(
                    .init(part: state.parts[Int(element.part)], min: element.min, max: element.max))
            }
        }
    }

    private mutating func provisionalNumber(_ id: String, label: String, facet: Facet) -> Int {
        if let known = numbers[id] { return known }
        numbers[id] = terms.count
        terms.append(Term(id: id, label: label, facet: facet))
        return terms.count - 1
    }

    private mutating func numbers(above term: Int) -> [Int] {
        if let known = above[term] { return known }
        let facet = terms[term].facet
        let found = ancestors(terms[term].id).map { provisionalNumber($0.id, label: $0.label, facet: facet) }
        above[term] = found
        return found
    }
}
