import JSON
import Records

/// Flattens one NWB file into a session, and its subject.  Paths and names after the NWB core schema 2.7.
struct NWBRecords {
    let file: HDF5File
    /// The file's name, for reports.
    let name: String
    let run: Harvest

    /// Nil, and reported, when the file is no NWB.
    func session() -> Record? {
        guard file.attribute("neurodata_type", of: "/") == "NWBFile" || file.text("/session_description") != nil else {
            run.reject(name, field: "neurodata_type", "is HDF5, but no NWB file")
            return nil
        }
        let identifier = file.text("/identifier").map { PlainText.line($0, limit: 200) } ?? name
        let description = file.text("/session_description").map(PlainText.paragraph) ?? ""
        let session = file.text("/general/session_id") ?? file.text("/general/subject/subject_id").map { "of \($0)" }
        let title = description.isEmpty || description.utf8.count > 200 ? "NWB session \(session ?? name)" : description
        var record = Record(
            id: RecordID(.nwb, .session, Self.native(identifier)), title: PlainText.line(title),
            description: description, access: .open)
        let start = file.text("/session_start_time")
        let day = start.flatMap { CalendarDay.number(iso: $0) }
        if let day { record.quantities.append(Quantity(.date, Double(day), provenance: "session_start_time")) }
        if start != nil, day == nil { run.reject(field: "session_start_time", of: name, "is no date") }
        record.statements.append(
            Statement(
                .format, "Neurodata Without Borders (NWB)", identifiers: ["RRID:SCR_015242"], provenance: "file format")
        )
        addGeneral(to: &record)
        describeSubject(in: &record, on: day)
        addElectrodeGroups(to: &record)
        addImagingPlanes(to: &record)
        addPatchElectrodes(to: &record)
        addLightSites(to: &record)
        addEpochs(to: &record)
        addTypes(to: &record)
        if let units = file.extent("/units/id") {
            record.quantities.append(Quantity(.units, Double(units), provenance: "units"))
        }
        return record
    }

    /// The subject of the file, nil when it is not named.
    func subject() -> Record? {
        guard let id = file.text("/general/subject/subject_id").map({ PlainText.line($0, limit: 200) }), !id.isEmpty
        else { return nil }
        var record = Record(
            id: RecordID(.nwb, .subject, Self.native(id)), title: "Subject \(id)",
            description: file.text("/general/subject/description").map(PlainText.paragraph) ?? "", access: .open)
        describeSubject(in: &record, on: nil)
        return record
    }

    /// A name as part of an id.
    private static func native(_ name: String) -> String { String(name.map { $0.isWhitespace ? "_" : $0 }) }

    // MARK: General

    private func addGeneral(to record: inout Record) {
        for name in file.texts("/general/experimenter").map({ PlainText.line($0) }) where !name.isEmpty {
            record.contributors.append(name)
            record.statements.append(Statement(.person, name, provenance: "general, experimenter"))
        }
        if let lab = file.text("/general/lab").map({ PlainText.line($0) }), !lab.isEmpty {
            record.labs.append(lab)
            record.statements.append(Statement(.lab, lab, provenance: "general, lab"))
        }
        record.keywords = file.texts("/general/keywords").map { PlainText.line($0) }
        for field in [
            "experiment_description", "protocol", "surgery", "virus", "pharmacology", "stimulus", "slices", "notes",
        ] {
            if let text = file.text("/general/\(field)") {
                record.passages.append(Passage(field.replacing("_", with: " "), PlainText.paragraph(text)))
            }
        }
        if let institution = file.text("/general/institution") {
            record.passages.append(Passage("institution", institution, isEvidence: false))
        }
        for text in file.texts("/general/related_publications") {
            if let target = CURIE.doi(text) ?? WebAddress(text)?.text {
                record.links.append(Link(.describedBy, target))
            }
        }
    }

