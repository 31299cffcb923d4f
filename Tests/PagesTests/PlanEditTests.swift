import Foundation
import Pages
import Planner
import Records
import Search
import Testing

/// A link of the page as the state it stands for.
private func state(of address: String) throws -> SearchState {
    let items = try #require(URLComponents(string: address.replacing("+", with: "%20"))?.queryItems)
    var state = SearchState()
    for item in items {
        let value = item.value ?? ""
        switch item.name {
        case "q": state.query = value
        case "type": state.type = RecordType(rawValue: value)
        case "filter", "not":
            let pieces = value.split(separator: "=", maxSplits: 1).map(String.init)
            state.choices.append(
                FacetChoice(
                    facet: try #require(Facet(rawValue: pieces[0])), value: pieces[1], isNegated: item.name == "not"))
        case "sort": state.sort = SearchSort(rawValue: value) ?? .relevance
        case "stated_only": state.statedOnly = value == "true"
        case "strict": state.isStrict = value == "true"
        case "cursor": state.cursor = value
        case "all": state.unfolded = Facet(rawValue: value)
        default: Issue.record("a parameter nobody reads: \(item.name)")
        }
    }
    return state
}

/// What ends the name of a piece that is only preferred.
private let ideally = ", ideally"

/// The plan of a state, as far as it decides.
private func essence(_ state: SearchState) throws -> Set<String> {
    let plan = try SearchRequest(
        asking: state.query, choices: state.choices, type: state.type, planner: Fixed.planner.get()
    ).plan
    var pieces =
        plan.filters.map {
            $0.name + ($0.role.map { " of \($0.rawValue)" } ?? "") + ($0.weight == .preferred ? ideally : "")
        } + plan.ranges.map { $0.name + ($0.weight == .preferred ? ideally : "") }
    if !plan.records.isEmpty { pieces.append(plan.recordsName) }
    if plan.like != nil { pieces.append(plan.likeName) }
    if let target = plan.target { pieces.append("type: \(target.rawValue)") }
    if !plan.text.isEmpty { pieces.append("text: \(plan.text)") }
    return Set(pieces)
}

struct PlanEditTests {
    private static let questions = [
        "Find thalamic recordings from a sleeping animal with a Neuropixels probe.",
        "Show subjects with an inhibitory-acting virus injections in the Visual cortex",
        "tetrode recordings in CA1, but not in mice", "species:rat subjects:>=10 \"theta sequences\"",
        "sessions of mouse, rat or gerbil with at least 10 units published since 2019",
        "(species:rat device:tetrode) OR (region:CA1) ~state:sleep ~subjects:>=5 record:dandi:dataset:000026",
        "#1{region:CA1} #2{region:V1 ~device:tetrode} apart:1-2 like:ds000117",
    ]

    private func removals(_ page: String) throws -> [String] {
        try Markup(page).all("a").filter { $0.attributes["class"] == "remove" }.compactMap { $0.attributes["href"] }
    }

    @Test(arguments: questions, [[], PageTests.choices])
    func `removing a chip leaves all other pieces of the plan`(question: String, choices: [FacetChoice]) throws {
        let before = try essence(SearchState(query: question, choices: choices))
        let links = try removals(Fixed.page(question, choices: choices))
        #expect(links.count == before.count)
        var gone: Set<String> = []
        for link in links {
            let edited = try state(of: link)
            let after = try essence(edited)
            #expect(after.isSubset(of: before), "\(link)")
            #expect(before.count - after.count == 1, "\(link)")
            gone.formUnion(before.subtracting(after))
            #expect(edited.choices.count >= choices.count - 1)
        }
        #expect(gone == before)
    }

    @Test(arguments: questions)
    func `excluding a chip turns one filter round and keeps the rest`(question: String) throws {
        // Of facets that no question names, so that no two filters become one.
        let choices = [
            FacetChoice(facet: .sex, value: "female", isNegated: false),
            FacetChoice(facet: .source, value: "dandi", isNegated: true),
        ]
        let before = try essence(SearchState(query: question, choices: choices))
        let markup = try Markup(Fixed.page(question, choices: choices))
        let links = markup.all("a").filter { $0.attributes["class"] == "act" }.compactMap { $0.attributes["href"] }
        #expect(!links.isEmpty)
        for link in links {
            let after = try essence(state(of: link))
            let gone = before.subtracting(after)
            #expect(gone.count == 1, "\(gone)")
            let old = gone.first ?? ""
            let fresh = old.hasPrefix("not ") ? String(old.dropFirst(4)) : "not \(old)"
            #expect(after == before.subtracting(gone).union([fresh]), "\(link)")
        }
    }

    @Test(arguments: questions)
    func `weighing a chip makes it preferred or required and keeps the rest`(question: String) throws {
        let before = try essence(SearchState(query: question))
        let links = try Markup(Fixed.page(question)).all("a").filter { $0.attributes["class"] == "act weigh" }
        let others = ["type:", "text:", "record:", "like:"]
        #expect(links.count == before.count { piece in !others.contains { piece.hasPrefix($0) } })
        for link in links {
            let after = try essence(state(of: #require(link.attributes["href"])))
            let old = try #require(before.subtracting(after).first)
            let fresh = old.hasSuffix(ideally) ? String(old.dropLast(ideally.count)) : old + ideally
            #expect(after == before.subtracting([old]).union([fresh]))
        }
    }

    @Test func `chips say what is preferred, what is an alternative and what is another act`() throws {
        let page = try Markup(
            Fixed.page("(species:mouse sex:male) OR (species:rat) ~state:sleep #1{region:CA1} #2{region:V1} apart:1-2"))
        for words in ["either Species", "and Sex", "or Species", "preferred State"] {
            #expect(page.text.contains(words), "\(words)")
        }
        #expect(
            page.text.contains("of another act than brain region") || page.text.contains("of another act than region"))
        #expect(page.all("li").contains { $0.attributes["class"] == "chip filter preferred" })
    }

    @Test(arguments: [
        "(species:mouse sex:male) OR (species:rat)", "record:dandi:dataset:000026", "like:dandi:dataset:000026",
        "#1{region:CA1} #2{region:V1} apart:1-2",
    ])
    func `when nothing is found, what no single filter says can be dropped by a link too`(question: String) throws {
        let plan = try SearchRequest(asking: question + " sex:female", planner: Fixed.planner.get()).plan
        let name =
            plan.alternationNames.values.first
            ?? (plan.records.isEmpty ? plan.like == nil ? plan.apartName : plan.likeName : plan.recordsName)
        let page = try Fixed.page(
            question + " sex:female", total: 0, relax: [Fixed.drop(name)])
        let plans = try Markup(page).all("a").compactMap { $0.attributes["href"] }.filter { $0.hasSuffix("#plan") }
            .map { try SearchRequest(asking: state(of: $0).query, planner: Fixed.planner.get()).plan }
        #expect(
            plans.contains { plan in
                plan.filters.contains { $0.facet == .sex && $0.either == nil } && plan.records.isEmpty
                    && plan.like == nil && plan.apart.isEmpty && plan.alternationNames.isEmpty
            })
    }

    @Test func `narrowing and broadening put the other term into the filter`() throws {
        let page = try #require(PageTests.pages()["search"])
        let links = try Markup(page).all("a").compactMap { $0.attributes["href"] }
        let plans = try links.filter { $0.hasPrefix("/?") && $0.hasSuffix("#plan") }.map { try essence(state(of: $0)) }
        #expect(plans.contains { $0.contains("region: dorsal lateral geniculate nucleus") })
        #expect(plans.contains { $0.contains("region: diencephalon") })
    }

    @Test func `an ambiguous word can be read the other way`() throws {
        let page = try Markup(Fixed.page("recordings in IC of rats"))
        #expect(page.text.contains("IC is read as"))
        let plans = try page.all("a").filter { $0.path.contains("p") }.compactMap { $0.attributes["href"] }
            .filter { $0.hasPrefix("/?") }.map { try essence(state(of: $0)) }
        #expect(
            plans.contains { plan in plan.contains { $0.hasPrefix("region: insular cortex") } }
                || plans.contains { plan in plan.contains { $0.hasPrefix("region: insula") } })
    }

    @Test func `a facet value is added as it is, and what all matches have is no link`() throws {
        let page = try Markup(Fixed.page("sleep", hits: [Fixed.hit("a", title: "a"), Fixed.hit("b", title: "b")]))
        let states = try page.all("a").filter { $0.path.contains("aside") }.compactMap { $0.attributes["href"] }
            .map { try state(of: $0) }
        #expect(states.map { $0.choices.first?.value } == ["NCBITaxon:10090", "text:species:\"odd\" & <b>"])
        #expect(states.allSatisfy { $0.query == "sleep" })
        #expect(page.text.contains("not recorded"))
    }

    @Test func `when nothing is found each change is a link to it`() throws {
        let page = try #require(PageTests.pages()["nothing"])
        let plans = try Markup(page).all("a").compactMap { $0.attributes["href"] }
            .filter { $0.hasPrefix("/?") && $0.hasSuffix("#plan") }.map { try essence(state(of: $0)) }
        #expect(plans.contains { !$0.contains("state: sleep") && $0.contains("species: rat") })
        #expect(plans.contains { $0.contains("region: visual thalamus") && $0.contains("state: sleep") })
    }

    @Test func `commands and requests are quoted for a shell`() throws {
        let page = try Markup(
            Fixed.page("it's \"; rm -rf ~"))
        #expect(page.text.contains(#"discover search 'it'\''s "; rm -rf ~'"#))
        #expect(page.text.contains("curl 'https://discover.example.org/v1/search?q=it%27s+%22%3B+rm+-rf+~'"))
    }

    @Test func `the next page keeps everything and adds the cursor`() throws {
        let page = try Markup(
            Fixed.page("sleep", choices: PageTests.choices, type: .session, hits: [Fixed.hit("a", title: "a")]))
        let next = try #require(page.all("a").first { $0.attributes["rel"] == "next" }?.attributes["href"])
        let found = try state(of: next)
        #expect(found == SearchState(query: "sleep", type: .session, choices: PageTests.choices, cursor: "nextCursor"))
    }
}

struct RangeTextTests {
    @Test(arguments: [
        ("size:>=5GB", "at least 5 GB"), ("duration:>=90min", "at least 1 h 30 min"), ("subjects:10..20", "10 to 20"),
        ("published:2021..2023", "2021-01-01 to 2023-12-31"), ("age:P60", "60"), ("size:<=1500", "at most 1.5 kB"),
    ])
    func `bounds of a range have the units people use`(query: String, text: String) throws {
        let page = try Markup(Fixed.page(query))
        #expect(page.all("li").contains { $0.attributes["class"] == "chip range" })
        #expect(page.text.contains(text))
    }

    @Test(arguments: [
        ("subjects:>=50", ["subjects: at least 25", "subjects: at least 100"]),
        (
            "units:10..40",
            ["units: at most 40", "units: at least 10", "units: 5 to 80"]
        ),
        ("published:2021..2023", ["2020-01-01 to 2024-12-31", "2022-01-01 to 2022-12-31"]),
        ("age:60d", ["age_days: 30 to 120"]),
    ])
    func `a range can be widened, narrowed and opened at one end`(question: String, expected: [String]) throws {
        let links = try Markup(Fixed.page(question)).all("a").compactMap { $0.attributes["href"] }
            .filter { $0.hasPrefix("/?q=") && $0.hasSuffix("#plan") }
        let found = try Set(links.flatMap { try essence(state(of: $0)) })
        for name in expected { #expect(found.contains { $0.contains(name) }, "\(name) in \(found.sorted())") }
        // Every edit is a question that asks for the edited range and nothing else.
        let plan = try SearchRequest(asking: question, planner: Fixed.planner.get()).plan
        for edit in try #require(plan.ranges.first).edits {
            #expect(links.contains { (try? essence(state(of: $0))) == [edit.name] }, "\(edit.name)")
        }
    }
}
