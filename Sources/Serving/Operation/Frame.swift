/// What is known of a request while it is answered, and the fields that every answer gets from it.
struct Frame: Sendable {
    let raw: RawRequest
    let version: String
    /// The address under which the world reaches the service.
    let site: String
    var route: Route?
    var snapshot: Snapshot?
    /// Policy and state of the client's rate, when it is limited.
    var rate: (policy: String, verdict: RateLimiter.Verdict)?
    var tag = ""

    init(raw: RawRequest, version: String, site: String) {
        self.raw = raw
        self.version = version
        self.site = site
    }

    /// A handler's answer with all its fields, compressed where the client takes it.
    func reply(_ response: Response) -> Reply {
        var fields = common
        var body = response.body
        let canCompress = Frame.isText(response.mediaType) && body.count >= Compression.threshold
        var isCompressed = false
        if canCompress, Compression.isAccepted(raw.headers.acceptEncoding), let packed = Compression.gzip(body) {
            body = packed
            isCompressed = true
        }
        if !response.mediaType.isEmpty { fields.append(HeaderField("Content-Type", response.mediaType)) }
        if isCompressed { fields.append(HeaderField("Content-Encoding", "gzip")) }
        fields += caching(response.caching, isCompressed: isCompressed)
        fields += response.fields
        var reply = Reply(status: response.status, fields: fields, body: body)
        reply.route = route?.name ?? "none"
        reply.generation = snapshot?.generation ?? ""
        reply.matches = response.matches
        reply.stages = response.stages
        return reply
    }

    func reply(_ problem: Problem) -> Reply {
        var reply = reply(errorPage(problem) ?? Response(problem))
        reply.problem = problem.code
        return reply
    }

    /// 304: the client has it already.
    func notModified() -> Reply {
        let isCompressed = raw.headers.ifNoneMatch?.contains("\(tag)-gz") ?? false
        var reply = Reply(status: 304, fields: common + caching(.generation, isCompressed: isCompressed), body: [])
        reply.route = route?.name ?? "none"
        reply.generation = snapshot?.generation ?? ""
        return reply
    }

    /// The answer to OPTIONS, which is also the one to a preflight (https://fetch.spec.whatwg.org/#http-cors-protocol).
    func options(_ methods: [Method]) -> Reply {
        guard !methods.isEmpty else { return reply(Problem(.unknownPath, "there is nothing at this address")) }
        let allowed = methods.map(\.rawValue).joined(separator: ", ")
        let open = methods.filter { $0 == .get || $0 == .head }.map(\.rawValue).joined(separator: ", ")
        var fields = [HeaderField("Allow", allowed), HeaderField("Cache-Control", "no-store")]
        if !open.isEmpty {
            fields += [
                HeaderField("Access-Control-Allow-Origin", "*"), HeaderField("Access-Control-Allow-Methods", open),
                HeaderField("Access-Control-Allow-Headers", "Accept, If-None-Match"),
                HeaderField("Access-Control-Max-Age", "86400"),
            ]
        }
        var reply = Reply(status: 204, fields: fields, body: [])
        reply.route = "options"
        return reply
    }

    private func caching(_ caching: Response.Caching, isCompressed: Bool) -> [HeaderField] {
        let tagField = HeaderField("ETag", EntityTag.quoted(tag, isCompressed: isCompressed))
        let vary = HeaderField(
            "Vary", (route?.answers.count ?? 0) > 1 ? "Accept, Accept-Encoding" : "Accept-Encoding")
        switch caching {
        case .none: return [HeaderField("Cache-Control", "no-store")]
        case .generation where raw.method == "POST": return [tagField, HeaderField("Cache-Control", "no-cache"), vary]
        case .generation:
            return [tagField, HeaderField("Cache-Control", "public, max-age=60, must-revalidate"), vary]
        case .immutable:
            return [tagField, HeaderField("Cache-Control", "public, max-age=31536000, immutable"), vary]
        case .asset: return [tagField, HeaderField("Cache-Control", "public, max-age=3600"), vary]
        }
    }

    /// Fields of every answer.
    private var common: [HeaderField] {
        var fields = [HeaderField("X-Content-Type-Options", "nosniff")]
        if let snapshot { fields.append(HeaderField("Discover-Generation", snapshot.generation)) }
        let isRead = raw.method == "GET" || raw.method == "HEAD"
        if isRead, route?.isOpenToAllOrigins ?? true {
            fields += [
                HeaderField("Access-Control-Allow-Origin", "*"),
                HeaderField(
                    "Access-Control-Expose-Headers",
                    "Discover-Generation, ETag, Link, RateLimit, RateLimit-Policy, Retry-After"),
            ]
        }
        if let rate {
            fields += [
                HeaderField("RateLimit-Policy", rate.policy),
                HeaderField("RateLimit", "\"client\";r=\(rate.verdict.remaining);t=\(rate.verdict.reset)"),
            ]
        }
        return fields
    }

    private static func isText(_ mediaType: String) -> Bool {
        mediaType.hasPrefix("text/") || mediaType.contains("json") || mediaType.contains("xml")
            || mediaType.contains("javascript") || mediaType.contains("yaml")
    }
}
