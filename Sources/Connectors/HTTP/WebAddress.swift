internal import Text

/// An absolute `http` or `https` address, split as far as following links safely needs (RFC 3986).
package struct WebAddress: Sendable, Hashable {
    /// `http` or `https`.
    package let scheme: String
    /// Lower case; with brackets for IPv6.
    package let host: String
    package let port: Int
    /// Begins with `/`; percent-encoded as given.
    package let path: String
    /// Without the question mark; empty when there is none.
    package let query: String

    /// Parts that are known to be sound.
    init(scheme: String, host: String, port: Int, path: String, query: String) {
        self.scheme = scheme
        self.host = host
        self.port = port
        self.path = path.isEmpty ? "/" : path
        self.query = query
    }

    /// Nil for anything but a plain `http` or `https` address.  Names and passwords in it are refused.
    package init?(_ text: String) {
        guard text.unicodeScalars.allSatisfy({ $0.value > 32 && $0.value != 0x7F && $0 != "\\" }),
            text.utf8.count <= 8_192,
            let colon = text.firstIndex(of: ":"), text[colon...].hasPrefix("://")
        else { return nil }
        let scheme = text[..<colon].lowercased()
        guard scheme == "http" || scheme == "https" else { return nil }
        let afterScheme = text[text.index(colon, offsetBy: 3)...].prefix { $0 != "#" }
        let authority = afterScheme.prefix { $0 != "/" && $0 != "?" }
        guard !authority.isEmpty, !authority.contains("@") else { return nil }
        var host = authority[...]
        var port = scheme == "http" ? 80 : 443
        if let mark = authority.lastIndex(of: ":"), authority.last != "]" {
            guard let number = Int(authority[authority.index(after: mark)...]), (1...65_535).contains(number)
            else { return nil }
            port = number
            host = authority[..<mark]
        }
        guard !host.isEmpty else { return nil }
        let rest = afterScheme[authority.endIndex...]
        let path = rest.prefix { $0 != "?" }
        self.init(
            scheme: scheme, host: host.lowercased(), port: port, path: String(path),
            query: String(rest[path.endIndex...].dropFirst()))
    }

    /// `scheme://host[:port]`
    package var origin: String {
        port == (scheme == "http" ? 80 : 443) ? "\(scheme)://\(host)" : "\(scheme)://\(host):\(port)"
    }

    /// Whether it is this machine.
    package var isLoopback: Bool { ["localhost", "127.0.0.1", "[::1]"].contains(host) }

    /// The whole address.
    package var text: String { origin + path + (query.isEmpty ? "" : "?" + query) }

    /// Same scheme, host and port; plain `http` may be answered by `https` of the same host.
    func isSameHost(as other: WebAddress) -> Bool {
        host == other.host
            && (port == other.port && scheme == other.scheme
                || scheme == "https" && port == 443 && other.scheme == "http" && other.port == 80)
    }

    /// The address of a path below this one, with query items; both are percent-encoded here.
    func appending(_ segments: String, query items: [(name: String, value: String)] = []) -> WebAddress {
        let base = path.hasSuffix("/") ? String(path.dropLast()) : path
        let pairs = items.map { PercentEncoding.encoded($0.name) + "=" + PercentEncoding.encoded($0.value) }
        return WebAddress(
            scheme: scheme, host: host, port: port, path: base + PercentEncoding.encoded(segments, keeping: "/:"),
            query: pairs.joined(separator: "&"))
    }

    /// The portal's address of what may be the address of its API: without this end, if it has it.
    func removing(_ end: String) -> WebAddress {
        let bare = path.hasSuffix("/") ? String(path.dropLast()) : path
        guard bare.hasSuffix(end) else { return self }
        return WebAddress(scheme: scheme, host: host, port: port, path: String(bare.dropLast(end.count)), query: query)
    }

    /// What a `Location` or `next` link means here: absolute, or relative to this address.
    func resolving(_ link: String) -> WebAddress? {
        if link.contains("://") && !link.hasPrefix("/") { return WebAddress(link) }
        if link.hasPrefix("//") { return WebAddress("\(scheme):\(link)") }
        if link.hasPrefix("/") { return WebAddress(origin + link) }
        if link.hasPrefix("?") { return WebAddress(origin + path + link) }
        let folder = path[...(path.lastIndex(of: "/") ?? path.startIndex)]
        return WebAddress(origin + folder + link)
    }
}
