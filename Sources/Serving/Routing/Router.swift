import Text

/// Finds the route of a request.
package struct Router: Sendable {
    package let routes: [Route]

    package init(_ routes: [Route]) {
        self.routes = routes
        for (index, route) in routes.enumerated() {
            precondition(
                !routes[..<index].contains { $0.method == route.method && $0.path == route.path },
                "two routes answer one address")
        }
    }

    /// A route and the path segments of its names.
    package struct Found: Sendable {
        package let route: Route
        package let path: [String: String]
    }

    /// The methods that are answered at an address; empty when there is nothing.
    package func methods(at target: Target) -> [Method] {
        let found = routes.filter { $0.path.match(target.segments) != nil }.map(\.method)
        guard !found.isEmpty else { return [] }
        return Method.allCases.filter {
            found.contains($0) || $0 == .options || ($0 == .head && found.contains(.get))
        }
    }

    /// Whether an address has an answer of its own to OPTIONS.
    package func answersOptions(at target: Target) -> Bool {
        routes.contains { $0.method == .options && $0.path.match(target.segments) != nil }
    }

    /// The route of a request; HEAD goes where GET goes.
    package func route(_ method: String, _ target: Target) throws(Problem) -> Found {
        let wanted = method == "HEAD" ? "GET" : method
        for route in routes where route.method.rawValue == wanted {
            if let path = route.path.match(target.segments) { return Found(route: route, path: path) }
        }
        let allowed = methods(at: target)
        guard allowed.isEmpty else {
            throw Problem(
                .methodNotAllowed, "allowed here: \(allowed.map(\.rawValue).joined(separator: ", "))", allowed: allowed)
        }
        let path = "/" + target.segments.joined(separator: "/")
        throw Problem(
            .unknownPath, "there is nothing at \(path.prefix(200))",
            suggestions: closest(
                to: path, among: Array(Set(routes.filter(\.isListed).map(\.path.description))).sorted()))
    }
}
