"""Alyx's REST API as far as it is asked: lists by limit and offset with filters, single records, lookups of Django."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from alyx.data import REVOKED_LAB, rows
from alyx.regions import REGIONS, at_or_below
from core import hostile
from core.invented import identifier
from core.messages import Problem, Reply, Request, missing
from core.portal import Portal, Row, Tables

FILTERS = {
    "sessions": frozenset(["subject", "lab", "task_protocol", "atlas_acronym", "date_range", "django"]),
    "insertions": frozenset(["session", "subject", "lab", "model", "task_protocol", "atlas_acronym", "django"]),
    "subjects": frozenset(["lab", "sex", "strain", "species", "django"]),
    "trajectories": frozenset(["probe_insertion"]),
    "channels": frozenset(["probe_insertion"]),
    "brain-regions": frozenset(["acronym"]),
    "labs": frozenset[str](),
    "projects": frozenset[str](),
}
"""The parameters of each list, beside limit and offset."""

NUMBERS = {acronym: number for number, _, acronym, _ in REGIONS}

LOOKUPS: dict[str, Callable[[str, str], bool]] = {
    "exact": str.__eq__,
    "icontains": lambda value, wanted: wanted.lower() in value.lower(),
    "gt": str.__gt__,
    "gte": str.__ge__,
    "lt": str.__lt__,
    "lte": str.__le__,
}

TRACKS = ("Histology track", "Ephys aligned histology track")
"""Provenances of a probe's tracks; channels of the lesser one come first, as in Alyx."""


