"""Invented rows of BrainSTEM: those of the demonstration, and many more of the same kinds, private ones among them."""

from __future__ import annotations

import json
from pathlib import Path

from brainstem.models import MODELS
from core.invented import MARKER, NOTICE, day, identifier, number, pick
from core.portal import Row, Tables

DEMONSTRATION = Path(__file__).resolve().parents[3] / "demo/brainstem"
OPEN_PROJECTS = 10
PRIVATE_PROJECTS = 2
SUBJECTS = 4
"""Animals a project."""
SESSIONS = 12
"""Sessions a project."""
REVOKED = identifier("project", 7)
"""The project that `revoked` makes private."""

LAB = "Invented Harbour Laboratory"
RECORDINGS = ("ExtracellularEphys", "TwoPhotonMicroscopy", "FiberPhotometry", "VideoTracking")
IMPLANTS = ("SiliconProbeImplant", "TetrodeWireElectrodeImplant", "VirusInjection", "OpticFiberImplant")
EPOCHS = ("NREM", "Wake", "Task")


def rows() -> Tables:
    """All rows by model, forward references only, as a dump has them."""
    tables: Tables = {name: demonstration(model.file) for name, model in MODELS.items()}
    add_places(tables)
    for index in range(OPEN_PROJECTS + PRIVATE_PROJECTS):
        add_project(tables, index, is_public=index < OPEN_PROJECTS)
    add_bridges(tables)
    tables["user"] += [
        {
            "id": person,
            "email": f"operator{person}@example.org",
            "first_name": "Operator",
            "last_name": f"Invented {person}",
        }
        for person in range(1, 4)
    ]
    return tables


def demonstration(name: str) -> list[Row]:
    """The rows of a file of the demonstration; none where it has no such file."""
    path = DEMONSTRATION / f"{name}.jsonl"
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def add_places(tables: Tables) -> None:
    """Setups, assays and stores of the invented laboratory, of each one that is private."""
    for index in range(8):
        is_public = index != 3
        words = "" if is_public else f" {MARKER}"
        tables["setup"].append(
            {
                "id": identifier("setup", index),
                "name": f"Harbour rig {index}{words}",
                "location": "Room 1",
                "description": NOTICE,
                "setup_type": pick(tables["setuptype"], "setup", index)["id"],
                "specifications": [],
                "is_public": is_public,
                "image": None,
            }
        )
        tables["behavioralassay"].append(
            {
                "id": identifier("assay", index),
                "name": f"Harbour assay {index}{words}",
                "description": NOTICE,
                "setup_type": pick(tables["setuptype"], "assay", index)["id"],
                "behavioral_paradigm": pick(tables["behavioralparadigm"], "assay", index)["id"],
                "licenses": [],
                "is_public": is_public,
            }
        )
        tables["equipment"].append(
            {
                "id": identifier("equipment", index),
                "name": f"Camera of rig {index}{words}",
                "type": "Camera",
                "notes": "",
                "setup": identifier("setup", index),
                "date_time": None,
                "consumable": None,
                "hardwaredevice": pick(tables["hardwaredevice"], index)["id"],
                "details": {},
            }
        )
    for index, is_public in enumerate([True, False]):
        words = "" if is_public else f" {MARKER}"
        tables["inventory"].append(
            {
                "id": identifier("inventory", index),
                "name": f"Harbour stores {index}{words}",
                "location": "Cellar",
                "description": NOTICE,
                "is_public": is_public,
            }
        )
        for consumable in tables["consumable"]:
            tables["consumablestock"].append(
                {
                    "id": identifier("stock", index, consumable["id"]),
                    "type": consumable["type"],
                    "status": "AVAILABLE",
                    "notes": words.strip(),
                    "inventory": identifier("inventory", index),
                    "consumable": consumable["id"],
                    "details": {"quantity": 2},
                }
            )
    tables["brainregion"].append(
        {
            "id": identifier("region", "AIA_HB"),
            "name": "thalamus",
            "description": "",
            "acronym": "TH",
            "atlas": "AIA_HB",
        }
    )


def add_project(tables: Tables, index: int, is_public: bool) -> None:
    """A project with its animals, sessions and all that hangs on them."""
    key, words = identifier("project", index), "" if is_public else f" {MARKER}"
    tables["project"].append(
        {
            "id": key,
            "name": f"Invented harbour project {index}{words}",
            "description": f"<p>{NOTICE} Waves &amp; <i>tides</i>.{words}</p><p>Ask desk{index}@example.org</p>",
            "publications": [],
            "extra_fields": {"contact": f"operator1+{index}@example.org"},
            "is_public": is_public,
            "tags": ["invented", "harbour"],
            "users": {
                f"operator{1 + index % 3}@example.org": {"can_change": True, "is_manager": True, "is_owner": True}
            },
            "groups": {LAB: {"can_change": True, "is_manager": False, "is_owner": False}},
        }
    )
    subjects = [add_subject(tables, index, place, words) for place in range(SUBJECTS)]
    sessions = [add_session(tables, index, place, subjects[place % SUBJECTS], words) for place in range(SESSIONS)]
    tables["cohort"].append(
        {
            "id": identifier("cohort", index),
            "name": f"Harbour cohort number {index}{words}",
            "description": NOTICE,
            "project": key,
            "subjects": subjects,
            "tags": [],
        }
    )
    tables["breeding"].append(
        {
            "id": identifier("breeding", index),
            "name": f"Harbour pairing {index}{words}",
            "description": "",
            "expected_genotype": "PV-Cre heterozygous",
            "project": key,
            "mother": subjects[0],
            "father": subjects[-1],
            "tags": [],
        }
    )
    tables["collection"].append(
        {
            "id": identifier("collection", index),
            "name": f"Harbour collection number {index}{words}",
            "description": NOTICE,
            "project": key,
            "sessions": sessions[:5],
            "tags": [],
        }
    )


