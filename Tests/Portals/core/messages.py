"""A request as portals see it, and their reply."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit


@dataclass(frozen=True)
class Request:
    """One HTTP request, its address taken apart."""

    method: str
    origin: str
    """`http://127.0.0.1:49152`, as the client wrote it."""
    path: str
    """Percent-encoded, as sent."""
    query: tuple[tuple[str, str], ...]
    headers: Mapping[str, str]
    body: bytes = b""
    slips: bool = False
    """Whether rows have moved since the page before was asked for."""

    @classmethod
    def parsed(cls, method: str, target: str, origin: str, headers: Mapping[str, str], body: bytes = b"") -> Request:
        """Takes the request line's target apart."""
        parts = urlsplit(target)
        return cls(method, origin, parts.path, tuple(parse_qsl(parts.query, keep_blank_values=True)), headers, body)

    def page(self, rows: Sequence[Any], start: int, size: int) -> list[Any]:
        """A stretch of a list; where rows have moved, a later one repeats a row of the page before or misses one."""
        if self.slips and start > 0:
            start += 1 if start // size % 2 else -1
        return list(rows[start : start + size])

    @property
    def segments(self) -> list[str]:
        """The path's parts, decoded."""
        return [unquote(part) for part in self.path.split("/") if part]

    def value(self, name: str) -> str | None:
        """The last value of a parameter."""
        values = self.values(name)
        return values[-1] if values else None

    def values(self, name: str) -> list[str]:
        """All values of a parameter."""
        return [value for key, value in self.query if key == name]

    def whole(self, name: str, default: int, most: int | None = None, least: int = 0) -> int:
        """A parameter as these portals read numbers: nonsense is the default, too much is the maximum."""
        text = self.value(name) or ""
        if not text.isascii() or not text.isdigit() or int(text) < least:
            return default
        return int(text) if most is None else min(int(text), most)

    def address(self, **changes: int | None) -> str:
        """This request's own address with some parameters changed; None removes one."""
        pairs = [(key, value) for key, value in self.query if key not in changes]
        pairs += [(key, str(value)) for key, value in changes.items() if value is not None]
        return self.origin + self.path + ("?" + urlencode(pairs) if pairs else "")

    def moved(self) -> Problem:
        """A redirect to the same address with a slash at its end, which Django insists on."""
        there = Request(self.method, self.origin, self.path + "/", self.query, self.headers)
        return Problem(301, {"detail": "Moved."}, Location=there.address())

    def refuse_others(self, known: frozenset[str]) -> None:
        """Answers 400 to a parameter that the portal does not know.

        Stricter than the real portals, most of which ignore it: here a misspelt parameter must fail a test.
        """
        for name, _ in self.query:
            if name not in known:
                raise Problem(400, {"detail": f"Unknown parameter: {name}"})


@dataclass(frozen=True)
class Reply:
    """One answer: JSON or bytes, and what faults need to know of it."""

    body: Any
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    is_list: bool = False
    ends_main_list: bool = False
    """The last page of the portal's main list."""
    is_cut: bool = False
    """The whole length is announced, a part is sent."""
    silence: float = 0
    """Seconds without a byte, after which the connection ends without an answer."""

    @property
    def content(self) -> bytes:
        """The body as it is sent."""
        if isinstance(self.body, bytes):
            return self.body
        try:
            return json.dumps(self.body, ensure_ascii=False, separators=(",", ":")).encode()
        except UnicodeEncodeError:
            # Half a surrogate pair can only travel as an escape.
            return json.dumps(self.body, separators=(",", ":")).encode("ascii")


class Problem(Exception):
    """An answer that is an error."""

    def __init__(self, status: int, body: Any, **headers: str) -> None:
        super().__init__(status)
        self.reply = Reply(body, status, {name.replace("_", "-"): value for name, value in headers.items()})


def missing(detail: str = "Not found.") -> Problem:
    """404 as Django REST framework writes it."""
    return Problem(404, {"detail": detail})