class Alyx(Portal):
    """`/alyx`: the base address of openalyx.internationalbrainlab.org."""

    name = "alyx"
    losable = frozenset(["sessions"])
    has_validators = False

    def __init__(self) -> None:
        super().__init__(rows())

    def without_revoked(self, tables: Tables) -> Tables:
        return {**tables, "sessions": [row for row in tables["sessions"] if row["lab"] != REVOKED_LAB]}

    def with_text(self, tables: Tables, text: str) -> Tables:
        first, *others = tables["subjects"]
        return {**tables, "subjects": [{**first, "description": text}, *others]}

    def hostile(self, tables: Tables) -> Tables:
        wrong = {"number": "one", "start_time": 12, "lab": None, "projects": {"a": hostile.nested(100)}}
        _, root, first, second, *others = tables["brain-regions"]
        return {
            **tables,
            "sessions": tables["sessions"]
            + hostile.rows(
                tables["sessions"][0],
                table="alyx session",
                key="id",
                texts=("subject", "task_protocol", "lab"),
                wrong=wrong,
            ),
            "subjects": tables["subjects"]
            + [
                {
                    **tables["subjects"][0],
                    "id": identifier("hostile", "alyx subject", index),
                    "nickname": f"hostile{index}",
                    "description": text,
                    "strain": text,
                }
                for index, text in enumerate(hostile.TEXTS)
            ],
            "brain-regions": [
                root,
                {**first, "parent": second["id"]},
                {**second, "parent": first["id"]},
                *others,
                {**root, "id": 999_999_999, "acronym": "SELF", "parent": 999_999_999},
            ],
        }

    # Requests

    def answer(self, request: Request, tables: Tables) -> Reply:
        parts = request.segments[1:]
        if request.method != "GET":
            raise Problem(403, {"detail": "You do not have permission to perform this action.", "status_code": 403})
        if not 1 <= len(parts) <= 2 or parts[0] not in FILTERS or request.path.endswith("/"):
            raise Problem(404, b"<h1>Not Found</h1>", Content_Type="text/html")
        if len(parts) == 1:
            return self.page(request, parts[0], tables)
        key = "nickname" if parts[0] == "subjects" else "name" if parts[0] in ("labs", "projects") else "id"
        found = [
            row
            for row in tables.get(parts[0], [])
            if isinstance(row, dict) and str(row.get(key)) == parts[1] and key in row
        ]
        if not found:
            raise missing()
        page = self.session_page(found[0], request.origin) if parts[0] == "sessions" else found[0]
        return Reply(page)

    def page(self, request: Request, name: str, tables: Tables) -> Reply:
        """A page of a list."""
        request.refuse_others(FILTERS[name] | {"limit", "offset"})
        found = self.found(request, name, tables)
        limit, offset = request.whole("limit", 250, most=1000, least=1), request.whole("offset", 0)
        total, is_last = len(found), offset + limit >= len(found)
        body = {
            "count": total,
            "next": None if is_last else request.address(limit=limit, offset=offset + limit),
            "previous": request.address(limit=limit, offset=max(0, offset - limit)) if offset else None,
            "results": [listed(row, name, request.origin) for row in request.page(found, offset, limit)],
        }
        return Reply(body, is_list=True, ends_main_list=name == "sessions" and is_last and offset < max(total, 1))

    def found(self, request: Request, name: str, tables: Tables) -> list[Any]:
        """The rows that pass the request's filters."""
        if name in ("trajectories", "channels"):
            wanted = request.value("probe_insertion")
            held = {row["id"] for row in tables["sessions"] if isinstance(row, dict) and isinstance(row.get("id"), str)}
            chosen = [row for row in tables["insertions"] if row["session"] in held and wanted in (None, row["id"])]
            return [row for probe in chosen for row in (tracks(probe) if name == "trajectories" else channels(probe))]
        found = tables[name]
        if name == "insertions":
            found = [self.with_session(row, tables) for row in found if self.session(row["session"], tables)]
        for key, wanted in request.query:
            if key == "atlas_acronym":
                below = at_or_below(NUMBERS[wanted]) if wanted in NUMBERS else set[int]()
                found = [row for row in found for _ in range(self.passes(row, name, below))]
            elif key == "date_range":
                first, _, last = wanted.partition(",")
                if not last:
                    raise Problem(500, b"<h1>Server Error (500)</h1>", Content_Type="text/html")
                found = [row for row in found if first <= str(value(row, "start_time"))[:10] <= last]
            elif key == "django":
                words = wanted.split(",")
                for lookup, text in zip(words[::2], words[1::2], strict=True):
                    found = [row for row in found if self.holds(row, name, lookup, text, tables)]
            elif key == "task_protocol":
                found = [row for row in found if wanted.lower() in str(value(row, key)).lower()]
            elif key not in ("limit", "offset"):
                found = [row for row in found if str(value(row, key)) == wanted]
        return found

    def passes(self, row: Any, name: str, below: set[int]) -> int:
        """How often a row is listed for a region: Alyx joins tables, so a session comes once a probe in it."""
        if not isinstance(row, dict):
            return 0
        probes = [row] if name == "insertions" else self.probes.get(str(row.get("id")), [])
        return sum(1 for probe in probes if any(NUMBERS[region] in below for region in probe["regions"]))

    @cached_property
    def probes(self) -> dict[str, list[Row]]:
        """Insertions by session."""
        found: dict[str, list[Row]] = {}
        for row in self.rows["insertions"]:
            found.setdefault(row["session"], []).append(row)
        return found

    @staticmethod
    def session(key: Any, tables: Tables) -> Row | None:
        """The session with an id."""
        return next((row for row in tables["sessions"] if isinstance(row, dict) and row.get("id") == key), None)

    def with_session(self, row: Row, tables: Tables) -> Row:
        """An insertion with what Alyx repeats of its session."""
        session = self.session(row["session"], tables) or {}
        names = ("id", "subject", "start_time", "number", "lab", "projects", "task_protocol")
        return {**row, "session_info": {name: session.get(name) for name in names}}

    def holds(self, row: Any, name: str, lookup: str, wanted: str, tables: Tables) -> bool:
        """One lookup: `start_time__gte`, `~lab__name`, `session__subject__sex`; 500 for one that is not known."""
        path = lookup.removeprefix("~").removeprefix("session__" if name == "insertions" else "").split("__")
        operator = path.pop() if len(path) > 1 and path[-1] in LOOKUPS else "exact"
        if path in (["lab", "name"], ["subject", "nickname"]):
            found = value(row, path[0])
        elif path == ["subject", "sex"]:
            nickname = value(row, "subject")
            found = next((animal["sex"] for animal in tables["subjects"] if animal["nickname"] == nickname), None)
        elif len(path) == 1 and path[0] in ("start_time", "task_protocol", "number", "model", "name", "sex"):
            found = value(row, path[0])
        else:
            raise Problem(500, b"<h1>Server Error (500)</h1>", Content_Type="text/html")
        return (found is not None and LOOKUPS[operator](str(found), wanted)) != lookup.startswith("~")

    def session_page(self, row: Row, origin: str) -> Row:
        """A session's own page: what the list says, and what it does not."""
        probes = self.probes.get(str(row["id"]), [])
        return {
            **listed(row, "sessions", origin),
            **{name: row.get(name) for name in ("end_time", "location", "narrative", "n_trials", "n_correct_trials")},
            "procedures": ["Ephys recording with acute probe(s)"],
            "users": ["operator1"],
            "qc": "NOT_SET",
            "probe_insertion": [{name: probe[name] for name in ("id", "name", "model")} for probe in probes],
            "data_dataset_session_related": [dataset("trials.table", "alf", row)]
            + [dataset("spikes.times", f"alf/{probe['name']}", row) for probe in probes],
            "field_of_view": [],
            "notes": [],
        }

    # For tests

    def dumped(self) -> Mapping[str, list[Row]]:
        return {name.replace("-", "_"): rows for name, rows in self.rows.items()}

    def checks(self) -> Row:
        projects = {name for row in self.rows["sessions"] for name in row["projects"]}
        return {
            "records": {
                "session": len(self.rows["sessions"]),
                "subject": len(self.rows["subjects"]),
                "dataset": len(projects),
            }
        }


