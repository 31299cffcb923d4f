"""DANDI's REST API: numbered pages, versions and their metadata, a search that refuses operators it does not know."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from core import hostile
from core.invented import MARKER, number
from core.messages import Problem, Reply, Request, missing
from core.portal import Portal, Row, Tables
from dandi.data import EMBARGOED, HIDDEN, REVOKED, assets, dandisets

SUMMARIES = {
    "species": "species",
    "approach": "approach",
    "technique": "measurementTechnique",
    "standard": "dataStandard",
}
"""Operators that compare with a part of a name in the summary of the assets.

`standard:`, and `contributor:` below, stand in the archive's documentation and not in its code of 2026-08, which
answers 400.  They are served as long as native queries use them.
"""
DATES = {"created": "dateCreated", "modified": "dateModified", "published": "datePublished"}
ORDERS: dict[str, Callable[[Row], str]] = {
    "id": lambda entry: entry["id"],
    "name": lambda entry: str(entry["versions"]["draft"].get("name")),
    "created": lambda entry: str(entry["versions"]["draft"].get("dateCreated")),
    "modified": lambda entry: str(entry["versions"]["draft"].get("dateModified")),
}
UNAUTHENTICATED = Problem(401, {"detail": "Authentication credentials were not provided."}, WWW_Authenticate="Token")
NOT_FOUND = Problem(404, b"<h1>Not Found</h1>", Content_Type="text/html")


class DANDI(Portal):
    """`/dandi`: the base address of api.dandiarchive.org."""

    name = "dandi"
    losable = frozenset(["dandisets"])

    def __init__(self, shows_embargoed: bool) -> None:
        """`shows_embargoed`: lists embargoed dandisets to everybody, as to their owners."""
        super().__init__({"dandisets": dandisets()})
        self.shows_embargoed = shows_embargoed

    def public(self, tables: Tables) -> Tables:
        closed = {HIDDEN} if self.shows_embargoed else {HIDDEN, *EMBARGOED}
        return {"dandisets": [entry for entry in tables["dandisets"] if entry["id"] not in closed]}

    def without_revoked(self, tables: Tables) -> Tables:
        return {"dandisets": [entry for entry in tables["dandisets"] if entry["id"] != REVOKED]}

    def with_text(self, tables: Tables, text: str) -> Tables:
        first, *others = tables["dandisets"]
        versions = {name: {**metadata, "description": text} for name, metadata in first["versions"].items()}
        return {"dandisets": [{**first, "versions": versions}, *others]}

    def hostile(self, tables: Tables) -> Tables:
        first = tables["dandisets"][0]["versions"]["draft"]
        spoilt = hostile.rows(
            first,
            table="dandiset",
            key="identifier",
            texts=("name", "description", "citation"),
            wrong={
                "id": None,
                "name": {"en": "an object"},
                "license": "CC-BY-4.0",
                "about": "no list",
                "assetsSummary": ["no object"],
                "access": {},
                "contributor": "nobody",
                "dateCreated": "yesterday",
                "keywords": hostile.nested(100),
                "description": None,
                "relatedResource": 7,
            },
        )
        entries = [
            {"id": f"{999_000 + place}", "status": "CLOSED?" if place % 4 == 3 else "OPEN", "versions": {"draft": row}}
            for place, row in enumerate(spoilt)
        ]
        odd = [tables["dandisets"][0], {**entries[0], "id": "no number"}]
        return {"dandisets": tables["dandisets"] + entries + odd}

    # Requests

    def answer(self, request: Request, tables: Tables) -> Reply:
        parts = request.segments[1:]
        if parts[:2] != ["api", "dandisets"]:
            raise NOT_FOUND
        if request.method not in ("GET", "HEAD"):
            raise UNAUTHENTICATED
        if not request.path.endswith("/"):
            raise request.moved()
        if len(parts) == 2:
            return self.page(request, tables)
        if not re.fullmatch(r"[0-9]{6}", parts[2]):
            raise NOT_FOUND
        found = [entry for entry in tables["dandisets"] if entry["id"] == parts[2]]
        if not found:
            raise UNAUTHENTICATED if parts[2] in EMBARGOED or parts[2] == HIDDEN else missing()
        return self.entry(request, found[0], parts[3:])

    def entry(self, request: Request, entry: Row, parts: list[str]) -> Reply:
        """What there is of one dandiset: itself, its versions, a version's metadata, its assets."""
        if not parts:
            return Reply(summary(entry))
        if parts[0] != "versions" or len(parts) > 3:
            raise NOT_FOUND
        if len(parts) == 1:
            request.refuse_others(frozenset(["page", "page_size"]))
            return paged(request, [version(entry, name) for name in sorted(entry["versions"])])
        if parts[1] not in entry["versions"]:
            raise missing()
        if len(parts) == 2:
            return Reply(entry["versions"][parts[1]])
        if parts[2] != "assets":
            raise NOT_FOUND
        request.refuse_others(frozenset(["page", "page_size", "metadata"]))
        with_metadata = request.value("metadata") == "true"
        return paged(
            request,
            [
                row if with_metadata else {key: row[key] for key in row if key != "metadata"}
                for row in assets(entry["id"])
            ],
        )

    def page(self, request: Request, tables: Tables) -> Reply:
        """A page of the list of dandisets."""
        request.refuse_others(frozenset(["page", "page_size", "order", "search", "embargoed"]))
        is_asked = request.value("embargoed") == "true"
        if is_asked and not self.shows_embargoed:
            raise Problem(401, "Authentication credentials were not provided.")
        found = [entry for entry in tables["dandisets"] if is_asked or entry["status"] != "EMBARGOED"]
        wanted = conditions(request.value("search") or "")
        found = [entry for entry in found if matches(entry, wanted)]
        # Rows that are equal in the order asked for come as the database likes, otherwise on each page.
        place = (request.value("page"), request.value("page_size"))
        found = sorted(found, key=lambda entry: number(1 << 32, "tie", entry["id"], *place))
        # An order that is not known is ignored, as the archive does.
        asked = request.value("order") or "created"
        order = ORDERS.get(asked.removeprefix("-"), ORDERS["created"])
        rows = [
            summary(entry)
            for entry in sorted(
                found,
                key=lambda entry: (
                    order(entry) if order is ORDERS["id"] or isinstance(entry["versions"]["draft"], dict) else ""
                ),
                reverse=asked.startswith("-"),
            )
        ]
        return paged(request, rows, is_main=True)

    # For tests

    def dumped(self) -> Mapping[str, list[Row]]:
        shown = [entry for entry in self.rows["dandisets"] if entry["id"] != HIDDEN]
        return {"dandisets": [entry["versions"][latest(entry) or "draft"] for entry in shown]}

    def checks(self) -> Row:
        is_open = [entry for entry in self.rows["dandisets"] if entry["status"] == "OPEN"]
        return {
            "records": {"dataset": len(is_open)},
            "dumped": len(self.dumped()["dandisets"]),
            "embargoed": {key: day or None for key, day in EMBARGOED.items()},
            "hidden_ids": [HIDDEN],
            "revoked_id": REVOKED,
            "documents": [entry["versions"][latest(entry) or "draft"] for entry in is_open],
            "private_markers": [MARKER],
        }


