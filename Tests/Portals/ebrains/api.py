"""The routes of the Knowledge Graph that today's connector asks: nodes by type, by id, and by library name."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from core import hostile
from core.invented import MARKER, identifier
from core.messages import Problem, Reply, Request
from core.portal import Portal, Row, Tables
from ebrains.data import INSTANCES, rows

WRONG: Row = {
    "fullName": 5,
    "description": ["a"],
    "accessibility": "free",
    "studiedSpecimen": "subject",
    "releaseDate": {"year": 2020},
    "technique": hostile.nested(100),
    "license": [],
    "versionIdentifier": None,
}


class KnowledgeGraph(Portal):
    """`/kg`: what stands before `/search` and `/instances`."""

    name = "kg"
    key = "@id"
    losable = frozenset(["versions"])

    def __init__(self) -> None:
        super().__init__(rows())

    def public(self, tables: Tables) -> Tables:
        return {**tables, "unreleased": []}

    def without_revoked(self, tables: Tables) -> Tables:
        return {**tables, "versions": tables["versions"][1:]}

    def with_text(self, tables: Tables, text: str) -> Tables:
        first, *others = tables["versions"]
        return {**tables, "versions": [{**first, "description": text}, *others]}

    def hostile(self, tables: Tables) -> Tables:
        first = tables["versions"][0]
        spoilt = hostile.rows(
            first, table="kg", key="@id", texts=("fullName", "shortName", "description"), wrong=WRONG, prefix=INSTANCES
        )
        one, two = (INSTANCES + identifier("hostile", "circle", side) for side in (1, 2))
        circle = [
            {**first, "@id": one, "isNewVersionOf": {"@id": two}, "studiedSpecimen": [{"@id": one}]},
            {**first, "@id": two, "isNewVersionOf": {"@id": one}, "studyTarget": {"@id": two}},
        ]
        return {**tables, "versions": tables["versions"] + spoilt + circle}

    def answer(self, request: Request, tables: Tables) -> Reply:
        parts = request.segments[1:]
        if request.method not in ("GET", "HEAD"):
            raise failed(405, "Method not allowed")
        if parts == ["search"]:
            return search(request, tables)
        nodes = {
            row["@id"]: row
            for table in ("terms", "others", "versions")
            for row in tables[table]
            if isinstance(row, dict) and isinstance(row.get("@id"), str)
        }
        if parts[:1] == ["instances"] and len(parts) == 2:
            request.refuse_others(frozenset())
            found = nodes.get(INSTANCES + parts[1])
            if found is None:
                raise failed(404, "Instance not found")
            return Reply({"data": found, "error": None})
        if parts == ["instancesByIdentifiers"]:
            request.refuse_others(frozenset(["identifier"]))
            found_by_name = {name: by_name(name, tables) for name in request.values("identifier")}
            return Reply({"data": found_by_name, "error": None})
        raise failed(404, "No such route")

    # For tests

    def dumped(self) -> Mapping[str, list[Row]]:
        released = self.public(self.rows)
        return {"nodes": [*released["versions"], *released["others"], *released["terms"]]}

    def checks(self) -> Row:
        shown = self.shown([])
        known = {row["@id"] for table in ("versions", "others", "terms") for row in shown[table]}
        named = set(re.findall(f"{INSTANCES}[0-9a-f-]+", json.dumps(shown)))
        products = [row for row in shown["others"] if row["@type"][0].endswith(("ModelVersion", "SoftwareVersion"))]
        return {
            "records": {
                "dataset": len(shown["versions"]),
                "model": sum(row["@type"][0].endswith("ModelVersion") for row in products),
                "software": sum(row["@type"][0].endswith("SoftwareVersion") for row in products),
            },
            "private_ids": [row["@id"].removeprefix(INSTANCES) for row in self.rows["unreleased"]],
            "dangling_ids": sorted(key.removeprefix(INSTANCES) for key in named - known),
            "private_markers": [MARKER],
        }


def failed(status: int, message: str) -> Problem:
    """An error as the graph writes it."""
    return Problem(status, {"data": None, "error": {"code": status, "message": message}})


def by_name(name: str, tables: Tables) -> Row:
    """The answer for one library name, which is an error of its own where there is no such term."""
    for row in tables["terms"]:
        if name.replace("openminds.ebrains.eu", "openminds.om-i.org") in row["http://schema.org/identifier"]:
            return {"data": row, "error": None}
    return {"data": None, "error": {"code": 404, "message": "Instance not found", "instanceId": name}}


def search(request: Request, tables: Tables) -> Reply:
    """A page of the nodes of a type, those that hold all words of `q` where there is one."""
    request.refuse_others(frozenset(["type", "from", "size", "q"]))
    kind = request.value("type") or ""
    found = (
        tables["versions"]
        if kind == "DatasetVersion"
        else [row for row in tables["others"] if row["@type"][0].rsplit("/", 1)[-1] == kind]
    )
    for word in re.split(r"\s+AND\s+|\s+", request.value("q") or ""):
        found = [row for row in found if re.search(r"\b" + re.escape(word.lower()), words_of(row))] if word else found
    size, start = request.whole("size", 20, most=1000, least=1), request.whole("from", 0)
    total = len(found)
    is_last = start + size >= total
    page = found[start : start + size]
    return Reply(
        {"data": page, "total": total, "size": len(page), "from": start, "error": None},
        is_list=True,
        ends_main_list=kind == "DatasetVersion" and is_last and start < max(total, 1),
    )


def words_of(row: Any) -> str:
    """All words of a node, in small letters."""
    return json.dumps(row, ensure_ascii=False).lower()
