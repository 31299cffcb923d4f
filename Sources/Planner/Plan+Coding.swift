import Records

// Every key of the contract is always written, null included, so that readers need not guess.

extension Plan {
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(query, forKey: .query)
        try container.encode(target, forKey: .target)
        try container.encode(filters, forKey: .filters)
        try container.encode(ranges, forKey: .ranges)
        try container.encode(text, forKey: .text)
        try container.encode(warnings, forKey: .warnings)
        try container.encode(alternatives, forKey: .alternatives)
    }
}

extension Plan.Filter {
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(facet, forKey: .facet)
        try container.encode(anyOf, forKey: .anyOf)
        try container.encode(negated, forKey: .negated)
        try container.encode(scope, forKey: .scope)
        try container.encode(role, forKey: .role)
        try container.encode(confidence, forKey: .confidence)
        try container.encode(words, forKey: .words)
        try container.encode(via, forKey: .via)
    }
}

extension Plan.Range {
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(field, forKey: .field)
        try container.encode(min, forKey: .min)
        try container.encode(max, forKey: .max)
        try container.encode(words, forKey: .words)
    }
}
