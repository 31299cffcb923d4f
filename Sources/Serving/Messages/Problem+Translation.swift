package import JSON
package import Planner
package import Search

// Errors of other modules become problems here and nowhere else.

extension Problem {
    /// `pointer` says where the question is.
    package init(_ error: PlanError, at pointer: String = "#/query/q") {
        let code: Code =
            switch error.kind {
            case .unknownOperator: .unknownOperator
            case .unknownValue: .unknownValue
            case .malformedValue: .malformedValue
            case .tooLong: .queryTooLong
            case .tooMany: .tooManyFilters
            }
        self.init(code, at: pointer, error.detail, suggestions: error.suggestions)
    }

    /// A fault of the body.
    package init(_ error: JSONFault) {
        let code: Code =
            switch error.kind {
            case .invalid: .invalidBody
            case .unknownValue: .unknownValue
            case .tooLong: .queryTooLong
            case .tooMany: .tooManyFilters
            }
        self.init(code, at: error.pointer, error.detail, suggestions: error.suggestions)
    }

    package init(_ error: SearchError) {
        switch error.kind {
        case .badCursor: self.init(.badCursor, at: "#/query/cursor", error.detail)
        case .oldCursor: self.init(.oldCursor, at: "#/query/cursor", error.detail)
        case .unknownValue: self.init(.unknownValue, error.detail, suggestions: error.suggestions)
        case .noRecord: self.init(.unknownRecord, at: "#/path/id", error.detail, suggestions: error.suggestions)
        case .emptyQuery: self.init(.missingParameter, at: "#/query/q", error.detail)
        case .overTime: self.init(.timeLimit, error.detail)
        // What the index said names files of this machine; it goes to the log, not to the client.
        case .index, .settings, .badFile: self.init(.internalError, "the index cannot be read")
        }
    }
}

/// Runs code of another module and turns its error into a problem.
package func searching<Value>(_ body: () throws(SearchError) -> Value) throws(Problem) -> Value {
    do { return try body() } catch { throw Problem(error) }
}

/// The same for planning.
package func planning<Value>(_ body: () throws(PlanError) -> Value) throws(Problem) -> Value {
    do { return try body() } catch { throw Problem(error) }
}
