"""The models of BrainSTEM's public API: where they are listed, how they point at one another, what of them is public.

Names after the official client and documentation (https://support.brainstem.org, read 2026-03).
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Model:
    """One model: `/api/public/{app}/{name}/`."""

    app: str
    """Empty where the model has no list of its own."""
    name: str
    one: str
    """The key of an envelope with one row."""
    many: str
    """The key of an envelope with a list."""
    links: dict[str, str] = field(default_factory=dict)
    """Field → model it points at."""
    backs: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Field the API adds → model that points here, and the field by which it does."""
    shown_with: str = ""
    """The field whose target decides whether a row is public; empty where the row's `is_public` does."""
    is_open: bool = False
    """Belongs to everybody: taxonomies and products."""

    @property
    def file(self) -> str:
        """The name of the model's file in a dump, without its ending."""
        return f"{self.app or 'stem'}_{self.name}"


MODELS = {
    model.name: model
    for model in (
        Model("taxonomies", "species", "species", "species", is_open=True),
        Model("taxonomies", "strain", "strain", "strains", {"species": "species"}, is_open=True),
        Model("taxonomies", "brainregion", "brain_region", "brain_regions", is_open=True),
        Model("taxonomies", "setuptype", "setup_type", "setup_types", is_open=True),
        Model(
            "taxonomies",
            "behavioralcategory",
            "behavioral_category",
            "behavioral_categories",
            {"parent": "behavioralcategory"},
            is_open=True,
        ),
        Model(
            "taxonomies",
            "behavioralparadigm",
            "behavioral_paradigm",
            "behavioral_paradigms",
            {"category": "behavioralcategory", "species": "species"},
            is_open=True,
        ),
        Model("resources", "supplier", "supplier", "suppliers", is_open=True),
        Model("resources", "consumable", "consumable", "consumables", {"supplier": "supplier"}, is_open=True),
        Model(
            "resources", "hardwaredevice", "hardwaredevice", "hardwaredevices", {"supplier": "supplier"}, is_open=True
        ),
        Model("dissemination", "journal", "journal", "journals", is_open=True),
        Model("dissemination", "publication", "publication", "publications", {"journal": "journal"}, is_open=True),
        Model("users", "group", "group", "groups", is_open=True),
        Model("users", "laboratory", "laboratory", "laboratories", {"group": "group"}, is_open=True),
        Model("users", "user", "user", "users", is_open=True),
        Model(
            "stem",
            "project",
            "project",
            "projects",
            {"publications": "publication"},
            {
                "sessions": ("session", "projects"),
                "subjects": ("subject", "projects"),
                "collections": ("collection", "project"),
                "cohorts": ("cohort", "project"),
            },
        ),
        Model(
            "stem",
            "subject",
            "subject",
            "subjects",
            {"projects": "project", "strain": "strain", "supplier": "supplier"},
            {"procedures": ("procedure", "subject"), "subjectlogs": ("subjectlog", "subject")},
            "projects",
        ),
        Model(
            "stem",
            "session",
            "session",
            "sessions",
            {"projects": "project", "datastorage": "datastorage"},
            {
                "behaviors": ("behavior", "session"),
                "dataacquisition": ("dataacquisition", "session"),
                "manipulations": ("manipulation", "session"),
                "epochs": ("epoch", "session"),
            },
            "projects",
        ),
        Model(
            "stem",
            "collection",
            "collection",
            "collections",
            {"project": "project", "sessions": "session"},
            shown_with="project",
        ),
        Model(
            "stem", "cohort", "cohort", "cohorts", {"project": "project", "subjects": "subject"}, shown_with="project"
        ),
        Model("stem", "breeding", "breeding", "breedings", {"project": "project"}, shown_with="project"),
        Model("personal_attributes", "setup", "setup", "setups", {"setup_type": "setuptype"}),
        Model(
            "personal_attributes",
            "behavioralassay",
            "behavioralassay",
            "behavioralassays",
            {"setup_type": "setuptype", "behavioral_paradigm": "behavioralparadigm"},
        ),
        Model("personal_attributes", "inventory", "inventory", "inventories"),
        Model("personal_attributes", "datastorage", "datastorage", "datastorages"),
        Model(
            "modules",
            "consumablestock",
            "consumable stock",
            "consumable stocks",
            {"inventory": "inventory", "consumable": "consumable"},
            shown_with="inventory",
        ),
        Model(
            "modules",
            "equipment",
            "equipment",
            "equipment",
            {"setup": "setup", "consumable": "consumable", "hardwaredevice": "hardwaredevice"},
            shown_with="setup",
        ),
        Model(
            "modules",
            "procedure",
            "procedure",
            "procedures",
            {
                "subject": "subject",
                "consumablestock": "consumablestock",
                "equipment": "equipment",
                "brain_region": "brainregion",
            },
            shown_with="subject",
        ),
        Model("modules", "subjectlog", "subject_log", "subject_logs", {"subject": "subject"}, shown_with="subject"),
        Model(
            "modules",
            "procedurelog",
            "procedure_log",
            "procedure_logs",
            {"procedure": "procedure"},
            shown_with="procedure",
        ),
        Model(
            "modules",
            "behavior",
            "behavior",
            "behaviors",
            {"session": "session", "subjects": "subject", "setup": "setup", "behavioralassay": "behavioralassay"},
            shown_with="session",
        ),
        Model(
            "modules",
            "dataacquisition",
            "data_acquisition",
            "data_acquisitions",
            {"session": "session", "procedures": "procedure", "equipment": "equipment"},
            shown_with="session",
        ),
        Model(
            "modules",
            "manipulation",
            "manipulation",
            "manipulations",
            {"session": "session", "procedures": "procedure", "equipment": "equipment"},
            shown_with="session",
        ),
        # Epochs come with include[]=epochs only.
        Model(
            "",
            "epoch",
            "epoch",
            "epochs",
            {
                "session": "session",
                "behaviors": "behavior",
                "dataacquisition": "dataacquisition",
                "manipulations": "manipulation",
            },
            shown_with="session",
        ),
    )
}
"""By name; what decides about a row's publicity stands before it."""
