import Foundation
import JSON
import Planner
import Records
import TestSupport
import Testing

@testable import Search

extension Draw {
    fileprivate mutating func id() -> RecordID { record().id }

    fileprivate mutating func reason() -> Hit.Reason {
        Hit.Reason(
            facet: one(of: Facet.self), term: .init(id: text(), label: text()), evidence: tag().evidence,
            part: maybe { $0.text() }, broader: below(2) == 0, negated: below(2) == 0,
            weight: maybe { $0.one(of: Plan.Weight.self) })
    }

    fileprivate mutating func limit() -> RangeReason.Limit {
        below(2) == 0 ? .number(number()) : .day(below(40_000))
    }

    fileprivate mutating func rangeReason() -> RangeReason {
        let extent = RangeReason.Extent(min: limit(), max: maybe { $0.limit() })
        return RangeReason(
            range: one(of: RangeField.self), value: below(2) == 0 ? .one(limit()) : .extent(extent), asked: extent,
            evidence: tag().evidence, part: maybe { $0.text() })
    }

    fileprivate mutating func hit() -> Hit {
        let id = id()
        return Hit(
            id: id, type: id.type, source: id.source, title: text(), url: maybe { $0.text() },
            access: one(of: Access.self), license: list { $0.text() }, tier: below(2) == 0 ? .match : .possible,
            score: number(), scores: .init(text: maybe { $0.number() }, vector: maybe { $0.number() }),
            matched: list { $0.reason() }, ranges: list { $0.rangeReason() },
            preferred: maybe { draw in draw.list { $0.text() } },
            shared: maybe { draw in draw.list { $0.text() } },
            unknown: list { Hit.Gap(field: $0.text(), reason: $0.text()) }, differs: maybe { $0.below(2) == 0 },
            snippet: text(),
            alsoAt: list { draw in
                AlsoAt(id: draw.maybe { $0.id() }, url: draw.maybe { $0.text() }, rule: draw.text())
            }, accessNote: maybe { $0.text() })
    }

    fileprivate mutating func result() -> SearchResult {
        SearchResult(
            query: text(), plan: plan(), generation: text(), total: below(99), possible: below(99), differs: below(99),
            tookMs: number(),
            timingsMs: ["plan": number()], hits: list { $0.hit() },
            facets: ["species": list { .init(id: $0.text(), label: $0.text(), count: $0.below(9)) }],
            notRecorded: ["state": below(9)],
            relax: list { draw in
                .init(drop: draw.maybe { $0.text() }, broaden: draw.maybe { $0.text() }, total: draw.below(9))
            },
            sources: list {
                .init(
                    source: $0.one(of: Source.self), records: $0.below(9), harvested: $0.text(), stale: $0.below(2) == 0
                )
            }, next: maybe { $0.text() }, warnings: list { $0.warning() })
    }
}

/// The JSON of an answer loses nothing of it.
struct ResultJSONTests {
    @Test(arguments: 0..<60)
    func `an answer survives its JSON, every property of it`(seed: Int) throws {
        var draw = Draw(random: SplitMix(seed: UInt64(seed)), isFull: seed < 30)
        let result = draw.result()
        #expect(seed >= 30 || omissions(of: result) == [])
        let written = Data(try JSONValue(encoding: result).json)
        #expect(try JSONDecoder().decode(SearchResult.self, from: written) == result)
    }
}
