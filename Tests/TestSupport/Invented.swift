package import Records

/// Invented records.
package enum Invented {
    /// A session whose parts are recordings with a region and a device.
    package static func session(
        _ name: String, species: String? = "mouse", recordings: [(region: String?, device: String?)] = [],
        state: String? = nil, description: String = "", subjects: Double? = nil, people: [String] = []
    ) -> Record {
        var record = Record(
            id: RecordID(.brainstem, .session, name), title: "Session \(name)", description: description,
            access: .open, contributors: people)
        if let species { record.statements.append(Statement(.species, species, provenance: "subject, species")) }
        if let state { record.statements.append(Statement(.state, state, provenance: "behavior, state")) }
        for (index, recording) in recordings.enumerated() {
            record.parts.append(Part(role: .recording, type: "SiliconProbeImplant", label: "recording \(index + 1)"))
            if let region = recording.region {
                record.statements.append(Statement(.region, region, part: index, provenance: "procedure, brain_region"))
            }
            if let device = recording.device {
                record.statements.append(Statement(.device, device, part: index, provenance: "procedure, device"))
            }
        }
        if let subjects { record.quantities.append(Quantity(.subjects, subjects, provenance: "subjects")) }
        return record
    }

    package static let records: [Record] = [
        session("hit", recordings: [("thalamus", "Neuropixels 1.0")], state: "sleep", people: ["Ada Example"]),
        session(
            "split", recordings: [("hippocampal formation", "Neuropixels 1.0"), ("thalamus", "tetrode")],
            state: "sleep"),
        session("above", species: "rat", recordings: [("diencephalon", "Neuropixels 1.0")], state: "sleep"),
        session("noregion", species: "rat", recordings: [(nil, "Neuropixels 1.0")], state: "sleep"),
        session("awake", recordings: [("thalamus", "Neuropixels 1.0")], state: "awake"),
        session("nostate", recordings: [("thalamus", "Neuropixels 1.0")], people: ["Bo Example"]),
        session("small", subjects: 3), session("large", subjects: 60),
        session("text", species: nil, description: "Recorded in the hippocampal formation of a rat."),
        Record(
            id: RecordID(.dandi, .dataset, "000900"), title: "Reward in the striatum",
            description: "Dopamine <b>&</b> reward.", doi: "10.48324/dandi.000900", access: .open),
    ]

    package static func random(count: Int) -> [Record] {
        var generator = SplitMix(seed: 7)
        let regions = ["thalamus", "diencephalon", "hippocampal formation", "primary visual cortex", "visual cortex"]
        let devices = ["Neuropixels 1.0", "Neuropixels 2.0", "tetrode"]
        return (0..<count).map { index in
            let recordings = (0..<Int.random(in: 0...3, using: &generator)).map { _ in
                (
                    region: Bool.random(using: &generator) ? regions.randomElement(using: &generator) : nil,
                    device: Bool.random(using: &generator) ? devices.randomElement(using: &generator) : nil
                )
            }
            return session(
                "r\(index)", species: [nil, "mouse", "rat"].randomElement(using: &generator) ?? nil,
                recordings: recordings,
                state: [nil, "sleep", "awake", "NREM sleep"].randomElement(using: &generator) ?? nil,
                description: ["Sleep in rats.", "Reward task.", ""].randomElement(using: &generator) ?? "",
                subjects: Bool.random(using: &generator) ? Double(Int.random(in: 1...80, using: &generator)) : nil,
                people: [["Ada Example"], ["Bo Example", "Ada B. Example"], []].randomElement(using: &generator) ?? [])
        }
    }

    /// A vocabulary of three procedures and four English words, in the folder `vocab`.
    package static func writeVocabulary(to folder: TemporaryFolder) throws {
        try folder.write(
            """
            #! facet: procedure
            #! scheme: discover-procedure
            #! source: made for tests
            #! licence: as the project
            #! version: 1
            id\tlabel\tsynonyms\tacronyms\tadjectives\tparents\txrefs\timplies\tflags
            discover:procedure.ovariectomy\tovariectomy\tgonadectomized
            discover:procedure.headpost\theadpost\thead bar
            discover:procedure.perfusion\tperfusion\ttranscardial perfusion
            """, to: "vocab/procedure/procedures.tsv")
        try Places.copyWordLists(to: folder.path + "/vocab")
        try folder.write("about\nfrom\nsilver\nteapot\n", to: "vocab/english/words.txt")
    }

    /// Datasets that were published on one day after the other: `first`, `second`, `third`, and one without a day.
    package static let dated: [Record] =
        ["second", "first", "undated", "third"].map { name in
            var record = Record(id: RecordID(.dandi, .dataset, name), title: "Dataset \(name)", access: .open)
            let days = ["first": 18_000.0, "second": 18_001, "third": 18_002]
            if let day = days[name] { record.quantities = [Quantity(.published, day, provenance: "datePublished")] }
            return record
        }
}
