"""BrainSTEM's public API: lists with filters, side-loading and four ways to say how long they are; single records."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from brainstem.data import REVOKED, rows
from brainstem.models import MODELS, Model
from core import hostile
from core.invented import MARKER, identifier
from core.messages import Problem, Reply, Request, missing
from core.portal import Portal, Row, Tables

PAGINGS = ("meta", "count", "next", "none")
"""What a list says of its length: `meta`, `count`, `count` with `next`, or nothing; portals differ by version."""

KEPT_APART = frozenset(["setup", "behavioralassay", "inventory", "consumablestock", "datastorage", "equipment"])
"""A laboratory's own things: a public record names them also where they are not public, and their address is 404."""

OPERATORS: dict[str, Callable[[str, str], bool]] = {
    "exact": str.__eq__,
    "iexact": lambda value, wanted: value.lower() == wanted.lower(),
    "contains": str.__contains__,
    "icontains": lambda value, wanted: wanted.lower() in value.lower(),
    "startswith": str.startswith,
    "istartswith": lambda value, wanted: value.lower().startswith(wanted.lower()),
    "in": lambda value, wanted: value in wanted.split(","),
    "gt": str.__gt__,
    "gte": str.__ge__,
    "lt": str.__lt__,
    "lte": str.__le__,
}
"""What may follow the field in `filter{field.operator}`; dates and names compare as texts."""

WRONG: Row = {
    "name": 42,
    "description": ["not", {"a": "text"}],
    "tags": "no list",
    "extra_fields": hostile.nested(100),
    "date_time": {"year": 2021},
    "birth_date": 19_700_101,
    "projects": "no list",
    "sex": ["M"],
    "details": "no object",
    "is_public": "maybe",
    "dataacquisition": {"0": "x"},
    "behaviors": None,
}


