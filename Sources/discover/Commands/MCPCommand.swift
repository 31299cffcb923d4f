import Glibc
import MCP
import Records
import Search
import Store
import Synchronization
import Vocabulary

extension Command {
    static let mcp = Command(
        name: "mcp", summary: "Serve the search to language models on standard input and output.", forms: [""],
        details: [
            "Speaks the Model Context Protocol: one JSON message a line, nothing else on standard output, until standard "
                + "input ends. A client starts it by itself; docs/mcp.md tells how to add it to one. "
                + "A new generation of the index is taken up between two messages."
        ],
        operands: .none, flags: [.tools],
        examples: [Example("discover mcp --index index/data", "the command a client is given")],
        run: { session throws in
            try session.requireOperands(0...0, named: "")
            if session.arguments.has(.tools) {
                session.terminal.print(ToolManual.tables)
                return .done
            }
            let live = LiveSearcher(session: session)
            // An index that cannot be opened is reported now, not in the middle of a conversation.
            _ = try live.current()
            let server = MCPServer(version: Release.version, today: { session.today }, searcher: live.current)
            var conversation = Conversation(with: server)
            var lines = InputLines(longest: Conversation.longestLine)
            while let line = lines.next() {
                guard line.contains(where: { $0 > 32 }) else { continue }
                if let answer = conversation.answer(to: line) { StandardOutput.write(answer + [0x0A]) }
            }
            return .done
        })
}

extension Flag {
    static let tools = Flag("tools", help: "Print the tools with their arguments as docs/mcp.md holds them, and stop.")
}

/// The searcher of the generation that is live, opened again when another one is published.
private final class LiveSearcher: Sendable {
    private let session: Session
    private let open = Mutex<Searcher?>(nil)

    init(session: Session) { self.session = session }

    @Sendable func current() throws -> Searcher {
        try open.withLock { open in
            if let open, try session.indexFolder.currentName() == open.generation.manifest.generation { return open }
            let searcher = try session.searcher()
            open = searcher
            return searcher
        }
    }
}

/// Lines of standard input.  Of a line that is too long, only so much is kept that it is seen to be.
private struct InputLines {
    private let longest: Int
    private var buffer: [UInt8] = []
    private var start = 0
    private var hasEnded = false

    init(longest: Int) { self.longest = longest }

    /// The next line without its end; nil at the end of the input.
    mutating func next() -> [UInt8]? {
        var line: [UInt8] = []
        while true {
            if let end = buffer[start...].firstIndex(of: 0x0A) {
                line += buffer[start..<end].prefix(longest + 1 - line.count)
                start = end + 1
                return line
            }
            line += buffer[start...].prefix(longest + 1 - line.count)
            buffer = []
            start = 0
            guard !hasEnded, fill() else { return line.isEmpty ? nil : line }
        }
    }

    private mutating func fill() -> Bool {
        var chunk = [UInt8](repeating: 0, count: 65_536)
        var count = 0
        repeat {
            count = unsafe chunk.withUnsafeMutableBytes { unsafe read(STDIN_FILENO, $0.baseAddress, $0.count) }
        } while count < 0 && errno == EINTR
        guard count > 0 else {
            hasEnded = true
            return false
        }
        buffer = Array(chunk.prefix(count))
        return true
    }
}

/// Standard output past all buffers, so that an answer is there when it is written.
private enum StandardOutput {
    static func write(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }
}
