extension RequestParameter {
    /// What values are allowed and which one stands for none, in Markdown, for the tables of `docs/`.
    package var takes: String {
        var text: String =
            switch kind {
            case .text(let longest): "text of at most \(longest) bytes"
            case .integer(let bounds): "\(bounds.lowerBound) to \(bounds.upperBound)"
            case .choice(let choices): choices.map { "`\($0)`" }.joined(separator: " ")
            case .flag: "`true` or `false`"
            case .facetValue: "`facet=value`"
            }
        if repeats { text += ", repeatable" }
        if let standard { text += " (default `\(standard)`)" }
        return text
    }
}