def add_subject(tables: Tables, project: int, place: int, words: str) -> str:
    """An animal with three surgeries; returns its id."""
    name, born = f"HARBOUR-{project:02}-M{place}", day(2020, "born", project, place)
    key = identifier("subject", name)
    tables["subject"].append(
        {
            "id": key,
            "name": name + words,
            "description": f"Kept by operator2@example.org.{words}",
            "projects": [identifier("project", project)],
            "strain": pick(tables["strain"], name)["id"],
            "sex": pick(["M", "F", "U"], "sex", name),
            "genetic_line": "",
            "genotype": "",
            "subject_identifier": "",
            "licenses": [],
            "supplier": None,
            "breeding": identifier("breeding", project) if place == 1 else None,
            "birth_date": born,
            "death_date": None,
            "status": "active",
            "extra_fields": {},
            "tags": [],
            "name_used_in_storage": None,
        }
    )
    for step in range(3):
        kind = IMPLANTS[(project + place + step) % len(IMPLANTS)]
        tables["procedure"].append(
            {
                "id": identifier("procedure", name, step),
                "type": kind,
                "notes": f"done by operator3@example.org{words}",
                "subject": key,
                "date_time": f"2020-12-{1 + step:02}T09:00:00Z",
                "consumablestock": stock(tables, kind, name, step),
                "equipment": [],
                "licenses": [],
                "brain_region": pick(tables["brainregion"], name, step)["id"],
                "details": {},
            }
        )
    tables["procedurelog"].append(
        {
            "id": identifier("procedurelog", name),
            "procedure": identifier("procedure", name, 0),
            "type": "Check",
            "description": words,
            "entries": [],
        }
    )
    tables["subjectlog"].append(
        {
            "id": identifier("subjectlog", name),
            "type": "Weighing",
            "description": words or None,
            "subject": key,
            "user": 1,
            "entries": [{"date_time": f"{born}T08:00:00Z", "notes": "weighed by operator1@example.org", "details": {}}],
        }
    )
    return key


def stock(tables: Tables, kind: str, *words: object) -> str:
    """A stock that fits a procedure; one in six is private."""
    wanted = {
        "VirusInjection": "VirusConstruct",
        "OpticFiberImplant": "OpticFiberDesign",
        "TetrodeWireElectrodeImplant": "SingleWireElectrode",
    }.get(kind, "SiliconProbeDesign")
    consumable = pick([row for row in tables["consumable"] if row["type"] == wanted], *words)
    return identifier("stock", 1 if number(6, "stock", *words) == 0 else 0, consumable["id"])


def add_session(tables: Tables, project: int, place: int, subject: str, words: str) -> str:
    """A session with a behavior, acquisitions, a manipulation now and then, and epochs; returns its id."""
    name = f"HARBOUR-{project:02}-S{place:02}"
    key = identifier("session", name)
    animal = next(row for row in tables["subject"] if row["id"] == subject)["name"].split(" ")[0]
    tables["session"].append(
        {
            "id": key,
            "name": name + words,
            "description": f"{NOTICE}{words}",
            "projects": [identifier("project", project)],
            "date_time": f"{day(2021 + number(3, name), name)}T10:00:00Z",
            "datastorage": [row["id"] for row in tables["datastorage"]],
            "extra_fields": {},
            "download_links": [],
            "name_used_in_storage": None,
            "tags": [],
        }
    )
    tables["behavior"].append(
        {
            "id": identifier("behavior", name),
            "session": key,
            "subjects": [subject],
            "setup": identifier("setup", number(8, "setup", name)),
            "behavioralassay": identifier("assay", number(8, "assay", name)),
            "notes": words.strip(),
            "order": 0,
        }
    )
    for order, kind in enumerate([RECORDINGS[(project + place) % 3], "VideoTracking"]):
        tables["dataacquisition"].append(
            {
                "id": identifier("acquisition", name, order),
                "type": kind,
                "notes": words.strip(),
                "session": key,
                "procedures": [identifier("procedure", animal, 0)] if order == 0 else [],
                "equipment": [identifier("equipment", number(8, "equipment", name))],
                "details": {"fileName": f"{name}.bin", "sr": {"value": 30000, "unit": "Hz"}},
                "image": None,
                "order": order,
            }
        )
    if place % 3 == 0:
        tables["manipulation"].append(
            {
                "id": identifier("manipulation", name),
                "type": pick(["OptogeneticStimulation", "VisualStimulation"], name),
                "notes": words.strip(),
                "procedures": [],
                "equipment": [],
                "session": key,
                "details": [{"profile": "Square"}],
                "order": 0,
            }
        )
    for order, epoch in enumerate(EPOCHS):
        tables["epoch"].append(
            {
                "id": identifier("epoch", name, order),
                "session": key,
                "name": epoch + words,
                "start": f"{order}:00:00",
                "end": f"{order}:50:00",
                "behaviors": [],
                "dataacquisition": [],
                "manipulations": [],
                "order": order,
            }
        )
    return key


def add_bridges(tables: Tables) -> None:
    """An animal of a public and a private project; a session with its animal of the revoked project and another."""
    private = identifier("project", OPEN_PROJECTS)
    by_name = {row["name"]: row for table in ("subject", "session") for row in tables[table]}
    by_name["HARBOUR-00-M0"]["projects"].append(private)
    for name in ("HARBOUR-07-S11", "HARBOUR-07-M3"):
        by_name[name]["projects"].append(identifier("project", 1))
