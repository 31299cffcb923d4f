import Foundation
import Glibc
import Indexing
import Planner
import Records
import Search
import Serving
import Store
import Synchronization
import TestSupport
import Vocabulary

/// An index of invented records, published generation by generation by the real indexing.
final class ServedFolder: Sendable {
    let folder: TemporaryFolder
    let index: IndexFolder
    let vocabulary: Vocabulary

    init(_ records: [Record] = Invented.records) throws {
        folder = try TemporaryFolder()
        index = IndexFolder(path: folder.path)
        vocabulary = try ServedFolder.vocabulary.get()
        try publish(records)
    }

    private static let vocabulary = Result { try Vocabulary.load(folder: Places.vocabularies) }

    /// What was published last, by source.
    private let published = Mutex<[Source: [Record]]>([:])
    /// Runs that found nothing to change; each is of a place of its own, so that it publishes.
    private let repeats = Mutex(0)

    /// Makes the records live: a run for each source whose records differ from those before, in the order of the names
    /// from the last to the first, or one for the first when none does.
    func publish(_ records: [Record]) throws {
        let groups = Dictionary(grouping: records, by: \.id.source)
        let sources = groups.keys.sorted { $0.rawValue > $1.rawValue }
        let before = published.withLock { $0 }
        let changed = sources.filter { before[$0] != groups[$0] }
        let repeated = repeats.withLock { count in
            count += changed.isEmpty ? 1 : 0
            return count
        }
        for source in changed.isEmpty ? sources.suffix(1) : changed[...] {
            _ = try Ingest(index: index, vocabulary: vocabulary)
                .run(source: source, location: "invented \(repeated)") { sink in
                    for record in groups[source] ?? [] { try sink(record) }
                    return nil
                }
        }
        published.withLock { $0 = groups }
    }

    var source: IndexSource {
        IndexSource(
            liveName: { [index] in try index.currentName() ?? "" }, names: { [index] in index.generationNames() },
            open: { [index, vocabulary] in
                let generation = try index.current()
                if let problem = try generation.verify().first { throw StoreError(.corrupt, problem) }
                return Searcher(generation: generation, vocabulary: vocabulary)
            },
            begin: { [index, vocabulary] in
                let (generation, problems) = try index.whole(isThorough: false)
                return (Searcher(generation: generation, vocabulary: vocabulary), problems)
            },
            lastRun: { [index] in ReindexStatus.last(of: index) })
    }
}

/// The real server on a free port of the loopback interface, stopped with its owner.
final class TestServer: Sendable {
    let folder: ServedFolder
    let service: Service
    let server: HTTPServer
    let logPath: String
    var port: UInt16 { server.port }

    init(
        records: [Record] = Invented.records, rate: (perSecond: Double, burst: Int)? = nil,
        timeLimit: Duration = .seconds(2), site: String = "http://localhost",
        sockets configure: (inout HTTPServer.Settings) -> Void = { _ in }
    ) throws {
        folder = try ServedFolder(records)
        service = Service(
            served: try ServedGenerations(folder.source, identity: "test"),
            settings: .init(version: "test", site: site, rate: rate, timeLimit: timeLimit))
        var sockets = HTTPServer.Settings()
        sockets.port = 0
        configure(&sockets)
        logPath = folder.folder.path + "/access.log"
        server = try HTTPServer(service: service, settings: sockets, log: try AccessLog(path: logPath))
    }

    deinit { server.stop() }

    /// Shared by the tests that change nothing.
    static let shared = Result { try TestServer() }

    /// Sends one request on a connection of its own.
    func send(
        _ method: String = "GET", _ target: String, headers: [String: String] = [:], body: String = ""
    ) throws -> Answer {
        let connection = try Connection(port: port)
        return try connection.send(method, target, headers: headers, body: body)
    }
}

/// One HTTP connection over a plain socket, so that anything can be sent.
final class Connection {
    private let socket: Int32
    private var buffer: [UInt8] = []

