"""What a portal is to the server and to the faults."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

from core.messages import Reply, Request

if TYPE_CHECKING:
    from core.faults import Fault

Row: TypeAlias = dict[str, Any]
Tables: TypeAlias = dict[str, list[Any]]
"""Rows by the name of their table.  A hostile portal has rows that are no objects."""


class Portal(ABC):
    """One portal: its invented rows, what of them is public, and the answers to requests."""

    name: ClassVar[str]
    """The first part of its addresses."""
    key: ClassVar[str] = "id"
    """The field that names a row."""
    losable: ClassVar[frozenset[str]]
    """Tables of which half the rows can vanish without taking all others along."""
    has_validators: ClassVar[bool] = True
    """Whether answers carry ETag and Last-Modified."""

    def __init__(self, rows: Tables) -> None:
        self.rows = rows
        self._shown: dict[frozenset[str], Tables] = {}
        self._lock = threading.Lock()

    def shown(self, faults: Collection[Fault]) -> Tables:
        """What everybody may see, under some faults."""
        key = frozenset(fault.name for fault in faults)
        with self._lock:
            if key not in self._shown:
                tables = {name: list(rows) for name, rows in self.rows.items()}
                for fault in faults:
                    tables = fault.withdraw(self, tables)
                tables = self.public(tables)
                for fault in faults:
                    tables = fault.spoil(self, tables)
                self._shown[key] = tables
            return self._shown[key]

    def public(self, tables: Tables) -> Tables:
        """The public part of the rows; all of them where nothing is private."""
        return tables

    @abstractmethod
    def without_revoked(self, tables: Tables) -> Tables:
        """The rows after something was made private."""

    @abstractmethod
    def with_text(self, tables: Tables, text: str) -> Tables:
        """The rows, the description of one of which is the text."""

    @abstractmethod
    def hostile(self, tables: Tables) -> Tables:
        """The rows with some among them that nobody should trust."""

    def with_broken(self, tables: Tables) -> Tables:
        """The rows, some of which cannot be read; all of them where a portal shows a row whole or not at all."""
        return tables

    @abstractmethod
    def answer(self, request: Request, tables: Tables) -> Reply:
        """The answer to a request below the portal's address; raises `Problem`."""

    @abstractmethod
    def dumped(self) -> Mapping[str, list[Row]]:
        """All rows, private ones too, as the lines of files by their names."""

    @abstractmethod
    def checks(self) -> Row:
        """What a test may expect of a harvest, counted here and not by the program under test."""
