import Export
import JSON
import Pages
import Planner
import Records
import Requests
import Search
import Store
import Vocabulary

// The pages for people.  What they show is computed here; the module Pages renders it.

extension Route {
    /// All pages, and the files that belong to them.
    package static let pages: [Route] = [.searchPage, .recordPage, .coveragePage, .asset, .widget]

    private static func page(
        _ path: PathPattern, name: String, summary: String, parameters: [Parameter],
        handle: @escaping @Sendable (Request) throws(Problem) -> Response
    ) -> Route {
        Route(
            .get, path, name: name, summary: summary, parameters: parameters,
            answers: [Answer(Response.pageType, "A page for people.")], ignoresOtherParameters: true,
            isOpenToAllOrigins: false, isListed: false, handle: handle)
    }

    static let searchPage = page(
        "/", name: "search_page", summary: "Search in a browser.", parameters: Parameter.searchPage,
        handle: { request throws(Problem) in
            let state = request.searchState()
            let searcher = request.searcher
            // `/?q=` asks for everything, `/` for nothing yet.
            guard !state.isEmpty || request.target.fields.contains(where: { $0.name == Parameter.question.name }) else {
                let catalog = DataCatalog(
                    site: SiteAddress(request.site), sources: searcher.sourceLines,
                    modified: request.snapshot.facts.created)
                return Response(
                    page: LandingPage(
                        context: request.pageContext, sources: searcher.sourceLines,
                        linkedData: String(decoding: catalog.schemaOrg.json, as: UTF8.self)
                    ).html)
            }
            var search = try request.search()
            search.limit = request.values.integer(.pageLimit)
            let question = search
            let (result, refinements, unfolded) = try searching { () throws(SearchError) in
                (
                    try searcher.search(question), try searcher.refinements(of: question),
                    try state.unfolded.map { (facet) throws(SearchError) in
                        try searcher.facetCounts(question, limit: Parameter.unfoldedValues).values[facet.rawValue] ?? []
                    }
                )
            }
            let page = SearchPage(
                context: request.pageContext, state: state, request: question, result: result, planner: request.planner,
                refinements: refinements, unfolded: unfolded ?? [],
                first: 1 + (state.cursor.flatMap(Searcher.offset(ofCursor:)) ?? 0))
            var response = Response(page: page.html)
            response.stages = result.timingsMs
            response.matches = result.total
            return response
        })

    static let recordPage = page(
        "/records/{id}", name: "record_page", summary: "Show one record in a browser.",
        parameters: [.id, .withSimilar],
        handle: { request throws(Problem) in
            let id = request.values.text(.id) ?? ""
            let searcher = request.searcher
            let stored = try searching { () throws(SearchError) in try searcher.record(named: id) }
            var similar: [SimilarRecord]?
            if request.values.flag(.withSimilar) {
                similar = try searching { () throws(SearchError) in
                    try searcher.similar(to: id, limit: 10, deadline: request.deadline)
                }
            }
            let site = SiteAddress(request.site)
            let entry = CatalogEntry(stored, vocabulary: searcher.vocabulary)
            let page = RecordPage(
                context: request.pageContext, record: stored.record, tags: stored.tags, alsoAt: stored.alsoAt,
                linkedData: String(decoding: entry.schemaOrg(at: site).json, as: UTF8.self), similar: similar,
                forms: ExportFormat.ofRecords.map { format in
                    (
                        format.title,
                        Address(dataOf: stored.record.id, format: format == .json ? nil : format.rawValue)
                    )
                })
            var response = Response(page: page.html)
            response.fields += entry.signposts(at: site).map { HeaderField("Link", $0.value) }
            return response
        })

    static let coveragePage = page(
        "/coverage", name: "coverage_page", summary: "Show what was recorded and what was not, as a map.",
        parameters: [.mapRows, .mapColumns, .mapRoot] + Parameter.narrowing,
        handle: { request throws(Problem) in
            let searcher = request.searcher
            var state = CoverageState(root: request.values.text(.mapRoot))
            state.rows = request.values.text(.mapRows).flatMap { Facet(rawValue: $0) } ?? state.rows
            state.cols = request.values.text(.mapColumns).flatMap { Facet(rawValue: $0) } ?? state.cols
            state.search = request.questionState()
            let map = state
            let question = try request.question()
            let coverage = try searching { () throws(SearchError) in
                // The columns are those of the whole index, so that a narrower question shows what it lacks.
                var everything = SearchRequest(plan: Plan(query: ""))
                everything.deadline = request.deadline
                let columns = try searcher.coverage(
                    rows: map.cols, cols: map.cols, request: everything, limit: CoverageState.frequentCols)
                return try searcher.coverage(
                    rows: map.rows, cols: map.cols, request: question, limit: CoverageState.frequentRows,
                    rowTerms: map.rowTerms(searcher.vocabulary), colTerms: columns.colValues.map(\.id))
            }
            return Response(
                page: CoveragePage(
                    context: request.pageContext, state: map, coverage: coverage, vocabulary: searcher.vocabulary
                ).html)
        })

