"""OpenNeuro's GraphQL: the list of datasets by cursors, one dataset by its id, errors beside the data."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from typing import Any

from core import hostile
from core.invented import MARKER
from core.messages import Problem, Reply, Request
from core.portal import Portal, Row, Tables
from openneuro.data import datasets
from openneuro.graphql import Parser, Selection, chosen, refused

MOST = 100
"""Datasets at once; more are cut without a word."""


class OpenNeuro(Portal):
    """`/openneuro`: what stands before `/crn/graphql`."""

    name = "openneuro"
    losable = frozenset(["datasets"])
    has_validators = False

    def __init__(self) -> None:
        super().__init__({"datasets": datasets()})

    def without_revoked(self, tables: Tables) -> Tables:
        return {"datasets": tables["datasets"][1:]}

    def with_text(self, tables: Tables, text: str) -> Tables:
        first, *others = tables["datasets"]
        return {"datasets": [{**first, "latestSnapshot": {**first["latestSnapshot"], "readme": text}}, *others]}

    def with_broken(self, tables: Tables) -> Tables:
        return {"datasets": [{**row, "broken": place % 7 == 3} for place, row in enumerate(tables["datasets"])]}

    def hostile(self, tables: Tables) -> Tables:
        first = tables["datasets"][0]
        spoilt = []
        for place, text in enumerate(hostile.TEXTS):
            snapshot = first["latestSnapshot"]
            description = {**snapshot["description"], "Name": text, "Authors": [text, None]}
            changed = {**snapshot, "readme": text, "description": description}
            metadata = {**first["metadata"], "species": text, "dxStatus": text}
            spoilt.append({**first, "id": f"ds99900{place}", "metadata": metadata, "latestSnapshot": changed})
        empty = dict.fromkeys(first["latestSnapshot"])
        spoilt.append({**first, "id": "ds999100", "metadata": None, "latestSnapshot": empty})
        spoilt.append({**first, "publishDate": "some day"})
        return {"datasets": tables["datasets"] + spoilt}

    def answer(self, request: Request, tables: Tables) -> Reply:
        if request.segments[1:] != ["crn", "graphql"]:
            raise Problem(404, b"<pre>Cannot find it</pre>", Content_Type="text/html")
        if request.method != "POST" or "application/json" not in request.headers.get("Content-Type", ""):
            raise refused("This operation has been blocked as a potential Cross-Site Request Forgery.", "BAD_REQUEST")
        try:
            question = json.loads(request.body)
        except ValueError:
            raise refused("Unexpected token in JSON", "BAD_REQUEST") from None
        selections = Parser(question["query"], question.get("variables") or {}).query()
        if len(selections) != 1:
            raise refused("One field at a time here.")
        asked = selections[0]
        if asked.name == "dataset":
            return one(asked, tables["datasets"])
        if asked.name != "datasets":
            raise refused(f'Cannot query field "{asked.name}" on type "Query".')
        return page(asked, request, tables["datasets"])

    # For tests

    def dumped(self) -> Mapping[str, list[Row]]:
        return {"datasets": self.rows["datasets"]}

    def checks(self) -> Row:
        return {
            "records": {"dataset": len(self.rows["datasets"])},
            "private_markers": [MARKER],
            "documents": self.rows["datasets"],
        }


def failure(row: Row, path: list[Any]) -> Row:
    """What is told of a dataset whose snapshot cannot be read."""
    return {"message": f"Unexpected error resolving snapshot of {row['id']}", "path": path}


def is_broken(row: Row, selections: list[Selection]) -> bool:
    """Whether something is asked for of a dataset that cannot be read."""
    return bool(row.get("broken")) and any(selection.name == "latestSnapshot" for selection in selections)


def one(asked: Selection, rows: list[Row]) -> Reply:
    """A dataset by its id."""
    found = [row for row in rows if row["id"] == asked.arguments.get("id")]
    if not found or is_broken(found[0], asked.fields):
        message = failure(found[0], ["dataset"]) if found else {"message": "Dataset does not exist."}
        return Reply({"errors": [message], "data": {"dataset": None}})
    return Reply({"data": {"dataset": chosen(found[0], asked.fields, "Dataset")}})


def page(asked: Selection, request: Request, rows: list[Row]) -> Reply:
    """A page of the list; null where nothing is listed."""
    unknown = set(asked.arguments) - {"first", "after", "orderBy"}
    if unknown:
        raise refused(f'Unknown argument "{unknown.pop()}" on field "Query.datasets".')
    if not rows:
        return Reply({"data": {"datasets": None}}, is_list=True)
    limit = max(1, min(int(asked.arguments.get("first") or 25), MOST))
    after = asked.arguments.get("after")
    start = int(json.loads(base64.b64decode(after))["offset"]) if after else 0
    is_last = start + limit >= len(rows)
    edges: list[Row | None] = []
    errors = []
    nodes = next((part.fields for part in asked.fields if part.name == "edges"), [])
    fields = next((part.fields for part in nodes if part.name == "node"), [])
    if any(part.name == "id" for part in nodes):
        raise refused("Cannot return null for non-nullable field DatasetEdge.id.", "INTERNAL_SERVER_ERROR")
    for place, row in enumerate(request.page(rows, start, limit)):
        if is_broken(row, fields):
            edges.append(None)
            errors.append(failure(row, ["datasets", "edges", place, "node", "latestSnapshot"]))
        else:
            edges.append({"cursor": cursor(start + place), "node": row})
    information = {"hasNextPage": not is_last, "endCursor": cursor(start + limit), "count": len(rows)}
    body = {"data": {"datasets": chosen({"edges": edges, "pageInfo": information}, asked.fields, "DatasetConnection")}}
    return Reply({"errors": errors, **body} if errors else body, is_list=True, ends_main_list=is_last)


def cursor(offset: int) -> str:
    """A place in the list as the server writes it."""
    return base64.b64encode(json.dumps({"offset": offset}, separators=(",", ":")).encode()).decode()
