import Planner
import Records
import Search

/// The hits of a page in their order of rank: the matches, then, under headings of their own, the possible ones and
/// those that state something else.
struct HitList {
    let result: SearchResult
    let state: SearchState
    /// Number of the first hit of the page.
    let first: Int

    var html: HTML {
        let matches = result.hits.filter { $0.tier == .match }
        let possible = result.hits.filter { $0.tier == .possible && $0.differs != true }
        let others = result.hits.filter { $0.differs == true }
        var html = list(matches, from: first)
        if !possible.isEmpty {
            html += """
                <h2 id="possible">Possible</h2>
                <p class="hint">Nothing speaks against these, but they do not record enough to be sure. \
                <a href="\(state.address { $0.isStrict = true })">Leave them out</a></p>

                """
            html += list(possible, from: first + matches.count)
        }
        if !others.isEmpty {
            html += """
                <h2 id="differs">Something else</h2>
                <p class="hint">These state other values of what you asked for, and need not state all.</p>

                """
            html += list(others, from: first + matches.count + possible.count)
        }
        return html
    }

    private func list(_ hits: [Hit], from number: Int) -> HTML {
        guard !hits.isEmpty else { return HTML() }
        let items = hits.enumerated().map { item($1, number: number + $0) }
        return "<ol class=\"hits\" start=\"\(number)\">\n\(items)</ol>\n"
    }

    private func item(_ hit: Hit, number: Int) -> HTML {
        let title = hit.title.isEmpty ? hit.id.native : hit.title
        return """
            <li class="hit \(hit.tier == .match ? "match" : "possible")" value="\(number)"><article>
            <h3><a href="\(Address(record: hit.id))"><bdi>\(title)</bdi></a></h3>
            \(facts(of: hit))\(evidence(of: hit))\(snippet(of: hit))\(places(of: hit))</article></li>

            """
    }

    private func facts(of hit: Hit) -> HTML {
        var facts: [HTML] = [
            "<li>\(hit.type.rawValue)</li>", "<li>\(hit.source.descriptor.title)</li>", AccessBadge(hit.access).html,
        ]
        if let license = hit.license.first { facts.append("<li>\(license)</li>") }
        if let address = Address(web: hit.url) {
            facts.append("<li><a href=\"\(address)\" rel=\"nofollow\">at the source</a></li>")
        }
        let note: HTML = hit.accessNote.map { "<p class=\"hint\"><bdi>\($0)</bdi></p>\n" } ?? ""
        return "<ul class=\"facts\">\(facts)</ul>\n\(note)"
    }

    private func evidence(of hit: Hit) -> HTML {
        let wishes = result.plan.rangesPreferred(among: hit.preferred).map { name -> HTML in
            "<li class=\"holds\"><i class=\"unseen\">holds: </i>\(name) (preferred)</li>\n"
        }
        let shared = (hit.shared ?? []).map { label -> HTML in
            "<li class=\"holds\"><i class=\"unseen\">shares: </i>shares <b><bdi>\(label)</bdi></b></li>\n"
        }
        let lines = hit.matched.map(line) + hit.ranges.map(line) + wishes + shared + hit.unknown.map(line)
        return lines.isEmpty ? HTML() : "<ul class=\"why\" aria-label=\"Why it is here\">\n\(lines)</ul>\n"
    }

    // The sign before each line is drawn by the style sheet; the word beside it is for people who listen.

    private func line(_ reason: Hit.Reason) -> HTML {
        let (kind, word): (HTML, HTML) =
            reason.evidence.kind == .hinted
            ? ("gap", "perhaps")
            : reason.broader ? ("broader", "nearly") : reason.negated ? ("holds", "instead") : ("holds", "holds")
        let note: HTML =
            (reason.broader ? " (broader than asked)" : "") + (reason.weight == .preferred ? " (preferred)" : "")
        return """
            <li class="\(kind)"><i class="unseen">\(word): </i>\(reason.facet.noun) <b><bdi>\(reason.term.label)</bdi></b>\
            \(note) \(EvidenceNote(reason.evidence).html)</li>

            """
    }

    private func line(_ range: RangeReason) -> HTML {
        """
        <li class="holds"><i class="unseen">holds: </i><b>\(range.text)</b> \(EvidenceNote(range.evidence).html)</li>

        """
    }

    private func line(_ gap: Hit.Gap) -> HTML {
        let name =
            Facet(rawValue: gap.field)?.noun ?? RangeField(rawValue: gap.field)?.descriptor.title.lowercased()
            ?? gap.field
        return "<li class=\"gap\"><i class=\"unseen\">open: </i>\(name) <span>\(gap.reason)</span></li>\n"
    }

    private func snippet(of hit: Hit) -> HTML {
        let text = HTML(marked: hit.snippet)
        return text.isEmpty ? HTML() : "<p class=\"snippet\" dir=\"auto\">\(text)</p>\n"
    }

    private func places(of hit: Hit) -> HTML {
        guard !hit.alsoAt.isEmpty else { return HTML() }
        let places = hit.alsoAt.map { place -> HTML in
            let name: HTML = "<bdi>\(place.name)</bdi>"
            let linked: HTML =
                if let address = Address(web: place.url) {
                    "<a href=\"\(address)\" rel=\"nofollow\">\(name)</a>"
                } else if let id = place.id {
                    "<a href=\"\(Address(record: id))\">\(name)</a>"
                } else {
                    name
                }
            return "<li>\(linked) <span class=\"hint\">\(place.rule)</span></li>"
        }
        return "<div class=\"also\"><span>Also at</span><ul>\(places)</ul></div>\n"
    }
}

/// Who may have the data, as a word with a colour.
struct AccessBadge {
    let access: Access
    init(_ access: Access) { self.access = access }

    var html: HTML {
        "<li class=\"access \(access.rawValue)\">\(access.rawValue)</li>"
    }
}

/// Where a facet value was found, and how it was linked.
struct EvidenceNote {
    let evidence: Evidence
    init(_ evidence: Evidence) { self.evidence = evidence }

    var html: HTML {
        let words: HTML = evidence.words.map { " <q><bdi>\($0)</bdi></q>" } ?? ""
        let rule: HTML = evidence.rule.map { " · \($0)" } ?? ""
        return """
            <span class="evidence"><span class="\(kind)">\(evidence.kind.rawValue)</span> \
            <bdi>\(evidence.provenance)</bdi>\(words)\(rule)</span>
            """
    }

    private var kind: HTML {
        switch evidence.kind {
        case .stated: "stated"
        case .mapped: "mapped"
        case .inferred, .hinted: "inferred"
        }
    }
}
