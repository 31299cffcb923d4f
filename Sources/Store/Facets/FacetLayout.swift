internal import Records

/// How surely a part has a term, as filters see it.
package enum PostingKind: Int, Sendable, Hashable, CaseIterable {
    /// Stated or mapped evidence.
    case stated
    /// Found in text by a reliable rule.
    case inferred
    /// Found in text by a rule that is not, or beside a stated value of a facet that has one: never enough for a match.
    case hinted
}

/// What is known of a term in a record's closure.
package struct ClosureFlags: OptionSet, Sendable, Hashable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }
    /// The record is tagged with the term itself, not only with one below it.
    package static let direct = ClosureFlags(rawValue: 1)
    /// The term, or one below it, is stated or mapped, not only inferred.
    package static let stated = ClosureFlags(rawValue: 2)
}

/// How the closure of a record is encoded in the file: for each term the gap to the previous one (-1 at first), which
/// is how many numbers are between them, times 4, plus its flags, in 16 bits; what does not fit in two numbers of 16
/// bits, the lower one first, behind ``more``.  Of one width, because lists are read by the million, and variable
/// widths would mispredict branches.
enum ClosureCode {
    static let more = UInt16.max

    static func append(_ number: UInt64, to codes: inout [UInt16]) {
        if number < UInt64(more) {
            codes.append(UInt16(number))
        } else {
            codes += [more, UInt16(truncatingIfNeeded: number), UInt16(truncatingIfNeeded: number >> 16)]
        }
    }
}

/// The layout of `facets.bin`, described in `docs/index-format.md`.
enum FacetLayout {
    static let magic: [UInt8] = Array("DSCFACET".utf8)
    static let version = 4
    /// Magic, version, number of sections, length and checksum of the rest.
    static let headerLength = 32

    /// The sections in the order of the file's section table.
    enum Section: Int, CaseIterable {
        case firstParts, partRecords, partRoles, recordTypes, recordSources, sourceNames
        case termFacets, termIDOffsets, termIDs, termLabelOffsets, termLabels
        case postingOffsets, postings
        case quantityOffsets, quantityParts, quantityMinima, quantityMaxima
        case closureOffsets, closure
    }

    static let payloadStart = headerLength + Section.allCases.count * 16

    // Codes are positions in the declarations' order; the schema's fingerprint changes with it.  Sources are not among
    // them: each file names its own, so that another list of sources is no other format.
    static let roles = Part.Role.allCases
    static let types = RecordType.allCases
    static let facets = Facet.allCases
    static let fields = RangeField.allCases

    static let typeCodes = codes(types)
    static let facetCodes = codes(facets)
    static let roleCodes = codes(roles)
    static let fieldCodes = codes(fields)

    private static func codes<Value: Hashable>(_ values: [Value]) -> [Value: Int] {
        Dictionary(uniqueKeysWithValues: values.enumerated().map { ($1, $0) })
    }
}