    private func describeSubject(in record: inout Record, on day: Int?) {
        let provenance = "/general/subject"
        func state(_ facet: Facet, _ field: String, _ words: String?) {
            if let words = words.map({ PlainText.line($0) }), !words.isEmpty {
                record.statements.append(Statement(facet, words, provenance: "subject, \(field)"))
            }
        }
        let species = file.text("\(provenance)/species")
        if let taxon = species.flatMap(CURIE.normalised), taxon.hasPrefix("NCBITaxon:") {
            record.statements.append(Statement(.species, taxon, identifiers: [taxon], provenance: "subject, species"))
        } else {
            state(.species, "species", species)
        }
        state(.strain, "strain", file.text("\(provenance)/strain"))
        switch file.text("\(provenance)/sex")?.uppercased() {
        case "M", "MALE": state(.sex, "sex", "male")
        case "F", "FEMALE": state(.sex, "sex", "female")
        default: break
        }
        if let genotype = file.text("\(provenance)/genotype") { record.passages.append(Passage("genotype", genotype)) }
        guard record.id.type == .session else { return }
        if let id = file.text("\(provenance)/subject_id").map({ PlainText.line($0, limit: 200) }) {
            record.links.append(Link(.related, "nwb:subject:\(Self.native(id))", label: "subject \(id)"))
        }
        let reference = file.attribute("reference", of: "\(provenance)/age") ?? "birth"
        if reference == "birth", let age = file.text("\(provenance)/age").flatMap(ISODuration.days) {
            record.quantities.append(Quantity(.ageDays, age, provenance: "subject, age"))
        } else if let day,
            let birth = file.text("\(provenance)/date_of_birth").flatMap({ CalendarDay.number(iso: $0) }),
            day >= birth
        {
            record.quantities.append(Quantity(.ageDays, Double(day - birth), provenance: "subject, date_of_birth"))
        }
    }

    // MARK: Parts

    private func addElectrodeGroups(to record: inout Record) {
        let root = "/general/extracellular_ephys"
        let table = "\(root)/electrodes"
        let groupNames = file.texts("\(table)/group_name")
        let locations = file.texts("\(table)/location")
        for name in file.names(root) where name != "electrodes" && file.kind("\(root)/\(name)") == .group {
            var draft = part(.recording, "electrode group", name, at: "\(root)/\(name)")
            draft.state(.technique, "extracellular electrophysiology", scheme: "nwb", provenance: "electrode group")
            let own = groupNames.indices.filter { groupNames[$0] == name }
            var regions = [file.attribute("location", of: "\(root)/\(name)")].compactMap(\.self)
            regions += own.compactMap { locations.indices.contains($0) ? locations[$0] : nil }
            addRegions(regions, provenance: "electrode group, location", to: &draft)
            if !own.isEmpty {
                draft.quantities.append(Quantity(.channels, Double(own.count), provenance: "electrodes"))
            }
            record.add(draft)
        }
    }

    private func addImagingPlanes(to record: inout Record) {
        let root = "/general/optophysiology"
        for name in file.names(root) where file.kind("\(root)/\(name)") == .group {
            var draft = part(.recording, "imaging plane", name, at: "\(root)/\(name)")
            addRegions(
                [file.text("\(root)/\(name)/location")].compactMap(\.self), provenance: "imaging plane, location",
                to: &draft
            )
            if let indicator = file.text("\(root)/\(name)/indicator").map({ PlainText.line($0) }) {
                draft.state(.agent, indicator, scheme: "nwb:indicator", provenance: "imaging plane, indicator")
            }
            for type in imagingTypes(of: name) {
                draft.state(
                    .technique, type, identifiers: ["nwb:\(type)"], scheme: "nwb", provenance: "imaging plane, series")
            }
            draft.say("imaging plane, description", file.text("\(root)/\(name)/description"), isEvidence: true)
            record.add(draft)
        }
    }

    /// Types of the series that were taken through a plane: they say with how many photons.
    private func imagingTypes(of plane: String) -> [String] {
        let types = file.names("/acquisition").compactMap { name -> String? in
            guard file.link("/acquisition/\(name)/imaging_plane")?.hasSuffix("/\(plane)") == true else { return nil }
            return file.attribute("neurodata_type", of: "/acquisition/\(name)")
        }
        return Set(types).sorted()
    }

    private func addPatchElectrodes(to record: inout Record) {
        let root = "/general/intracellular_ephys"
        for name in file.names(root).prefix(500) {
            guard file.attribute("neurodata_type", of: "\(root)/\(name)") == "IntracellularElectrode" else { continue }
            var draft = part(.recording, "intracellular electrode", name, at: "\(root)/\(name)")
            draft.state(
                .technique, "intracellular electrophysiology", scheme: "nwb", provenance: "intracellular electrode")
            addRegions(
                [file.text("\(root)/\(name)/location")].compactMap(\.self),
                provenance: "intracellular electrode, location",
                to: &draft)
            record.add(draft)
        }
    }

