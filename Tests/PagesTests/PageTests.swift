import FoundationEssentials
import Pages
import Planner
import Records
// Answers are made by the searcher only; here they are made by hand, to be the same for ever.
@testable import Search
import TestSupport
import Testing

/// Whole pages of fixed answers.
struct PageTests {
    static let question = "Find thalamic recordings from a sleeping animal with a Neuropixels probe."
    static let choices = [
        FacetChoice(facet: .species, value: "NCBITaxon:10090", isNegated: false),
        FacetChoice(facet: .source, value: "discover:source.dandi", isNegated: true),
    ]

    /// Every page there is, by name.
    static func pages() throws -> [String: String] {
        let hits = [
            Fixed.hit("a", title: "LANTERN-M1_a"), Fixed.hit("b", title: "LANTERN-M1_b", tier: .possible),
        ]
        let refinements = [
            Refinement(
                filter: 0,
                narrower: [.init(id: "UBERON:0002479", label: "dorsal lateral geniculate nucleus", count: 2)],
                broader: [.init(id: "UBERON:0001894", label: "diencephalon", count: 14)])
        ]
        let vocabulary = try Fixed.planner.get().vocabulary
        let coverage = Coverage(
            rows: .region, cols: .species,
            rowValues: [
                .init(id: "UBERON:0001897", label: "thalamus", count: 3),
                .init(id: "UBERON:0002435", label: "striatum", count: 0),
            ],
            colValues: [
                .init(id: "NCBITaxon:10090", label: "mouse", count: 3),
                .init(id: "x", label: Fixed.hostile, count: 120),
            ],
            counts: [[3, 120], [0, 0]], total: 130, rowsNotRecorded: 1, colsNotRecorded: 0)
        return [
            "search": try Fixed.page(question, hits: hits, refinements: refinements),
            "chosen": try Fixed.page(question, choices: choices, type: .session, hits: hits),
            "hostile": try Fixed.page(Fixed.hostile, hits: [Fixed.hostileHit]),
            "nothing": try Fixed.page(
                "state:sleep region:\"dorsal lateral geniculate nucleus\" species:rat", total: 0,
                relax: [
                    .init(drop: "state: sleep", broaden: nil, total: 14),
                    .init(drop: nil, broaden: "dorsal lateral geniculate nucleus to visual thalamus", total: 6),
                ]),
            "homonym": try Fixed.page("recordings in IC", hits: hits),
            "everything": try Fixed.page("", hits: hits),
            "landing": LandingPage(
                context: Fixed.context,
                sources: [
                    .init(source: .dandi, records: 12_345, harvested: "2026-01-01T00:00:00Z", stale: true)
                ]
            ).html.markup,
            "record": RecordPage(
                context: Fixed.context, record: Fixed.record, tags: Fixed.tags,
                alsoAt: [AlsoAt(id: RecordID(.openneuro, .dataset, "ds1"), rule: "equal DOI")],
                linkedData: #"{"@context":"https://schema.org","name":"</script>"}"#
            ).html.markup,
            "similar": RecordPage(
                context: Fixed.context, record: Fixed.record, tags: Fixed.tags,
                similar: [
                    SimilarRecord(
                        id: RecordID(.dandi, .dataset, "1"), title: Fixed.hostile, score: 1, shared: [Fixed.hostile])
                ],
                forms: [("JSON", Address("/v1/records"))]
            ).html.markup,
            "coverage": CoveragePage(
                context: Fixed.context, state: CoverageState(rows: .region, cols: .species), coverage: coverage,
                vocabulary: vocabulary
            ).html.markup,
            "parts": CoveragePage(
                context: Fixed.context,
                state: CoverageState(
                    rows: .region, cols: .species, root: "UBERON:0001897", search: SearchState(query: Fixed.hostile)),
                coverage: coverage, vocabulary: vocabulary
            ).html.markup,
            "error": ErrorPage(
                context: Fixed.context, status: 422, title: "There is no such value", detail: Fixed.hostile,
                suggestions: [Fixed.hostile], state: SearchState(query: Fixed.hostile, choices: choices)
            ).html.markup,
        ]
    }

