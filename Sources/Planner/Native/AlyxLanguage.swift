import Records
import Vocabulary

/// Alyx of the International Brain Laboratory, as REST addresses or as calls of its Python client ONE.
///
/// Parameters after the Alyx OpenAPI description and the ONE client: `atlas_acronym` means a region of the Allen mouse
/// tree and everything below; `django=field__lookup,value` passes a lookup through, `~` before the field negates it.
struct AlyxLanguage: NativeLanguage {
    /// The lists that can be asked.
    private enum List: String { case sessions, insertions, subjects }

    let vocabulary: Vocabulary
    let system: NativeSystem
    let source = Source.ibl.term
    private let list: List

    /// Devices that Alyx names but that are no models of probes.
    private static let otherDevices: Set<String> = ["Fiber", "mesoscope"]

    static let base = "https://openalyx.internationalbrainlab.org"

    init(vocabulary: Vocabulary, plan: Plan, isPython: Bool) {
        self.vocabulary = vocabulary
        system = isPython ? .one : .alyx
        let asksForProbe = plan.filters.contains {
            $0.facet == .device && !$0.negated && $0.either == nil && $0.weight == .required
        }
        list = plan.target == .subject ? .subjects : asksForProbe ? .insertions : .sessions
    }

    func isRepeatable(_ parameter: NativeParameter) -> Bool { parameter.name == "django" }

    func verdict(on filter: Plan.Filter) -> NativeVerdict {
        switch filter.facet {
        case .region: region(filter)
        case .device: device(filter)
        case .task: task(filter)
        case .lab: lab(filter)
        case .sex: sex(filter)
        case .species: species(filter)
        case .strain:
            list == .subjects && !filter.negated
                ? .pushed(anyOf: filter.anyOf.map { [.init("strain", $0.label)] }, how: "as strain")
                : .added("sessions do not name the strain of their animal")
        case .access:
            !filter.negated && filter.anyOf.contains { $0.id == "discover:access.open" }
                ? .pushed(anyOf: [], how: "this server shows only open data") : .impossible("all data here are open")
        case .technique, .procedure, .signal, .format, .manipulation:
            .added("only the details of a session and its datasets tell")
        case .agent, .effect, .state, .celltype, .disease, .license, .person, .source:
            .impossible("this server does not record it")
        }
    }

    func verdict(on range: Plan.Range) -> NativeVerdict {
        switch range.field {
        case .date:
            guard list != .subjects else { return .added("the dates stand on the sessions of a subject") }
            let days = range.nativeDays
            let field = list == .insertions ? "session__start_time" : "start_time"
            var lookups: [String] = []
            if let first = days.first { lookups.append("\(field)__gte,\(first)") }
            if let after = days.after { lookups.append("\(field)__lt,\(after)") }
            return .pushed(anyOf: [lookups.map { .init("django", $0) }], how: "as start time")
        case .ageDays: return .added("from the date of birth and the start of the session")
        case .durationS, .units: return .added("only the details of a session and its datasets tell")
        case .sizeBytes: return .added("from the sizes of the datasets")
        case .subjects, .sessions, .channels, .published, .modified:
            return .impossible("this server does not record it")
        }
    }

    private func region(_ filter: Plan.Filter) -> NativeVerdict {
        if filter.negated { return .added("regions cannot be excluded") }
        if let role = filter.role, role != .recording { return .impossible("only recorded regions are known") }
        if list == .subjects { return .added("the regions stand on the probe insertions of a subject") }
        let terms = filter.anyOf.flatMap { vocabulary.highest(of: $0.id, scheme: "MBA") }
        let acronyms = terms.compactMap(\.acronyms.first)
        guard !acronyms.isEmpty else { return .impossible("the Allen mouse atlas has no such region") }
        return .pushed(
            anyOf: acronyms.map { [.init("atlas_acronym", $0)] },
            how: "as Allen \(acronyms.joined(separator: ", ")) and everything below")
    }

    private func device(_ filter: Plan.Filter) -> NativeVerdict {
        if filter.negated || list != .insertions { return .added("the probe models stand on the insertions") }
        let models = filter.anyOf.flatMap { vocabulary.valuesBelow("alyx:", of: $0.id) }
            .filter { !Self.otherDevices.contains($0) }
        guard !models.isEmpty else { return .impossible("no such probe is known here") }
        return .pushed(
            anyOf: models.map { [.init("model", $0)] }, how: "as probe model \(models.joined(separator: ", "))")
    }

    private func task(_ filter: Plan.Filter) -> NativeVerdict {
        let protocols = filter.anyOf.flatMap { vocabulary.valuesBelow("ibl:", of: $0.id) }
        guard !protocols.isEmpty else { return .impossible("no protocol here is of this task") }
        guard list != .subjects else { return .added("the protocols stand on the sessions of a subject") }
        let field = list == .insertions ? "session__task_protocol" : "task_protocol"
        return filter.negated
            ? excluded(protocols, lookup: "\(field)__icontains", how: "as task protocol")
            : .pushed(
                anyOf: protocols.map { [.init("task_protocol", $0)] },
                how: "as task protocol \(protocols.joined(separator: ", "))")
    }

