import Records

extension CatalogEntry {
    /// The record as a BibTeX entry: `@dataset` (BibLaTeX; classic styles take it for `@misc`), `@software` or `@misc`.
    ///
    /// Texts are UTF-8 with LaTeX's special characters written as commands; braces always balance, so that no text can
    /// break out of its field.
    package var bibtex: String {
        var fields: [(String, String)] = []
        func add(_ name: String, _ value: String?) {
            if let value, !value.isEmpty { fields.append((name, value)) }
        }
        add("author", creators.map(\.bibtex).joined(separator: " and "))
        add("title", title.isEmpty ? nil : "{\(LaTeX.escaped(title))}")
        add("year", year.map(String.init))
        add("date", published.map(CalendarDay.iso))
        add("publisher", publisher.map { LaTeX.escaped($0.name) })
        add("doi", doi.map(LaTeX.verbatim))
        add("url", address.map(LaTeX.verbatim))
        add("keywords", LaTeX.escaped(keywords.joined(separator: ", ")))
        add("abstract", LaTeX.escaped(SafeText.line(description)))
        add("note", conditions.map(LaTeX.escaped))
        let lines = fields.map { "  \($0.0) = {\($0.1)}" }
        return "@\(bibtexType){\(([citationKey] + lines).joined(separator: ",\n"))\n}\n"
    }

    /// The key of the record in bibliographies: its id, the same in every index.  Characters that BibTeX does not allow
    /// in a key become `_`, and a number computed from the id keeps such keys distinct.
    package var citationKey: String {
        let text = id.description
        let key = text.unicodeScalars.map { scalar -> Character in
            scalar.isASCII
                && (Character(scalar).isLetter || Character(scalar).isNumber || ":.-+/".contains(Character(scalar)))
                ? Character(scalar) : "_"
        }
        guard String(key) != text else { return text }
        // FNV-1a: the same number on every machine.
        let number = text.utf8.reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 }
        return "\(String(key))-\(String(number, radix: 16))"
    }

    private var bibtexType: String {
        switch id.type {
        case .dataset, .session, .subject, .cohort, .collection: "dataset"
        case .software: "software"
        case .protocol, .setup, .model, .document: "misc"
        }
    }
}

extension CatalogEntry.Agent {
    /// `Family, Given`; a name of another form is put in braces, so that BibTeX does not split it.
    fileprivate var bibtex: String {
        guard let family, let given else { return "{\(LaTeX.escaped(name))}" }
        func part(_ text: String) -> String {
            let escaped = LaTeX.escaped(text)
            // " and " would begin another author.
            return text.lowercased().split(separator: " ").contains("and") ? "{\(escaped)}" : escaped
        }
        return "\(part(family)), \(part(given))"
    }
}

/// What LaTeX takes for commands.
enum LaTeX {
    /// Text as LaTeX prints it.
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": result += "{\\textbackslash}"
            case "{": result += "{\\textbraceleft}"
            case "}": result += "{\\textbraceright}"
            case "~": result += "{\\textasciitilde}"
            case "^": result += "{\\textasciicircum}"
            case "&", "%", "$", "#", "_": result += "\\" + String(Character(scalar))
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// A URL or identifier, which LaTeX reads verbatim; the four characters that even there have a meaning are
    /// percent-encoded.
    static func verbatim(_ text: String) -> String {
        text.unicodeScalars.reduce(into: "") { result, scalar in
            switch scalar {
            case "{": result += "%7B"
            case "}": result += "%7D"
            case "\\": result += "%5C"
            case "^": result += "%5E"
            default: result.unicodeScalars.append(scalar)
            }
        }
    }
}
