"""The public search of the Knowledge Graph (kg-search): lists by POST, then a document each."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from core import hostile
from core.invented import MARKER
from core.messages import Problem, Reply, Request
from core.portal import Portal, Row, Tables
from ebrains.data import INSTANCES, rows
from ebrains.documents import UNSEEN, documents

WRONG: Row = {
    "title": 5,
    "description": {"value": ["a"]},
    "dataAccessibility": "free",
    "specimenBySubject": hostile.nested(20),
    "releasedAt": {"value": {"year": 2020}},
    "technique": {"reference": 4},
    "license_info": [],
    "doi": {"value": None},
}
WINDOW = 10_000
"""The last place that can be asked for."""


class KnowledgeGraph(Portal):
    """`/kg`: what stands before `/api/groups/public/`."""

    name = "kg"
    losable = frozenset(["documents"])

    def __init__(self) -> None:
        self.nodes = rows()
        unreleased = {**self.nodes, "versions": self.nodes["unreleased"]}
        private = [row for row in documents(unreleased) if row["type"] == "Dataset"]
        super().__init__({"documents": documents(self.nodes), "unreleased": private})

    def public(self, tables: Tables) -> Tables:
        return {**tables, "unreleased": []}

    def without_revoked(self, tables: Tables) -> Tables:
        return {**tables, "documents": tables["documents"][1:]}

    def with_text(self, tables: Tables, text: str) -> Tables:
        first, *others = tables["documents"]
        return {**tables, "documents": [{**first, "description": {"value": text}}, *others]}

    def hostile(self, tables: Tables) -> Tables:
        spoilt = hostile.rows(tables["documents"][0], table="kg", key="id", texts=("title",), wrong=WRONG)
        # The search makes its hits of indexed documents: there is none that is no object, or has no type.
        sound = [row for row in spoilt if isinstance(row, dict)]
        return {**tables, "documents": tables["documents"] + [{"type": "Dataset", **row} for row in sound]}

    def answer(self, request: Request, tables: Tables) -> Reply:
        parts = request.segments[1:]
        if parts[:3] == ["api", "groups", "public"] and len(parts) == 5 and parts[3] == "documents":
            if request.method not in ("GET", "HEAD"):
                raise failed(405, request)
            request.refuse_others(frozenset())
            found = [row for row in tables["documents"] if row.get("id") == parts[4]]
            if not found:
                raise Problem(404, b"")
            return Reply(document(found[0]))
        if parts == ["api", "groups", "public", "search"]:
            return search(request, tables["documents"])
        raise failed(404, request)

    # For tests

    def dumped(self) -> Mapping[str, list[Row]]:
        return {"nodes": [*self.nodes["versions"], *self.nodes["others"], *self.nodes["terms"]]}

    def checks(self) -> Row:
        shown = self.shown([])["documents"]
        types = [row["type"] for row in shown]
        return {
            "records": {
                "dataset": types.count("Dataset"),
                "model": types.count("Model"),
                "software": types.count("Software"),
                "collection": types.count("Project"),
            },
            "private_ids": [row["@id"].removeprefix(INSTANCES) for row in self.nodes["unreleased"]],
            "private_markers": [MARKER],
            "documents": [document(row) for row in shown],
        }


def failed(status: int, request: Request) -> Problem:
    """An error as Spring writes it."""
    names = {400: "Bad Request", 404: "Not Found", 405: "Method Not Allowed"}
    return Problem(status, {"status": status, "error": names[status], "path": request.path})


def document(row: Row) -> Row:
    """A document as it is shown."""
    fields = {key: value for key, value in row.items() if key not in UNSEEN}
    kind = row["type"]
    return {
        "id": row.get("id"),
        "type": kind,
        "group": "public",
        "category": kind,
        "title": row.get("title"),
        "badges": [],
        "disclaimer": "Write to curation@example.org.",
        "fields": fields,
    }


def search(request: Request, shown: list[Any]) -> Reply:
    """A page of the hits of a type, those with all words of `q` where there is one."""
    if request.method != "POST":
        raise failed(405, request)
    request.refuse_others(frozenset(["type", "from", "size", "q"]))
    try:
        facets = json.loads(request.body)
    except ValueError:
        facets = None
    if not isinstance(facets, dict):
        # The body must be there; {} will do.
        raise failed(400, request)
    kind, start, size = request.value("type") or "", request.whole("from", 0), request.whole("size", 20)
    if start + size > WINDOW:
        raise Problem(400, b"")
    found = [row for row in shown if row["type"] == kind]
    for word in re.split(r"\s+AND\s+|\s+", request.value("q") or ""):
        found = [row for row in found if re.search(r"\b" + re.escape(word.lower()), words_of(row))] if word else found
    found.sort(key=lambda row: str(row.get("released") or ""), reverse=True)
    total = len(found)
    hits = [
        {**{key: value for key, value in document(row).items() if key not in ("fields", "disclaimer")}, "tags": None}
        for row in request.page(found, start, size)
    ]
    return Reply(
        {"total": total, "hits": hits, "aggregations": {}, "types": {}, "suggestions": {}},
        is_list=True,
        ends_main_list=kind == "Dataset" and start + size >= total and start < max(total, 1),
    )


def words_of(row: Any) -> str:
    """All words of a document, in small letters."""
    return json.dumps(row, ensure_ascii=False).lower()