    @Test(arguments: [
        "search", "chosen", "hostile", "nothing", "homonym", "everything", "landing", "record", "similar", "coverage",
        "parts", "error",
    ])
    func `every page is well formed, holds no code, and links only to us and to the web`(name: String) throws {
        let page = try #require(Self.pages()[name])
        let markup = try Markup(page)
        #expect(markup.faults == [])
        #expect(!page.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" && $0 != "\t" })
        for element in markup.elements where ["img", "iframe", "object", "embed", "base"].contains(element.name) {
            Issue.record("an element that is not ours: \(element.name)")
        }
    }

    /// The golden pages: a change of one must be looked at.  `DISCOVER_RENEW_FIXTURES=1 swift test --filter
    /// PageTests` writes them anew.
    @Test(arguments: ["search", "chosen", "hostile", "nothing", "record", "coverage", "error"])
    func `pages of fixed answers are what they were`(name: String) throws {
        let page = Self.stable(try #require(Self.pages()[name]))
        let path = "\(Places.root)/Tests/Fixtures/pages/\(name).html"
        if ProcessInfo.processInfo.environment["DISCOVER_RENEW_FIXTURES"] != nil {
            try page.write(toFile: path, atomically: true, encoding: .utf8)
        }
        let golden = try String(contentsOfFile: path, encoding: .utf8)
        #expect(page == golden, "\(name).html differs")
    }

    /// Without the hashes of assets and the sizes of hierarchies, which change with style and vocabulary.
    private static func stable(_ page: String) -> String {
        page.replacing(/\/assets\/([a-z]+)\.[0-9a-f]+\./) { "/assets/\($0.1).HASH." }
            .replacing(/<span class="below">\+[^<]*</, with: "<span class=\"below\">+N<")
            .replacing(/stands for [^<]* below it too/, with: "stands for N terms below it too")
    }

    @Test func `each chip says what made it and by which rule`() throws {
        let text = try Markup(Fixed.page(Self.question)).text
        for piece in [
            "Brain region", "thalamus", "from thalamic, an adjective", "from sleeping, a synonym",
            "of the same act as device",
            "Ranked by similarity",
        ] { #expect(text.contains(piece), "\(piece)") }
    }

    @Test func `twenty hits with every facet filled weigh less than ninety kilobytes`() throws {
        let hits = (0..<20).map {
            Fixed.hit("0ceae5fd-11d1-4f4e-9d3e-7a6a1c1b1b\($0)", title: "A session with a usual title \($0)")
        }
        let (state, request, base) = try Fixed.search(Self.question, choices: Self.choices, hits: hits)
        var result = base
        for facet in Facet.allCases {
            result.facets[facet.rawValue] = (0..<20).map {
                .init(id: "UBERON:00000\($0)", label: "a usual value \($0)", count: 19 - $0 % 19)
            }
            result.notRecorded[facet.rawValue] = 3
        }
        let values = (0..<8).map {
            SearchResult.FacetCount(id: "UBERON:0002479", label: "a narrower term \($0)", count: 4)
        }
        let refinements = request.plan.filters.indices.map {
            Refinement(filter: $0, narrower: values, broader: Array(values.prefix(2)))
        }
        let page = SearchPage(
            context: Fixed.context, state: state, request: request, result: result, planner: try Fixed.planner.get(),
            refinements: refinements)
        let size = page.html.markup.utf8.count
        #expect(size < 90_000, "\(size) bytes")
        print("search page of 20 hits: \(size) bytes")
    }

    @Test func `style sheet and scripts keep their budgets and are embedded as they are`() throws {
        for (asset, file, budget) in [
            (PageAsset.styleSheet, "page.css", 20_000), (.script, "page.js", 15_000), (.widget, "widget.js", 15_000),
            (.icon, "icon.svg", 1_000),
        ] {
            let path = "\(Places.root)/Sources/Pages/Assets/\(file)"
            let written = try String(contentsOfFile: path, encoding: .utf8)
            #expect(asset.content == written)
            #expect(written.utf8.count < budget, "\(file)")
            #expect(PageAsset.at(asset.path) == asset)
        }
        #expect(PageAsset.at("/assets/page.css") == nil)
    }
}
