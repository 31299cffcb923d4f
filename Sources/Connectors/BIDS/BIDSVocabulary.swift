import JSON
import Records

/// Words for what file names of BIDS abbreviate (BIDS specification 1.10, "Data types").
enum BIDSVocabulary {
    /// Technique of a data type folder; nil for what is no technique of recording.
    static func technique(_ dataType: String) -> String? {
        switch dataType {
        case "func": "functional magnetic resonance imaging"
        case "anat": "structural magnetic resonance imaging"
        case "dwi": "diffusion-weighted magnetic resonance imaging"
        case "perf": "arterial spin labeling"
        case "mrs": "magnetic resonance spectroscopy"
        case "eeg": "electroencephalography"
        case "ieeg": "intracranial electroencephalography"
        case "meg": "magnetoencephalography"
        case "nirs": "functional near-infrared spectroscopy"
        case "pet": "positron emission tomography"
        case "micr": "microscopy"
        case "motion": "motion capture"
        case "emg": "electromyography"
        case "eyetrack": "eye tracking"
        default: nil
        }
    }

    /// A data type as a technique; nil for what is no technique of recording.
    static func statement(dataType: String, provenance: String) -> Statement? {
        technique(dataType).map {
            Statement(
                .technique, $0, identifiers: ["bids:\(dataType)"], scheme: "bids:datatype", provenance: provenance)
        }
    }

    /// `BIDS` as a format.
    static let format = Statement(
        .format, "Brain Imaging Data Structure (BIDS)", identifiers: ["RRID:SCR_016124"],
        provenance: "dataset_description")

    /// A task, which may be a state: "rest" is both.  The vocabulary knows tasks by their letters and digits.
    static func statements(task: String, provenance: String) -> [Statement] {
        let key = task.lowercased().filter { $0.isLetter || $0.isNumber }
        let identifiers = key.isEmpty ? [] : ["bids:task:\(key)"]
        return [
            Statement(.task, task, identifiers: identifiers, scheme: "bids:paradigm", provenance: provenance),
            Statement(.state, task, scheme: "bids:paradigm", provenance: provenance),
        ]
    }

    /// What BIDS says where no species is named ("for backwards compatibility", BIDS schema).
    static func human(provenance: String) -> Statement {
        Statement(
            .species, "Homo sapiens", identifiers: ["NCBITaxon:9606"], provenance: provenance, grade: "default")
    }

    /// A sex by the words and letters of tables, `F`, `female participant`; nil for all others.
    static func sex(_ word: String?, provenance: String) -> Statement? {
        let words = (word ?? "").lowercased().split { !$0.isLetter }
        if words.contains(where: { ["f", "female", "woman", "girl"].contains($0) }) {
            return Statement(.sex, "female", provenance: provenance)
        }
        let isMale = words.contains { ["m", "male", "man", "boy"].contains($0) }
        return isMale ? Statement(.sex, "male", provenance: provenance) : nil
    }

    /// Value of an entity in a file name: `rest` of `task` in `sub-01_task-rest_bold.json`.
    static func entity(_ name: String, in fileName: String) -> String? {
        for field in fileName.split(separator: "_") where field.hasPrefix(name + "-") {
            let value = field.dropFirst(name.count + 1).prefix { $0.isLetter || $0.isNumber || $0 == "+" }
            return value.isEmpty ? nil : String(value)
        }
        return nil
    }
}
