import Foundation
import Requests
import TestSupport
import Testing

/// What can be asked at the command line is what can be asked.
@Suite(.enabled(if: Program.path != nil, "the program is not built"))
struct RequestParityTests {
    private static let reference = Result { try Program.run(["help", "--markdown"]).output }

    /// The rows of a command's flags in the reference, by long name.
    private func rows(of command: String) throws -> [String: String] {
        let sections = try Self.reference.get().components(separatedBy: "\n## discover ")
        let section = try #require(sections.first { $0.hasPrefix(command + "\n") })
        var rows: [String: String] = [:]
        for line in section.split(separator: "\n") where line.hasPrefix("| `") {
            let synopsis = line.dropFirst(3).prefix { $0 != "`" }
            guard let name = synopsis.split(separator: " ").first(where: { $0.hasPrefix("--") }) else { continue }
            rows[String(name)] = String(line)
        }
        return rows
    }

    @Test(
        arguments: [
            ("search", RequestParameter.ofSearch), ("plan", RequestParameter.ofPlan),
            ("why-not", RequestParameter.ofWhyNot), ("facets", RequestParameter.ofFacets),
            ("coverage", RequestParameter.ofCoverage), ("similar", RequestParameter.ofSimilar),
            ("suggest", RequestParameter.ofSuggest),
        ] as [(String, [RequestParameter])])
    func `every parameter of a request is a flag with its choices, default and help, or words`(
        command: String, parameters: [RequestParameter]
    ) throws {
        let rows = try rows(of: command)
        let completion = try Program.run(["completion", "bash"]).output
        for parameter in parameters where !["query", "prefix", "id"].contains(parameter.name) {
            let isOff = parameter.kind == .flag && parameter.standard == "true"
            let name = "--" + (isOff ? "no-" : "") + parameter.name.replacingOccurrences(of: "_", with: "-")
            let row = try #require(rows[name], "\(name)")
            #expect(row.contains(isOff ? parameter.helpOff ?? "" : parameter.help))
            #expect(completion.contains(name))
            if case .choice(let choices) = parameter.kind {
                for choice in choices { #expect(row.contains(choice)) }
                #expect(completion.contains(choices.joined(separator: " ")))
            }
            if let standard = parameter.standard, parameter.kind != .flag {
                // A map of a terminal has more rows than a page has hits.
                #expect(row.contains("Default: `\(command == "coverage" ? "20" : standard)`."))
            }
        }
    }

    @Test(arguments: RequestParameter.ofSearch)
    func `a value outside of the bounds is refused with the bounds`(parameter: RequestParameter) throws {
        let wrong: (text: String, detail: String)
        switch parameter.kind {
        case .integer(let bounds): wrong = ("\(bounds.upperBound + 1)", "\(bounds.lowerBound) to \(bounds.upperBound)")
        case .choice(let choices): wrong = ("nonsense", choices.joined(separator: ", "))
        case .facetValue: wrong = ("species", "FACET=VALUE")
        case .text, .flag: return
        }
        let outcome = try Program.run(["search", "sleep", "--\(parameter.name)", wrong.text])
        #expect(outcome.code == 2)
        #expect(outcome.errors.contains(wrong.detail), "\(outcome.errors)")
    }
}
