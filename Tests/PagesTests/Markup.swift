import Foundation

/// HTML read strictly, as our pages write it: a second pair of eyes on well-formedness.
///
/// Every element is closed in order, every attribute quoted and given once, every `&` begins a reference, no `<` stands
/// in text.
struct Markup {
    struct Fault: Error, CustomStringConvertible { let description: String }

    struct Element {
        let name: String
        let attributes: [String: String]
        /// Names of the elements around it, outermost first.
        let path: [String]
    }

    private(set) var elements: [Element] = []
    /// All text, references resolved; that of data blocks left out.
    private(set) var text = ""
    /// Contents of script elements.
    private(set) var blocks: [String] = []

    static let void: Set<String> = ["meta", "link", "input", "br", "rect", "img"]

    init(_ html: String) throws {
        var rest = Array(html.unicodeScalars)[...]
        var open: [String] = []
        func take(while condition: (Unicode.Scalar) -> Bool) -> String {
            let piece = rest.prefix(while: condition)
            rest = rest.dropFirst(piece.count)
            return String(String.UnicodeScalarView(piece))
        }
        while let scalar = rest.first {
            if scalar != "<" {
                text += try Markup.resolved(take { $0 != "<" })
                continue
            }
            rest = rest.dropFirst()
            if rest.first == "!" {
                _ = take { $0 != ">" }
                rest = rest.dropFirst()
                continue
            }
            if rest.first == "/" {
                rest = rest.dropFirst()
                let name = take { $0 != ">" }
                rest = rest.dropFirst()
                guard open.popLast() == name else { throw Fault(description: "</\(name)> closes nothing open") }
                continue
            }
            let name = take { $0.properties.isAlphabetic || ("0"..."9").contains($0) }
            guard !name.isEmpty else { throw Fault(description: "< begins no element") }
            var attributes: [String: String] = [:]
            while true {
                _ = take { $0 == " " || $0 == "\n" }
                guard let next = rest.first else { throw Fault(description: "an element is not ended") }
                if next == ">" || next == "/" { break }
                let key = take { $0 != "=" && $0 != " " && $0 != ">" && $0 != "\"" && $0 != "<" }
                guard !key.isEmpty else { throw Fault(description: "an attribute of <\(name)> has no name") }
                var value = ""
                if rest.first == "=" {
                    rest = rest.dropFirst()
                    guard rest.first == "\"" else { throw Fault(description: "\(key) of <\(name)> is not quoted") }
                    rest = rest.dropFirst()
                    value = try Markup.resolved(take { $0 != "\"" })
                    rest = rest.dropFirst()
                }
                guard attributes.updateValue(value, forKey: key) == nil else {
                    throw Fault(description: "\(key) of <\(name)> is given twice")
                }
            }
            let isClosed = rest.first == "/"
            _ = take { $0 != ">" }
            rest = rest.dropFirst()
            elements.append(Element(name: name, attributes: attributes, path: open))
            if isClosed || Markup.void.contains(name) { continue }
            if name == "script" {
                let block = take { $0 != "<" }
                blocks.append(block)
            }
            open.append(name)
        }
        guard open.isEmpty else { throw Fault(description: "left open: \(open)") }
    }

    private static func resolved(_ text: String) throws -> String {
        var result = ""
        for (index, piece) in text.components(separatedBy: "&").enumerated() {
            if index == 0 {
                result += piece
                continue
            }
            let known = ["amp;": "&", "lt;": "<", "gt;": ">", "quot;": "\"", "#39;": "'"]
            guard let (name, character) = known.first(where: { piece.hasPrefix($0.key) }) else {
                throw Fault(description: "& begins no reference: \(piece.prefix(12))")
            }
            result += character + piece.dropFirst(name.count)
        }
        return result
    }

    func all(_ name: String) -> [Element] { elements.filter { $0.name == name } }

    /// What is wrong with a page as a whole: ids, labels, headings, landmarks, links, code.
    var faults: [String] {
        var faults: [String] = []
        let ids = elements.compactMap { $0.attributes["id"] }
        if Set(ids).count != ids.count { faults.append("an id is given twice") }
        for element in elements {
            for name in ["aria-labelledby", "for"] {
                if let id = element.attributes[name], !ids.contains(id) {
                    faults.append("\(name) names no element: \(id)")
                }
            }
            for (name, value) in element.attributes {
                if name.hasPrefix("on") { faults.append("code in an attribute: \(name)") }
                if name == "style" { faults.append("style in an attribute") }
                if ["href", "src", "action"].contains(name), !Markup.isSafe(value) {
                    faults.append("an address that is none of ours or of the web: \(value)")
                }
            }
            if element.name == "script", element.attributes["src"] == nil,
                element.attributes["type"] != "application/ld+json"
            {
                faults.append("a script within the page")
            }
            if element.name == "style" { faults.append("a style element") }
            if element.path.contains("a"), element.name == "a" { faults.append("a link in a link") }
        }
        let levels = elements.compactMap { element in
            element.name.count == 2 && element.name.first == "h" ? Int(String(element.name.dropFirst())) : nil
        }
        if levels.count(where: { $0 == 1 }) != 1 { faults.append("not one h1") }
        for (before, after) in zip(levels, levels.dropFirst()) where after > before + 1 {
            faults.append("h\(after) follows h\(before)")
        }
        if all("main").count != 1 { faults.append("not one main") }
        if all("title").count != 1 { faults.append("not one title") }
        return faults
    }

    /// Paths of ours, fragments, and web addresses.
    private static func isSafe(_ address: String) -> Bool {
        let isPlain = address.unicodeScalars.allSatisfy { $0.value > 0x20 && !"\"'<>\\`".unicodeScalars.contains($0) }
        let begins = ["/", "#", "http://", "https://"].contains { address.hasPrefix($0) }
        return isPlain && begins && !address.hasPrefix("//")
    }
}
