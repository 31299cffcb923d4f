import Connectors
import FoundationEssentials
import TestSupport
import Testing

@testable import Indexing
import JSON

struct ConfigurationTests {
    @Test func `a full configuration is read`() throws {
        let text = """
            // of a portal
            {
              sources: {
                brainstem: { location: 'https://www.brainstem.org', requestsPerSecond: 2.5, contact: "https://example.org/us", },
                "ours": { connector: "dandi", location: "dumps/ours.jsonl", shrink: .5, cache: false, assets: true },
              },
              shrink: 0.1, /* a tenth */
              canaries: [{ name: "sleep", question: "sleep in mice", includes: ["dandi:dataset:000003"], minimum: 0x10 }],
              privateMarkers: ["SECRET"],
              retention: { generations: 5, reports: 7 },
              reports: "reports", metricsFile: "/var/lib/node/discover.prom", reserveBytes: 1000, vectors: false,
            }
            """
        let configuration = try ReindexConfiguration(json5: text, folder: "/etc/discover")
        #expect(configuration.sources.map(\.name) == ["brainstem", "ours"])
        #expect(configuration.sources.map(\.shrink) == [0.1, 0.5])
        #expect(configuration.sources[1].location == "/etc/discover/dumps/ours.jsonl")
        #expect(configuration.sources[0].location == "https://www.brainstem.org")
        #expect(configuration.sources[0].limits.requestsPerSecond == 2.5)
        #expect(configuration.sources[0].cache == nil && configuration.sources[1].cache == "")
        #expect(configuration.sources[1].limits.listsAssets)
        #expect(
            configuration.canaries == [
                .init(name: "sleep", question: "sleep in mice", includes: ["dandi:dataset:000003"], minimum: 16)
            ])
        #expect(configuration.generations == 5 && configuration.reports == 7 && !configuration.hasVectors)
        #expect(configuration.reportFolder == "/etc/discover/reports")
    }

    @Test(arguments: [
        ("{", 1, 2, "a key is missing"),
        ("{ sources: { dandi: { location: 'x' } }, shrink: 2 }", 1, 50, "from 0 to 1"),
        ("{\n sources: {\n  dandi: { lokation: 'x' } } }", 3, 12, "there is no setting 'lokation'"),
        ("{\n sources: {\n  nowhere: { location: 'x' } } }", 3, 3, "there is no connector 'nowhere'"),
        ("{ sources: { dandi: { } } }", 1, 21, "needs a 'location'"),
        ("{ sources: [] }", 1, 12, "'sources' must be an object"),
        ("{ }", 1, 1, "'sources' must be an object"),
        ("{ sources: { dandi: { location: 'x', retries: 1.5 } } }", 1, 47, "a whole number"),
        ("{ sources: { dandi: { location: 'x', contact: 'me' } } }", 1, 47, "an http or https address"),
        ("{ sources: { dandi: { location: 'x' }, dandi: { location: 'y' } } }", 1, 40, "given twice"),
        ("{ sources: { dandi: { location: 'x } } }", 1, 33, "no closing quote"),
        ("{ sources: { dandi: { location: x } } }", 1, 33, "texts stand in quotes"),
        ("{ sources: { dandi: { location: 'x' } } } 1", 1, 43, "follows"),
        (
            "{ sources: { dandi: { location: 'x' } }, canaries: [{ question: 'q', includes: ['1'] }] }", 1, 80,
            "no record id"
        ),
        ("/* {", 1, 1, "no end"),
        ("[" + String(repeating: "[", count: 100), 1, 33, "too deeply"),
    ])
    func `an error says where it is and what is wrong`(text: String, line: Int, column: Int, says: String) throws {
        let error = try #require(throws: ConfigurationError.self) { try ReindexConfiguration(json5: text, folder: "") }
        #expect(error.line == line && error.column == column, "\(error)")
        #expect(error.detail.contains(says), "\(error)")
    }

    @Test func `a misspelt key is told what may have been meant`() throws {
        let error = try #require(throws: ConfigurationError.self) {
            try ReindexConfiguration(json5: "{ sources: { dandi: { lokation: 'x' } } }", folder: "")
        }
        #expect(error.suggestions == ["location"])
    }

    @Test func `every setting is documented`() throws {
        let page = try String(contentsOfFile: Places.root + "/docs/reindexing.md", encoding: .utf8)
        for key in ReindexConfiguration.allKeys { #expect(page.contains("`\(key)`"), "\(key)") }
    }

    @Test func `the example in deploy is a valid configuration`() throws {
        let text = try String(contentsOfFile: Places.root + "/deploy/reindex.json5", encoding: .utf8)
        let configuration = try ReindexConfiguration(json5: text, folder: "/etc/discover")
        #expect(configuration.sources.count > 1)
    }
}
