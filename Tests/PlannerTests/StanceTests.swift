import Planner
import Records
import Testing

/// What is wished for, what is asked for neither way, and denials that only look so.
struct StanceTests {
    @Test(arguments: [
        "rat CA1 recordings, ideally with tetrodes", "rat CA1 recordings, tetrodes if possible",
        "rat CA1; tetrodes would be nice", "rat CA1; tetrodes are not required",
    ])
    func `what is only wished for is preferred`(question: String) throws {
        let plan = try planner.get().plan(question)
        #expect(plan.filters.contains { $0.facet == .device && $0.weight == .preferred && !$0.negated })
        #expect(plan.filters.contains { $0.facet == .species && $0.weight == .required })
    }

    @Test(arguments: [
        "rat CA1 regardless of anesthesia", "rat CA1, I do not mind anesthesia", "rat CA1, anesthetized or not",
        "rat CA1 with or without anesthesia", "rat CA1; awake or anesthetized doesn't matter",
    ])
    func `what is asked for neither way is no filter and a warning says so`(question: String) throws {
        let plan = try planner.get().plan(question)
        #expect(plan.filters.allSatisfy { $0.facet != .state && !$0.negated })
        #expect(plan.warnings.contains { $0.code == "left_open" })
    }

    @Test(arguments: [
        "avoid mice, CA1 recordings", "CA1 recordings w/o mice", "CA1 recordings, mice excluded",
        "CA1 recordings, leaving out anything with mice", "non-mouse CA1 recordings",
    ])
    func `what is excluded is denied`(question: String) throws {
        let plan = try planner.get().plan(question)
        #expect(plan.filters.contains { $0.facet == .species && $0.negated })
        #expect(plan.filters.contains { $0.facet == .region && !$0.negated })
    }

    @Test(arguments: [
        "why are there no mouse recordings in CA1?", "I could not find any mouse CA1 data",
        "I don't have access to mouse CA1 data", "no longer than 2 hours, mouse CA1",
        "non-linear coding in mouse CA1",
    ])
    func `what only looks like a denial denies nothing`(question: String) throws {
        let plan = try planner.get().plan(question)
        #expect(plan.filters.contains { $0.facet == .species && !$0.negated })
        #expect(plan.filters.allSatisfy { !$0.negated })
    }

    @Test(arguments: [
        "rat CA1 recordings regardless of the protocol", "rat CA1 recordings where the weight doesn't matter",
        "it would be great to have rat CA1 recordings", "We are especially interested in rat CA1 recordings",
        "dans un rat, CA1",
    ])
    func `a cue that speaks of something else leaves the names alone`(question: String) throws {
        let plan = try planner.get().plan(question)
        for facet in [Facet.species, .region] {
            #expect(plan.filters.contains { $0.facet == facet && $0.weight == .required && !$0.negated })
        }
    }

    @Test(arguments: ["don't exclude anesthetized mice in CA1", "no need to filter out anesthetized mice in CA1"])
    func `a denial of a denial leaves open what it speaks of, and nothing else`(question: String) throws {
        let plan = try planner.get().plan(question)
        #expect(plan.filters.contains { $0.facet == .species && !$0.negated })
        #expect(plan.filters.allSatisfy { $0.facet != .state })
    }

    @Test func `a wish behind a name reaches its list and not the rest of the sentence`() throws {
        let plan = try planner.get().plan("mice with Neuropixels or tetrodes if possible")
        #expect(plan.filters.filter { $0.weight == .preferred }.map(\.facet) == [.device])
        #expect(plan.filters.contains { $0.facet == .species && $0.weight == .required })
    }
}
