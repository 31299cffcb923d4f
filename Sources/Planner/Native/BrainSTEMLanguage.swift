import Records
import Vocabulary

/// BrainSTEM's public API: one list a kind of record, `filter{field}=value`, all of which must hold.
///
/// A list is filtered by its own fields only.  Relations cannot be followed, and a region or a species has an id of its
/// own, one for each atlas: the query text starts with look-ups of these ids, and `discover` joins the answers.
struct BrainSTEMLanguage: NativeLanguage {
    let vocabulary: Vocabulary
    let target: RecordType?
    let system = NativeSystem.brainstem
    let source = Source.brainstem.term

    static let base = "https://www.brainstem.org/api/public/"
    private static let longestPage = (name: "limit", value: "100")

    /// The list of the target, and what to include for it.
    private var targetList: (place: String, includes: [String]) {
        switch target {
        case .subject: ("stem/subject/", ["procedures"])
        case .dataset: ("stem/project/", ["sessions", "subjects"])
        case .cohort: ("stem/cohort/", ["subjects"])
        case .collection: ("stem/collection/", ["sessions"])
        case .protocol: ("personal_attributes/behavioralassay/", [])
        case .setup: ("personal_attributes/setup/", [])
        case .session, .model, .software, .document, nil:
            ("stem/session/", ["dataacquisition", "behaviors", "manipulations"])
        }
    }

    /// Types of different lists do not multiply the requests.
    let mostQueries = 256
    let unitesAnswers = false

    func verdict(on filter: Plan.Filter) -> NativeVerdict {
        switch filter.facet {
        case .access:
            return !filter.negated && filter.anyOf.contains { $0.id == "discover:access.open" }
                ? .pushed(anyOf: [], how: "the public portal shows public projects only")
                : .impossible("the public portal shows public projects only")
        case .disease, .license, .format, .person: return .impossible("public records do not say")
        case .technique, .manipulation, .procedure, .sex:
            if filter.negated { return .added("no list can be filtered by what its records lack") }
            return filter.facet == .sex ? sex(filter) : type(filter)
        case .region:
            return .added("regions have one id for each atlas, and none below", lookups: filter.anyOf.flatMap(regions))
        case .species:
            return .added(
                "species stand behind strains", lookups: lookups("taxonomies/species/", "name", latin(filter)))
        case .strain:
            return .added("strains are filtered by id", lookups: lookups("taxonomies/strain/", "name", labels(filter)))
        case .device, .agent:
            return .added(
                "products stand behind stocks and procedures",
                lookups: lookups("resources/consumable/", "name.icontains", labels(filter)))
        case .task, .state:
            let paradigms = filter.anyOf.flatMap { vocabulary.valuesBelow("brainstem:paradigm:", of: $0.id) }
            return .added(
                "paradigms stand behind assays and behaviors, states in setups and epochs",
                lookups: lookups("taxonomies/behavioralparadigm/", "name", paradigms))
        case .effect, .celltype, .signal, .lab, .source: return .added("no field of a list says it")
        }
    }

    func verdict(on range: Plan.Range) -> NativeVerdict {
        switch range.field {
        case .date:
            let days = range.nativeDays
            var filters: [NativeParameter] = []
            if let first = days.first { filters.append(.init("filter{date_time.gte}", first, at: "stem/session/")) }
            if let after = days.after { filters.append(.init("filter{date_time.lt}", after, at: "stem/session/")) }
            return .pushed(anyOf: [filters], how: "as date of the session")
        case .ageDays: return .added("from the date of birth and the session")
        case .subjects, .sessions: return .added("by counting what a project holds")
        case .channels, .durationS: return .added("from the details of acquisitions, probes and epochs")
        case .published, .modified, .sizeBytes, .units: return .impossible("public records do not say")
        }
    }

    /// Acquisitions, manipulations and procedures have types; the types of a term are those of everything below it.
    private func type(_ filter: Plan.Filter) -> NativeVerdict {
        let place =
            switch filter.facet {
            case .technique: "modules/dataacquisition/"
            case .manipulation: "modules/manipulation/"
            default: "modules/procedure/"
            }
        let known = BrainSTEMTypes.of[place] ?? []
        let types = filter.anyOf.flatMap { vocabulary.valuesBelow("brainstem:", of: $0.id) }.filter(known.contains)
        guard !types.isEmpty else { return .added("no type of this system is it") }
        return .pushed(
            anyOf: types.map { [.init("filter{type}", $0, at: place)] },
            how: "as type \(types.joined(separator: ", ")), records joined by id")
    }

    private func sex(_ filter: Plan.Filter) -> NativeVerdict {
        let codes = filter.anyOf.flatMap { vocabulary.values("brainstem:", of: $0.id) }
        guard !codes.isEmpty else { return .impossible("the system has no code for it") }
        return .pushed(
            anyOf: codes.map { [.init("filter{sex}", $0, at: "stem/subject/")] },
            how: "as sex of the subject\(target == .subject ? "" : ", records joined by id")")
    }

    private func labels(_ filter: Plan.Filter) -> [String] { filter.anyOf.map(\.label) }

    private func latin(_ filter: Plan.Filter) -> [String] {
        filter.anyOf.map { value in vocabulary.latinName(of: value) ?? value.label }
    }

    private func lookups(_ place: String, _ field: String, _ values: [String]) -> [String] {
        values.map { NativeQuoting.address(Self.base + place, [("filter{\(field)}", $0), Self.longestPage]) }
    }