    private func lab(_ filter: Plan.Filter) -> NativeVerdict {
        let labs = filter.anyOf.flatMap { vocabulary.valuesBelow("alyx:", of: $0.id) }
        guard !labs.isEmpty else { return .impossible("no such lab is known here") }
        let field = list == .insertions ? "session__lab__name" : "lab__name"
        return filter.negated
            ? excluded(labs, lookup: field, how: "as lab")
            : .pushed(anyOf: labs.map { [.init("lab", $0)] }, how: "as lab \(labs.joined(separator: ", "))")
    }

    private func sex(_ filter: Plan.Filter) -> NativeVerdict {
        let codes = filter.anyOf.flatMap { vocabulary.values("alyx:", of: $0.id) }
        guard !codes.isEmpty else { return .impossible("this server does not record it") }
        let field =
            switch list {
            case .subjects: "sex"
            case .sessions: "subject__sex"
            case .insertions: "session__subject__sex"
            }
        if filter.negated { return excluded(codes, lookup: field, how: "as sex of the animal") }
        return .pushed(
            anyOf: codes.map { list == .subjects ? [.init("sex", $0)] : [.init("django", "\(field),\($0)")] },
            how: "as sex of the animal")
    }

    private func species(_ filter: Plan.Filter) -> NativeVerdict {
        guard !filter.negated, list == .subjects else { return .added("sessions do not name the species") }
        let mouse = vocabulary.number(of: "NCBITaxon:10090")
        let isMouse = filter.anyOf.contains { value in
            guard let mouse, let number = vocabulary.number(of: value.id) else { return false }
            return vocabulary.isTerm(mouse, within: number)
        }
        return isMouse
            ? .pushed(anyOf: [[.init("species", "Laboratory mouse")]], how: "as species Laboratory mouse")
            : .impossible("all animals here are mice")
    }

    /// A lookup must not hold the comma that separates lookups.
    private func excluded(_ values: [String], lookup: String, how: String) -> NativeVerdict {
        guard !values.contains(where: { $0.contains(",") }) else { return .added("the value holds a comma") }
        return .pushed(anyOf: [values.map { .init("django", "~\(lookup),\($0)") }], how: "\(how), excluded")
    }

    /// Lookups of one request are one list in one parameter; the rest stays as it is.
    private func joined(_ query: [NativeParameter]) -> [(name: String, value: String)] {
        var result = query.filter { $0.name != "django" }.map { (name: $0.name, value: $0.value) }
        let lookups = query.filter { $0.name == "django" }.map(\.value)
        if !lookups.isEmpty { result.append((name: "django", value: lookups.joined(separator: ","))) }
        return result
    }

    func write(_ queries: [[NativeParameter]], lookups: [String]) -> (text: String, requests: [String]) {
        if system == .one { return (python(queries), []) }
        let addresses = queries.map { NativeQuoting.address("\(Self.base)/\(list.rawValue)", joined($0)) }
        return (addresses.joined(separator: "\n"), addresses)
    }

    private func python(_ queries: [[NativeParameter]]) -> String {
        let calls = queries.map { query in
            let arguments = joined(query).map { "\($0.name)=\(NativeQuoting.python($0.value))" }
            switch list {
            case .sessions: return "one.search(\((arguments + ["query_type='remote'"]).joined(separator: ", ")))"
            case .insertions:
                return "one.search_insertions(\((arguments + ["query_type='remote'"]).joined(separator: ", ")))"
            case .subjects: return "one.alyx.rest(\((["'subjects'", "'list'"] + arguments).joined(separator: ", ")))"
            }
        }
        let start = ["from one.api import ONE", "one = ONE(base_url='\(Self.base)')"]
        if calls.count == 1 { return (start + ["found = \(calls[0])"]).joined(separator: "\n") }
        let key = list == .subjects ? "subject['nickname']: subject for subject in" : "str(item): item for item in"
        return
            (start + ["found = {}"] + calls.map { "found.update({\(key) \($0)})" }).joined(separator: "\n")
    }

    func notes(on plan: Plan, text: String) -> [String] {
        var notes: [String] = []
        if system == .one {
            notes.append("ONE needs a first `ONE.setup`; regions and probes are filtered remotely only.")
        }
        switch plan.target {
        case .session where list == .insertions:
            notes.append("Answers are probe insertions; `session` is their session.")
        case .session, .subject, nil: break
        default: notes.append("This server has sessions, insertions and subjects; sessions are asked for.")
        }
        return notes
    }
}
