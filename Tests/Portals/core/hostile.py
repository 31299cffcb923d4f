"""Values nobody should trust."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from typing import Any

from core.invented import identifier
from core.portal import Row

TEXTS = (
    '<script>alert(1)</script><img src=x onerror=alert(2)><b onmouseover="alert(3)">bold</b>',
    "'); DROP TABLE records; DELETE FROM records WHERE ('' = '",
    '" OR NEAR("a" "b", 3) AND * NOT ^title:{x} -"open (((',
    "a nul \u0000 inside",
    "half surrogates \ud801 and \udc01 alone",
    "turned \u202efdp.exe\u202c, no\u200bwidth, e\u0301\u0301\u0301\u0301",
    "</script></style></title><svg/onload=alert(4)>]]>--><!--",
    "${6*7} {{6*7}} %s %n %00 ../../../../etc/hostname",
    "x" * 20_000,
    "write to hostile.person@example.org today",
)


def nested(depth: int) -> Any:
    """Lists in objects in lists."""
    value: Any = "bottom"
    for level in range(depth):
        value = {"level": level, "below": value} if level % 2 else [value]
    return value


def rows(first: Row, *, table: str, key: str, texts: Iterable[str], wrong: Row, prefix: str = "") -> list[Any]:
    """Rows made after a sound one.

    - texts: the fields that take each hostile text in turn.
    - wrong: fields of other kinds than expected.
    - prefix: what stands before the UUID in the key.
    """

    def other(*words: object) -> str:
        return prefix + identifier("hostile", table, *words)

    def copied(changes: Row) -> Row:
        return {**copy.deepcopy(first), **changes}

    with_texts = [
        copied({key: other(number), **{field: text for field in texts if field in first}})
        for number, text in enumerate(TEXTS)
    ]
    twin = copied({field: "the same id, another text" for field in texts if field in first})
    return [
        *with_texts,
        copied({key: other("wrong"), **wrong}),
        {key: other("bare")},
        {name: value for name, value in first.items() if name != key},
        copied({key: ["not", "an", "id"]}),
        twin,
        None,
        "not an object",
        3.5,
    ]