def value(row: Any, field: str) -> Any:
    """A field of a row, or of the session an insertion repeats."""
    if not isinstance(row, dict):
        return None
    return row[field] if field in row else (row.get("session_info") or {}).get(field)


def listed(row: Any, name: str, origin: str) -> Any:
    """A row as its list shows it."""
    if not isinstance(row, dict):
        return row
    if name == "sessions":
        names = ("id", "subject", "start_time", "number", "lab", "projects", "task_protocol")
        shown = {name: row[name] for name in names if name in row}
        return {**shown, "url": f"{origin}/alyx/sessions/{row['id']}"} if "id" in row else shown
    if name == "insertions":
        shown = {key: row[key] for key in row if key != "regions"}
        return {**shown, "json": {}, "datasets": [identifier("dataset", row["id"])], "chronic_insertion": None}
    return row


def dataset(kind: str, collection: str, session: Row) -> Row:
    """A file of a session."""
    return {
        "id": identifier("dataset", session["id"], collection, kind),
        "name": f"{kind}.npy",
        "dataset_type": kind,
        "collection": collection,
        "qc": "NOT_SET",
    }


def tracks(probe: Row) -> list[Row]:
    """The tracks of a probe, the lesser one first."""
    return [
        {"id": identifier("track", probe["id"], provenance), "probe_insertion": probe["id"], "provenance": provenance}
        for provenance in TRACKS
    ]


def channels(probe: Row) -> list[Row]:
    """One channel a region and track; histology alone has the probe end a region early."""
    return [
        {
            "id": identifier("channel", probe["id"], track["provenance"], region),
            "trajectory_estimate": track["id"],
            "brain_region": NUMBERS[region],
            "axial": 3800.0 - 200 * place,
            "lateral": 27.0,
            "name": None,
            "json": None,
        }
        for track in tracks(probe)
        for place, region in enumerate(probe["regions"][: -1 if track["provenance"] == TRACKS[0] else None])
    ]
