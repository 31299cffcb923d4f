"""Invented rows of Alyx: sessions with one or two probes each, their animals, laboratories and projects.

The short names of laboratories, tasks and probe models are those the International Brain Laboratory uses, since names
are what is linked; which laboratory did what is invented.
"""

from __future__ import annotations

from alyx.regions import REGIONS
from core.invented import NOTICE, day, identifier, number, pick
from core.portal import Row, Tables

SESSIONS = 262
"""More than the 250 that a page of Alyx holds by default."""
SUBJECTS = 44

LABS = ("churchlandlab", "cortexlab", "danlab", "hoferlab")
REVOKED_LAB = "hoferlab"
"""The laboratory whose sessions `revoked` makes private."""
PROJECTS = ("invented_brainwide_map", "invented_pilot")
TASKS = (
    "_iblrig_tasks_ephysChoiceWorld6.4.2",
    "_iblrig_tasks_biasedChoiceWorld6.4.2",
    "_iblrig_tasks_passiveChoiceWorld6.4.2",
)
MODELS = ("3A", "3B1", "3B2", "NP2.1")
PATHS = (
    ("VISa", "CA1", "DG-mo", "LP", "PO"),
    ("VISp1", "VISp5", "CA3", "LGd", "RT"),
    ("MOs", "ACAd", "CP", "ACB"),
    ("SSp-bfd", "CP", "VPM", "VPL", "ZI"),
    ("SUB", "SCs", "SNr"),
    ("CA1", "LD", "MD", "LHA"),
    ("IP", "fiber tracts"),
)
"""Regions along a probe, from the surface down."""


def rows() -> Tables:
    """All rows, as tables of a dump."""
    subjects = [subject(index) for index in range(SUBJECTS)]
    sessions = [session(index, subjects[index % SUBJECTS]) for index in range(SESSIONS)]
    return {
        "sessions": sorted(sessions, key=lambda row: str(row["start_time"]), reverse=True),
        "subjects": subjects,
        "insertions": [probe for row in sessions for probe in probes(row)],
        "brain-regions": [
            {"id": number, "acronym": acronym, "name": name, "parent": parent}
            for number, parent, acronym, name in REGIONS
        ],
        "labs": [{"name": lab, "institution": "Institute of Invented Examples"} for lab in LABS],
        "projects": [{"name": name, "description": NOTICE, "users": ["operator1"]} for name in PROJECTS],
    }


def subject(index: int) -> Row:
    """An animal of one laboratory."""
    lab = LABS[index % len(LABS)]
    return {
        "id": identifier("alyx subject", index),
        "nickname": f"INV_{lab[:2].upper()}_{index:03}",
        "lab": lab,
        "birth_date": day(2018, "born", index),
        "death_date": None,
        "age_weeks": 50,
        "species": "Laboratory mouse",
        "sex": pick(["M", "F", "U"], "alyx sex", index),
        "strain": "C57BL/6J",
        "line": "C57BL/6J",
        "source": "Invented breeder",
        "responsible_user": "operator1",
        "reference_weight": 22.5,
        "description": f"{NOTICE} Ask operator1@example.org.",
    }


def session(index: int, animal: Row) -> Row:
    """A session, with what only its own page says."""
    start = day(2019 + index % 3, "session", index)
    return {
        "id": identifier("alyx session", index),
        "subject": animal["nickname"],
        "lab": animal["lab"],
        "number": 1,
        "start_time": f"{start}T10:20:30.123456",
        "end_time": f"{start}T11:30:00" if index % 5 else None,
        "projects": [pick(PROJECTS, "project", index)],
        "task_protocol": pick(TASKS, "task", index),
        "location": f"_iblrig_{animal['lab']}_ephys_0",
        "n_trials": 600 + index,
        "n_correct_trials": 500,
        "narrative": f"{NOTICE} operator2@example.org" if index % 7 == 0 else "",
    }


def probes(of: Row) -> list[Row]:
    """The probes of a session: one, now and then two."""
    return [
        {
            "id": identifier("insertion", of["id"], place),
            "session": of["id"],
            "name": f"probe{place:02}",
            "model": pick(MODELS, "model", of["id"], place),
            "serial": str(10_000 + number(9_000, of["id"], place)),
            "regions": list(pick(PATHS, "path", of["id"], place)),
        }
        for place in range(2 if number(8, "probes", of["id"]) == 0 else 1)
    ]
