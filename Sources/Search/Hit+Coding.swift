import Records

extension Hit {
    /// What `matched` holds: filters and ranges, each told by its members.
    private enum Match: Codable {
        case filter(Reason)
        case range(RangeReason)

        init(from decoder: any Decoder) throws {
            if let range = try? RangeReason(from: decoder) {
                self = .range(range)
            } else {
                self = .filter(try Reason(from: decoder))
            }
        }

        func encode(to encoder: any Encoder) throws {
            switch self {
            case .filter(let reason): try reason.encode(to: encoder)
            case .range(let reason): try reason.encode(to: encoder)
            }
        }
    }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        let matches = try values.decode([Match].self, forKey: .matched)
        self.init(
            id: try values.decode(RecordID.self, forKey: .id), type: try values.decode(RecordType.self, forKey: .type),
            source: try values.decode(Source.self, forKey: .source),
            title: try values.decode(String.self, forKey: .title),
            url: try values.decodeIfPresent(String.self, forKey: .url),
            access: try values.decode(Access.self, forKey: .access),
            license: try values.decode([String].self, forKey: .license),
            tier: try values.decode(Tier.self, forKey: .tier), score: try values.decode(Double.self, forKey: .score),
            scores: try values.decode(Scores.self, forKey: .scores),
            matched: matches.compactMap { if case .filter(let reason) = $0 { reason } else { nil } },
            ranges: matches.compactMap { if case .range(let reason) = $0 { reason } else { nil } },
            preferred: try values.decodeIfPresent([String].self, forKey: .preferred),
            shared: try values.decodeIfPresent([String].self, forKey: .shared),
            unknown: try values.decode([Gap].self, forKey: .unknown),
            differs: try values.decodeIfPresent(Bool.self, forKey: .differs),
            snippet: try values.decode(String.self, forKey: .snippet),
            alsoAt: try values.decode([AlsoAt].self, forKey: .alsoAt),
            accessNote: try values.decodeIfPresent(String.self, forKey: .accessNote))
    }

    package func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(id, forKey: .id)
        try values.encode(type, forKey: .type)
        try values.encode(source, forKey: .source)
        try values.encode(title, forKey: .title)
        try values.encodeIfPresent(url, forKey: .url)
        try values.encode(access, forKey: .access)
        try values.encode(license, forKey: .license)
        try values.encode(tier, forKey: .tier)
        try values.encode(score, forKey: .score)
        try values.encode(scores, forKey: .scores)
        try values.encode(matched.map(Match.filter) + ranges.map(Match.range), forKey: .matched)
        try values.encodeIfPresent(preferred, forKey: .preferred)
        try values.encodeIfPresent(shared, forKey: .shared)
        try values.encode(unknown, forKey: .unknown)
        try values.encodeIfPresent(differs, forKey: .differs)
        try values.encode(snippet, forKey: .snippet)
        try values.encode(alsoAt, forKey: .alsoAt)
        try values.encodeIfPresent(accessNote, forKey: .accessNote)
    }
}
