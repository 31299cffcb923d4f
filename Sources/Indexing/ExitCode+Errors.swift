package import Connectors
package import Store

/// Which exit code an error of a run has: the one table, for the command that fails with it and for the report of an
/// unattended run.
extension ExitCode {
    package init(_ error: StoreError) {
        switch error.kind {
        case .missing, .corrupt, .schema: self = .index
        case .busy: self = .busy
        case .interrupted: self = .limit
        case .io, .sql: self = .failed
        }
    }

    package init(_ error: ConnectorError) {
        switch error.kind {
        case .cancelled: self = .interrupted
        case .unusableLocation, .notPublic, .unavailable, .unreadable, .tooLarge: self = .failed
        }
    }

    package init(_ error: IndexingError) {
        switch error.kind {
        case .cancelled: self = .interrupted
        case .diskFull: self = .limit
        case .unknownSource: self = .usage
        case .empty, .encoder, .noSource: self = .failed
        }
    }
}
