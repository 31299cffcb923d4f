extension Command {
    /// Every command, in the order of the help.
    static let all: [Command] = [
        .search, .plan, .whyNot, .show, .similar, .facets, .coverage, .suggest, .vocab, .ingest, .reindex, .status,
        .changes, .verify, .rollback, .forget, .eval, .serve, .mcp, .completion, .help,
    ]
}
