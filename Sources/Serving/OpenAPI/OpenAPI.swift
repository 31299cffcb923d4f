package import JSON
import Requests

/// The OpenAPI 3.1 document (https://spec.openapis.org/oas/v3.1.1.html), made of the routes that answer.
package enum OpenAPI {
    /// The document of some routes.
    package static func document(of routes: [Route], version: String) -> OrderedJSON {
        var paths: [OrderedJSON.Member] = []
        for route in routes where route.isListed {
            let member = OrderedJSON.Member(route.method.rawValue.lowercased(), operation(route))
            if let index = paths.firstIndex(where: { $0.name == route.path.description }),
                case .object(let others) = paths[index].value
            {
                paths[index] = OrderedJSON.Member(route.path.description, .object(others + [member]))
            } else {
                paths.append(OrderedJSON.Member(route.path.description, .object([member])))
            }
        }
        return [
            "openapi": "3.1.1",
            "info": [
                "title": "discover", "version": .string(version),
                "summary": "Search over neuroscience metadata: plain questions, explained answers.",
                "description":
                    .string(
                        "Every answer carries the generation of the index it was made from, also as `Discover-Generation`, "
                            + "and a strong `ETag`; a matching `If-None-Match` gets 304. Problems are RFC 9457 documents. "
                            + "Not described here: the pages for people with their files below /assets, and /mcp, whose "
                            + "messages the Model Context Protocol describes and whose tools tell their own schemas."
                    ),
                "license": ["name": "Apache-2.0", "identifier": "Apache-2.0"],
            ],
            "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
            "paths": .object(paths),
            "components": [
                "schemas": .object(Schema.all),
                "responses": .object(problems),
                "headers": .object(headers),
            ],
        ]
    }

    private static func operation(_ route: Route) -> OrderedJSON {
        var members: [OrderedJSON.Member] = [
            .init("operationId", .string(route.name)), .init("summary", .string(route.summary)),
        ]
        if !route.parameters.isEmpty {
            members.append(.init("parameters", .array(route.parameters.map(parameter))))
        }
        if let body = route.body {
            members.append(
                .init(
                    "requestBody",
                    ["required": true, "content": ["application/json": ["schema": reference(body)]]]))
        }
        members.append(.init("responses", responses(of: route)))
        return .object(members)
    }

    private static func parameter(_ parameter: Parameter) -> OrderedJSON {
        var members: [OrderedJSON.Member] = [
            .init("name", .string(parameter.name)), .init("in", .string(parameter.place.rawValue)),
            .init("required", .bool(parameter.isRequired)), .init("description", .string(parameter.help)),
        ]
        if parameter.repeats {
            members += [
                .init("style", "form"), .init("explode", true),
                .init(
                    "schema",
                    [
                        "type": "array", "items": schema(of: parameter),
                        "maxItems": .integer(Parameter.mostFilters),
                    ]),
            ]
        } else {
            members.append(.init("schema", schema(of: parameter)))
        }
        if let example = parameter.example {
            members.append(
                .init("example", parameter.repeats ? [.string(example)] : typed(example, parameter)))
        }
        return .object(members)
    }

    /// The schema of one value.  Bounds of texts are in bytes and JSON Schema counts characters, so a text of many
    /// bytes a character may be refused although its length fits.
    private static func schema(of parameter: Parameter) -> OrderedJSON {
        var members: [OrderedJSON.Member]
        switch parameter.kind {
        case .text(let longest):
            members = [.init("type", "string"), .init("maxLength", .integer(longest))]
            if parameter.isRequired { members.append(.init("minLength", 1)) }
        case .integer(let range):
            members = [
                .init("type", "integer"), .init("minimum", .integer(range.lowerBound)),
                .init("maximum", .integer(range.upperBound)),
            ]
        case .choice(let choices):
            members = [.init("type", "string"), .init("enum", .array(choices.map { .string($0) }))]
        case .flag: members = [.init("type", "boolean")]
        case .facetValue:
            members = [
                .init("type", "string"), .init("pattern", .string(FacetValue.pattern)),
                .init("maxLength", .integer(Parameter.longestQuestion)),
            ]
        }
        if let standard = parameter.standard { members.append(.init("default", typed(standard, parameter))) }
        return .object(members)
    }

    private static func typed(_ text: String, _ parameter: Parameter) -> OrderedJSON {
        switch parameter.kind {
        case .integer: .integer(Int(text) ?? 0)
        case .flag: .bool(text == "true")
        default: .string(text)
        }
    }

    private static func responses(of route: Route) -> OrderedJSON {
        var content: [OrderedJSON.Member] = []
        for answer in route.answers where !content.contains(where: { $0.name == answer.mediaType }) {
            content.append(.init(answer.mediaType, answer.schema.map { ["schema": reference($0)] } ?? [:]))
        }
        let isKept = route.cost == .work
        var fields: [OrderedJSON.Member] = [header("Discover-Generation")]
        if isKept { fields += [header("ETag"), header("RateLimit"), header("RateLimit-Policy")] }
        if route.parameters.contains(.cursor) || route.parameters.contains(.formatOfRecord) {
            fields.append(header("Link"))
        }
        var members: [OrderedJSON.Member] = [
            .init(
                "200",
                [
                    "description": .string(route.answers.map(\.help).joined(separator: " ")),
                    "headers": .object(fields), "content": .object(content),
                ])
        ]
        if isKept, route.method == .get { members.append(.init("304", ["description": "The client has it already."])) }
        members += problemStatuses(of: route).map { status in
            .init("\(status)", ["$ref": "#/components/responses/\(responseName(status))"])
        }
        return .object(members)
    }

    /// Statuses a route may answer with when something is wrong.
    private static func problemStatuses(of route: Route) -> [Int] {
        var statuses = [400, 414, 431]
        if route.path.description.contains("{id}") || route.parameters.contains(.part) { statuses.append(404) }
        if route.parameters.contains(.cursor) { statuses.append(410) }
        if route.method == .post { statuses += [413, 415] }
        if route.cost == .work { statuses += [422, 429, 500, 503] }
        if route.answers.count > 1 { statuses.append(406) }
        return statuses.sorted()
    }

    private static func reference(_ name: String) -> OrderedJSON { ["$ref": "#/components/schemas/\(name)"] }

    private static func header(_ name: String) -> OrderedJSON.Member {
        .init(name, ["$ref": "#/components/headers/\(name)"])
    }

    private static func responseName(_ status: Int) -> String { "Problem\(status)" }

    /// One response for each status, with the codes that are sent with it.
    private static var problems: [OrderedJSON.Member] {
        let statuses = Set(Problem.Code.allCases.map(\.status)).sorted()
        return statuses.map { status in
            let codes = Problem.Code.allCases.filter { $0.status == status }
            let text = codes.map { "`\($0.rawValue)`: \($0.title)." }.joined(separator: " ")
            var members: [OrderedJSON.Member] = [.init("description", .string(text))]
            if status == 429 || status == 503 { members.append(.init("headers", .object([header("Retry-After")]))) }
            members.append(.init("content", ["application/problem+json": ["schema": reference("Problem")]]))
            return .init(responseName(status), .object(members))
        }
    }

    private static let headers: [OrderedJSON.Member] = [
        .init("Discover-Generation", ["description": "Generation of the index.", "schema": ["type": "string"]]),
        .init("ETag", ["description": "Strong entity tag.", "schema": ["type": "string"]]),
        .init(
            "Link",
            [
                "description": "RFC 8288: self and next of a page; page, persistent name and other forms of a record.",
                "schema": ["type": "string"],
            ]),
        .init("RateLimit", ["description": "What is left of the client's rate.", "schema": ["type": "string"]]),
        .init("RateLimit-Policy", ["description": "The client's rate.", "schema": ["type": "string"]]),
        .init("Retry-After", ["description": "Seconds to wait.", "schema": ["type": "integer"]]),
    ]
}
