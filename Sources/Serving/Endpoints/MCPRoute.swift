import Export
import MCP
import Records
import Search

extension Route {
    /// Answers are for programs that speak JSON-RPC, so that even what goes wrong is said in it.
    static let mcp = Route(
        .post, "/mcp", name: "mcp",
        summary: "Let language models search (Model Context Protocol, streamable HTTP without sessions).",
        answers: [Answer("application/json", "The JSON-RPC answer; 202 without a body where there is none.")],
        isOpenToAllOrigins: false, isListed: false,
        handle: { request throws(Problem) in Route.mcpAnswer(to: request) })

    /// What a browser asks before a page may post: only pages of this service and of this machine may.
    static let mcpPreflight = Route(
        .options, "/mcp", name: "mcp_preflight", summary: "Tell which pages may ask at /mcp.",
        answers: [Answer("application/json", "204, without a body.")], cost: .none, isOpenToAllOrigins: false,
        isListed: false, handle: { request throws(Problem) in Route.mcpAnswer(to: request) })

    private static func mcpAnswer(to request: Request) -> Response {
        let searcher = request.searcher
        let today = request.today
        let server = MCPServer(
            version: request.service.settings.version, today: { today }, deadline: request.deadline,
            searcher: { searcher })
        var fields = request.headers.others.map { (name: $0.key, value: $0.value) }
        for (name, value) in [
            ("accept", request.headers.accept), ("content-type", request.headers.contentType),
            ("origin", request.headers.origin),
        ] {
            if let value { fields.append((name: name, value: value)) }
        }
        let answer = StreamableHTTP(server: server, origins: [SiteAddress(request.site).origin])
            .answer(to: .init(method: request.method.rawValue, fields: fields, body: request.body))
        var response = Response(
            status: answer.status, mediaType: answer.body.isEmpty ? "" : "application/json", body: answer.body,
            caching: .none)
        response.fields = answer.fields.filter { !["Content-Type", "Cache-Control"].contains($0.name) }
            .map { HeaderField($0.name, $0.value) }
        return response
    }
}
