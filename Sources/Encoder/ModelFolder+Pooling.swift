extension ModelFolder {
    /// How the model pools, as `modules.json` and the folder of its pooling step say; the mean where nothing is said.
    static func pooling(_ path: String) throws(EncoderError) -> Pooling {
        var folder = "1_Pooling"
        for step in try read("\(path)/modules.json", as: [Step].self) ?? [] {
            switch step.type.split(separator: ".").last.map(String.init) ?? "" {
            case "Transformer":
                guard step.path ?? "" == "" || step.path == "." else {
                    throw EncoderError(.unsupported, "\(path) keeps its transformer in a folder of its own")
                }
            case "Pooling":
                folder = step.path ?? folder
                guard isPlain(name: folder) else {
                    throw EncoderError(.corrupt, "\(path)/modules.json names a folder outside of the model")
                }
            case "Normalize": break
            case let name: throw EncoderError(.unsupported, "\(path) has a step '\(name)' after pooling")
            }
        }
        guard let modes = try read("\(path)/\(folder)/config.json", as: PoolingModes.self) else { return .mean }
        guard modes.includesPrompt ?? true else {
            throw EncoderError(.unsupported, "\(path) leaves the prompt out of its pooling")
        }
        switch try modes.names(path) {
        case ["mean"], []: return .mean
        case ["cls"]: return .first
        case let names:
            throw EncoderError(
                .unsupported, "\(path) pools by \(names.joined(separator: " and ")); computed here are mean and cls")
        }
    }

    private struct Step: Decodable {
        let type: String
        let path: String?
    }

    /// One switch a mode, or since 2025 a name or names under `pooling_mode`.
    private struct PoolingModes: Decodable {
        let switches: [String: Bool]
        let named: [String]
        let includesPrompt: Bool?

        init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: Name.self)
            var switches: [String: Bool] = [:]
            for key in values.allKeys where key.stringValue.hasPrefix("pooling_mode_") {
                switches[key.stringValue] = try values.decode(Bool.self, forKey: key)
            }
            self.switches = switches
            let mode = Name(stringValue: "pooling_mode")
            if !values.contains(mode) {
                named = []
            } else if let names = try? values.decode([String].self, forKey: mode) {
                named = names
            } else {
                named = [try values.decode(String.self, forKey: mode)]
            }
            includesPrompt = try values.decodeIfPresent(Bool.self, forKey: Name(stringValue: "include_prompt"))
        }

        /// The modes that are on, in the order of their names.
        func names(_ path: String) throws(EncoderError) -> [String] {
            let short = ["pooling_mode_mean_tokens": "mean", "pooling_mode_cls_token": "cls"]
            let on = switches.filter(\.value).keys.map { short[$0] ?? String($0.dropFirst("pooling_mode_".count)) }
            if named.isEmpty, on.isEmpty, !switches.isEmpty {
                throw EncoderError(.unsupported, "\(path) has every way of pooling switched off")
            }
            return Set(named + on).sorted()
        }

        private struct Name: CodingKey {
            let stringValue: String
            let intValue: Int? = nil
            init(stringValue: String) { self.stringValue = stringValue }
            init?(intValue: Int) { nil }
        }
    }
}
