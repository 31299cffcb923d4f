// The one table of sources.  To add a source, see `CONTRIBUTING.md`.

extension Source {
    package static let brainstem = Source(registered: "brainstem")
    package static let ebrains = Source(registered: "ebrains")
    package static let ibl = Source(registered: "ibl")
    package static let dandi = Source(registered: "dandi")
    package static let openneuro = Source(registered: "openneuro")
    package static let nwb = Source(registered: "nwb")
    package static let bids = Source(registered: "bids")
    package static let datacite = Source(registered: "datacite")
    package static let schemaorg = Source(registered: "schemaorg")
    package static let beir = Source(registered: "beir")
}

extension SourceDescriptor {
    private static let knowledgeGraphTypes: [RecordType] = [.dataset, .model, .software, .collection, .document]

    /// In the order in which sources are listed.
    static let all: [SourceDescriptor] = [
        SourceDescriptor(
            .brainstem, .portal, title: "BrainSTEM",
            publisher: Publisher(name: "BrainSTEM", url: "https://www.brainstem.org/"), precedence: 7),
        SourceDescriptor(
            .ebrains, .archive, title: "EBRAINS",
            publisher: Publisher(name: "EBRAINS", url: "https://www.ebrains.eu/"), precedence: 3,
            pages: [
                Page(hosts: ["search.kg.ebrains.eu"], path: ["instances"], types: knowledgeGraphTypes),
                Page(hosts: ["kg.ebrains.eu"], path: ["api", "instances"], types: knowledgeGraphTypes),
            ]),
        SourceDescriptor(
            .ibl, .portal, title: "IBL",
            publisher: Publisher(
                name: "International Brain Laboratory", url: "https://www.internationalbrainlab.com/"),
            precedence: 4),
        SourceDescriptor(
            .dandi, .archive, title: "DANDI",
            publisher: Publisher(name: "DANDI Archive", url: "https://dandiarchive.org/"), precedence: 1,
            curiePrefix: "dandi", doi: DOIForm(prefix: "10.48324", leading: "dandi.", versionMark: "/"),
            pages: [
                Page(hosts: ["dandiarchive.org", "gui.dandiarchive.org"], path: ["dandiset"], types: [.dataset]),
                Page(hosts: ["api.dandiarchive.org"], path: ["api", "dandisets"], types: [.dataset]),
            ]),
        SourceDescriptor(
            .openneuro, .archive, title: "OpenNeuro",
            publisher: Publisher(name: "OpenNeuro", url: "https://openneuro.org/"), precedence: 2,
            doi: DOIForm(prefix: "10.18112", leading: "openneuro.", versionMark: "."),
            pages: [Page(hosts: ["openneuro.org"], path: ["datasets"], types: [.dataset])]),
        SourceDescriptor(.nwb, .files, title: "NWB files", precedence: 6),
        SourceDescriptor(.bids, .files, title: "BIDS folders", precedence: 5),
        SourceDescriptor(
            .datacite, .archive, title: "DataCite",
            publisher: Publisher(name: "DataCite", url: "https://datacite.org/"), precedence: 9),
        SourceDescriptor(
            .schemaorg, .archive, title: "Web pages (schema.org)",
            publisher: Publisher(name: "schema.org", url: "https://schema.org/"), precedence: 10),
        SourceDescriptor(.beir, .collection, title: "BEIR", precedence: 8),
    ]
}
