import JSON

/// One model of BrainSTEM's public API: where it is listed and how it points at others.
///
/// Names after `brainstem/model_to_app.json` of the official client; `users` is left out on purpose, nothing of it is
/// ever requested.
struct BrainSTEMModel: Sendable, Hashable {
    /// `stem`, `modules`, …; nil where the API has no list of its own.
    let app: String?
    /// `dataacquisition`
    let name: String
    /// Field → model it points at.
    let relations: [String: String]

    private init(_ app: String?, _ name: String, _ relations: [String: String] = [:]) {
        self.app = app
        self.name = name
        self.relations = relations
    }

    /// In the order they are asked for: what decides about publicity first.
    static let all: [BrainSTEMModel] = [
        BrainSTEMModel("stem", "project", ["publications": "publication"]),
        BrainSTEMModel(
            "stem", "subject",
            ["projects": "project", "strain": "strain", "supplier": "supplier", "breeding": "breeding"]),
        BrainSTEMModel(
            "stem", "session",
            [
                "projects": "project", "epochs": "epoch", "datastorage": "datastorage",
                "dataacquisition": "dataacquisition", "behaviors": "behavior", "manipulations": "manipulation",
            ]),
        BrainSTEMModel("stem", "collection", ["project": "project", "sessions": "session"]),
        BrainSTEMModel("stem", "cohort", ["project": "project", "subjects": "subject"]),
        BrainSTEMModel("stem", "breeding", ["project": "project", "mother": "subject", "father": "subject"]),
        BrainSTEMModel(nil, "epoch", ["session": "session"]),
        BrainSTEMModel(
            "modules", "behavior",
            ["session": "session", "subjects": "subject", "setup": "setup", "behavioralassay": "behavioralassay"]),
        BrainSTEMModel(
            "modules", "dataacquisition",
            ["session": "session", "procedures": "procedure", "equipment": "equipment"]),
        BrainSTEMModel(
            "modules", "manipulation",
            ["session": "session", "procedures": "procedure", "equipment": "equipment"]),
        BrainSTEMModel(
            "modules", "procedure",
            [
                "subject": "subject", "consumablestock": "consumablestock", "equipment": "equipment",
                "brain_region": "brainregion",
            ]),
        BrainSTEMModel(
            "modules", "equipment",
            ["setup": "setup", "consumable": "consumable", "hardwaredevice": "hardwaredevice"]),
        BrainSTEMModel("modules", "consumablestock", ["inventory": "inventory", "consumable": "consumable"]),
        BrainSTEMModel("modules", "procedurelog", ["procedure": "procedure"]),
        BrainSTEMModel("modules", "subjectlog", ["subject": "subject"]),
        BrainSTEMModel(
            "personal_attributes", "behavioralassay",
            ["setup_type": "setuptype", "behavioral_paradigm": "behavioralparadigm"]),
        BrainSTEMModel("personal_attributes", "setup", ["setup_type": "setuptype"]),
        BrainSTEMModel("personal_attributes", "inventory"),
        BrainSTEMModel("personal_attributes", "datastorage"),
        BrainSTEMModel("resources", "consumable", ["supplier": "supplier"]),
        BrainSTEMModel("resources", "hardwaredevice", ["supplier": "supplier"]),
        BrainSTEMModel("resources", "supplier"),
        BrainSTEMModel("taxonomies", "setuptype"),
        BrainSTEMModel(
            "taxonomies", "behavioralparadigm", ["category": "behavioralcategory", "species": "species"]),
        BrainSTEMModel("taxonomies", "behavioralcategory", ["parent": "behavioralcategory"]),
        BrainSTEMModel("taxonomies", "brainregion"),
        BrainSTEMModel("taxonomies", "species"),
        BrainSTEMModel("taxonomies", "strain", ["species": "species"]),
        BrainSTEMModel("dissemination", "publication", ["journal": "journal"]),
        BrainSTEMModel("dissemination", "journal"),
    ]

    /// The model with a name, nil when none of ours has it.
    static func named(_ name: String) -> BrainSTEMModel? { all.first { $0.name == name } }

    /// The model whose list is under a key of an envelope: `data_acquisitions`, `consumable stocks`,
    /// `behavioral_categories`, `equipment`; a leading `+` marks side-loaded rows of the main model.
    static func forEnvelope(key: String) -> BrainSTEMModel? {
        let letters = key.lowercased().filter { $0.isLetter }
        return all.first { model in
            letters == model.name || letters == model.name + "s"
                || (model.name.hasSuffix("y") && letters == model.name.dropLast() + "ies")
        }
    }
}
