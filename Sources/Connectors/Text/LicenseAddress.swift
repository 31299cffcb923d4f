/// Licences by the addresses of their texts.
enum LicenseAddress {
    /// `spdx:CC-BY-4.0` for `https://creativecommons.org/licenses/by/4.0/legalcode`; nil for what is none.
    static func spdx(_ address: String) -> String? {
        guard let address = WebAddress(address) else { return nil }
        let parts = address.path.split(separator: "/").map(String.init)
        switch address.host {
        case "creativecommons.org", "www.creativecommons.org":
            guard parts.count >= 3 else { return nil }
            if parts[0] == "licenses" { return "spdx:CC-\(parts[1].uppercased())-\(parts[2])" }
            guard parts[0] == "publicdomain" else { return nil }
            return parts[1] == "zero" ? "spdx:CC0-\(parts[2])" : nil
        case "spdx.org", "opensource.org", "www.opensource.org":
            guard parts.count >= 2, parts[0].hasPrefix("license") else { return nil }
            let name = parts[1].hasSuffix(".html") ? String(parts[1].dropLast(5)) : parts[1]
            return "spdx:\(name)"
        case "opendatacommons.org", "www.opendatacommons.org":
            switch parts.dropFirst().first {
            case "by": return "spdx:ODC-By-1.0"
            case "odbl": return "spdx:ODbL-1.0"
            case "pddl": return "spdx:PDDL-1.0"
            default: return nil
            }
        default: return nil
        }
    }
}
