import Connectors
import Encoder
import Indexing
import Planner
import Search
import Serving
import Store
import Vocabulary

extension Failure {
    /// Any error of any module as one sentence and an exit code.  Translated here and nowhere else.
    init(_ error: any Error) {
        switch error {
        case let failure as Failure: self = failure
        case let error as StoreError: self.init(error)
        case let error as PlanError: self.init(error)
        case let error as SearchError: self.init(error)
        case let error as VocabularyError: self.init(.failed, error.detail)
        case let error as ConnectorError: self.init(error.kind == .cancelled ? .interrupted : .failed, error.detail)
        case let error as IndexingError: self.init(error.kind == .cancelled ? .interrupted : .failed, error.detail)
        case let error as ServingError: self.init(.failed, error.detail)
        case let error as EncoderError: self.init(.failed, error.detail)
        default: self.init(.failed, "\(error)")
        }
    }

    private init(_ error: StoreError) {
        let exit: ExitCode =
            switch error.kind {
            case .missing, .corrupt, .schema: .index
            case .busy: .busy
            case .io, .sql: .failed
            case .interrupted: .limit
            }
        self.init(exit, error.detail)
    }

    private init(_ error: PlanError) {
        let exit: ExitCode =
            switch error.kind {
            case .unknownOperator, .unknownValue: .unknownTerm
            case .malformedValue, .tooLong, .tooMany: .usage
            }
        self.init(exit, error.detail, suggestions: error.suggestions)
    }

    private init(_ error: SearchError) {
        let exit: ExitCode =
            switch error.kind {
            case .badCursor, .oldCursor, .emptyQuery: .usage
            case .unknownValue: .unknownTerm
            case .index: .index
            case .overTime: .limit
            case .noRecord, .settings, .badFile: .failed
            }
        self.init(exit, error.detail, suggestions: error.suggestions)
    }
}
