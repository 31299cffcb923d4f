import Records

extension CatalogEntry {
    /// The record as a RIS entry of type `DATA`; lines end as the format asks, with CR and LF.
    package var ris: String {
        var lines: [(String, String)] = [("TY", id.type == .software ? "COMP" : "DATA"), ("ID", citationKey)]
        func add(_ tag: String, _ value: String?) {
            if let value, !value.isEmpty { lines.append((tag, SafeText.line(value))) }
        }
        for creator in creators { add("AU", creator.name) }
        add("TI", title)
        add("PY", year.map(String.init))
        add("DA", published.map { CalendarDay.iso($0).split(separator: "-").joined(separator: "/") })
        add("PB", publisher?.name)
        add("DO", doi)
        add("UR", address)
        for keyword in keywords { add("KW", keyword) }
        add("AB", description)
        add("N1", conditions)
        return lines.map { "\($0.0)  - \($0.1)\r\n" }.joined() + "ER  - \r\n"
    }
}
