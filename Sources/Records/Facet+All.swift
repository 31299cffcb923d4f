// The one table of facets.  To add a facet, see `CONTRIBUTING.md`.

extension Facet {
    /// What is known of the facet.
    package var descriptor: FacetDescriptor {
        switch self {
        case .species:
            FacetDescriptor(
                title: "Species", subject: .content, values: .terms,
                traits: [.oneValue, .inferred, .holdsOfGroups],
                act: nil, schemaOrg: .about,
                listing: .init(unfolded: 1, coverage: 3, terminal: 2))
        case .strain:
            FacetDescriptor(
                title: "Strain", subject: .content, values: .termsAndNames,
                traits: [.openEnded, .oneValue, .inferred, .holdsOfGroups],
                act: nil, schemaOrg: .about,
                listing: .init(folded: 8))
        case .sex:
            FacetDescriptor(
                title: "Sex", subject: .content, values: .terms,
                traits: [.oneValue, .inferred],
                act: nil, schemaOrg: nil,
                listing: .init(folded: 9))
        case .region:
            FacetDescriptor(
                title: "Brain region", subject: .content, values: .terms,
                traits: [.openEnded, .inferred, .freelyNamed, .holdsOfGroups],
                act: nil, schemaOrg: .about,
                listing: .init(unfolded: 2, coverage: 1, terminal: 3))
        case .technique:
            FacetDescriptor(
                title: "Technique", subject: .content, values: .terms,
                traits: [.openEnded, .inferred, .freelyNamed, .specialSuffices, .holdsOfGroups],
                act: .recording, schemaOrg: .measurementTechnique,
                listing: .init(unfolded: 3, coverage: 2, terminal: 4))
        case .device:
            FacetDescriptor(
                title: "Device", subject: .content, values: .terms,
                traits: [.openEnded, .inferred, .freelyNamed, .specialSuffices, .holdsOfGroups],
                act: .recording, schemaOrg: .measurementTechnique,
                listing: .init(unfolded: 4, coverage: 5, terminal: 5))
        case .procedure:
            FacetDescriptor(
                title: "Procedure", subject: .content, values: .terms,
                traits: [.openEnded, .inferred, .freelyNamed, .holdsOfGroups],
                act: .intervention, schemaOrg: nil,
                listing: .init(folded: 6))
        case .manipulation:
            FacetDescriptor(
                title: "Manipulation", subject: .content, values: .terms,
                traits: [.openEnded, .inferred, .freelyNamed, .holdsOfGroups],
                act: .stimulation, schemaOrg: nil,
                listing: .init(folded: 3, coverage: 8))
        case .agent:
            FacetDescriptor(
                title: "Agent", subject: .content, values: .terms,
                traits: [.openEnded, .inferred, .freelyNamed, .specialSuffices, .holdsOfGroups],
                act: .intervention, schemaOrg: nil,
                listing: .init(folded: 4))
        case .effect:
            FacetDescriptor(
                title: "Effect", subject: .content, values: .terms,
                traits: [.openEnded],
                act: .intervention, schemaOrg: nil,
                listing: .init(folded: 5))
        case .state:
            FacetDescriptor(
                title: "State", subject: .content, values: .terms,
                traits: [.openEnded, .inferred, .freelyNamed, .holdsOfGroups],
                act: nil, schemaOrg: .about,
                listing: .init(unfolded: 5, coverage: 4, terminal: 6))
        case .task:
            FacetDescriptor(
                title: "Task", subject: .content, values: .terms,
                traits: [.openEnded, .inferred, .freelyNamed, .composedNames, .specialSuffices, .holdsOfGroups],
                act: nil, schemaOrg: .about,
                listing: .init(folded: 1, coverage: 6, terminal: 7))
        case .celltype:
            FacetDescriptor(
                title: "Cell type", subject: .content, values: .terms,
                traits: [.openEnded, .inferred, .freelyNamed, .specialSuffices],
                act: nil, schemaOrg: .about,
                listing: .init(folded: 7, coverage: 9))
        case .signal:
            FacetDescriptor(
                title: "Signal", subject: .content, values: .terms,
                traits: [.openEnded, .inferred],
                act: nil, schemaOrg: .variableMeasured,
                listing: .init(folded: 2, coverage: 7))
        case .disease:
            FacetDescriptor(
                title: "Disease", subject: .content, values: .terms,
                traits: [.openEnded, .inferred, .freelyNamed],
                act: nil, schemaOrg: .about,
                listing: .init(folded: 10, coverage: 10))
        case .format:
            FacetDescriptor(
                title: "Format", subject: .bookkeeping, values: .terms,
                traits: [.oneValue, .inferred],
                act: nil, schemaOrg: nil,
                listing: .init(folded: 13, coverage: 13))
        case .license:
            FacetDescriptor(
                title: "Licence", subject: .bookkeeping, values: .terms,
                traits: [.oneValue],
                act: nil, schemaOrg: nil,
                listing: .init(folded: 12))
        case .access:
            FacetDescriptor(
                title: "Access", subject: .bookkeeping, values: .terms,
                traits: [.oneValue, .wholeNames],
                act: nil, schemaOrg: nil,
                listing: .init(folded: 11, coverage: 12))
        case .source:
            FacetDescriptor(
                title: "Source", subject: .bookkeeping, values: .terms,
                traits: [.oneValue, .wholeNames, .holdsOfGroups],
                act: nil, schemaOrg: nil,
                listing: .init(unfolded: 6, coverage: 11, terminal: 1))
        case .person:
            FacetDescriptor(
                title: "Person", subject: .people, values: .names,
                traits: [.wholeNames],
                act: nil, schemaOrg: nil,
                listing: .init(folded: 15))
        case .lab:
            FacetDescriptor(
                title: "Lab", subject: .people, values: .termsAndNames,
                traits: [.oneValue, .wholeNames],
                act: nil, schemaOrg: nil,
                listing: .init(folded: 14))
        }
    }
}
