/// Writing XML 1.0.
enum XML {
    /// Text between tags or in an attribute.  Characters that XML 1.0 cannot hold at all become U+FFFD (section 2.2).
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            case "\t", "\n", "\r": result.unicodeScalars.append(scalar)
            case _ where scalar.value < 32 || scalar.value == 0xFFFE || scalar.value == 0xFFFF: result += "\u{FFFD}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// `<name a="b">text</name>`; nothing for a nil text.
    static func element(_ name: String, _ text: String?, _ attributes: KeyValuePairs<String, String?> = [:]) -> String {
        guard let text else { return "" }
        return "<\(name)\(list(attributes))>\(escaped(text))</\(name)>"
    }

    /// `<name a="b"/>`; attributes of nil are left out.
    static func empty(_ name: String, _ attributes: KeyValuePairs<String, String?>) -> String {
        "<\(name)\(list(attributes))/>"
    }

    private static func list(_ attributes: KeyValuePairs<String, String?>) -> String {
        attributes.map { name, value in value.map { " \(name)=\"\(escaped($0))\"" } ?? "" }.joined()
    }
}
