internal import FoundationEssentials
import JSON
import Records

/// Reads OpenNeuro's GraphQL interface: the list of public datasets with what their latest snapshots say.
///
/// GraphQL answers with `errors` beside `data`: a dataset whose snapshot cannot be read makes its entry of the list
/// null and leaves the others whole.  Those are kept, and the broken one is asked for alone.
struct OpenNeuroPortal {
    private let endpoint: WebAddress
    private let run: Harvest
    private let client: WebClient

    /// - Parameter base: what `/crn/graphql` is appended to.
    init(base: WebAddress, run: Harvest) throws(ConnectorError) {
        endpoint = base.removing("/crn/graphql").appending("/crn/graphql")
        self.run = run
        client = try WebClient(run: run)
    }

    /// What is asked of a dataset.  Nothing that holds names or addresses of users: no uploader, permissions, history.
    private static let fields = """
        id publishDate metadata { species dxStatus ages modalities tasksCompleted studyDesign studyDomain \
        studyLongitudinal trialCount seniorAuthor associatedPaperDOI openneuroPaperDOI grantFunderName } \
        latestSnapshot { tag created size readme description { Name Authors DatasetDOI License DatasetType \
        ReferencesAndLinks HowToAcknowledge Acknowledgements Funding } summary { modalities primaryModality \
        secondaryModalities sessions subjects tasks size totalFiles subjectMetadata { participantId age sex group } } \
        contributors { name orcid } related { id relation kind } deprecated { reason } }
        """
    /// Oldest first: what is made public meanwhile comes at the end.
    private static func list(_ fields: String) -> String {
        "query ($first: Int!, $after: String) { datasets(first: $first, after: $after, "
            + "orderBy: {created: ascending}) { edges { cursor node { \(fields) } } "
            + "pageInfo { hasNextPage endCursor count } } }"
    }

    /// Where the walk through the list is.
    private final class Walk {
        var offset = 0
        /// Cursors that the server gave for places in the list.
        var cursors: [Int: String] = [:]
        /// Places of entries that were null, and why.
        var broken: [(offset: Int, reason: String)] = []
    }

    /// Emits each public dataset; with assets, its participants, too.
    func harvest(into sink: (Record) throws -> Void) throws {
        let walk = Walk()
        // Readmes and participants are heavy: the server's default number at once.
        let list = PagedList(
            client: client, run: run, name: "list of datasets", limit: 25, address: { _, _ in endpoint },
            question: { offset, limit in
                walk.offset = offset
                return Self.question(Self.list(Self.fields), first: limit, after: offset, walk: walk)
            },
            rows: { body in Self.datasets(of: body, walk: walk) },
            signs: { body in
                let page = body["data"]?["datasets"]?["pageInfo"]
                let count = page?["count"]?.number.flatMap(JSONValue.wholeNumber)
                return ListPaging.Signs(total: count, hasNext: page?["hasNextPage"]?.bool)
            }, key: { $0["id"]?.text })
        let isThere = try list.read { _, datasets in
            for dataset in datasets where dataset != .null { try emit(dataset, into: sink) }
            return datasets.count
        }
        guard isThere else {
            throw ConnectorError(
                .unusableLocation,
                "\(endpoint.text) does not answer; give OpenNeuro's address, the address or path of its table of "
                    + "metadata (.csv or .tsv), or a folder of datasets")
        }
        try EachPage(run: run, what: "dataset at place", counted: "broken datasets")
            .read(walk.broken, id: { String($0.offset + 1) }) { place in try retry(place, walk, into: sink) }
        run.finish()
    }

    private func emit(_ node: JSONValue, into sink: (Record) throws -> Void) throws {
        let dataset = OpenNeuroDataset(node, run: run)
        guard let record = dataset.record() else { return }
        try run.emit(record, into: sink)
        guard run.limits.listsAssets else { return }
        for subject in dataset.subjects(of: record) { try run.emit(subject, into: sink) }
    }

    // MARK: Questions

    private static func question(_ query: String, first: Int, after offset: Int, walk: Walk) -> JSONValue {
        // A cursor is the Base64 form of the place, which the server's own ones confirm.
        let cursor = walk.cursors[offset] ?? Data(#"{"offset":\#(offset)}"#.utf8).base64EncodedString()
        return .object([
            "query": .string(query),
            "variables": .object([
                "first": .int(first), "after": offset == 0 ? .null : .string(cursor),
            ]),
        ])
    }

    /// The datasets of a page; broken ones are null, so that their places are counted.
    private static func datasets(of body: JSONValue, walk: Walk) -> [JSONValue]? {
        guard let data = body["data"]?["datasets"] else {
            // No list and no error: nothing matches.
            return body["errors"] == nil && body["data"] != nil ? [] : nil
        }
        guard let edges = data["edges"]?.array else { return nil }
        if let cursor = data["pageInfo"]?["endCursor"]?.text { walk.cursors[walk.offset + edges.count] = cursor }
        for (index, edge) in edges.enumerated() where edge["node"] == nil {
            walk.broken.append((walk.offset + index, reason(at: index, in: body)))
        }
        return edges.map { $0["node"] ?? .null }
    }

    /// What the server says of an entry of a list.
    private static func reason(at index: Int?, in body: JSONValue) -> String {
        let errors = body["errors"]?.array ?? []
        let own = errors.first { error in
            guard let index else { return true }
            return error["path"]?.array?.dropFirst(2).first?.number == Double(index)
        }
        return own?["message"]?.text.map { PlainText.line($0, limit: 200) } ?? "the entry is empty"
    }

    // MARK: Broken entries

    /// Asks for one dataset alone; throws what the server says when it still cannot be read.
    private func retry(_ place: (offset: Int, reason: String), _ walk: Walk, into sink: (Record) throws -> Void) throws
    {
        let light = Self.question(Self.list("id"), first: 1, after: place.offset, walk: walk)
        guard case .value(let named) = try client.json(at: endpoint, posting: light),
            let id = named["data"]?["datasets"]?["edges"]?.array?.first?["node"]?["id"]?.text
        else { throw ConnectorError(.unreadable, place.reason) }
        let whole: JSONValue = .object([
            "query": .string("query ($id: ID!) { dataset(id: $id) { \(Self.fields) } }"),
            "variables": .object(["id": .string(id)]),
        ])
        guard case .value(let answer) = try client.json(at: endpoint, posting: whole) else {
            throw ConnectorError(.unreadable, "\(id): \(place.reason)")
        }
        guard let node = answer["data"]?["dataset"], node["latestSnapshot"] != nil else {
            let reason = Self.reason(at: nil, in: answer)
            run.reject("dataset \(id)", field: "latestSnapshot", reason)
            return run.incomplete("dataset \(id)", reason)
        }
        try emit(node, into: sink)
    }
}
