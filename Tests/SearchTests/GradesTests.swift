import Planner
import Records
import Search
import Testing

/// What each grade of evidence, and each other value, makes of a record.
struct GradesTests {
    private static let index = Result { try SmallIndex(records) }

    private static func dataset(
        _ native: String, title: String = "Set", _ description: String = "", _ statements: [Statement] = [],
        _ quantities: [Quantity] = []
    ) -> Record {
        Record(
            id: RecordID(.dandi, .dataset, native), title: title, description: description, access: .open,
            statements: statements, quantities: quantities)
    }

    private static let records = [
        dataset("text", "Recordings of the thalamus.", [Statement(.region, "hippocampus", provenance: "about")]),
        dataset("hint", "Previous studies looked at the thalamus.", [Statement(.species, "rat", provenance: "s")]),
        dataset("other", "", [Statement(.region, "cerebellum", provenance: "about")]),
        dataset(
            "other-rat", "",
            [Statement(.region, "cerebellum", provenance: "about"), Statement(.species, "rat", provenance: "s")]),
        dataset("rat", "", [Statement(.species, "rat", provenance: "s")], [Quantity(.subjects, 16, provenance: "n")]),
        dataset("default-title", title: "MRI of macaque monkeys", "", [human]),
        dataset(
            "default", title: "MRI", "Twelve participants.", [human], [Quantity(.subjects, 8...12, provenance: "m")]),
    ]

    /// As the BIDS connector says it.
    private static let human = Statement(
        .species, "Homo sapiens", identifiers: ["NCBITaxon:9606"], provenance: "presumed", grade: "default")

    private func index() throws -> SmallIndex { try Self.index.get() }

    @Test func `what a text says counts beside another stated value`() throws {
        #expect(try index().matches("region:thalamus") == ["text"])
        #expect(try index().matches("region:hippocampus") == ["text"])
    }

    @Test func `a hint makes possible at most, and is no check mark`() throws {
        let result = try index().search("region:thalamus")
        let hit = try #require(result.hits.first { $0.id.native == "hint" })
        #expect(hit.tier == .possible && hit.differs == nil)
        #expect(hit.matched.map(\.evidence.kind) == [.hinted])
        for hit in result.hits where hit.tier == .match {
            #expect(hit.matched.allSatisfy { $0.evidence.kind != .hinted })
        }
    }

    @Test func `what states something else comes last and is counted`() throws {
        let result = try index().search("region:thalamus species:rat")
        #expect(result.hits.filter { $0.differs == true }.map(\.id.native) == ["other-rat"])
        #expect(result.differs == 1)
        #expect(result.hits.last?.id.native == "other-rat")
        #expect(result.hits.allSatisfy { $0.differs == nil || $0.tier == .possible })
    }

    @Test func `what no record mentions is said, and nothing is possible for want of it`() throws {
        let result = try index().search("species:octopus")
        #expect(result.total == 0 && result.possible == 0)
        #expect(result.warnings.contains { $0.code == "nothing_recorded" && $0.message.contains("ctopus") })
        #expect(try index().search("species:rat").warnings.allSatisfy { $0.code != "nothing_recorded" })
    }

    @Test func `what a standard presumes gives way to the record's own words`() throws {
        #expect(try index().matches("species:human") == ["default"])
        #expect(try index().matches("species:macaque") == ["default-title"])
        #expect(try index().matches("species:macaque -species:human") == ["default-title"])
        let hit = try #require(try index().search("species:human").hits.first)
        #expect(hit.matched.first?.evidence.kind == .mapped && hit.matched.first?.evidence.rule == "default")
    }

    @Test(arguments: [
        ("subjects:>=10 species:rat", RangeReason.Value.one(.number(16))),
        ("subjects:10..20 species:human", RangeReason.Value.extent(.init(min: .number(8), max: .number(12)))),
    ])
    func `a range is explained by the value that reaches into it`(query: String, value: RangeReason.Value) throws {
        let result = try index().search(query)
        let hit = try #require(result.hits.first { $0.tier == .match })
        let reason = try #require(hit.ranges.first)
        #expect(reason.value == value && reason.range == .subjects && reason.asked.min == .number(10))
        #expect(!reason.evidence.provenance.isEmpty && reason.text.contains("subjects"))
    }

    @Test func `a range that is not recorded is explained by nothing`() throws {
        let result = try index().search("subjects:>=10 species:rat")
        #expect(result.hits.filter { $0.tier == .possible }.allSatisfy { $0.ranges.isEmpty })
    }

    @Test func `an operator for the kind alone finds all of the kind`() throws {
        #expect(try index().search("type:dataset").total == Self.records.count)
    }
}
