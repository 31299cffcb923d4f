import Testing
import Text

struct PercentEncodingTests {
    @Test(arguments: [
        ("", ""), ("AZaz09-._~", "AZaz09-._~"), ("a b", "a%20b"), ("%41", "%2541"), ("\u{e9}", "%C3%A9"),
        ("\u{1F9E0}", "%F0%9F%A7%A0"), ("\r\n\"<>#?&=+/:", "%0D%0A%22%3C%3E%23%3F%26%3D%2B%2F%3A"), ("\0", "%00"),
    ])
    func `all but unreserved characters are encoded byte by byte`(text: String, expected: String) {
        #expect(PercentEncoding.encoded(text) == expected)
    }

    @Test func `what may stand there is kept, and a space is a plus in forms`() {
        #expect(PercentEncoding.encoded("a/b:c?d", keeping: "/:") == "a/b:c%3Fd")
        #expect(PercentEncoding.encoded("a b+c", spaceIsPlus: true) == "a+b%2Bc")
    }

    @Test func `only ASCII can be kept`() {
        #expect(PercentEncoding.encoded("\u{e9}", keeping: "\u{e9}") == "%C3%A9")
    }
}
