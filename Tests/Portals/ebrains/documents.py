"""The documents that the search of the Knowledge Graph makes of its nodes."""

from __future__ import annotations

from typing import Any

from core.invented import identifier
from core.portal import Row, Tables
from ebrains.data import INSTANCES

KINDS = {"DatasetVersion": "Dataset", "ModelVersion": "Model", "SoftwareVersion": "Software"}
"""Types of nodes, and the types under which the search lists them."""
UNSEEN = frozenset(["id", "type", "title", "released"])
"""What stands beside the fields of a document, or nowhere."""


def documents(tables: Tables) -> list[Row]:
    """A document for each version of a dataset, model or piece of software, and one for the project."""
    nodes: dict[str, Row] = {}
    for table in ("terms", "others", "versions"):
        for row in tables[table]:
            for name in row["http://schema.org/identifier"]:
                nodes[name] = row
    versions = [*tables["versions"], *(row for row in tables["others"] if kind_of(row) in KINDS)]
    found = [document(row, nodes) for row in versions]
    project = identifier("kg project")
    first = {"reference": found[0]["id"], "value": found[0]["title"]}
    found[0]["projects"] = [{"reference": project, "value": "Invented project"}]
    return [*found, {"id": project, "type": "Project", "title": "Invented project", "dataset": [first]}]


def kind_of(row: Row) -> str:
    """`DatasetVersion` of a node."""
    return str(row["@type"][0].rsplit("/", 1)[-1])


def key_of(row: Row) -> str:
    """The UUID of a node."""
    return str(row["@id"]).removeprefix(INSTANCES)


def reference(row: Row) -> Row:
    """A node as documents refer to it."""
    return {"reference": key_of(row), "value": row.get("name")}


def person(row: Row) -> Row:
    """Somebody, the given name cut to its letter, as the search writes names."""
    return {"reference": key_of(row), "value": f"{row['familyName']}, {row['givenName'][0]}."}


def document(row: Row, nodes: dict[str, Row]) -> Row:
    """The document of a version."""

    def targets(field: str, of: Row = row) -> list[Row]:
        value: Any = of.get(field) or []
        items = value if isinstance(value, list) else [value]
        return [nodes[item["@id"]] for item in items if item["@id"] in nodes]

    kind = KINDS[kind_of(row)]
    doi = [target["identifier"].removeprefix("https://doi.org/") for target in targets("digitalIdentifier")]
    regions = targets("studyTarget")
    fields = {
        # With one version only, the title ends in it.
        "title": f"{row['fullName']} ({row['versionIdentifier']})",
        "developers" if kind == "Software" else "contributors": [person(target) for target in targets("author")],
        "description": wrapped(row["description"]),
        "doi": wrapped(doi[0]) if doi else None,
        "releasedAt": wrapped(row.get("releaseDate")),
        "released": row.get("releaseDate") or "",
        "license_info": next((licence(target) for target in targets("license")), None),
        "technique": [reference(target) for target in targets("technique")],
        "experimentalApproach": [reference(target) for target in targets("experimentalApproach")],
        "studiedBrainRegion": [reference(target) for target in regions],
        "dataAccessibility": next((wrapped(target["name"]) for target in targets("accessibility")), None),
    }
    if kind != "Dataset":
        del fields["dataAccessibility"]
    specimens = targets("studiedSpecimen")
    if specimens:
        fields["specimenBySubject"] = {
            "key": "root",
            "data": {"type": {"value": "Dataset.SpecimenOverview"}, "numberOfSubjects": wrapped(str(len(specimens)))},
            "children": [specimen(target, targets) for target in specimens],
        }
    return {"id": key_of(row), "type": kind, **{key: value for key, value in fields.items() if value is not None}}


def specimen(row: Row, targets: Any) -> Row:
    """A subject of the tree; its one state is merged into it."""
    state = targets("studiedState", row)[0]
    return {
        "key": identifier("kg key", row["@id"]),
        "parentRelationType": None,
        "title": f"Subject {row['lookupLabel']}",
        "data": {
            "id": key_of(row),
            "type": {"value": "Dataset.Subject"},
            "title": wrapped(row["lookupLabel"]),
            "species": [reference(target) for target in targets("species", row)],
            "sex": [reference(target) for target in targets("biologicalSex", row)],
            "strain": None,
            "attributes": [reference(target) for target in targets("attribute", state)] or None,
            "age": wrapped(f"{state['age']['value']} day"),
            "pathology": None,
        },
    }


def licence(row: Row) -> Row:
    """A licence with the address of its text."""
    name, version = str(row["name"]).lower().removeprefix("cc-").rsplit("-", 1)
    return {"url": f"https://creativecommons.org/licenses/{name}/{version}/legalcode", "value": row["name"]}


def wrapped(value: Any) -> Row | None:
    """A value as documents hold it."""
    return None if value is None else {"value": value}
