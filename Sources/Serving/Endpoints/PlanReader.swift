import Planner
import Records
import Search
import Vocabulary

/// Reads the plan of a POST strictly: an unknown key, facet or term is a problem that says where and what was meant,
/// never a filter that is passed over.
///
/// Only what decides is taken from the client: facet, ids, negation, scope, role, bounds, words that rank.  Labels,
/// synonyms and offsets are looked up and computed anew, so that nothing a client wrote comes back as if it were ours.
struct PlanReader {
    /// Longest body in bytes.
    static let longestBody = 64 * 1024

    private let request: Request
    private var vocabulary: Vocabulary { request.searcher.vocabulary }

    init(_ request: Request) { self.request = request }

    /// The plan, either the body itself or its member `plan`.
    func plan() throws(Problem) -> Plan {
        let type = request.headers.contentType?.lowercased().split(separator: ";").first.map { $0.filter { $0 != " " } }
        guard type == "application/json" || type?.hasSuffix("+json") == true else {
            throw Problem(.unsupportedMediaType, "the body is application/json")
        }
        let json: OrderedJSON
        do {
            json = try JSONParser.parse(request.body, deepest: Request.deepest)
        } catch {
            throw Problem(
                error.kind == .tooDeep ? .tooDeep : .invalidBody, at: "#", "\(error.detail) (byte \(error.offset))")
        }
        guard case .object(let members) = json else {
            throw Problem(.invalidBody, at: "#", "the body is a plan: an object")
        }
        if members.count == 1, let inner = json["plan"] { return try plan(from: inner, at: "#/plan") }
        return try plan(from: json, at: "#")
    }

    private func plan(from json: OrderedJSON, at place: String) throws(Problem) -> Plan {
        // The last three are what /v1/plan adds; its answer can be sent back as it is.
        let members = try object(
            json, at: place,
            keys: [
                "query", "target", "filters", "ranges", "text", "warnings", "alternatives", "generation", "operators",
                "native",
            ])
        var plan = Plan(
            query: try text(members["query"], at: "\(place)/query", longest: Parameter.longestQuestion) ?? "")
        plan.text = try text(members["text"], at: "\(place)/text", longest: Parameter.longestQuestion) ?? ""
        if let target = try choice(members["target"], at: "\(place)/target", of: RecordType.allCases.map(\.rawValue)) {
            plan.target = RecordType(rawValue: target)
        }
        let filters = try list(members["filters"], at: "\(place)/filters")
        let ranges = try list(members["ranges"], at: "\(place)/ranges")
        guard filters.count + ranges.count <= Parameter.mostFilters else {
            throw Problem(
                .tooManyFilters, at: "\(place)/filters",
                "the plan holds \(filters.count + ranges.count) filters; at most \(Parameter.mostFilters) are allowed")
        }
        for (index, filter) in filters.enumerated() {
            plan.filters.append(try self.filter(filter, at: "\(place)/filters/\(index)"))
        }
        for (index, range) in ranges.enumerated() {
            plan.ranges.append(try self.range(range, at: "\(place)/ranges/\(index)"))
        }
        return settled(plan)
    }

    /// The plan as its question would give it, where question and plan agree; else as the operator query that says the
    /// same, whose words then stand for the filters.
    private func settled(_ plan: Plan) -> Plan {
        if let planned = try? request.planner.plan(plan.query, today: request.today), PlanReader.agree(planned, plan) {
            return planned
        }
        var edited = plan
        edited.query = request.planner.operatorQuery(for: plan)
        if let planned = try? request.planner.plan(edited.query, today: request.today), PlanReader.agree(planned, plan)
        {
            return planned
        }
        return edited
    }

    /// Whether two plans ask the same.
    private static func agree(_ left: Plan, _ right: Plan) -> Bool {
        func essence(_ plan: Plan) -> [String] {
            var scopes: [Int: Int] = [:]
            return [plan.target?.rawValue ?? "", plan.text]
                + plan.filters.map { filter in
                    let scope = filter.scope.map { scope in
                        scopes[scope, default: scopes.count]
                    }
                    if let own = filter.scope, scopes[own] == nil { scopes[own] = scopes.count }
                    return
                        "\(filter.facet.rawValue) \(filter.anyOf.map(\.id)) \(filter.negated) \(scope ?? -1) \(filter.role?.rawValue ?? "")"
                }
                + plan.ranges.map { "\($0.field.rawValue) \($0.min?.value ?? .nan) \($0.max?.value ?? .nan)" }
        }
        return essence(left) == essence(right)
    }

    private func filter(_ json: OrderedJSON, at place: String) throws(Problem) -> Plan.Filter {
        let members = try object(
            json, at: place, keys: ["facet", "any_of", "negated", "scope", "role", "confidence", "words", "via"])
        guard
            let name = try choice(members["facet"], at: "\(place)/facet", of: Facet.allCases.map(\.rawValue)),
            let facet = Facet(rawValue: name)
        else { throw Problem(.invalidBody, at: "\(place)/facet", "a filter names its facet") }
        let values = try list(members["any_of"], at: "\(place)/any_of")
        guard !values.isEmpty else {
            throw Problem(.invalidBody, at: "\(place)/any_of", "a filter has at least one value")
        }
        guard values.count <= 64 else {
            throw Problem(.invalidBody, at: "\(place)/any_of", "a filter has at most 64 values")
        }
        var found: [Plan.Value] = []
        for (index, value) in values.enumerated() {
            found.append(try self.value(value, of: facet, at: "\(place)/any_of/\(index)"))
        }
        let role = try choice(members["role"], at: "\(place)/role", of: Part.Role.allCases.map(\.rawValue))
        return Plan.Filter(
            facet: facet, anyOf: found, negated: try flag(members["negated"], at: "\(place)/negated") ?? false,
            scope: try whole(members["scope"], at: "\(place)/scope"), role: role.flatMap { Part.Role(rawValue: $0) },
            words: .init(text: found.map(\.label).joined(separator: " OR "), start: 0, end: 0), via: .operator)
    }

