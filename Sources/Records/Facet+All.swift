// The one table of facets.  To add a facet, see `CONTRIBUTING.md`.

extension Facet {
    /// What is known of the facet.
    package var descriptor: FacetDescriptor {
        switch self {
        case .species:
            FacetDescriptor(
                title: "Species", calledBy: "species", subject: .content, values: .terms,
                traits: [.oneValue, .inferred, .holdsOfGroups],
                act: nil, schemaOrg: .about,
                listing: .init(unfolded: 1, coverage: 3, terminal: 2))
        case .strain:
            FacetDescriptor(
                title: "Strain", calledBy: "strain line", subject: .content, values: .termsAndNames,
                traits: [.openEnded, .oneValue, .inferred, .holdsOfGroups],
                act: nil, schemaOrg: .about,
                listing: .init(folded: 8))
        case .sex:
            FacetDescriptor(
                title: "Sex", calledBy: "", subject: .content, values: .terms,
                traits: [.oneValue],
                act: nil, schemaOrg: nil,
                listing: .init(folded: 9))
        case .region:
            FacetDescriptor(
                title: "Brain region", calledBy: "", subject: .content, values: .terms,
                traits: [.openEnded, .inferred, .freelyNamed, .holdsOfGroups],
                act: nil, schemaOrg: .about,
                listing: .init(unfolded: 2, coverage: 1, terminal: 3))
        case .technique:
            FacetDescriptor(
                title: "Technique", calledBy: "technique", subject: .content, values: .terms,
                traits: [.openEnded, .inferred, .freelyNamed, .specialSuffices, .holdsOfGroups],
                act: .recording, schemaOrg: .measurementTechnique,
                listing: .init(unfolded: 3, coverage: 2, terminal: 4))
        case .device:
            FacetDescriptor(
                title: "Device", calledBy: "device probe", subject: .content, values: .terms,
                traits: [.openEnded, .inferred, .freelyNamed, .specialSuffices, .holdsOfGroups],
                act: .recording, schemaOrg: .measurementTechnique,
                listing: .init(unfolded: 4, coverage: 5, terminal: 5))
        case .procedure:
            FacetDescriptor(
                title: "Procedure", calledBy: "", subject: .content, values: .terms,
                traits: [.openEnded, .inferred, .freelyNamed, .holdsOfGroups],
                act: .intervention, schemaOrg: nil,
                listing: .init(folded: 6))
        case .manipulation:
            FacetDescriptor(
                title: "Manipulation", calledBy: "", subject: .content, values: .terms,
                traits: [.openEnded, .inferred, .freelyNamed, .holdsOfGroups],
                act: .stimulation, schemaOrg: nil,
                listing: .init(folded: 3, coverage: 8))
        case .agent:
            FacetDescriptor(
                title: "Agent", calledBy: "agent drug injection injected infusion infused", subject: .content,
                values: .terms,
                traits: [.openEnded, .inferred, .freelyNamed, .specialSuffices, .holdsOfGroups],
                act: .intervention, schemaOrg: nil,
                listing: .init(folded: 4))
        case .effect:
            FacetDescriptor(
                title: "Effect", calledBy: "effect", subject: .content, values: .terms,
                traits: [.openEnded],
                act: .intervention, schemaOrg: nil,
                listing: .init(folded: 5))
        case .state:
            FacetDescriptor(
                title: "State", calledBy: "state condition", subject: .content, values: .terms,
                traits: [.openEnded, .inferred, .freelyNamed, .holdsOfGroups],
                act: nil, schemaOrg: .about,
                listing: .init(unfolded: 5, coverage: 4, terminal: 6))
        case .task:
            FacetDescriptor(
                title: "Task", calledBy: "task paradigm", subject: .content, values: .terms,
                traits: [.openEnded, .inferred, .freelyNamed, .composedNames, .specialSuffices, .holdsOfGroups],
                act: nil, schemaOrg: .about,
                listing: .init(folded: 1, coverage: 6, terminal: 7))
        case .celltype:
            FacetDescriptor(
                title: "Cell type", calledBy: "cell neuron", subject: .content, values: .terms,
                traits: [.openEnded, .inferred, .freelyNamed, .specialSuffices],
                act: nil, schemaOrg: .about,
                listing: .init(folded: 7, coverage: 9))
        case .signal:
            FacetDescriptor(
                title: "Signal", calledBy: "signal", subject: .content, values: .terms,
                traits: [.openEnded, .inferred],
                act: nil, schemaOrg: .variableMeasured,
                listing: .init(folded: 2, coverage: 7))
        case .disease:
            FacetDescriptor(
                title: "Disease", calledBy: "disease disorder", subject: .content, values: .terms,
                traits: [.openEnded, .inferred, .freelyNamed],
                act: nil, schemaOrg: .about,
                listing: .init(folded: 10, coverage: 10))
        case .format:
            FacetDescriptor(
                title: "Format", calledBy: "format", subject: .bookkeeping, values: .terms,
                traits: [.oneValue, .inferred],
                act: nil, schemaOrg: nil,
                listing: .init(folded: 13, coverage: 13))
        case .license:
            FacetDescriptor(
                title: "Licence", calledBy: "license", subject: .bookkeeping, values: .terms,
                traits: [.oneValue],
                act: nil, schemaOrg: nil,
                listing: .init(folded: 12))
        case .access:
            FacetDescriptor(
                title: "Access", calledBy: "access", subject: .bookkeeping, values: .terms,
                traits: [.oneValue, .wholeNames],
                act: nil, schemaOrg: nil,
                listing: .init(folded: 11, coverage: 12))
        case .source:
            FacetDescriptor(
                title: "Source", calledBy: "", subject: .bookkeeping, values: .terms,
                traits: [.oneValue, .wholeNames, .holdsOfGroups],
                act: nil, schemaOrg: nil,
                listing: .init(unfolded: 6, coverage: 11, terminal: 1))
        case .person:
            FacetDescriptor(
                title: "Person", calledBy: "", subject: .people, values: .names,
                traits: [.wholeNames],
                act: nil, schemaOrg: nil,
                listing: .init(folded: 15))
        case .lab:
            FacetDescriptor(
                title: "Lab", calledBy: "lab laboratory", subject: .people, values: .termsAndNames,
                traits: [.oneValue, .wholeNames],
                act: nil, schemaOrg: nil,
                listing: .init(folded: 14))
        }
    }
}
