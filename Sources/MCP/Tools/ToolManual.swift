import Requests

/// The part of `docs/mcp.md` that is made of the definitions.
package enum ToolManual {
    /// Tools with their arguments, in Markdown.
    package static var tables: String {
        Tool.all.map { tool in
            let head = "| argument | takes | does |"
            var lines = ["### `\(tool.name)`", "", head, "| --- | --- | --- |"]
            lines += tool.argumentNames.map { name in
                guard let parameter = tool.parameters.first(where: { $0.name == name }) else {
                    return "| `\(name)` | objects of `facet`, `value` and `negated` | \(RequestParameter.filter.help) "
                        + "Where `negated` is true: \(RequestParameter.not.help) |"
                }
                let need = parameter.isRequired ? ", required" : ""
                return "| `\(name)` | \(parameter.takes)\(need) | \(parameter.help) |"
            }
            return lines.joined(separator: "\n")
        }.joined(separator: "\n\n")
    }
}
