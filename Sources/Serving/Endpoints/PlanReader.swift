import JSON
import Planner
import Search

/// Reads the plan of a POST: an unknown key, facet or term is a problem that says where and what was meant, never a
/// filter that is passed over.
struct PlanReader {
    /// Longest body in bytes.
    static let longestBody = 64 * 1024

    private let request: Request

    init(_ request: Request) { self.request = request }

    /// The plan, either the body itself or its member `plan`.
    func plan() throws(Problem) -> Plan {
        let type = request.headers.contentType?.lowercased().split(separator: ";").first.map { $0.filter { $0 != " " } }
        guard type == "application/json" || type?.hasSuffix("+json") == true else {
            throw Problem(.unsupportedMediaType, "the body is application/json")
        }
        let json: JSONValue
        do {
            json = try JSONReader.value(request.body, maximumDepth: Request.deepest, rules: .strict)
        } catch {
            throw Problem(
                error.kind == .tooDeep ? .tooDeep : .invalidBody, at: "#", "\(error.reason) (byte \(error.offset))")
        }
        do throws(JSONFault) {
            guard let members = json.object, members.count == 1, let inner = members["plan"] else {
                return try resolved(json, at: "#")
            }
            return try resolved(inner, at: "#/plan")
        } catch {
            throw Problem(error)
        }
    }

    private func resolved(_ json: JSONValue, at place: String) throws(JSONFault) -> Plan {
        let searcher = request.searcher
        return try request.planner.resolved(
            Plan.codec.read(json, place), today: request.today, at: place,
            recordedLabel: { id, facet in
                searcher.isRecorded(id, facet: facet) ? searcher.recordedLabel(of: id) : nil
            })
    }
}
