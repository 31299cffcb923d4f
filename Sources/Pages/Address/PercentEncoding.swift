import Text

/// The parts of an address, and what may stand in each.
extension PercentEncoding {
    /// A name or value of a query: the few marks that no reader mistakes stay, and a space is `+`.
    static func query(_ text: String) -> String { encoded(text, keeping: ":,/", spaceIsPlus: true) }

    /// One segment of a path.
    static func segment(_ text: String) -> String { encoded(text, keeping: ":@") }

    /// A path, slashes included.
    static func path(_ text: String) -> String { encoded(text, keeping: "/:@();,") }
}
