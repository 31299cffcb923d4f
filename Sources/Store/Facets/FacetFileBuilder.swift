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
/// Memory: a few mebibytes, and the terms with their names.  All that grows with the records waits on the disk.
///
/// `@unchecked Sendable`: one thread uses it at a time.  The one that completes the file gets it when no more records
/// come.
package struct FacetFileBuilder: @unchecked Sendable {
    struct Term {
        let id: String
        let label: String
        let facet: Facet
    }

    private let ancestors: (String) -> [TermName]
    var terms: [Term] = []
    private var numbers: [String: Int] = [:]
    /// Provisional numbers of the terms above a term, by its own.
    private var above: [Int: [Int]] = [:]
    /// Number of parts so far, the records as a whole included.
    package var partCount: Int { partRoles.count }

    // Spooled data, named as the sections of the file.
    let firstParts, partRecords, partRoles, types, sources: Spool
    /// Provisional number of a term times the number of kinds, plus the kind; then the part.
    let postings: Spool
    let quantities: SortedSpool<QuantityEntry>
    /// Provisional numbers of terms, their flags, and where those of each record end.
    let closures, closureFlags, closureEnds: Spool
    /// Makes another spool.
    let path: (String) -> String?
    /// The sources met so far; the code of each is its place.
    private(set) var sourceNames: [Source] = []

    /// - Parameters:
    ///   - ancestors: the terms above a term, of the same facet, itself excluded; empty for literal values.
    ///   - folder: where closures may be spooled, in files without a name; nil to keep them in memory.
    package init(ancestors: @escaping (String) -> [TermName], folder: String? = nil) {
        self.ancestors = ancestors
        let path = { (name: String) in folder.map { "\($0)/\(name).tmp" } }
        self.path = path
        func spool(_ name: String) -> Spool { Spool(path: path(name)) }
        (firstParts, partRecords, partRoles) = (spool("first-parts"), spool("part-records"), spool("part-roles"))
        (types, sources, postings) = (spool("types"), spool("sources"), spool("postings"))
        quantities = SortedSpool(path: path("quantities"))
        (closures, closureFlags, closureEnds) = (spool("closures"), spool("flags"), spool("closure-ends"))
        firstParts.append(UInt32(0))
        closureEnds.append(UInt32(0))
    }

    /// Adds the next record.  Tags and quantities of a part that does not exist go to the record as a whole.
    package mutating func append(_ record: Record, tags: [Tag]) {
        let first = UInt32(partCount)
        begin(type: record.id.type, source: record.id.source)
        for part in record.parts { add(partWith: part.role) }
        firstParts.append(UInt32(partCount))
        func number(ofPart part: Int?) -> UInt32 {
            guard let part, record.parts.indices.contains(part) else { return first }
            return first + 1 + UInt32(part)
        }

        // Of what has one value, the stated one wins.
        let decided = Set(
            tags.lazy.filter { !$0.evidence.kind.isFromText && $0.facet.descriptor.traits.contains(.oneValue) }
                .map(\.facet))
        var closure: [Int: ClosureFlags] = [:]
        for tag in tags {
            let term = provisionalNumber(tag.term, label: tag.label, facet: tag.facet)
            let kind: PostingKind =
                switch tag.evidence.kind {
                case .stated, .mapped: .stated
                case .inferred: decided.contains(tag.facet) ? .hinted : .inferred
                case .hinted: .hinted
                }
            let part = number(ofPart: tag.part)
            addPosting(term, kind, part)
            guard kind != .hinted else { continue }
            let isStated: ClosureFlags = kind == .stated ? .stated : []
            closure[term, default: []].formUnion(isStated.union(.direct))
            for ancestor in numbers(above: term) { closure[ancestor, default: []].formUnion(isStated) }
        }
        for (term, flags) in closure { add(term, flags) }
        closureEnds.append(UInt32(closureFlags.count))
        for quantity in record.quantities where quantity.min.isFinite && quantity.max.isFinite {
            quantities.append(
                QuantityEntry(
                    field: FacetLayout.fieldCodes[quantity.field] ?? 0, part: number(ofPart: quantity.part),
                    min: quantity.min, max: quantity.max))
        }
    }

    /// Adds a record without parts, which is a part as a whole.
    private mutating func begin(type: RecordType, source: Source) {
        types.append(UInt8(FacetLayout.typeCodes[type] ?? 0))
        // Records come in the order of their ids, so that the last source is nearly always the one.
        let code = sourceNames.lastIndex(of: source) ?? sourceNames.count
        if code == sourceNames.count { sourceNames.append(source) }
        sources.append(UInt8(code))
        add(partWith: nil)
    }

    private func add(partWith role: Part.Role?) {
        partRecords.append(UInt32(types.count - 1))
        partRoles.append(role.map { UInt8((FacetLayout.roleCodes[$0] ?? 0) + 1) } ?? 0)
    }

    private func addPosting(_ term: Int, _ kind: PostingKind, _ part: UInt32) {
        postings.append(UInt32(term * PostingKind.allCases.count + kind.rawValue))
        postings.append(part)
    }

    private func add(_ term: Int, _ flags: ClosureFlags) {
        closures.append(UInt32(term))
        closureFlags.append(flags.rawValue)
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

/// An interval of a part, in the order in which the file has them.
struct QuantityEntry: Comparable, BitwiseCopyable {
    let field: UInt32
    let part: UInt32
    let min: Double
    let max: Double

    init(field: Int, part: UInt32, min: Double, max: Double) {
        (self.field, self.part, self.min, self.max) = (UInt32(field), part, min, max)
    }

    static func < (one: QuantityEntry, other: QuantityEntry) -> Bool {
        (one.field, one.part, one.min, one.max) < (other.field, other.part, other.min, other.max)
    }
}