    init(port: UInt16) throws {
        socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        let code = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard code == 0 else { throw Failure("cannot connect: \(errno)") }
        var limit = timeval(tv_sec: 30, tv_usec: 0)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit { close(socket) }

    struct Failure: Error {
        let reason: String
        init(_ reason: String) { self.reason = reason }
    }

    /// Writes bytes as they are.
    func write(_ bytes: [UInt8]) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { throw Failure("the server closed the connection") }
            rest = rest.dropFirst(count)
        }
    }

    func write(_ text: String) throws { try write(Array(text.utf8)) }

    func send(
        _ method: String, _ target: String, headers: [String: String] = [:], body: String = ""
    ) throws -> Answer {
        var text = "\(method) \(target) HTTP/1.1\r\nHost: localhost\r\n"
        for (name, value) in headers.sorted(by: { $0.key < $1.key }) { text += "\(name): \(value)\r\n" }
        if !body.isEmpty { text += "Content-Length: \(body.utf8.count)\r\n" }
        try write(text + "\r\n" + body)
        return try answer(hasBody: method != "HEAD")
    }

    /// Reads one answer.
    func answer(hasBody: Bool = true) throws -> Answer {
        let head = try read { buffer in
            buffer.indices.first { $0 >= 3 && buffer[$0] == 10 && buffer[$0 - 2] == 10 }.map { $0 + 1 }
        }
        let lines = String(decoding: head, as: UTF8.self).split(separator: "\r\n").map(String.init)
        guard let status = lines.first?.split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else {
            throw Failure("no status in \(lines.first ?? "nothing")")
        }
        var fields: [(name: String, value: String)] = []
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { throw Failure("a header line without a colon") }
            fields.append(
                (line[..<colon].lowercased(), line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)))
        }
        var answer = Answer(status: status, fields: fields, body: [])
        if hasBody, status != 204, status != 304, let length = answer["content-length"].flatMap({ Int($0) }) {
            answer.body = try read { $0.count >= length ? length : nil }
        }
        return answer
    }

    /// Whether the server has closed the connection; waits for that up to the time limit of the socket.
    func isClosed() -> Bool {
        var byte: UInt8 = 0
        return recv(socket, &byte, 1, 0) <= 0 && errno != EAGAIN
    }

    private func read(_ end: ([UInt8]) -> Int?) throws -> [UInt8] {
        while true {
            if let count = end(buffer) {
                defer { buffer.removeFirst(count) }
                return Array(buffer.prefix(count))
            }
            var chunk = [UInt8](repeating: 0, count: 65_536)
            let count = recv(socket, &chunk, chunk.count, 0)
            guard count > 0 else { throw Failure("the connection ended after \(buffer.count) bytes") }
            buffer += chunk.prefix(count)
        }
    }
}

/// An answer of the server.
struct Answer {
    let status: Int
    /// Names in lower case.
    let fields: [(name: String, value: String)]
    var body: [UInt8]

    subscript(name: String) -> String? { fields.first { $0.name == name }?.value }

    func all(_ name: String) -> [String] { fields.filter { $0.name == name }.map(\.value) }

    var text: String { String(decoding: body, as: UTF8.self) }

    func json() throws -> [String: Any] {
        try JSONSerialization.jsonObject(with: Data(body)) as? [String: Any] ?? [:]
    }

    func decoded<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value {
        try JSONDecoder().decode(type, from: Data(body))
    }
}

extension String {
    /// Percent-encoded for a query.
    var encoded: String { addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "" }
}

/// A value that several threads of a test change.
final class Locked<Value: Sendable>: Sendable {
    private let value: Mutex<Value>

    init(_ value: Value) { self.value = Mutex(value) }

    func withLock<Result: Sendable>(_ body: (inout Value) -> Result) -> Result {
        value.withLock { value in body(&value) }
    }
}
