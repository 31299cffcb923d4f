"""What portals do wrong on request: one class a fault.

A fault acts at one of five moments: when the portal's rows are gathered (`withdraw`), when they are shown (`spoil`),
when a request is taken (`understood`), before it is answered (`before`), or on the answer (`after`).
"""

from __future__ import annotations

import dataclasses
import threading
import time
from collections import deque
from dataclasses import dataclass
from typing import ClassVar

from core.invented import number
from core.messages import Reply, Request
from core.portal import Portal, Tables

HUGE = "huge " * 1_000_000
"""A text of 5 MB."""


@dataclass(frozen=True)
class Settings:
    """The measures of the faults."""

    rate: int = 5
    """Requests a second that `ratelimit` lets through."""
    slow_seconds: float = 2
    hang_seconds: float = 3600


@dataclass(frozen=True)
class Turn:
    """A request under a fault."""

    portal: Portal
    request: Request
    number: int
    """Requests to this portal since the faults were set, this one included."""


class Fault:
    """Nothing wrong; each fault overrides the moment at which it acts."""

    name: ClassVar[str]
    changes_rows: ClassVar[bool] = False
    """Whether the portal's records are others than before, so that no answer is as old as they say."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.lock = threading.Lock()

    def withdraw(self, portal: Portal, tables: Tables) -> Tables:
        """The rows the portal still has."""
        return tables

    def spoil(self, portal: Portal, tables: Tables) -> Tables:
        """The rows as the portal shows them."""
        return tables

    def understood(self, turn: Turn) -> Request:
        """The request as the portal takes it."""
        return turn.request

    def before(self, turn: Turn) -> Reply | None:
        """An answer in place of the portal's own."""
        return None

    def after(self, turn: Turn, reply: Reply) -> Reply:
        """The answer as it is sent."""
        return reply


class Slow(Fault):
    """Every answer comes late."""

    name = "slow"

    def before(self, turn: Turn) -> Reply | None:
        time.sleep(self.settings.slow_seconds)
        return None


class Hang(Fault):
    """Every fifth request is never answered."""

    name = "hang"

    def before(self, turn: Turn) -> Reply | None:
        return Reply(None, silence=self.settings.hang_seconds) if turn.number % 5 == 0 else None


class Flaky(Fault):
    """Every seventh request is answered 500."""

    name = "flaky"

    def before(self, turn: Turn) -> Reply | None:
        return Reply({"detail": "Server error (500)"}, 500) if turn.number % 7 == 0 else None


class RateLimit(Fault):
    """Requests over the rate are answered 429 with Retry-After; each portal counts its own."""

    name = "ratelimit"

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self.recent: dict[str, deque[float]] = {}

    def before(self, turn: Turn) -> Reply | None:
        now = time.monotonic()
        with self.lock:
            times = self.recent.setdefault(turn.portal.name, deque())
            while times and now - times[0] >= 1:
                times.popleft()
            if len(times) < self.settings.rate:
                times.append(now)
                return None
        return Reply({"detail": "Request was throttled. Expected available in 1 second."}, 429, {"Retry-After": "1"})


class Truncate(Fault):
    """The last page of the main list breaks off, the first time it is asked for."""

    name = "truncate"

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self.cut: set[str] = set()

    def after(self, turn: Turn, reply: Reply) -> Reply:
        if not reply.ends_main_list:
            return reply
        with self.lock:
            if turn.portal.name in self.cut:
                return reply
            self.cut.add(turn.portal.name)
        return dataclasses.replace(reply, is_cut=True)


class Garbage(Fault):
    """The last page of the main list is a proxy's error page, with status 200, every time."""

    name = "garbage"

    def after(self, turn: Turn, reply: Reply) -> Reply:
        page = b"<html><body><h1>502 Bad Gateway</h1></body></html>"
        return Reply(page, headers={"Content-Type": "text/html"}) if reply.ends_main_list else reply


