import Glibc
import JSON
/// One line of JSON for every answer, and notes on what the service does by itself.
///
/// No address, no question, no record: route, status, sizes and times only (GDPR article 5: what is not kept need not
/// be protected).
package final class AccessLog: Sendable {
    private let descriptor: Int32
    private let logsAnswers: Bool
    private let isOwned: Bool

    /// - Parameter path: a file to append to; nil for standard error.
    /// - Parameter answers: whether answers are logged, or notes alone.
    package init(path: String? = nil, answers: Bool = true) throws(ServingError) {
        logsAnswers = answers
        isOwned = path != nil
        if let path {
            descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o640)
            guard descriptor >= 0 else {
                throw ServingError(kind: .address, detail: "cannot write \(path): \(String(cString: strerror(errno)))")
            }
        } else {
            descriptor = STDERR_FILENO
        }
    }

    deinit { if isOwned { close(descriptor) } }

    func write(method: String, reply: Reply, took: Duration, waited: Duration?) {
        guard logsAnswers else { return }
        func milliseconds(_ duration: Duration) -> OrderedJSON {
            .number((duration / .milliseconds(1) * 1000).rounded() / 1000)
        }
        var members: [OrderedJSON.Member] = [
            .init("time", .string(Moment.now)), .init("method", .string(String(method.prefix(16)))),
            .init("route", .string(reply.route)), .init("status", .integer(reply.status)),
            .init("bytes", .integer(reply.body.count)), .init("ms", milliseconds(took)),
        ]
        if let waited { members.append(.init("waited_ms", milliseconds(waited))) }
        if let matches = reply.matches { members.append(.init("matches", .integer(matches))) }
        if let problem = reply.problem { members.append(.init("problem", .string(problem.rawValue))) }
        if !reply.generation.isEmpty { members.append(.init("generation", .string(reply.generation))) }
        line(.object(members))
    }

    /// Something an operator wants to know.
    package func note(_ text: String) { line(["time": .string(Moment.now), "note": .string(text)]) }

    /// One write, so that lines of several threads do not mix.
    private func line(_ json: OrderedJSON) {
        let bytes = json.json() + [0x0A]
        _ = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
    }
}