    private func addLightSites(to record: inout Record) {
        let root = "/general/optogenetics"
        for name in file.names(root) where file.kind("\(root)/\(name)") == .group {
            var draft = part(.manipulation, "optogenetic stimulus site", name, at: "\(root)/\(name)")
            draft.state(
                .manipulation, "optogenetic stimulation", scheme: "nwb", provenance: "optogenetic stimulus site")
            addRegions(
                [file.text("\(root)/\(name)/location")].compactMap(\.self),
                provenance: "optogenetic stimulus site, location",
                to: &draft)
            draft.say("stimulus site, description", file.text("\(root)/\(name)/description"), isEvidence: true)
            record.add(draft)
        }
    }

    /// A part with its device and description.
    private func part(_ role: Part.Role, _ type: String, _ name: String, at path: String) -> PartDraft {
        var draft = PartDraft(part: Part(role: role, type: type, label: "\(type) \(PlainText.line(name))"))
        draft.say("\(type), description", file.attribute("description", of: path), isEvidence: true)
        guard file.kind("\(path)/device") == .group else { return draft }
        let device = file.link("\(path)/device").map(OpenMINDSNode.lastSegment)
        let maker = file.attribute("manufacturer", of: "\(path)/device")
        let model =
            file.attribute("model_name", of: "\(path)/device") ?? file.attribute("description", of: "\(path)/device")
            ?? device
        if let model = model.map({ PlainText.line($0, limit: 300) }), !model.isEmpty {
            draft.state(.device, model, scheme: "nwb:device", provenance: "\(type), device")
        }
        for words in [device, maker].compactMap(\.self) {
            draft.say("\(type), device", words, isEvidence: words == device)
        }
        return draft
    }

    /// Locations as regions, each once; `unknown` says nothing.
    private func addRegions(_ locations: [String], provenance: String, to draft: inout PartDraft) {
        var seen: Set<String> = []
        for location in locations.map({ PlainText.line($0, limit: 200) }) {
            guard !location.isEmpty, !["unknown", "n/a", "none", "nan", "?"].contains(location.lowercased()),
                seen.count < 100, seen.insert(location).inserted
            else { continue }
            draft.state(.region, location, scheme: "nwb:location", provenance: provenance)
        }
        if !seen.isEmpty { draft.part.label += " in \(seen.sorted().prefix(8).joined(separator: ", "))" }
    }

    private func addEpochs(to record: inout Record) {
        let root = "/intervals/epochs"
        var names: [String] = []
        for column in ["tags", "label", "state", "epoch_name"] {
            for text in file.texts("\(root)/\(column)").map({ PlainText.line($0, limit: 200) })
            where !text.isEmpty && !names.contains(text) && names.count < 200 { names.append(text) }
        }
        for name in names {
            var draft = PartDraft(part: Part(role: .epoch, type: "epoch", label: "epoch \(name)"))
            draft.state(.state, name, scheme: "nwb:epoch", provenance: "epochs")
            draft.say("epoch name", name, isEvidence: true)
            record.add(draft)
        }
        for table in file.names("/intervals") where table != "epochs" {
            if let description = file.attribute("description", of: "/intervals/\(table)") {
                record.passages.append(
                    Passage("intervals \(PlainText.line(table))", PlainText.paragraph(description), isEvidence: false))
            }
        }
    }

    /// The neurodata types present, as signals.
    private func addTypes(to record: inout Record) {
        var types: Set<String> = []
        var looked = 0
        func look(_ path: String, depth: Int) {
            for name in file.names(path) {
                looked += 1
                guard looked < 5_000 else { return }
                let below = "\(path)/\(name)"
                // A link leads to what is described elsewhere.
                guard file.link(below) == nil, file.kind(below) == .group else { continue }
                if let type = file.attribute("neurodata_type", of: below) { types.insert(type) }
                if depth < 3 { look(below, depth: depth + 1) }
            }
        }
        for path in ["/acquisition", "/processing", "/analysis", "/stimulus/presentation"] { look(path, depth: 0) }
        if file.kind("/units") == .group { types.insert("Units") }
        if file.kind("/intervals/trials") == .group { types.insert("TimeIntervals") }
        for type in types.sorted() where type != "ProcessingModule" {
            let name = PlainText.line(type, limit: 100)
            record.statements.append(
                Statement(.signal, name, identifiers: ["nwb:\(name)"], scheme: "nwb", provenance: "neurodata types"))
        }
    }
}