    /// One address for each atlas that has the region under one name.
    private func regions(_ value: Plan.Value) -> [String] {
        BrainSTEMTypes.atlases.compactMap { atlas in
            let terms = vocabulary.highest(of: value.id, scheme: atlas.scheme)
            guard terms.count == 1, let acronym = terms.first?.acronyms.first else { return nil }
            return NativeQuoting.address(
                Self.base + "taxonomies/brainregion/",
                [("filter{acronym}", acronym), ("filter{atlas}", atlas.code), Self.longestPage])
        }
    }

    func write(_ queries: [[NativeParameter]], lookups: [String]) -> (text: String, requests: [String]) {
        // Filters of the target's list hold together.  Those of other lists are lists of their own: two types of
        // acquisition in one session are two acquisitions.
        var requests: [String] = []
        func add(_ place: String, _ parameters: [NativeParameter], includes: [String]) {
            let address = NativeQuoting.address(
                Self.base + place,
                parameters.map { ($0.name, $0.value) } + includes.map { ("include[]", $0) } + [Self.longestPage])
            if !requests.contains(address) { requests.append(address) }
        }
        let (list, includes) = targetList
        for query in queries { add(list, query.filter { $0.place == list }, includes: includes) }
        for parameter in queries.joined() where parameter.place != list && !parameter.place.hasPrefix("stem/") {
            add(
                parameter.place, [parameter],
                includes: [parameter.place == "modules/procedure/" ? "subject" : "session"])
        }
        for query in queries {
            for place in ["stem/session/", "stem/subject/"] where place != list {
                let own = query.filter { $0.place == place }
                if !own.isEmpty { add(place, own, includes: []) }
            }
        }
        var lines: [String] = []
        if !lookups.isEmpty { lines += ["# ids to join by"] + lookups }
        lines += ["# records"] + requests
        return (lines.joined(separator: "\n"), requests)
    }

    func notes(on plan: Plan, text: String) -> [String] {
        var notes = [
            "Filters do not follow relations on the public API: each address is a list, joined by id.",
            "Addresses are percent-encoded: filter%7Btype%7D is filter{type}. Pages hold 100; go on with offset.",
        ]
        if plan.filters.contains(where: { [.technique, .manipulation, .procedure].contains($0.facet) }) {
            notes.append(
                "Addresses that differ in their type are alternatives of one condition where it names them all.")
        }
        if plan.filters.contains(where: { $0.facet == .region }) {
            notes.append(
                "A region of an address has an id; procedures in it are modules/procedure/?filter{brain_region.id}=ID.")
        }
        return notes
    }
}

/// The type names of BrainSTEM's modules, and its atlas codes, after its public documentation (2026-03-30).
enum BrainSTEMTypes {
    static let of: [String: Set<String>] = [
        "modules/dataacquisition/": [
            "Audio", "BehavioralTracking", "ComputedTomography", "ConfocalMicroscopy", "Electroencephalography",
            "Electroneurogram", "ExtracellularEphys", "FiberPhotometry", "FunctionalMagneticResonanceImaging",
            "FunctionalUltrasoundImaging", "GeneralTimeSeries", "IntracellularEphys", "LightFieldMicroscopy",
            "MagneticResonanceImaging", "Magnetoencephalography", "Miniscope", "OpticalCoherenceTomography",
            "PositronEmissionTomography", "SinglePhotonEmissionComputedTomography", "SinglePhotonMicroscopy",
            "ThreePhotonMicroscopy", "TwoPhotonMicroscopy", "VideoTracking",
        ],
        "modules/manipulation/": [
            "AuditoryStimulation", "DeepBrainStimulation", "ElectricalStimulation", "ElectromagneticFieldStimulation",
            "LiquidPerturbation", "Microperfusion", "MultisensoryStimulation", "OdorStimulation",
            "OptogeneticStimulation", "PharmacologicalInhalation", "PharmacologicalInjection",
            "PharmacologicalSuperfusion", "TactileStimulation", "ThermalPerturbation",
            "TranscranialElectricalStimulation", "TranscranialMagneticStimulation", "UltrasoundStimulation",
            "VisualStimulation",
        ],
        "modules/procedure/": [
            "Anesthesia", "AuditoryStimulation", "BarbiturateInjection", "BehavioralTracking",
            "BloodPressureSensorImplant", "BrainExtraction", "BrainLesion", "BrainSlice", "BreathingSensorImplant",
            "BurrHole", "CatheterImplant", "CervicalDislocation", "Co2ChamberEuthanasia", "CranialWindow",
            "Craniectomy", "Craniotomy", "Cryosectioning", "Decapitation", "EcgImplant", "EegImplant", "EmgImplant",
            "GenericImplant", "GrinLensImplant", "HeadFixation", "Headcap", "Headpost", "InhalantOverdose",
            "Injection", "NerveCuffImplant", "OdorStimulation", "OpticFiberImplant", "PerfusionFixation",
            "PrismImplant", "ReferenceElectrodeImplant", "SiliconProbeImplant", "SingleWireElectrodeImplant",
            "TactileStimulation", "TemperatureSensorImplant", "TetrodeWireElectrodeImplant", "TissueClearing",
            "VibratomeSectioning", "VirusInjection", "VisualStimulation",
        ],
    ]

    /// Schemes of our region tables and the codes BrainSTEM has for these atlases.
    static let atlases = [
        (scheme: "MBA", code: "AIA"), (scheme: "HBA", code: "AIA_HB"), (scheme: "AIA_P", code: "AIA_P"),
        (scheme: "AIA_S", code: "AIA_S"), (scheme: "PF2001", code: "PF2001"), (scheme: "PW1997", code: "PW1997"),
        (scheme: "S2004", code: "S2004"), (scheme: "BM4", code: "BM4"),
    ]
}
