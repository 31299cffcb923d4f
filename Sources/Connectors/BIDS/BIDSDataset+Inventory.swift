import Records

extension BIDSDataset {
    /// What the names of a dataset's files say.
    struct Inventory {
        private(set) var dataTypes: Set<String> = []
        private(set) var tasks: Set<String> = []
        private(set) var subjects: Set<String> = []
        private(set) var sessions = 0
        /// Paths below the dataset's folder.
        private(set) var sidecars: [String] = []
        private var looked = 0

        init(of folder: String, run: Harvest) throws {
            try look(in: folder, "", depth: 0, run: run)
            if looked >= Self.limit { run.note("datasets with more than \(Self.limit) files were read in part") }
        }

        private static let limit = 200_000
        /// Folders that hold no raw data of subjects.
        private static let aside: Set<String> = ["derivatives", "sourcedata", "code", "stimuli", "phenotype"]

        private mutating func look(in folder: String, _ path: String, depth: Int, run: Harvest) throws {
            for name in try Files.names(in: folder) {
                looked += 1
                guard looked < Self.limit else { return }
                let below = path.isEmpty ? name : path + "/" + name
                if FileKind(at: folder + "/" + name) == .folder {
                    if depth == 0, Self.aside.contains(name) { continue }
                    if name.hasPrefix("sub-") { subjects.insert(name) }
                    if name.hasPrefix("ses-") { sessions += 1 }
                    if BIDSVocabulary.technique(name) != nil { dataTypes.insert(name) }
                    if depth < 5 { try look(in: folder + "/" + name, below, depth: depth + 1, run: run) }
                    continue
                }
                if let task = BIDSVocabulary.entity("task", in: name) { tasks.insert(task) }
                // Sidecars at the top speak for a data type whose files may not be here.
                if depth == 0, name.hasSuffix("_bold.json") { dataTypes.insert("func") }
                if depth == 0, let suffix = name.split(separator: "_").last, suffix.hasSuffix(".json"),
                    BIDSVocabulary.technique(String(suffix.dropLast(5))) != nil
                {
                    dataTypes.insert(String(suffix.dropLast(5)))
                }
                if name.hasSuffix(".json"), name.contains("_") { sidecars.append(below) }
            }
        }
    }
}
