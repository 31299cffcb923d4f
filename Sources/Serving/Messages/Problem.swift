package import JSON

/// An answer that says what is wrong with a request, or with the service (RFC 9457).
package struct Problem: Error, Sendable, Hashable {
    /// Every kind of problem there is.  The raw value is the `code` clients may rely on.
    package enum Code: String, Sendable, Hashable, CaseIterable {
        case malformedRequest = "malformed_request"
        case badEncoding = "bad_encoding"
        case unknownParameter = "unknown_parameter"
        case missingParameter = "missing_parameter"
        case invalidParameter = "invalid_parameter"
        case invalidBody = "invalid_body"
        case unknownOperator = "unknown_operator"
        case unknownValue = "unknown_value"
        case malformedValue = "malformed_value"
        case queryTooLong = "query_too_long"
        case tooManyFilters = "too_many_filters"
        case tooDeep = "too_deep"
        case pageTooLarge = "page_too_large"
        case urlTooLong = "url_too_long"
        case headersTooLarge = "headers_too_large"
        case bodyTooLarge = "body_too_large"
        case timeLimit = "time_limit"
        case badCursor = "bad_cursor"
        case oldCursor = "old_cursor"
        case unknownPath = "unknown_path"
        case unknownRecord = "unknown_record"
        case methodNotAllowed = "method_not_allowed"
        case notAcceptable = "not_acceptable"
        case unsupportedMediaType = "unsupported_media_type"
        case rateLimited = "rate_limited"
        case busy
        case stopping
        case noIndex = "no_index"
        case internalError = "internal_error"

        /// The HTTP status it is sent with (RFC 9110, RFC 6585).
        package var status: Int {
            switch self {
            case .malformedRequest, .badEncoding, .unknownParameter, .missingParameter, .invalidParameter,
                .invalidBody, .malformedValue, .queryTooLong, .tooManyFilters, .tooDeep, .pageTooLarge, .badCursor:
                400
            case .unknownPath, .unknownRecord: 404
            case .methodNotAllowed: 405
            case .notAcceptable: 406
            case .oldCursor: 410
            case .bodyTooLarge: 413
            case .urlTooLong: 414
            case .unsupportedMediaType: 415
            case .unknownOperator, .unknownValue, .timeLimit: 422
            case .rateLimited: 429
            case .headersTooLarge: 431
            case .internalError: 500
            case .busy, .stopping, .noIndex: 503
            }
        }

        /// The kind in words, the same for every occurrence.
        package var title: String {
            switch self {
            case .malformedRequest: "The request is malformed"
            case .badEncoding: "The address is wrongly encoded"
            case .unknownParameter: "There is no such parameter"
            case .missingParameter: "A parameter is missing"
            case .invalidParameter: "A parameter has a value that is not allowed"
            case .invalidBody: "The body is not what is expected"
            case .unknownOperator: "There is no such operator"
            case .unknownValue: "There is no such value"
            case .malformedValue: "The value of an operator cannot be read"
            case .queryTooLong: "The question is too long"
            case .tooManyFilters: "There are too many filters"
            case .tooDeep: "The request is nested too deeply"
            case .pageTooLarge: "The page is too large"
            case .urlTooLong: "The address is too long"
            case .headersTooLarge: "The header is too large"
            case .bodyTooLarge: "The body is too large"
            case .timeLimit: "The request takes too long"
            case .badCursor: "The cursor does not belong here"
            case .oldCursor: "The cursor's generation is gone"
            case .unknownPath: "There is nothing at this address"
            case .unknownRecord: "There is no such record"
            case .methodNotAllowed: "The method is not allowed here"
            case .notAcceptable: "There is no such form of this"
            case .unsupportedMediaType: "The body has a media type that is not read"
            case .rateLimited: "Too many requests"
            case .busy: "The service is busy"
            case .stopping: "The service is stopping"
            case .noIndex: "The service has no index"
            case .internalError: "Something went wrong in the service"
            }
        }
    }

    /// One error, and where it is.
    package struct Fault: Sendable, Hashable {
        package let detail: String
        /// A JSON pointer as a fragment: into the body (`#/filters/0/facet`), or to a parameter (`#/query/limit`,
        /// `#/path/id`).
        package let pointer: String

        package init(_ detail: String, pointer: String) {
            self.detail = detail
            self.pointer = pointer
        }
    }

    package let code: Code
    /// This occurrence, for people.
    package let detail: String
    package let faults: [Fault]
    /// What may have been meant.
    package let suggestions: [String]
    /// Seconds after which to try again.
    package let retryAfter: Int?
    /// Methods that are allowed, for ``Code/methodNotAllowed``.
    package let allowed: [Method]

    package init(
        _ code: Code, _ detail: String, faults: [Fault] = [], suggestions: [String] = [], retryAfter: Int? = nil,
        allowed: [Method] = []
    ) {
        self.code = code
        self.detail = detail
        self.faults = faults
        self.suggestions = suggestions
        self.retryAfter = retryAfter
        self.allowed = allowed
    }

    /// A problem with one error: the detail is that of the error.
    package init(_ code: Code, at pointer: String, _ detail: String, suggestions: [String] = []) {
        self.init(code, detail, faults: [Fault(detail, pointer: pointer)], suggestions: suggestions)
    }

    /// The document, media type `application/problem+json`.
    package var json: OrderedJSON {
        [
            "type": .string("urn:discover:problem:\(code.rawValue)"), "title": .string(code.title),
            "status": .integer(code.status), "detail": .string(detail), "code": .string(code.rawValue),
            "errors": .array(faults.map { ["detail": .string($0.detail), "pointer": .string($0.pointer)] }),
            "suggestions": .array(suggestions.map { .string($0) }),
        ]
    }
}