class BrainSTEM(Portal):
    """`/brainstem`: the base address of www.brainstem.org."""

    name = "brainstem"
    losable = frozenset(["subject", "session", "collection", "cohort", "consumablestock", "setup", "behavioralassay"])

    def __init__(self, paging: str) -> None:
        super().__init__(rows())
        self.paging = paging

    # What is public

    def public(self, tables: Tables) -> Tables:
        """The rows that the public rule shows, with the lists that the API adds to them."""
        shown: Tables = {}
        ids: dict[str, set[Any]] = {}
        for name, model in MODELS.items():
            shown[name] = [row for row in tables[name] if is_public(row, model, ids)]
            ids[name] = {row["id"] for row in shown[name]}
        return {name: [presented(row, model, shown, ids) for row in shown[name]] for name, model in MODELS.items()}

    def without_revoked(self, tables: Tables) -> Tables:
        return {**tables, "project": [row for row in tables["project"] if row["id"] != REVOKED]}

    def with_text(self, tables: Tables, text: str) -> Tables:
        first, *others = tables["session"]
        return {**tables, "session": [{**first, "description": text}, *others]}

    def hostile(self, tables: Tables) -> Tables:
        spoilt = dict(tables)
        for name in ("project", "session", "subject", "procedure", "consumable", "behavioralassay"):
            spoilt[name] = tables[name] + hostile.rows(
                tables[name][0],
                table=f"brainstem {name}",
                key="id",
                texts=("name", "description", "notes", "genotype"),
                wrong=WRONG,
            )
        first, second, *others = tables["behavioralcategory"]
        itself = identifier("hostile", "category")
        spoilt["behavioralcategory"] = [
            {**first, "parent": second["id"]},
            {**second, "parent": first["id"]},
            *others,
            {**first, "id": itself, "parent": itself},
        ]
        return spoilt

    # Requests

    def answer(self, request: Request, tables: Tables) -> Reply:
        parts = request.segments[1:]
        if parts[:2] == ["api", "private"]:
            raise Problem(401, {"detail": "Authentication credentials were not provided."}, WWW_Authenticate="Bearer")
        if parts[:2] != ["api", "public"] or len(parts) not in (4, 5):
            raise missing()
        if request.method not in ("GET", "HEAD"):
            raise Problem(405, {"detail": f'Method "{request.method}" not allowed.'}, Allow="GET, HEAD")
        if not request.path.endswith("/"):
            raise request.moved()
        model = MODELS.get(parts[3])
        if model is None or model.app != parts[2]:
            raise missing()
        if len(parts) == 4:
            return self.page(request, model, tables)
        found = [row for row in tables[model.name] if isinstance(row, dict) and str(row.get("id")) == parts[4]]
        if not found:
            raise missing()
        return Reply({model.one: found[0], **self.included(request, model, found[:1], tables)})

    def page(self, request: Request, model: Model, tables: Tables) -> Reply:
        """A page of a list."""
        request.refuse_others(
            frozenset(["limit", "offset", "include[]", "sort[]"])
            | {name for name, _ in request.query if name.startswith("filter{")}
        )
        found = tables[model.name]
        for name, wanted in request.query:
            match = re.fullmatch(r"filter\{([^{}]*)\}", name)
            if match:
                found = [row for row in found if self.passes(row, model, match[1], wanted)]
        for key in reversed(request.values("sort[]")):
            field = self.known(model, key.removeprefix("-"), "sort")
            found = sorted(found, key=lambda row: str(row.get(field) or ""), reverse=key.startswith("-"))
        limit, offset = request.whole("limit", 20, most=100, least=1), request.whole("offset", 0)
        page, total = request.page(found, offset, limit), len(found)
        is_last = offset + limit >= total
        body: Row = {model.many: page, **self.included(request, model, page, tables)}
        if self.paging == "meta":
            body["meta"] = {
                "page": offset // limit + 1,
                "per_page": limit,
                "total_results": total,
                "total_pages": -(-total // limit),
            }
        elif self.paging != "none":
            body["count"] = total
        if self.paging == "next":
            body["next"] = None if is_last else request.address(limit=limit, offset=offset + limit)
            body["previous"] = request.address(limit=limit, offset=max(0, offset - limit)) if offset else None
        return Reply(body, is_list=True, ends_main_list=model.name == "session" and is_last and offset < max(total, 1))

    def known(self, model: Model, field: str, use: str) -> str:
        """The field, where rows of the model have it; else 400, as the real one answers."""
        if field in model.links or field in model.backs or any(field in row for row in self.rows[model.name][:50]):
            return field
        raise Problem(400, {"detail": f"Invalid {use} field: {field}"})

    def passes(self, row: Any, model: Model, path: str, wanted: str) -> bool:
        """Whether a row passes `filter{field}`, `filter{field.operator}` or `filter{relation.id}`.

        Other fields of a related record cannot be asked for on the public API.
        """
        field, *rest = path.split(".")
        operator = rest.pop() if rest and rest[-1] in OPERATORS else "exact"
        self.known(model, field, "filter")
        if rest and (rest != ["id"] or field not in model.links):
            raise Problem(400, {"detail": f"Invalid filter field: {path}"})
        value = row.get(field) if isinstance(row, dict) else None
        values = value if isinstance(value, list) else [value]
        return any(OPERATORS[operator](str(item), wanted) for item in values if item is not None)

    def included(self, request: Request, model: Model, page: list[Any], tables: Tables) -> dict[str, list[Row]]:
        """Rows side-loaded by `include[]=epochs` or `include[]=epochs.*`, by the key of their list."""
        loaded: dict[str, list[Row]] = {}
        for path in request.values("include[]"):
            field = self.known(model, path.removesuffix(".*"), "include")
            target = MODELS[model.links[field] if field in model.links else model.backs[field][0]]
            wanted = {key for row in page if isinstance(row, dict) for key in keys(row.get(field))}
            loaded[target.many] = [
                row
                for row in tables[target.name]
                if isinstance(row, dict) and isinstance(row.get("id"), (str, int)) and row["id"] in wanted
            ]
        return loaded

    # For tests

    def dumped(self) -> Mapping[str, list[Row]]:
        return {model.file: self.rows[name] for name, model in MODELS.items() if self.rows[name]}

    def checks(self) -> Row:
        shown = self.shown([])
        text = json.dumps(shown)
        hidden = {row["id"] for name in MODELS for row in self.rows[name] if isinstance(row["id"], str)} - {
            row["id"] for name in MODELS for row in shown[name]
        }
        return {
            "records": {
                "dataset": len(shown["project"]),
                "session": len(shown["session"]),
                "subject": len(shown["subject"]),
                "cohort": len(shown["cohort"]),
                "collection": len(shown["collection"]),
                "setup": len(shown["setup"]),
                "protocol": len(shown["behavioralassay"]) + len(shown["behavioralparadigm"]),
            },
            "private_ids": sorted(key for key in hidden if key not in text),
            "dangling_ids": sorted(key for key in hidden if key in text),
            "private_markers": [MARKER],
            "revoked_project": REVOKED,
        }


def keys(value: Any) -> list[Any]:
    """The ids in a relation to one or many."""
    found = value if isinstance(value, list) else [value]
    return [key for key in found if isinstance(key, (str, int))]


def is_public(row: Row, model: Model, ids: Mapping[str, set[Any]]) -> bool:
    """The public rule: a record's own flag decides, or the record it hangs on."""
    if model.is_open:
        return True
    if not model.shown_with:
        return row["is_public"] is True
    return any(key in ids[model.links[model.shown_with]] for key in keys(row[model.shown_with]))


def presented(row: Row, model: Model, shown: Tables, ids: Mapping[str, set[Any]]) -> Row:
    """The row with its reverse lists, and without links to stems and modules that are not public."""
    result = dict(row)
    for field, target in model.links.items():
        if field not in row or target in KEPT_APART or MODELS[target].is_open:
            continue
        if isinstance(row[field], list):
            result[field] = [key for key in row[field] if key in ids[target]]
        elif row[field] not in ids[target]:
            result[field] = None
    for field, (source, through) in model.backs.items():
        pointing = [other for other in shown[source] if row["id"] in keys(other[through])]
        result[field] = [other["id"] for other in sorted(pointing, key=lambda other: int(other.get("order") or 0))]
    return result
