"""Invented nodes of the Knowledge Graph in openMINDS, old and new name space, and the library terms they point at."""

from __future__ import annotations

from core.invented import MARKER, NOTICE, day, identifier, number, pick
from core.portal import Row, Tables

VERSIONS = 104
"""Dataset versions: more than fit on one page of 100."""
PEOPLE = 6
OLD, NEW = "https://openminds.ebrains.eu/core/", "https://openminds.om-i.org/types/"
INSTANCES = "https://kg.ebrains.eu/api/instances/"
LIBRARY = "https://openminds.om-i.org/instances/"

TERMS = (
    ("species/musMusculus", "Species", "Mus musculus", "http://purl.obolibrary.org/obo/NCBITaxon_10090"),
    ("species/rattusNorvegicus", "Species", "Rattus norvegicus", "http://purl.obolibrary.org/obo/NCBITaxon_10116"),
    ("species/homoSapiens", "Species", "Homo sapiens", "http://purl.obolibrary.org/obo/NCBITaxon_9606"),
    ("biologicalSex/female", "BiologicalSex", "female", "http://purl.obolibrary.org/obo/PATO_0000383"),
    ("biologicalSex/male", "BiologicalSex", "male", "http://purl.obolibrary.org/obo/PATO_0000384"),
    (
        "UBERONParcellation/hippocampus",
        "UBERONParcellation",
        "hippocampus",
        "http://purl.obolibrary.org/obo/UBERON_0002421",
    ),
    ("UBERONParcellation/thalamus", "UBERONParcellation", "thalamus", "http://purl.obolibrary.org/obo/UBERON_0001897"),
    (
        "UBERONParcellation/primaryVisualCortex",
        "UBERONParcellation",
        "primary visual cortex",
        "http://purl.obolibrary.org/obo/UBERON_0002436",
    ),
    ("technique/extracellularElectrophysiology", "Technique", "extracellular electrophysiology", None),
    ("technique/immunohistochemistry", "Technique", "immunohistochemistry", None),
    ("technique/twoPhotonFluorescenceMicroscopy", "Technique", "two-photon fluorescence microscopy", None),
    ("experimentalApproach/electrophysiology", "ExperimentalApproach", "electrophysiology", None),
    ("subjectAttribute/awake", "SubjectAttribute", "awake", None),
    ("subjectAttribute/asleep", "SubjectAttribute", "asleep", None),
    ("unitOfMeasurement/day", "UnitOfMeasurement", "day", None),
    ("productAccessibility/freeAccess", "ProductAccessibility", "free access", None),
    ("productAccessibility/underEmbargo", "ProductAccessibility", "under embargo", None),
    ("licenses/ccBy4.0", "License", "CC-BY-4.0", None),
)
"""Path in the library, type, name, ontology identifier."""


def rows() -> Tables:
    """All nodes: versions of datasets, everything else by id, the library's terms, and what was never released."""
    people = [person(index) for index in range(PEOPLE)]
    others, versions = list(people), []
    for index in range(VERSIONS):
        version, hangers_on = dataset(index, people)
        versions.append(version)
        others += hangers_on
    for kind, name in [("Model", "Invented model of a column"), ("Software", "Invented spike sorter")]:
        others += product(kind, name, people)
    unreleased, _ = dataset(VERSIONS, people)
    unreleased["fullName"] += f" {MARKER}"
    terms = [term(*words) for words in TERMS]
    return {"versions": versions, "others": others, "terms": terms, "unreleased": [unreleased]}


def node(space: str, kind: str, *words: object, **properties: object) -> Row:
    """A node of a type."""
    key = INSTANCES + identifier("kg", kind, *words)
    return {"@id": key, "@type": [space + kind], "http://schema.org/identifier": [key], **properties}


