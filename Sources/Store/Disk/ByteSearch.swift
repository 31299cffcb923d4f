internal import CShims

/// Whether bytes occur within others.
func holds(_ bytes: [UInt8], _ wanted: [UInt8]) -> Bool {
    discover_holds(bytes, bytes.count, wanted, wanted.count) != 0
}

extension String {
    /// Whether the text holds another one, byte by byte: a search of the standard library goes by characters, which
    /// takes much longer.
    package func holds(bytesOf wanted: String) -> Bool { Store.holds(Array(utf8), Array(wanted.utf8)) }
}
