import Testing

@testable import Connectors

struct PlainTextTests {
    @Test(arguments: [
        ("Questions: a.b@example.org", "Questions:"),
        ("ask <vector.desk@example.org> first", "ask first"),
        ("mailto:x_y@example.org?subject=hi", "?subject=hi"),
        ("name%40example.org and name (at) example.org", "and"),
        ("write to andré@exämple.org now", "write to now"),
        ("a@example.org;c@example.org", ";"),
        ("a@b@example.org", ""),
        ("https://user:pass@example.org/path", "https: /path"),
        ("LFP @ 1 kHz, 5 Hz@2.5 mW, n@home", "LFP @ 1 kHz, 5 Hz@2.5 mW, n@home"),
        ("https://medium.com/@user.name/post", "https://medium.com/@user.name/post"),
        ("", ""),
    ])
    func `addresses are taken out of text`(text: String, left: String) {
        let clean = EmailAddresses.removed(from: text)
        #expect(!EmailAddresses.occur(in: clean))
        if text.contains("pass@") {
            #expect(!clean.contains("pass"))
        } else {
            #expect(clean == left)
        }
    }

    @Test func `what is left over never makes a new address`() {
        let at = "\u{40}"
        let nested = "a\(at)b.a\(at)b.orgorg x\(at)y.cox\(at)y.comm"
        #expect(!EmailAddresses.occur(in: EmailAddresses.removed(from: nested)))
    }

    @Test(arguments: [
        ("<p>One &ndash; <b>two</b></p><p>CO<sub>2</sub></p>", "One – two\nCO2"),
        ("p < 0.05 and a<b", "p < 0.05 and a<b"),
        ("<script>alert(1)</script>left<style>b{}</style>", "left"),
        ("<script>never closed", ""),
        ("&lt;b&gt; &amp;amp; &#181;m &#x3B1; &unknown; &#xD800;", "<b> &amp; µm α &unknown;"),
        ("<a href=\"mailto:q@example.org\">q@example.org</a>", ""),
        ("<!-- c -->text<br/>more", "text\nmore"),
        ("nul \u{0} in\u{202e} the\u{200b} middle", "nul in the middle"),
        ("< ", "<"), ("<", "<"), ("&", "&"), ("&#;", "&#;"),
    ])
    func `markup becomes plain text`(markup: String, text: String) {
        #expect(PlainText.paragraph(markup) == text)
    }

    @Test func `decoding happens once, so no markup comes out of entities`() {
        #expect(PlainText.paragraph("&amp;lt;script&amp;gt;") == "&lt;script&gt;")
    }

    @Test func `a text is cut between characters`() {
        #expect(PlainText.cut("aµµ", at: 2) == "a")
        #expect(PlainText.cut("aµµ", at: 3) == "aµ")
        #expect(PlainText.cut("abc", at: 5) == "abc")
    }

    @Test(arguments: [
        ("http://purl.obolibrary.org/obo/UBERON_0002421", "UBERON:0002421"),
        ("UBERON:0002421", "UBERON:0002421"), ("uberon_0001384", "UBERON:0001384"),
        ("http://purl.obolibrary.org/obo/NCBITaxon_10090", "NCBITaxon:10090"),
        ("https://www.ncbi.nlm.nih.gov/Taxonomy/", nil), ("hippocampus", nil), ("", nil), ("a:b c", nil),
    ])
    func `identifiers are written one way`(text: String, curie: String?) {
        #expect(CURIE.normalised(text) == curie)
    }

    @Test(arguments: [
        ("https://doi.org/10.1038/NN.4412", "10.1038/nn.4412"), ("doi:10.5555/a", "10.5555/a"),
        ("10.48324/dandi.000003/0.230629.1955", "10.48324/dandi.000003/0.230629.1955"),
        ("https://example.org/10.5555/a", nil), ("10.5555", nil), ("version 10.2/b", nil), ("", nil),
    ])
    func `DOIs are written one way`(text: String, doi: String?) {
        #expect(CURIE.doi(text) == doi)
    }
}
