extension BIDSDataset {
    private static let mark = "dataset_description.json"
    /// How far below a folder datasets are looked for.
    private static let depth = 3

    /// The dataset folders at or below a path; folders of subjects without a description are told.
    static func folders(below path: String, run: Harvest) throws -> [String] {
        if isDataset(path) { return [path] }
        var found: [String] = []
        var undescribed: [String] = []
        try look(below: path, depth: depth, found: &found, undescribed: &undescribed)
        for folder in undescribed {
            run.note("'\(Files.name(of: folder))' has subjects and no \(mark): left out")
        }
        guard !found.isEmpty else {
            throw ConnectorError(.unusableLocation, "no \(mark) in '\(path)' nor in the folders below it")
        }
        return found
    }

    private static func look(
        below path: String, depth: Int, found: inout [String], undescribed: inout [String]
    ) throws {
        let names = try Files.names(in: path)
        if names.contains("participants.tsv") || names.contains(where: { isSubject($0, in: path) }) {
            undescribed.append(path)
            return
        }
        for name in names {
            let folder = path + "/" + name
            guard FileKind(at: folder) == .folder else { continue }
            if isDataset(folder) {
                found.append(folder)
            } else if depth > 1 {
                try look(below: folder, depth: depth - 1, found: &found, undescribed: &undescribed)
            }
        }
    }

    private static func isDataset(_ folder: String) -> Bool { FileKind(at: "\(folder)/\(mark)") == .file }

    private static func isSubject(_ name: String, in folder: String) -> Bool {
        name.hasPrefix("sub-") && FileKind(at: "\(folder)/\(name)") == .folder
    }

    /// The datasets that a study keeps together (BIDS 1.10, "Study dataset").
    static func parts(of study: String) throws -> [String] {
        var found: [String] = []
        for place in ["sourcedata", "rawdata", "derivatives"].map({ "\(study)/\($0)" }) {
            guard FileKind(at: place) == .folder else { continue }
            if isDataset(place) { found.append(place) }
            found += try Files.names(in: place).map { "\(place)/\($0)" }.filter(isDataset)
        }
        return found
    }
}
