import Connectors
import Records
import Store
import Testing

@testable import Indexing

/// Every kind of error that a run can end with, and its exit code: section 4 of the contract.
struct ExitCodeTests {
    private static let errors: [(error: any Error, code: ExitCode)] =
        StoreError.Kind.allCases.map { kind in
            let code: ExitCode =
                [.missing, .corrupt, .schema].contains(kind)
                ? .index : kind == .busy ? .busy : kind == .interrupted ? .limit : .failed
            return (StoreError(kind, "why"), code)
        }
        + ConnectorError.Kind.allCases.map { kind in
            (ConnectorError(kind, "why"), kind == .cancelled ? .interrupted : .failed)
        }
        + IndexingError.Kind.allCases.map { kind in
            let codes: [IndexingError.Kind: ExitCode] = [
                .cancelled: .interrupted, .diskFull: .limit, .unknownSource: .usage,
            ]
            return (IndexingError(kind, "why"), codes[kind] ?? .failed)
        }

    @Test(arguments: errors.indices) func `an error ends an unattended run with its exit code`(number: Int) {
        let (error, code) = Self.errors[number]
        var report = ReindexReport(started: Timestamp(secondsSince1970: 0))
        report.fail(error)
        #expect(report.exitCode == Int(code.rawValue), "\(error)")
        #expect(report.outcome == (code == .interrupted ? .interrupted : .failed), "\(error)")
        #expect(report.message == "why")
    }

    @Test func `an error of no known kind is a failure`() {
        struct Other: Error {}
        var report = ReindexReport(started: Timestamp(secondsSince1970: 0))
        report.fail(Other())
        #expect(report.exitCode == 1 && report.outcome == .failed)
    }
}
