"""As much of GraphQL (October 2021) as a client that reads lists needs: queries, variables, selections."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from core.messages import Problem

TOKEN = re.compile(
    r"[\s,]+|(?P<mark>[!$(){}\[\]:=])|(?P<name>[_A-Za-z][_0-9A-Za-z]*)|(?P<number>-?\d+)|\"(?P<text>[^\"]*)\""
)


@dataclass
class Selection:
    """A field that is asked for, with its arguments and what is asked for of its value."""

    name: str
    arguments: dict[str, Any] = field(default_factory=dict)
    fields: list[Selection] = field(default_factory=list)


def refused(message: str, code: str = "GRAPHQL_VALIDATION_FAILED") -> Problem:
    """400 as Apollo answers a question that it does not understand."""
    return Problem(400, {"errors": [{"message": message, "extensions": {"code": code}}]})


class Parser:
    """Reads one query."""

    def __init__(self, text: str, variables: dict[str, Any]) -> None:
        self.variables = variables
        self.tokens: list[str] = []
        place = 0
        while place < len(text):
            match = TOKEN.match(text, place)
            if match is None:
                raise refused(f"Syntax Error: Unexpected character: {text[place]!r}.", "GRAPHQL_PARSE_FAILED")
            place = match.end()
            if match.lastgroup:
                self.tokens.append(match[match.lastgroup])

    def take(self, expected: str | None = None) -> str:
        """The next token, which must be the expected one."""
        token = self.tokens.pop(0) if self.tokens else "<EOF>"
        if expected is not None and token != expected:
            raise refused(f'Syntax Error: Expected "{expected}", found "{token}".', "GRAPHQL_PARSE_FAILED")
        return token

    def query(self) -> list[Selection]:
        """What a query asks for."""
        if self.tokens[:1] == ["query"]:
            while self.tokens and self.tokens[0] != "{":
                self.take()
        return self.fields()

    def fields(self) -> list[Selection]:
        """The fields between braces."""
        self.take("{")
        found = []
        while self.tokens and self.tokens[0] != "}":
            selection = Selection(self.take())
            if self.tokens[:1] == ["("]:
                selection.arguments = self.members("(", ")")
            if self.tokens[:1] == ["{"]:
                selection.fields = self.fields()
            found.append(selection)
        self.take("}")
        return found

    def members(self, start: str, end: str) -> dict[str, Any]:
        """Names and values between two marks."""
        self.take(start)
        found = {}
        while self.tokens and self.tokens[0] != end:
            name = self.take()
            self.take(":")
            found[name] = self.value()
        self.take(end)
        return found

    def value(self) -> Any:
        """An argument: a variable, an object, a number or a word."""
        if self.tokens[:1] == ["$"]:
            self.take()
            return self.variables.get(self.take())
        if self.tokens[:1] == ["{"]:
            return self.members("{", "}")
        token = self.take()
        return int(token) if token.lstrip("-").isdigit() else token


def chosen(value: Any, selections: list[Selection], kind: str) -> Any:
    """The part of a value that is asked for; a field that the value does not have is refused."""
    if isinstance(value, list):
        return [chosen(item, selections, kind) for item in value]
    if not isinstance(value, dict):
        return value
    found = {}
    for selection in selections:
        if selection.name not in value:
            raise refused(f'Cannot query field "{selection.name}" on type "{kind}".')
        target = value[selection.name]
        if isinstance(target, dict) and not selection.fields:
            raise refused(f'Field "{selection.name}" must have a selection of subfields.')
        found[selection.name] = chosen(target, selection.fields, selection.name) if selection.fields else target
    return found
