import Requests

/// The parts of `docs/http.md` that are made of the definitions.
package enum HTTPManual {
    /// Routes with their parameters, then all problems, in Markdown.
    package static var tables: String {
        var text = "## Addresses\n\n"
        for route in Route.all where route.isListed {
            text += "### `\(route.method.rawValue) \(route.path.description)`\n\n\(route.summary)\n\n"
            let answers = route.answers.map { "`\($0.mediaType)`: \($0.help)" }
            text += "Answers " + answers.joined(separator: " ") + "\n\n"
            guard !route.parameters.isEmpty else { continue }
            text += "| parameter | takes | does |\n| --- | --- | --- |\n"
            for parameter in route.parameters {
                let name = parameter.place == .path ? "`{\(parameter.name)}`" : "`\(parameter.name)`"
                let need = parameter.isRequired && parameter.place == .query ? ", required" : ""
                text += "| \(name) | \(parameter.request.takes)\(need) | \(parameter.help) |\n"
            }
            text += "\n"
        }
        text += "## Problems\n\n| status | code | means |\n| --- | --- | --- |\n"
        for code in Problem.Code.allCases.sorted(by: { ($0.status, $0.rawValue) < ($1.status, $1.rawValue) }) {
            text += "| \(code.status) | `\(code.rawValue)` | \(code.title). |\n"
        }
        return text
    }
}
