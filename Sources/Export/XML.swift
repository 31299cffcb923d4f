internal import Text

/// Writing XML 1.0.
enum XML {
    /// `<name a="b">text</name>`; nothing for a nil text.
    static func element(_ name: String, _ text: String?, _ attributes: KeyValuePairs<String, String?> = [:]) -> String {
        guard let text else { return "" }
        return "<\(name)\(list(attributes))>\(MarkupEscaping.escaped(text))</\(name)>"
    }

    /// `<name a="b"/>`; attributes of nil are left out.
    static func empty(_ name: String, _ attributes: KeyValuePairs<String, String?>) -> String {
        "<\(name)\(list(attributes))/>"
    }

    private static func list(_ attributes: KeyValuePairs<String, String?>) -> String {
        attributes.map { name, value in value.map { " \(name)=\"\(MarkupEscaping.escaped($0))\"" } ?? "" }.joined()
    }
}
