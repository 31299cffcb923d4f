import Foundation
import Pages
import Planner
import Records
// Answers are made by the searcher only; here they are made by hand, to be the same for ever.
@testable import Search
import TestSupport
import Vocabulary

/// Answers that are always the same, and the real planner.
enum Fixed {
    static let planner = Result { Planner(vocabulary: try Vocabulary.load(folder: Places.vocabularies)) }

    static let context = PageContext(origin: "https://discover.example.org", generation: "20260101T000000Z-1")

    /// Text that wants to be markup.
    static let hostile = "\"><script>alert('x')</script><img src=x onerror=alert(1)>\u{202e}\u{0}&amp;"

    static func hit(_ native: String, title: String, tier: Hit.Tier = .match) -> Hit {
        Hit(
            id: RecordID(.brainstem, .session, native), type: .session, source: .brainstem, title: title,
            url: "https://www.brainstem.org/private/stem/session/\(native)/?a=1&b=2", access: .open,
            license: ["CC-BY-4.0"],
            tier: tier, score: 0.83, scores: .init(text: 0.4, vector: 0.7),
            matched: [
                .init(
                    facet: .region, term: .init(id: "MBA:549", label: "Thalamus"),
                    evidence: Evidence(.stated, provenance: "procedure SiliconProbeImplant, brain_region"),
                    part: "probe A",
                    broader: tier == .possible, negated: false),
                .init(
                    facet: .state, term: .init(id: "discover:state.sleep", label: "sleep"),
                    evidence: Evidence(.mapped, provenance: "behavior, name", rule: "synonym", words: "Sleeping"),
                    part: nil,
                    broader: false, negated: false),
            ],
            unknown: tier == .possible ? [.init(field: "device", reason: "not recorded")] : [],
            snippet: "… four shanks across <mark>VPM</mark> &amp; Po …",
            alsoAt: [AlsoAt(id: RecordID(.dandi, .dataset, "000409"), rule: "equal DOI 10.48324/dandi.000409")])
    }

    /// A hit every text of which is hostile.
    static var hostileHit: Hit {
        var hit = hit("evil", title: hostile)
        hit.id = RecordID(.brainstem, .session, hostile)
        hit.url = "javascript:alert(1)"
        hit.license = [hostile]
        hit.accessNote = hostile
        hit.snippet = "<script>alert(1)</script><mark>" + hostile + "</mark>"
        hit.matched[0].term.label = hostile
        hit.matched[0].evidence = Evidence(.inferred, provenance: hostile, rule: hostile, words: hostile)
        hit.unknown = [.init(field: hostile, reason: hostile)]
        hit.alsoAt = [
            AlsoAt(id: RecordID(.dandi, .dataset, hostile), url: "javascript:alert(1)", rule: hostile),
            AlsoAt(url: "data:text/html,x", rule: hostile),
        ]
        return hit
    }

    /// A search as a page needs it: state, request and an answer with the given hits.
    static func search(
        _ query: String, choices: [FacetChoice] = [], type: RecordType? = nil, hits: [Hit] = [], total: Int? = nil,
        relax: [SearchResult.Relaxation] = []
    ) throws -> (state: SearchState, request: SearchRequest, result: SearchResult) {
        let state = SearchState(query: query, type: type, choices: choices)
        let request = try SearchRequest(asking: query, choices: choices, type: type, planner: planner.get())
        let matches = total ?? hits.count { $0.tier == .match }
        let result = SearchResult(
            query: request.plan.query, plan: request.plan, generation: context.generation, total: matches,
            possible: hits.count { $0.tier == .possible }, differs: hits.count { $0.differs == true }, tookMs: 7,
            timingsMs: [:], hits: hits,
            facets: [
                "species": [
                    .init(id: "NCBITaxon:10090", label: "mouse", count: max(1, matches - 1)),
                    .init(id: "text:species:\"odd\" & <b>", label: hostile, count: 1),
                ],
                "source": [.init(id: "discover:source.brainstem", label: "BrainSTEM", count: matches)],
            ],
            notRecorded: ["species": 231, "source": 0], relax: relax,
            sources: [
                .init(source: .brainstem, records: 12_345, harvested: "2026-01-01T00:00:00Z", stale: false),
                .init(source: .dandi, records: 3, harvested: "2025-01-01T00:00:00Z", stale: true),
            ],
            next: "nextCursor",
            warnings: request.plan.warnings + [.init(code: "x", message: hostile, suggestions: [hostile])])
        return (state, request, result)
    }

    static func page(
        _ query: String, choices: [FacetChoice] = [], type: RecordType? = nil, hits: [Hit] = [], total: Int? = nil,
        relax: [SearchResult.Relaxation] = [], refinements: [Refinement] = []
    ) throws -> String {
        let (state, request, result) = try search(
            query, choices: choices, type: type, hits: hits, total: total, relax: relax)
        return SearchPage(
            context: context, state: state, request: request, result: result, planner: try planner.get(),
            refinements: refinements
        ).html.markup
    }

    /// That three would match without one condition.
    static func drop(_ name: String) -> SearchResult.Relaxation { .init(drop: name, broaden: nil, total: 3) }

    static var record: Record {
        Record(
            id: RecordID(.dandi, .dataset, "000900"), title: "Reward in the striatum",
            description: "Dopamine <b>&</b> reward.\nSecond paragraph.",
            url: "https://dandiarchive.org/dandiset/000900",
            doi: "10.48324/dandi.000900", citation: "Example A (2026) Reward in the striatum.", access: .embargoed,
            accessNote: "Ask the lab.", embargoedUntil: 20_819, contributors: ["Example, Ada"], labs: ["Example lab"],
            keywords: ["reward"],
            parts: [Part(role: .recording, type: "SiliconProbeImplant", label: "probe A")],
            quantities: [
                Quantity(.subjects, 12, provenance: "assetsSummary"),
                Quantity(.published, 20_000, provenance: "datePublished"),
                Quantity(.channels, 384, part: 0, provenance: "probe"),
            ],
            links: [
                Link(.describedBy, "10.1000/xyz", label: "The paper"), Link(.partOf, "dandi:dataset:000001"),
                Link(.related, "javascript:alert(1)", label: "bad"),
            ],
            notes: ["setup not public"])
    }

    static let tags = [
        Tag(
            facet: .region, term: "UBERON:0002435", label: "striatum", part: 0,
            evidence: Evidence(.stated, provenance: "probe, location")),
        Tag(
            facet: .species, term: "NCBITaxon:10090", label: "mouse",
            evidence: Evidence(.inferred, provenance: "description", words: "mice", start: 3, end: 7)),
        Tag(
            facet: .license, term: "discover:license.cc-by-4.0", label: "CC-BY-4.0",
            evidence: Evidence(.stated, provenance: "license")),
    ]
}