def paged(request: Request, rows: list[Row], is_main: bool = False) -> Reply:
    """A numbered page; one past the end, or of no number, is 404."""
    size = request.whole("page_size", 100, most=1000, least=1)
    place = request.whole("page", 0 if request.value("page") else 1)
    if place < 1 or (place > 1 and (place - 1) * size >= len(rows)):
        raise missing("Invalid page.")
    is_last = place * size >= len(rows)
    body = {
        "count": len(rows),
        "next": None if is_last else request.address(page=place + 1),
        "previous": request.address(page=place - 1) if place > 1 else None,
        "results": request.page(rows, (place - 1) * size, size),
    }
    return Reply(body, is_list=True, ends_main_list=is_main and is_last)


def latest(entry: Row) -> str | None:
    """The latest published version."""
    return max((name for name in entry["versions"] if name != "draft"), default=None)


def version(entry: Row, name: str) -> Row:
    """A version as lists show it."""
    found = entry["versions"][name]
    metadata = found if isinstance(found, dict) else {}
    counts = metadata.get("assetsSummary")
    counts = counts if isinstance(counts, dict) else {}
    return {
        "version": name,
        "name": metadata.get("name"),
        "asset_count": counts.get("numberOfFiles"),
        "size": counts.get("numberOfBytes"),
        "status": "Valid" if name == "draft" else "Published",
        "created": metadata.get("dateCreated"),
        "modified": metadata.get("dateModified"),
    }


def summary(entry: Row) -> Row:
    """A dandiset as lists show it."""
    published, draft = latest(entry), version(entry, "draft")
    return {
        "identifier": entry["id"],
        "created": draft["created"],
        "modified": draft["modified"],
        "contact_person": f"owner{entry['id']}@example.org",
        "embargo_status": entry["status"],
        "star_count": 0,
        "most_recent_published_version": version(entry, published) if published else None,
        "draft_version": draft,
    }


@dataclass(frozen=True)
class Condition:
    """A word or an operator of a search."""

    operator: str
    """Empty for a word."""
    value: str

    def holds(self, metadata: Row, text: str) -> bool:
        """Whether the metadata of a draft, whose whole text is given, meet it."""
        if not self.operator:
            return self.value in text
        if self.operator == "contributor":
            return any(self.value in str(person.get("name")).lower() for person in metadata.get("contributor") or [])
        if self.operator in SUMMARIES:
            items = (metadata.get("assetsSummary") or {}).get(SUMMARIES[self.operator]) or []
            return any(self.value in str(item.get("name")).lower() for item in items)
        name, _, side = self.operator.partition("_")
        day = str(metadata.get(DATES[name]) or "")[:10]
        return bool(day) and (day < self.value if side == "before" else day >= self.value)


def conditions(search: str) -> list[Condition]:
    """The parts of a search, all of which must hold; 400 for an operator that the archive does not have."""
    dates = {f"{name}_{side}" for name in DATES for side in ("before", "after")}
    found = []
    for operator, quoted, plain in re.findall(r'(?:(\w+):)?(?:"([^"]*)"|(\S+))', search):
        if operator and operator != "contributor" and operator not in SUMMARIES and operator not in dates:
            raise Problem(400, {"search": f'Unknown search operator "{operator}"'})
        found.append(Condition(operator, (quoted or plain).lower()))
    return found


def matches(entry: Row, wanted: list[Condition]) -> bool:
    """Whether a dandiset meets all parts of a search."""
    metadata: Any = entry["versions"]["draft"]
    if not wanted or not isinstance(metadata, dict):
        return not wanted
    text = json.dumps(metadata, ensure_ascii=False).lower()
    return all(condition.holds(metadata, text) for condition in wanted)
