import Foundation
import JSON
import TestSupport
import Testing

struct CommandLineTests {
    static let commands = [
        "search", "plan", "why-not", "show", "similar", "facets", "coverage", "suggest", "vocab", "ingest", "reindex",
        "status", "changes", "verify", "rollback", "forget", "eval", "serve", "mcp", "completion", "help",
    ]

    @Test func `the help lists every command, examples first`() throws {
        let help = try Program.run(["--help"])
        #expect(help.code == 0)
        #expect(help.errors.isEmpty)
        for command in Self.commands { #expect(help.output.contains("\n  \(command)"), "\(command)") }
        let examples = try #require(help.output.range(of: "Examples"))
        let commands = try #require(help.output.range(of: "Commands"))
        #expect(examples.lowerBound < commands.lowerBound)
    }

    @Test(arguments: commands)
    func `every command explains itself`(command: String) throws {
        let help = try Program.run([command, "--help"])
        #expect(help.code == 0)
        #expect(help.output.contains("discover \(command)"))
        #expect(help.output.contains("--index DIR"))
    }

    @Test(arguments: [
        ["nonsense"], [], ["search"], ["search", "x", "--nonsense"], ["search", "x", "--limit", "0"],
        ["search", "x", "--limit", "many"], ["search", "x", "--mode", "magic"], ["search", "x", "--limit"],
        ["search", "x", "--filter", "species"], ["search", "x", "--json", "--csv"], ["completion"],
        ["completion", "tcsh"], ["status", "extra"], ["ingest", "dandi"], ["ingest", "nowhere", "file"], ["eval"],
        ["coverage", "--rows", "region"], ["reindex"], ["forget"], ["forget", "nonsense"], ["plan", "subjects:>many"],
        ["plan", String(repeating: "long ", count: 2000)],
    ])
    func `a wrong command line ends with 2 and says what is wrong`(arguments: [String]) throws {
        let outcome = try Program.run(arguments)
        #expect(outcome.code == 2, "\(arguments) \(outcome.errors)")
        #expect(outcome.errors.hasPrefix("discover: "))
        #expect(outcome.output.isEmpty)
    }

    @Test(arguments: [
        ["plan", "specis:mouse"], ["plan", "species:unicorn"], ["vocab", "find", "unicornium"],
        ["vocab", "show", "XX:1"], ["plan", "x", "--filter", "specie=mouse"],
    ])
    func `an unknown operator or value ends with 3`(arguments: [String]) throws {
        let outcome = try Program.run(arguments)
        #expect(outcome.code == 3, "\(outcome.errors)")
    }

    @Test func `a slip in a flag or command is met with a suggestion`() throws {
        #expect(try Program.run(["serach", "x"]).errors.contains("search"))
        #expect(try Program.run(["search", "x", "--limt", "3"]).errors.contains("--limit"))
        #expect(try Program.run(["plan", "x", "--filter", "specie=mouse"]).errors.contains("species"))
    }

    @Test(arguments: [
        ["search", "sleep"], ["status"], ["show", "x"], ["verify"], ["rollback"], ["facets"], ["changes"],
        ["forget", "dandi:dataset:1"],
    ])
    func `a missing index ends with 4`(arguments: [String]) throws {
        #expect(try Program.run(arguments).code == 4)
    }

    @Test func `flags may stand before the command, and a word with a colon is no flag`() throws {
        let plan = try Program.run(["--color", "never", "plan", "mouse", "-state:sleep", "--json"])
        #expect(plan.code == 0, "\(plan.errors)")
        #expect(plan.output.contains("\"negated\" : true"))
    }

    @Test func `colour is for terminals, unless it is asked for`() throws {
        #expect(try !Program.run(["plan", "mouse"]).output.contains("\u{1B}["))
        #expect(try Program.run(["plan", "mouse", "--color", "always"]).output.contains("\u{1B}["))
    }

    @Test func `a reader that goes away is success`() throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.arguments = [
            "-c", "\"$0\" vocab find neuron --vocab \"$1\" | true; echo ${PIPESTATUS[0]}", Program.path ?? "",
            Places.vocabularies,
        ]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(output == "0\n")
    }

