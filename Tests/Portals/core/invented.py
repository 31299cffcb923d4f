"""Invented values that are the same on every machine and in every version of Python.

Nothing is drawn from a generator: a value depends on the words it is asked for by, and on nothing else, so that adding
a record changes no other.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Sequence
from typing import TypeVar

Item = TypeVar("Item")

SPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://example.org/discover/tests/portals")

MARKER = "PRIVATE-MARKER"
"""Stands in the text of everything that is private."""

NOTICE = "Invented for tests."
"""Stands in the descriptions, so that no record can be taken for a real one."""


def identifier(*words: object) -> str:
    """A name-based UUID (RFC 9562, version 5)."""
    return str(uuid.uuid5(SPACE, "/".join(map(str, words))))


def number(below: int, *words: object) -> int:
    """A whole number in 0..<below."""
    digest = hashlib.sha256("/".join(map(str, words)).encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:8], "big") % below


def pick(items: Sequence[Item], *words: object) -> Item:
    """One of the items."""
    return items[number(len(items), *words)]


def day(year: int, *words: object) -> str:
    """A day of a year, ISO 8601."""
    return f"{year:04}-{1 + number(12, 'month', *words):02}-{1 + number(28, 'day', *words):02}"
