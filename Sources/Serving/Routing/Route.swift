/// An address of the service as one value: method, path, parameters, what it answers, what it does.
package struct Route: Sendable {
    /// What a route takes of the machine.
    package enum Cost: Sendable, Hashable {
        /// Microseconds: answered at once, not counted against the client's rate.  Health and metrics.
        case none
        /// Work for the queue.
        case work
    }

    /// One media type a route answers with, for the OpenAPI document.
    package struct Answer: Sendable {
        package let mediaType: String
        /// Name of a schema of ``Schema/all``; nil for what JSON Schema does not describe.
        package let schema: String?
        package let help: String

        package init(_ mediaType: String = "application/json", schema: String? = nil, _ help: String) {
            self.mediaType = mediaType
            self.schema = schema
            self.help = help
        }
    }

    package let method: Method
    package let path: PathPattern
    /// Stable name, `search`; also the label in metrics and logs.
    package let name: String
    /// One line.
    package let summary: String
    package let parameters: [Parameter]
    /// Name of the schema of the body a POST takes; nil when it takes none.
    package let body: String?
    package let answers: [Answer]
    package let cost: Cost
    /// Whether parameters that no definition names are passed over: pages, which people reach by links that others
    /// have added to.
    package let ignoresOtherParameters: Bool
    /// Whether any site's scripts may read the answer.
    package let isOpenToAllOrigins: Bool
    /// Whether the OpenAPI document lists it.
    package let isListed: Bool
    package let handle: @Sendable (Request) throws(Problem) -> Response

    package init(
        _ method: Method, _ path: PathPattern, name: String, summary: String, parameters: [Parameter] = [],
        body: String? = nil, answers: [Answer], cost: Cost = .work, ignoresOtherParameters: Bool = false,
        isOpenToAllOrigins: Bool = true, isListed: Bool = true,
        handle: @escaping @Sendable (Request) throws(Problem) -> Response
    ) {
        self.method = method
        self.path = path
        self.name = name
        self.summary = summary
        self.parameters = parameters
        self.body = body
        self.answers = answers
        self.cost = cost
        self.ignoresOtherParameters = ignoresOtherParameters
        self.isOpenToAllOrigins = isOpenToAllOrigins
        self.isListed = isListed
        self.handle = handle
    }
}