    @Test(arguments: ["bash", "zsh", "fish"])
    func `completion knows every command and flag`(shell: String) throws {
        let script = try Program.run(["completion", shell])
        #expect(script.code == 0)
        for command in Self.commands { #expect(script.output.contains(command)) }
        #expect(script.output.contains("stated-only"))
    }

    @Test func `bash accepts its completion script and completes with it`() throws {
        let folder = try TemporaryFolder()
        let script = try Program.run(["completion", "bash"]).output
        try folder.write(script, to: "completion.bash")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.arguments = [
            "-c",
            """
            source \(folder.path)/completion.bash
            COMP_WORDS=(discover sea); COMP_CWORD=1; _discover; echo "${COMPREPLY[@]}"
            COMP_WORDS=(discover search --mode); COMP_CWORD=2; _discover; echo "${COMPREPLY[@]}"
            COMP_WORDS=(discover search --mode v); COMP_CWORD=3; _discover; echo "${COMPREPLY[@]}"
            """,
        ]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(output.split(separator: "\n") == ["search", "--mode --model", "vector"])
    }

    @Test func `values of facets are completed from the vocabularies`() throws {
        let values = try Program.run(["completion", "values", "region", "thalam"]).output.split(separator: "\n")
        #expect(values.contains("thalamus"))
    }

    @Test func `the reference in docs is what the program says of itself`() throws {
        let written = try String(contentsOfFile: Places.root + "/docs/commands.md", encoding: .utf8)
        #expect(try Program.run(["help", "--markdown"]).output == written)
        for flag in ["--limit", "--filter", "--beir", "--allow-empty", "--stated-only", "--color"] {
            #expect(written.contains(flag))
        }
    }

    @Test func `a batch answers every line, by a plan or by why there is none`() throws {
        let folder = try TemporaryFolder()
        let lines = [
            #"{"id":"a","query":"sleep in mice"}"#, #"{"id":"b","query":"species:unicorn"}"#, "no JSON", #"{"id":"d"}"#,
            #"{"id":5,"query":"rats"}"#, #"{"query":"rats"}"#,
        ]
        try folder.write(lines.joined(separator: "\n") + "\n", to: "q.jsonl")
        let outcome = try Program.run(["plan", "--batch", folder.path + "/q.jsonl"])
        #expect(outcome.code == 5)
        let answers = try outcome.output.split(separator: "\n").map { try JSONReader.value(Array($0.utf8)) }
        #expect(answers.map { $0["id"] ?? .null } == ["a", "b", .null, "d", 5, .null])
        #expect(answers.map { $0["plan"] != nil } == [true, false, false, false, true, false])
        #expect(
            answers.map { $0["error"]?["code"] ?? .null }
                == [.null, "unknown_value", "malformed_line", "malformed_line", .null, "malformed_line"])
        #expect(answers.allSatisfy { $0["error"] == nil || $0["error"]?["message"] != nil })
        #expect(answers[1]["error"]?["suggestions"] != nil && outcome.errors.contains("line 2"))
    }

    @Test func `only a line feed ends a line of a batch, and a bad line loses no other`() throws {
        let folder = try TemporaryFolder()
        let separated = "{\"id\":\"a\",\"query\":\"sleep\u{2028}in\u{85}mice\"}\r\n"
        try folder.write(separated + "no JSON\n\n{\"id\":\"c\",\"query\":\"rats\"}\n", to: "q.jsonl")
        let outcome = try Program.run(["plan", "--batch", folder.path + "/q.jsonl"])
        #expect(outcome.code == 5)
        #expect(outcome.output.utf8.split(separator: 0x0A).count == 3)
        #expect(outcome.errors.contains("line 2"))
    }
}
