import JSON
import Testing

@testable import Connectors

/// The decisions of the web client, without a web.
struct HTTPDecisionTests {
    private let policy = RetryPolicy(retries: 3, firstWait: 1, longestWait: 30)

    @Test(arguments: [10, 250, 1_000])
    func `a list that never ends is left within twice its announced length`(total: Int) {
        var paging = ListPaging(limit: 100, mayRepeat: true)
        while !paging.isFinished {
            paging.take(rows: 100, new: 100, signs: .init(total: total, hasNext: true))
        }
        #expect(paging.isEndless && paging.offset < max(2 * total, 100) + 100)
    }

    @Test func `a page of old rows only does not end a list whose rows move`() {
        var paging = ListPaging(limit: 100, mayRepeat: true)
        paging.take(rows: 100, new: 0, signs: .init(total: 250, hasNext: true))
        #expect(!paging.isFinished)
        var strict = ListPaging(limit: 100)
        strict.take(rows: 100, new: 0, signs: .init(total: 250, hasNext: true))
        #expect(strict.isFinished)
    }

    private func answer(_ status: Int, _ headers: [String: String] = [:]) -> TransferOutcome {
        .answered(Answer(status: status, headers: headers, body: []))
    }

    @Test(arguments: [200, 204, 301, 400, 401, 403, 404, 410])
    func `an answer that another try would not mend is accepted`(status: Int) {
        #expect(policy.decide(answer(status), attempt: 1, chance: 0.5) == .accept)
    }

    @Test(arguments: [(1, 0.5), (2, 1.0), (3, 2.0)])
    func `waits double`(attempt: Int, seconds: Double) {
        for outcome in [answer(500), answer(503), .timedOut, .broken("reset")] {
            #expect(policy.decide(outcome, attempt: attempt, chance: 0) == .wait(seconds: seconds))
        }
    }

    @Test func `after the last try it is given up`() {
        guard case .giveUp(let reason) = policy.decide(answer(502), attempt: 4, chance: 0) else {
            Issue.record("tried for ever")
            return
        }
        #expect(reason.contains("502") && reason.contains("4 tries"))
    }

    @Test func `the server's wish is obeyed up to the longest wait`() {
        #expect(policy.decide(answer(429, ["retry-after": "7"]), attempt: 1, chance: 0) == .wait(seconds: 7))
        #expect(policy.decide(answer(429, ["retry-after": "9999"]), attempt: 1, chance: 0) == .wait(seconds: 30))
        #expect(RetryPolicy.seconds("Wed, 21 Oct 2026 07:28:00 GMT") == 5)
        #expect(RetryPolicy.seconds("-3") == 5)
    }

    @Test func `requests are spaced, and more so after complaints`() {
        var pace = Pace(requestsPerSecond: 10)
        #expect(pace.wait(now: 100) == 0)
        #expect(abs(pace.wait(now: 100) - 0.1) < 1e-9)
        let usual = pace.interval
        pace.slowDown()
        #expect(pace.interval > usual)
        for _ in 0..<100 { pace.speedUp() }
        #expect(pace.interval == usual)
    }

    @Test func `a list goes on while anything says there is more`() {
        var paging = ListPaging(limit: 100)
        paging.take(rows: 100, new: 100, signs: .init(total: 250, hasNext: nil))
        #expect(!paging.isFinished && paging.offset == 100)
        paging.take(rows: 100, new: 100, signs: .init(total: 250, hasNext: nil))
        paging.take(rows: 50, new: 50, signs: .init(total: 250, hasNext: nil))
        #expect(paging.isFinished)
    }

    @Test func `a capped page is not taken for the last`() {
        var paging = ListPaging(limit: 100)
        paging.take(rows: 20, new: 20, signs: .init(total: 45, hasNext: nil))
        #expect(!paging.isFinished && paging.offset == 20)
    }

    @Test(arguments: [(0, 0), (100, 0)])
    func `an empty page, or one with nothing new, ends a list that claims to go on`(rows: Int, new: Int) {
        var paging = ListPaging(limit: 100)
        paging.take(rows: rows, new: new, signs: .init(total: 1_000_000, hasNext: true))
        #expect(paging.isFinished)
    }

    @Test func `without any sign a short page is the last`() {
        var paging = ListPaging(limit: 100)
        paging.take(rows: 100, new: 100, signs: .init(total: nil, hasNext: nil))
        #expect(!paging.isFinished)
        paging.take(rows: 99, new: 99, signs: .init(total: nil, hasNext: nil))
        #expect(paging.isFinished)
    }

    @Test(arguments: [
        (#"{"meta": {"total_results": 7}}"#, 7, nil), (#"{"count": 3, "next": null}"#, 3, false),
        (#"{"next": "https://x.org/?page=2"}"#, nil, true), (#"{"meta": {"more_pages": true}}"#, nil, true),
        (#"{"count": -1, "meta": "?"}"#, nil, nil), ("[]", nil, nil),
    ])
    func `signs of more are read from every kind of envelope`(body: String, total: Int?, next: Bool?) throws {
        #expect(try ListPaging.Signs(JSONReader.value(body.utf8)) == .init(total: total, hasNext: next))
    }

    @Test(arguments: [
        ("https://a.org/api/public", "/api/public", "https://a.org/"),
        ("https://a.org/x/api/public/", "/api/public", "https://a.org/x"),
        ("https://a.org/x", "/api", "https://a.org/x"), ("https://api.a.org/api", "/api", "https://api.a.org/"),
    ])
    func `a portal may be named by the address of its interface`(text: String, end: String, portal: String) throws {
        #expect(try #require(WebAddress(text)).removing(end).text == portal)
    }

    @Test(arguments: [
        "ftp://a.org", "http://", "https://user:pw@example.org/", "http://a.org:99999/", "http://a b.org", "http:a.org",
        "",
        "javascript:alert(1)", "http://a.org\\@example.org/",
    ])
    func `only plain web addresses are taken`(text: String) {
        #expect(WebAddress(text) == nil)
    }

    @Test func `addresses are put together and compared`() throws {
        let base = try #require(WebAddress("HTTPS://Portal.org/root/"))
        #expect(base.text == "https://portal.org/root/")
        let below = base.appending("/api/x y/", query: [("include[]", "a&b")])
        #expect(below.text == "https://portal.org/root/api/x%20y/?include%5B%5D=a%26b")
        #expect(base.resolving("/other")?.text == "https://portal.org/other")
        #expect(base.resolving("?page=2")?.text == "https://portal.org/root/?page=2")
        #expect(base.resolving("//evil.org/x")?.isSameHost(as: base) == false)
        #expect(base.resolving("http://portal.org/x")?.isSameHost(as: base) == false)
        let plain = try #require(WebAddress("http://portal.org/"))
        #expect(base.isSameHost(as: plain))
        #expect(try !#require(WebAddress("http://portal.org:8080/")).isSameHost(as: plain))
    }

    @Test(arguments: ["/no/such/provenance", "ftp://x.org/", ""])
    func `a location that is none is an error that says so`(text: String) {
        #expect { try Location(text) } throws: { ($0 as? ConnectorError)?.kind == .unusableLocation }
    }
}
