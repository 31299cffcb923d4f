import Glibc

/// Where models are kept: in folders named after them, below `$DISCOVER_MODELS` or the user's cache.
package enum ModelCache {
    /// The default model of an index.
    package static let defaultModel = "all-MiniLM-L6-v2"

    /// Folders that hold models, the first to look at first.
    package static var folders: [String] {
        if let folder = variable("DISCOVER_MODELS") { return [folder] }
        if let cache = variable("XDG_CACHE_HOME") { return [cache + "/discover/models"] }
        return variable("HOME").map { [$0 + "/.cache/discover/models"] } ?? []
    }

    /// The folder of a model, nil when it is not on this machine.
    package static func find(named name: String = defaultModel) -> String? {
        folders.map { "\($0)/\(name)" }.first { folder in
            ["", ".index.json"].contains { access("\(folder)/model.safetensors\($0)", R_OK) == 0 }
        }
    }

    /// The folder of a model, or an error that says how to get it.
    package static func folder(named name: String = defaultModel) throws(EncoderError) -> String {
        if let folder = find(named: name) { return folder }
        throw EncoderError(
            .missing, "\(name) is not in \(folders.joined(separator: ", ")): run `make model` to fetch it")
    }

    private static func variable(_ name: String) -> String? {
        guard let value = getenv(name), value.pointee != 0 else { return nil }
        return String(cString: value)
    }
}
