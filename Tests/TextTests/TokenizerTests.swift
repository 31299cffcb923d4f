import TestSupport
import Testing
import Text

@Test(arguments: [
    ("Buzsáki", "buzsaki"), ("Buzsa\u{301}ki", "buzsaki"), ("optic fibres", "optic fiber"),
    ("anaesthetised", "anesthetized"),
    ("two-photon", "2 photon"), ("Neuropixels 2.0", "neuropixel 2.0"), ("10,000 neurons", "10000 neuron"),
    ("Parkinson's disease", "parkinson disease"), ("Parkinson’s", "parkinson"), ("C57BL/6J", "c57bl 6j"),
    ("studies", "study"), ("hippocampus", "hippocampus"), ("axes", "ax"), ("GRAB-DA", "grab da"), ("µm", "um"),
    ("ΔF/F", "δf f"), ("1980s", "1980s"), ("", ""), ("🎉 !?", ""),
])
func `words fold to one form`(text: String, folded: String) {
    #expect(Tokenizer.folded(text) == folded)
}

@Test func `tokens know where they stand in bytes`() {
    let text = "naïve mice, V1"
    let tokens = Tokenizer.tokens(of: text)
    #expect(
        tokens.map { String(decoding: Array(text.utf8)[$0.start..<$0.end], as: UTF8.self) } == ["naïve", "mice", "V1"])
}

@Test func `no bytes make the tokenizer fail`() {
    var random = SplitMix(seed: 7)
    for _ in 0..<2_000 {
        let bytes = (0..<Int(random.next() % 40)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
        var last = 0
        for token in Tokenizer.tokens(of: bytes) {
            #expect(token.start >= last && token.end > token.start && token.end <= bytes.count)
            last = token.end
        }
    }
}

@Test func `the order of words makes another name`() {
    #expect(Tokenizer.key(ofName: "running wheel") != Tokenizer.key(ofName: "wheel running"))
    #expect(Tokenizer.key(ofName: "Wheel-Running") == Tokenizer.key(ofName: "wheel running"))
}
