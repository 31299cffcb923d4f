import Encoder
import Foundation
import Indexing
import JSON
import MCP
import Records
import Requests
import Search
import Store
import TestSupport
import Testing
import Vocabulary

/// What a language model can ask is what can be asked.
struct RequestParityTests {
    @Test(
        arguments: [
            ("search", RequestParameter.ofSearch), ("plan_query", RequestParameter.ofPlan),
            ("why_not", RequestParameter.ofWhyNot), ("coverage", RequestParameter.ofCoverage),
        ] as [(String, [RequestParameter])])
    func `every parameter of a request is an argument with its bounds, default and help`(
        tool: String, parameters: [RequestParameter]
    ) throws {
        let tools = try #require(try result("tools/list")?["tools"]?.array)
        let schema = try #require(tools.first { $0["name"]?.string == tool }?["inputSchema"])
        let required = schema["required"]?.array?.compactMap(\.string) ?? []
        for parameter in parameters {
            // Values of filter and not stand in one list, each with what it says of itself.
            if parameter.kind == .facetValue {
                let list = try #require(schema["properties"]?["filters"])
                let negated = list["items"]?["properties"]?["negated"]?["description"]?.string
                #expect(parameter.help == negated || parameter.help == list["description"]?.string)
                continue
            }
            let argument = try #require(schema["properties"]?[parameter.name], "\(parameter.name)")
            #expect(argument["description"]?.string == parameter.help)
            #expect(required.contains(parameter.name) == parameter.isRequired)
            switch parameter.kind {
            case .text(let longest): #expect(argument["maxLength"] == .int(longest))
            case .integer(let bounds):
                // Answers to a model are shorter, never longer.
                #expect(argument["minimum"] == .int(bounds.lowerBound))
                #expect(try #require(argument["maximum"]?.number) <= Double(bounds.upperBound))
                #expect(argument["default"]?.number != nil)
            case .choice(let choices):
                #expect(argument["enum"] == .texts(choices))
                #expect(argument["default"]?.string == parameter.standard)
            case .flag: #expect(argument["default"]?.bool != nil)
            case .facetValue: break
            }
        }
    }

    @Test func `the manual has the arguments of every tool`() throws {
        let manual = try String(contentsOfFile: Places.root + "/docs/mcp.md", encoding: .utf8)
        #expect(manual.contains(ToolManual.tables), "renew it with: make docs")
    }

    @Test(arguments: [("newest", ["third", "second", "first"]), ("oldest", ["first", "second", "third"])])
    func `hits are in the order that is asked for, those without a day last`(
        order: String, expected: [String]
    ) throws {
        let folder = try TemporaryFolder()
        let vocabulary = try Vocabulary.load(folder: Places.vocabularies)
        let server = try Self.server(folder, vocabulary: vocabulary, linking: nil)
        let found = try #require(
            Self.ask(server, "search", ["query": "dataset", "sort": .string(order)])["structuredContent"])
        let names = found["hits"]?.array?.compactMap { $0["id"]?.string?.split(separator: ":").last.map(String.init) }
        #expect(names == expected + ["undated"])
    }

    @Test func `a plan is written in another system's language where that is asked for`() throws {
        let found = try call("plan_query", ["query": "sleeping mice", "native": "dandi"])?["structuredContent"]
        #expect(found?["native"]?["text"]?.string?.isEmpty == false)
        #expect(try call("plan_query", ["query": "sleeping mice"])?["structuredContent"]?["native"] == nil)
    }

    @Test(.enabled(if: ModelCache.find() != nil, "the sentence model is not on this machine: run 'make model'"))
    func `a search and a plan warn of an unknown word and name what is close`() throws {
        let folder = try TemporaryFolder()
        try Invented.writeVocabulary(to: folder)
        let vocabulary = try Vocabulary.load(folder: folder.path + "/vocab")
        let encoder = try SentenceEncoder(folder: try ModelCache.folder())
        let names = folder.path + "/names"
        _ = try NearNames.write(vocabulary: vocabulary, encoder: encoder, folder: names)
        let server = try Self.server(
            folder, vocabulary: vocabulary,
            linking: NearNames(vocabulary: vocabulary, folder: names) { encoder })
        let found = Self.ask(server, "search", ["query": "gonadectomy"])["structuredContent"]
        let plan = Self.ask(server, "plan_query", ["query": "gonadectomy"])["structuredContent"]?["plan"]
        for warnings in [found?["warnings"]?.array, plan?["warnings"]?.array] {
            #expect(warnings?.first?["code"] == "unknown_word")
            #expect(warnings?.first?["suggestions"]?.array?.first == "ovariectomy")
        }
    }

    private static func server(
        _ folder: TemporaryFolder, vocabulary: Vocabulary, linking: NearNames?
    ) throws -> MCPServer {
        let index = IndexFolder(path: folder.path + "/index")
        _ = try Ingest(index: index, vocabulary: vocabulary)
            .run(source: .dandi, location: "invented") { sink in
                for record in Invented.dated { try sink(record) }
                return nil
            }
        let searcher = Searcher(generation: try index.current(), vocabulary: vocabulary, linking: linking)
        return MCPServer(version: "0.0.0", today: { 20_778 }, searcher: { searcher })
    }

    private static func ask(_ server: MCPServer, _ tool: String, _ arguments: JSONValue) -> JSONValue {
        server.answer(to: [
            "jsonrpc": "2.0", "id": 1, "method": "tools/call",
            "params": ["name": .string(tool), "arguments": arguments],
        ])?["result"] ?? .null
    }
}