    static let asset = Route(
        .get, "/assets/{name}", name: "asset", summary: "A file that belongs to the pages.",
        parameters: [.assetName], answers: [Answer("text/css", "The file.")], cost: .none, isListed: false,
        handle: { request throws(Problem) in
            let path = "/assets/" + (request.values.text(.assetName) ?? "")
            guard let asset = PageAsset.at(path) else {
                throw Problem(.unknownPath, "there is nothing at \(path.prefix(200))")
            }
            return Response(asset.content, mediaType: asset.contentType, caching: .immutable)
        })

    static let widget = Route(
        .get, "/widget.js", name: "widget", summary: "The element <discover-search> for other people's pages.",
        answers: [Answer("text/javascript", "The script.")], cost: .none, isListed: false,
        handle: { _ throws(Problem) in
            Response(PageAsset.widget.content, mediaType: PageAsset.widget.contentType, caching: .asset)
        })
}

extension Parameter {
    /// Values listed of a facet that is unfolded.
    static let unfoldedValues = 200

    static let pageLimit = Parameter(.limit.standing(at: "\(SearchState.usualLimit)"))
    static let unfolded = Parameter(
        "all", .choice(Facet.allCases.map(\.rawValue)), help: "List all values of this facet.", example: "region")
    static let withSimilar = Parameter("similar", .flag, standard: "false", help: "List records like this one.")
    static let mapRows = Parameter(.rows.standing(at: "region"))
    static let mapColumns = Parameter(.columns.standing(at: "technique"))
    static let mapRoot = Parameter(
        "root", .text(longest: 200), help: "Show the parts of the term with this id.", example: "UBERON:0001897")
    static let assetName = Parameter("name", in: .path, .text(longest: 100), help: "Name a file.")

    static let searchPage: [Parameter] =
        ofSearch.map { $0 == .limit ? .pageLimit : $0 } + [.unfolded]
}

extension Request {
    fileprivate var pageContext: PageContext { PageContext(origin: site, generation: snapshot.generation) }

    /// The question and what narrows it, as the address of a page holds it.
    fileprivate func questionState() -> SearchState {
        SearchState(
            query: values.text(.question) ?? "", type: values.request.choice(.type), choices: values.request.choices,
            statedOnly: values.request.flag(.statedOnly))
    }

    /// The same with page, order and mode.
    fileprivate func searchState() -> SearchState {
        var state = questionState()
        state.mode = values.request.choice(.mode) ?? .hybrid
        state.sort = values.request.choice(.sort) ?? .relevance
        state.isStrict = values.request.flag(.strict)
        state.limit = values.has(.pageLimit) ? values.integer(.pageLimit) : nil
        state.cursor = values.text(.cursor)
        state.unfolded = values.text(.unfolded).flatMap { Facet(rawValue: $0) }
        return state
    }
}

extension Response {
    fileprivate static let pageType = "text/html; charset=utf-8"

    fileprivate init(page: HTML) {
        self.init(page.markup, mediaType: Response.pageType)
        fields = PageSecurity.fields.map { HeaderField($0.name, $0.value) }
    }
}

extension Frame {
    /// A problem as a page, for whoever asked for one: at the address of a page, or, where there is nothing, by a
    /// browser.  Nil for all others.
    func errorPage(_ problem: Problem) -> Response? {
        let wantsPage =
            route.map { $0.answers.contains { $0.mediaType == Response.pageType } }
            ?? (raw.headers.accept?.contains("text/html") ?? false)
        guard wantsPage else { return nil }
        let query = (try? Target(raw.target))?.fields.first { $0.name == Parameter.question.name }?.value ?? ""
        let page = ErrorPage(
            context: PageContext(origin: site, generation: snapshot?.generation ?? ""), status: problem.code.status,
            title: problem.code.title, detail: problem.detail, suggestions: problem.suggestions,
            state: SearchState(query: query))
        var response = Response(problem)
        response.mediaType = Response.pageType
        response.body = Array(page.html.markup.utf8)
        response.fields += PageSecurity.fields.map { HeaderField($0.name, $0.value) }
        return response
    }
}

extension ExportFormat {
    fileprivate var title: String {
        switch self {
        case .json: "JSON"
        case .ndjson: "NDJSON"
        case .csv: "CSV"
        case .jsonld: "JSON-LD"
        case .bibtex: "BibTeX"
        case .ris: "RIS"
        case .csl: "CSL-JSON"
        case .datacite: "DataCite JSON"
        }
    }
}
