internal import Connectors
internal import Store

extension ReindexReport {
    mutating func end(_ outcome: RunState.Outcome, _ code: ExitCode, _ message: String) {
        (self.outcome, exitCode, self.message) = (outcome, Int(code.rawValue), message)
    }

    /// An error as an outcome.
    package mutating func fail(_ error: any Error) {
        let (code, detail): (ExitCode, String) =
            switch error {
            case let error as StoreError: (ExitCode(error), error.detail)
            case let error as ConnectorError: (ExitCode(error), error.detail)
            case let error as IndexingError: (ExitCode(error), error.detail)
            default: (.failed, "\(error)")
            }
        end(code == .interrupted ? .interrupted : .failed, code, detail)
    }
}
