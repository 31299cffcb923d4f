"""Invented dandisets (dandischema 0.6), embargoed ones among them."""

from __future__ import annotations

from core.invented import MARKER, NOTICE, identifier, number, pick
from core.portal import Row

FIRST = 900_001
COUNT = 140
"""More than fit on one page of 128."""
EMBARGOED = {"900001": "2027-03-01", "900002": "2026-12-15", "900003": "2027-06-30", "900005": ""}
"""Until when; one does not say."""
HIDDEN = "900004"
"""Neither listed nor shown to anybody."""
REVOKED = "900012"
"""The dandiset that `revoked` takes away."""

TOPICS = (
    (
        "Neuropixels recordings in mouse thalamus",
        "Mus musculus - House mouse",
        "10090",
        "electrophysiological approach",
        "multi electrode extracellular electrophysiology recording technique",
    ),
    (
        "Two-photon imaging of visual cortex",
        "House mouse",
        "10090",
        "microscopy approach; cell population imaging",
        "two-photon microscopy technique",
    ),
    (
        "Place cells of rats on a track",
        "Rattus norvegicus - Norway rat",
        "10116",
        "electrophysiological approach",
        "spike sorting technique",
    ),
    (
        "Patch clamp of human neurons",
        "Homo sapiens - Human",
        "9606",
        "electrophysiological approach",
        "voltage clamp technique",
    ),
    (
        "Optogenetic silencing of the striatum",
        "Mus musculus - House mouse",
        "10090",
        "optogenetic approach",
        "analytical technique",
    ),
)
"""Title, species and its taxon, approach and technique, named as the archive names them."""


def dandisets() -> list[Row]:
    """All dandisets with their versions, those nobody may see too."""
    return [dandiset(f"{FIRST + index:06}") for index in range(COUNT)]


def dandiset(key: str) -> Row:
    """One dandiset: what the archive knows of it, and the metadata of its versions."""
    status = "EMBARGOED" if key in EMBARGOED or key == HIDDEN else "OPEN"
    versions = {"draft": metadata(key, "draft")}
    if status == "OPEN" and int(key) % 3 == 0:
        version = f"0.24{1 + int(key) % 12:02}15.1200"
        versions[version] = metadata(key, version)
    return {"id": key, "status": status, "versions": versions}


def metadata(key: str, version: str) -> Row:
    """The metadata of a version."""
    title, species, taxon, approach, technique = TOPICS[int(key) % len(TOPICS)]
    private = f" {MARKER}" if key == HIDDEN else ""
    files, subjects = 2 + number(20, "files", key), 1 + number(12, "subjects", key)
    is_closed = key in EMBARGOED or key == HIDDEN
    access: Row = {
        "schemaKey": "AccessRequirements",
        "status": "dandi:EmbargoedAccess" if is_closed else "dandi:OpenAccess",
        "contactPoint": {"schemaKey": "ContactPoint", "email": f"owner{key}@example.org"},
    }
    if EMBARGOED.get(key):
        access["embargoedUntil"] = EMBARGOED[key]
    # Several were created at the same moment, so that a list in the order of creation has ties.
    moment = f"2025-01-{1 + int(key) % 4:02}T12:00:00+00:00"
    return {
        "id": f"DANDI:{key}/{version}",
        "identifier": f"DANDI:{key}",
        "schemaKey": "Dandiset",
        "schemaVersion": "0.6.8",
        "name": f"{title}, invented {key}{private}",
        "description": f"{NOTICE} {title}. Ask owner{key}@example.org.{private}",
        "version": version,
        "url": f"https://dandiarchive.org/dandiset/{key}/{version}",
        "repository": "https://dandiarchive.org/",
        "dateCreated": moment,
        "dateModified": moment,
        "license": ["spdx:CC-BY-4.0"],
        "keywords": ["invented", "test"],
        "about": [{"schemaKey": "Anatomy", "name": "brain", "identifier": "UBERON:0000955"}],
        "access": [access],
        "contributor": [
            {
                "schemaKey": "Person",
                "name": f"Example, Number {key}",
                "email": f"owner{key}@example.org",
                "roleName": ["dcite:Author", "dcite:ContactPerson"],
                "includeInCitation": True,
            }
        ],
        "citation": f"Example, Number {key} (2025) {title} (Version {version}) [Data set]. DANDI Archive.",
        "assetsSummary": {
            "schemaKey": "AssetsSummary",
            "numberOfBytes": files * 10**9,
            "numberOfFiles": files,
            "numberOfSubjects": subjects,
            "dataStandard": [
                {
                    "schemaKey": "StandardsType",
                    "name": "Neurodata Without Borders (NWB)",
                    "identifier": "RRID:SCR_015242",
                }
            ],
            "approach": [{"schemaKey": "ApproachType", "name": approach}],
            "measurementTechnique": [{"schemaKey": "MeasurementTechniqueType", "name": technique}],
            "variableMeasured": ["Units"],
            "species": [
                {
                    "schemaKey": "SpeciesType",
                    "name": species,
                    "identifier": f"http://purl.obolibrary.org/obo/NCBITaxon_{taxon}",
                }
            ],
        },
    }


def assets(key: str) -> list[Row]:
    """The files of a dandiset: one a session."""
    _, species, taxon, _, _ = TOPICS[int(key) % len(TOPICS)]
    found: list[Row] = []
    for place in range(2 + number(20, "files", key)):
        subject = f"sub-{1 + place % (1 + number(12, 'subjects', key)):02}"
        path = f"{subject}/{subject}_ses-{place:02}_ecephys.nwb"
        found.append(
            {
                "asset_id": identifier("asset", key, place),
                "path": path,
                "size": 10**9,
                "metadata": {
                    "path": path,
                    "contentSize": 10**9,
                    "encodingFormat": "application/x-nwb",
                    "wasAttributedTo": [
                        {
                            "schemaKey": "Participant",
                            "identifier": subject,
                            "age": {"value": "P90D"},
                            "species": {
                                "name": species,
                                "identifier": f"http://purl.obolibrary.org/obo/NCBITaxon_{taxon}",
                            },
                            "sex": {"name": pick(["Male", "Female"], key, subject)},
                        }
                    ],
                },
            }
        )
    return found