def term(path: str, kind: str, name: str, ontology: str | None) -> Row:
    """A term of the openMINDS library as the graph serves it: under an id of its own, its library name beside it."""
    key = INSTANCES + identifier("kg term", path)
    return {
        "@id": key,
        "@type": [NEW + kind],
        "http://schema.org/identifier": [key, LIBRARY + path],
        "name": name,
        "preferredOntologyIdentifier": ontology,
    }


def to(target: Row) -> Row:
    """A reference to a node."""
    return {"@id": target["@id"]}


def library(path: str) -> Row:
    """A reference to a term by its name in the library."""
    return {"@id": LIBRARY + path}


def person(index: int) -> Row:
    """Somebody invented, with an address that must not be kept."""
    return node(
        NEW,
        "Person",
        index,
        givenName="Example",
        familyName=f"Invented {index}",
        contactInformation={"@type": NEW + "ContactInformation", "email": f"operator1+{index}@example.org"},
    )


def dataset(index: int, people: list[Row]) -> tuple[Row, list[Row]]:
    """A version of a dataset, and the nodes that belong to it: dataset, DOI, strain, subject with its state."""
    space = OLD if index % 5 == 0 else NEW
    region = pick(["hippocampus", "thalamus", "primaryVisualCortex"], "region", index)
    techniques = ["extracellularElectrophysiology", "immunohistochemistry", "twoPhotonFluorescenceMicroscopy"]
    technique = pick(techniques, "technique", index)
    species = pick(["musMusculus", "rattusNorvegicus", "homoSapiens"], "species", index)
    name = f"Invented dataset {index}: {region} by {technique}"
    state = node(
        space,
        "SubjectState",
        index,
        lookupLabel=f"sub-{index}_state",
        attribute=[library(f"subjectAttribute/{pick(['awake', 'asleep'], 'attribute', index)}")],
        age={
            "@type": space + "QuantitativeValue",
            "value": 60 + number(200, "age", index),
            "unit": library("unitOfMeasurement/day"),
        },
    )
    subject = node(
        space,
        "Subject",
        index,
        lookupLabel=f"sub-{index}",
        species=library(f"species/{species}"),
        biologicalSex=library(f"biologicalSex/{pick(['female', 'male'], 'sex', index)}"),
        studiedState=[to(state)],
    )
    doi = node(space, "DOI", index, identifier=f"https://doi.org/10.5555/discover.test.kg{index}")
    specimens = [to(subject)]
    if index % 10 == 3:
        # A specimen that was not released: a reference that leads nowhere.
        specimens.append({"@id": INSTANCES + identifier("kg unreleased", index)})
    version = node(
        space,
        "DatasetVersion",
        index,
        fullName=name,
        shortName=name[:40],
        description=f"{NOTICE} {name}. Ask curator@example.org.",
        versionIdentifier="v1",
        releaseDate=day(2021, index),
        experimentalApproach=[library("experimentalApproach/electrophysiology")],
        technique=[library(f"technique/{technique}")],
        studyTarget=[library(f"UBERONParcellation/{region}")],
        studiedSpecimen=specimens,
        digitalIdentifier=to(doi),
        license=library("licenses/ccBy4.0"),
        accessibility=library(f"productAccessibility/{'underEmbargo' if index % 9 == 4 else 'freeAccess'}"),
        author=[to(pick(people, "author", index))],
    )
    parent = node(
        space,
        "Dataset",
        index,
        fullName=name,
        shortName=name[:40],
        description=NOTICE,
        hasVersion=[to(version)],
        author=[to(people[index % PEOPLE])],
    )
    return version, [parent, doi, subject, state]


def product(kind: str, name: str, people: list[Row]) -> list[Row]:
    """A model or a piece of software with one version."""
    version = node(
        NEW,
        f"{kind}Version",
        name,
        fullName=name,
        description=NOTICE,
        versionIdentifier="1.0",
        accessibility=library("productAccessibility/freeAccess"),
        author=[to(people[0])],
    )
    return [version, node(NEW, kind, name, fullName=name, description=NOTICE, hasVersion=[to(version)])]