    private func value(_ json: OrderedJSON, of facet: Facet, at place: String) throws(Problem) -> Plan.Value {
        let members = try object(json, at: place, keys: ["id", "label", "synonyms", "xrefs", "descendants"])
        let label = try text(members["label"], at: "\(place)/label", longest: 512)
        guard let id = try text(members["id"], at: "\(place)/id", longest: 512) else {
            throw Problem(.invalidBody, at: "\(place)/id", "a value has an id")
        }
        if let number = vocabulary.number(of: id) {
            guard vocabulary.facet(of: number) == facet else {
                throw Problem(
                    .unknownValue, at: "\(place)/id",
                    "'\(id)' is of the facet \(vocabulary.facet(of: number).rawValue), not \(facet.rawValue)")
            }
            return vocabulary.value(of: number)
        }
        // Values that no vocabulary has are known by their words: `text:person:ada example`.
        if request.searcher.isRecorded(id, facet: facet)
            || (id.hasPrefix("text:\(facet.rawValue):") && facet.descriptor.namesPeople)
        {
            return Plan.Value(id: id, label: request.searcher.recordedLabel(of: id) ?? label ?? id)
        }
        throw Problem(
            .unknownValue, at: "\(place)/id", "there is no \(facet.rawValue) '\(id)'",
            suggestions: vocabulary.suggestions(for: label ?? id, facet: facet))
    }

    private func range(_ json: OrderedJSON, at place: String) throws(Problem) -> Plan.Range {
        let members = try object(json, at: place, keys: ["field", "min", "max", "words"])
        guard
            let name = try choice(members["field"], at: "\(place)/field", of: RangeField.allCases.map(\.rawValue)),
            let field = RangeField(rawValue: name)
        else { throw Problem(.invalidBody, at: "\(place)/field", "a range names its field") }
        let min = try bound(members["min"], of: field, at: "\(place)/min")
        let max = try bound(members["max"], of: field, at: "\(place)/max")
        guard min != nil || max != nil else {
            throw Problem(.invalidBody, at: place, "a range has a smallest or a largest value")
        }
        return Plan.Range(field: field, min: min, max: max, words: .init(text: "", start: 0, end: 0))
    }

    private func bound(_ json: OrderedJSON?, of field: RangeField, at place: String) throws(Problem) -> Plan.Bound? {
        switch json {
        case nil, .null: return nil
        case .string(let text) where field.isDate:
            if let day = CalendarDay.number(iso: text) { return .day(day) }
        case .integer(let number) where !field.isDate: return .number(Double(number))
        case .number(let number) where !field.isDate: return .number(number)
        default: break
        }
        throw Problem(.invalidBody, at: place, field.isDate ? "an ISO 8601 date was expected" : "a number was expected")
    }
}

// Reading JSON with a word on what is wrong, and where.
extension PlanReader {
    private func object(_ json: OrderedJSON, at place: String, keys: [String]) throws(Problem) -> [String: OrderedJSON]
    {
        guard case .object(let members) = json else {
            throw Problem(.invalidBody, at: place, "an object was expected, not \(json.kind)")
        }
        var result: [String: OrderedJSON] = [:]
        for member in members {
            guard keys.contains(member.name) else {
                throw Problem(
                    .invalidBody, at: place, "there is no '\(member.name.prefix(64))' here",
                    suggestions: Parameter.near(member.name, among: keys))
            }
            result[member.name] = member.value
        }
        return result
    }

    private func list(_ json: OrderedJSON?, at place: String) throws(Problem) -> [OrderedJSON] {
        switch json {
        case nil, .null: return []
        case .array(let items): return items
        case .some(let other): throw Problem(.invalidBody, at: place, "a list was expected, not \(other.kind)")
        }
    }

    private func text(_ json: OrderedJSON?, at place: String, longest: Int) throws(Problem) -> String? {
        switch json {
        case nil, .null: return nil
        case .string(let text):
            guard text.utf8.count <= longest else {
                throw Problem(.queryTooLong, at: place, "at most \(longest) bytes are read")
            }
            guard !text.unicodeScalars.contains(where: { $0.value == 0 }) else {
                throw Problem(.invalidBody, at: place, "a text holds a NUL character")
            }
            return text
        case .some(let other): throw Problem(.invalidBody, at: place, "a text was expected, not \(other.kind)")
        }
    }

    private func choice(_ json: OrderedJSON?, at place: String, of choices: [String]) throws(Problem) -> String? {
        guard let text = try text(json, at: place, longest: 512) else { return nil }
        guard choices.contains(text) else {
            let near = Parameter.near(text, among: choices)
            throw Problem(
                .unknownValue, at: place, "'\(text.prefix(64))' is none of: \(choices.joined(separator: ", "))",
                suggestions: near.isEmpty ? choices : near)
        }
        return text
    }

    private func flag(_ json: OrderedJSON?, at place: String) throws(Problem) -> Bool? {
        switch json {
        case nil, .null: return nil
        case .bool(let flag): return flag
        case .some(let other): throw Problem(.invalidBody, at: place, "true or false was expected, not \(other.kind)")
        }
    }

    private func whole(_ json: OrderedJSON?, at place: String) throws(Problem) -> Int? {
        switch json {
        case nil, .null: return nil
        case .integer(let number) where (0...1000).contains(number): return number
        case .some: throw Problem(.invalidBody, at: place, "a whole number from 0 to 1000 was expected")
        }
    }
}