class Redirect(Fault):
    """Lists redirect to another host: the same machine under its other name, where following is noticed."""

    name = "redirect"

    def after(self, turn: Turn, reply: Reply) -> Reply:
        if not reply.is_list:
            return reply
        origin = turn.request.origin
        other = (
            origin.replace("localhost", "127.0.0.1")
            if "localhost" in origin
            else origin.replace("127.0.0.1", "localhost")
        )
        return Reply({"detail": "Found."}, 302, {"Location": other + "/elsewhere" + turn.request.path})


class Empty(Fault):
    """Lists hold nothing; single records are still there."""

    name = "empty"
    changes_rows = True

    def after(self, turn: Turn, reply: Reply) -> Reply:
        if not reply.is_list:
            return reply
        return turn.portal.answer(turn.request, {name: [] for name in turn.portal.rows})


class Shrink(Fault):
    """Half of the records are gone."""

    name = "shrink"
    changes_rows = True

    def withdraw(self, portal: Portal, tables: Tables) -> Tables:
        return {
            name: [row for row in rows if name not in portal.losable or number(2, "shrink", row[portal.key])]
            for name, rows in tables.items()
        }


class Revoked(Fault):
    """Something that was public is not, with all below it."""

    name = "revoked"
    changes_rows = True

    def withdraw(self, portal: Portal, tables: Tables) -> Tables:
        return portal.without_revoked(tables)


class Huge(Fault):
    """One record has a text of 5 MB."""

    name = "huge"
    changes_rows = True

    def spoil(self, portal: Portal, tables: Tables) -> Tables:
        return portal.with_text(tables, HUGE)


class Hostile(Fault):
    """Further records hold values of every wrong kind, and markup, control characters, addresses."""

    name = "hostile"
    changes_rows = True

    def spoil(self, portal: Portal, tables: Tables) -> Tables:
        return portal.hostile(tables)


class Shift(Fault):
    """Rows move between pages: a later page repeats a row or misses one, the first time it is asked for."""

    name = "shift"
    changes_rows = True

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self.asked: set[tuple[str, str, bytes]] = set()

    def understood(self, turn: Turn) -> Request:
        request = turn.request
        place = (turn.portal.name, request.address(), request.body)
        with self.lock:
            is_first = place not in self.asked
            self.asked.add(place)
        return dataclasses.replace(request, slips=is_first)


class Partial(Fault):
    """Some rows of a list cannot be read: GraphQL tells errors beside the others."""

    name = "partial"
    changes_rows = True

    def spoil(self, portal: Portal, tables: Tables) -> Tables:
        return portal.with_broken(tables)


KINDS: dict[str, type[Fault]] = {
    kind.name: kind
    for kind in (
        Slow,
        Hang,
        Flaky,
        RateLimit,
        Truncate,
        Garbage,
        Redirect,
        Empty,
        Shrink,
        Revoked,
        Huge,
        Hostile,
        Shift,
        Partial,
    )
}


class Faults:
    """The faults of the moment, which can be changed while the portals run."""

    def __init__(self, settings: Settings, names: str) -> None:
        self.settings = settings
        self.lock = threading.Lock()
        self.active: list[Fault] = []
        self.counts: dict[str, int] = {}
        self.set(names)

    def set(self, names: str) -> None:
        """Replaces the faults by those named, `shrink,revoked`; an empty text is none.  Raises ValueError."""
        wanted = [name for name in names.split(",") if name]
        unknown = [name for name in wanted if name not in KINDS]
        if unknown:
            raise ValueError(f"unknown fault {unknown[0]}; there are {', '.join(KINDS)}")
        with self.lock:
            self.active = [KINDS[name](self.settings) for name in wanted]
            self.counts = {}

    def turn(self, portal: Portal, request: Request) -> tuple[Turn, list[Fault]]:
        """Counts a request, and says which faults it meets."""
        with self.lock:
            self.counts[portal.name] = self.counts.get(portal.name, 0) + 1
            return Turn(portal, request, self.counts[portal.name]), list(self.active)
