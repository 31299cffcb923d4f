internal import Records

/// Identifiers in the one form the index uses, whatever form the source uses.
package enum CURIE {
    /// `http://purl.obolibrary.org/obo/UBERON_0002421`, `UBERON_0002421` and `UBERON:0002421` are one identifier.
    /// Nil for what is no identifier of an ontology.
    static func normalised(_ text: String) -> String? {
        var name = Substring(text)
        if let slash = text.lastIndex(where: { $0 == "/" || $0 == "#" || $0 == "=" }), text.contains("://") {
            name = text[text.index(after: slash)...]
        }
        guard let mark = name.firstIndex(where: { $0 == ":" || $0 == "_" }) else { return nil }
        let prefix = name[..<mark]
        let local = name[name.index(after: mark)...]
        guard (2...20).contains(prefix.count), prefix.allSatisfy({ $0.isASCII && $0.isLetter }),
            !local.isEmpty, local.count <= 40,
            local.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "_-.:".contains($0)) })
        else { return nil }
        let known = prefixes[prefix.lowercased()] ?? String(prefix)
        return "\(known):\(local)"
    }

    private static let prefixes = [
        "uberon": "UBERON", "ncbitaxon": "NCBITaxon", "ncbitaxonomy": "NCBITaxon", "taxonomy": "NCBITaxon",
        "doid": "DOID", "mondo": "MONDO", "cl": "CL", "mba": "MBA", "hp": "HP", "efo": "EFO", "rrid": "RRID",
        "chebi": "CHEBI", "obi": "OBI", "pato": "PATO",
    ]

    /// `NCBITaxon:10090` for `10090`, `NCBI:txid10090` and similar forms.
    static func taxon(_ text: String) -> String? {
        let digits = text.drop { !("0"..."9").contains($0) }
        guard !digits.isEmpty, digits.count <= 9, digits.allSatisfy({ ("0"..."9").contains($0) }) else { return nil }
        return "NCBITaxon:\(digits)"
    }

    /// `10.48324/dandi.000003` for any way of writing a DOI; nil when it is none.
    package static func doi(_ text: String) -> String? { DOI(PlainText.trimmed(text))?.text }
}
