"""Invented datasets of OpenNeuro."""

from __future__ import annotations

from core.invented import NOTICE, day, number, pick
from core.portal import Row

COUNT = 60
"""More than fit on two pages of 25."""
KINDS: tuple[tuple[str, list[str], str], ...] = (
    ("mri", ["mri_functional", "mri_structural"], "rest"),
    ("eeg", [], "oddball"),
    ("ieeg", [], "verbal recall"),
    ("meg", [], "TODO: full task name for auditory"),
)
"""Primary modality, secondary modalities, task."""


def datasets() -> list[Row]:
    """All datasets, oldest first."""
    return [dataset(f"ds{900_001 + index:06}", index) for index in range(COUNT)]


def dataset(key: str, index: int) -> Row:
    """A dataset with its latest snapshot; one has not been validated yet."""
    modality, secondary, task = KINDS[index % len(KINDS)]
    published = f"20{15 + index // 6:02}-0{1 + index % 6}-15T12:00:00.000Z"
    subjects = [f"{place + 1:02}" for place in range(1 + number(6, "subjects", key))]
    participants = [
        {
            "participantId": name,
            "age": None if place == 2 else 20.0 + number(40, "age", key, name),
            "sex": pick(["M", "F", "female", "M,", None], "sex", key, name),
            "group": pick(["patient", "control", None], "group", key, name),
        }
        for place, name in enumerate(subjects)
    ]
    size = 10**9 * (1 + index)
    summary = (
        None
        if index == 7
        else {
            "modalities": [modality],
            "primaryModality": modality,
            "secondaryModalities": secondary,
            "sessions": ["1", "2"] if index % 3 == 0 else [],
            "subjects": subjects,
            "subjectMetadata": participants,
            "tasks": [task],
            "size": size,
            "totalFiles": 10,
        }
    )
    return {
        "id": key,
        "created": published,
        "publishDate": published,
        "metadata": {
            "species": pick([None, "Human", "Mouse"], "species", key),
            "dxStatus": pick([None, "Epilepsy"], "dx", key),
            "ages": [entry["age"] for entry in participants],
            "modalities": [modality],
            "tasksCompleted": [task],
            "studyDesign": None,
            "studyDomain": "Cognition",
            "studyLongitudinal": None,
            "trialCount": None,
            "seniorAuthor": "Example, Senior",
            "associatedPaperDOI": None,
            "openneuroPaperDOI": None,
            "grantFunderName": None,
            "adminUsers": [f"PRIVATE-MARKER owner{index}@example.org"],
        },
        "latestSnapshot": {
            "tag": "1.0.1",
            "created": f"{day(2025, key)}T12:00:00.000Z",
            "size": size,
            "readme": f"{NOTICE} {key}. Ask owner{index}@example.org.",
            "description": {
                "Name": f"Invented dataset {index} of {modality}",
                "Authors": ["Example, First", f"Example, Number {index}"],
                "DatasetDOI": f"doi:10.5555/openneuro.{key}.v1.0.1",
                "License": "CC0",
                "DatasetType": "raw",
                "ReferencesAndLinks": [f"https://doi.org/10.5555/paper.{index}"],
                "HowToAcknowledge": None,
                "Acknowledgements": None,
                "Funding": None,
            },
            "summary": summary,
            "contributors": [{"name": f"Example, Number {index}", "orcid": None}],
            "related": [{"id": "10.5555/related", "relation": "source", "kind": "Dataset"}] if index % 9 == 0 else [],
            "deprecated": {"reason": "Superseded."} if index == 11 else None,
        },
    }
