import Connectors
import Indexing
import Records
import Store
import Testing

@testable import discover

/// Errors that both the command line and an unattended run can end with.
struct FailureTests {
    private static let errors: [any Error] =
        StoreError.Kind.allCases.map { StoreError($0, "why") }
        + ConnectorError.Kind.allCases.map { ConnectorError($0, "why") }
        + IndexingError.Kind.allCases.map { IndexingError($0, "why") }

    @Test(arguments: errors.indices)
    func `a command that fails and the report of a run tell one exit code`(number: Int) throws {
        let error = Self.errors[number]
        let failure = Failure(error)
        var report = ReindexReport(started: Timestamp(secondsSince1970: 0))
        report.fail(error)
        #expect(Int(failure.exit.rawValue) == report.exitCode, "\(error)")
        #expect(failure.message == report.message)
    }
}
