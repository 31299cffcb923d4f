import FoundationEssentials
import Records
import TestSupport
import Testing

struct SourceTests {
    private let known = Source.allCases.map(\.descriptor)

    @Test func `no two sources share a name, a precedence, a DOI or a page`() {
        func isDistinct(_ values: [some Hashable]) -> Bool { Set(values).count == values.count }
        #expect(isDistinct(Source.allCases) && isDistinct(known.map(\.title)))
        #expect(isDistinct(known.map(\.precedence)))
        #expect(isDistinct(known.compactMap(\.curiePrefix)))
        #expect(isDistinct(known.compactMap(\.doi?.prefix)))
        #expect(isDistinct(known.flatMap(\.pages).flatMap { page in page.hosts.map { [$0] + page.path } }))
    }

    @Test(arguments: Source.allCases) func `a source with a descriptor is read back from its name`(source: Source) {
        #expect(Source(rawValue: source.rawValue) == source)
        #expect(source.descriptor.kind != .unknown && source.descriptor.source == source)
    }

    @Test(arguments: Source.allCases.filter { [.archive, .portal].contains($0.descriptor.kind) })
    func `who publishes records has a home page`(source: Source) throws {
        let publisher = try #require(source.descriptor.publisher)
        #expect(publisher.url.hasPrefix("https://") && publisher.url.hasSuffix("/") && !publisher.name.isEmpty)
    }

    @Test func `a source that this program does not know is named and comes last`() throws {
        let source = try #require(Source(rawValue: "tomorrows-archive"))
        #expect(!Source.allCases.contains(source))
        #expect(source.descriptor.title == "tomorrows-archive" && source.descriptor.publisher == nil)
        #expect(known.allSatisfy { $0.precedence < source.descriptor.precedence })
    }

    @Test(arguments: ["", "Dandi", "1archive", "an archive", "a:b", "é", "a\n", String(repeating: "a", count: 33)])
    func `a text that is no name is no source`(text: String) {
        #expect(Source(rawValue: text) == nil)
    }

    @Test(
        arguments: [
            (Source.dandi, "dandi.000003/0.230629.1955", "000003"), (.dandi, "dandi.000003", "000003"),
            (.openneuro, "openneuro.ds000001.v1.0.0", "ds000001"), (.openneuro, "openneuro.ds000001", "ds000001"),
            (.dandi, "openneuro.ds000001", nil), (.openneuro, "openneuro.", nil),
        ] as [(Source, Substring, Substring?)])
    func `the DOI of a dataset tells its id, whatever the version`(
        source: Source, suffix: Substring, native: Substring?
    ) throws {
        let form = try #require(source.descriptor.doi)
        #expect(form.native(of: suffix) == native)
        if let native { #expect(form.doi(of: native).hasPrefix(form.prefix + "/" + form.leading)) }
    }
}

struct FacetTests {
    @Test func `no two facets share a title`() {
        let known = Facet.allCases.map(\.descriptor)
        #expect(Set(known.map(\.title)).count == known.count)
    }

    @Test(arguments: Facet.allCases) func `each facet stands once beside the hits`(facet: Facet) {
        let listing = facet.descriptor.listing
        #expect((listing.unfolded == nil) != (listing.folded == nil))
    }

    @Test(arguments: Facet.allCases) func `the contract names each facet`(facet: Facet) throws {
        let page = try String(contentsOfFile: Places.root + "/docs/contract.md", encoding: .utf8)
        #expect(page.contains("`\(facet.rawValue)`"))
    }

    @Test func `lists show facets in the order of their places`() {
        #expect(Facet.listed(by: \.unfolded) == [.species, .region, .technique, .device, .state, .source])
        #expect(Facet.listed { _ in 1 } == Facet.allCases)
        #expect(Facet.listed { _ in nil }.isEmpty)
    }
}
