package import Planner
package import Search

/// One generation, open, with the planner of its vocabularies.
package final class Snapshot: Sendable {
    package let searcher: Searcher
    package var planner: Planner { searcher.planner }
    package let facts: SnapshotFacts
    /// Name of the generation.
    package var generation: String { facts.generation }
    /// When each source was last read, which answers tell, too.
    var harvested: [String] { searcher.sourceLines.map(\.harvested) }
    /// What else decides the answers: version, vocabularies, settings.
    let identity: String

    package init(_ searcher: Searcher, identity: String = "") {
        self.searcher = searcher
        facts = searcher.facts
        self.identity = identity
    }
}
