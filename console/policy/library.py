"""Every distinct policy document of an organisation, opened once, its statements found by the actions they name."""

import marshal
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from console.policy.document import (
    VERSIONS,
    Form,
    Policy,
    PolicyError,
    Statement,
    open_policy,
    parse_statement,
)
from console.policy.statements import action_matches

ANYTHING = "*"
"""In the index, in place of what is no text: to be looked at for every action."""

Place = tuple[int, int]
"""A document's number and a statement's position in it from 0."""


@dataclass(slots=True)
class _Document:
    name: str
    form: Form
    statements: list[Any] = field(default_factory=list)
    variables: bool = False
    fault: str = ""
    parsed: dict[int, Statement] = field(default_factory=dict)


class Library:
    """Documents by number. Equal documents of one name share a number, whoever holds them.

    The index keeps, for each text under `Action`, the statements that have it; a statement with anything else
    there is looked at for every action. So nothing that may concern an action is ever left out.
    """

    def __init__(self) -> None:
        self._numbers: dict[tuple[object, ...], int] = {}
        self._documents: list[_Document] = []
        self._raw: list[object] = []
        self._by_action: defaultdict[str, list[Place]] = defaultdict(list)
        self._concerning: dict[str, dict[int, list[int]]] = {}

    def __len__(self) -> int:
        return len(self._documents)

    def add(self, name: str, raw: object, form: Form) -> int:
        """Return the document's number; one that cannot be opened has a number too, and a fault."""
        key = (name, form, _content(raw))
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = len(self._documents)
            document = _Document(name, form)
            self._documents.append(document)
            self._raw.append(raw)
            self._concerning.clear()
            try:
                version, document.statements = open_policy(name, raw)
            except PolicyError as error:
                document.fault = str(error)
            else:
                document.variables = version == VERSIONS[0]
                self._index(number, document.statements)
        return number

    def _index(self, number: int, statements: list[Any]) -> None:
        by_action = self._by_action
        for position, statement in enumerate(statements):
            place = (number, position)
            actions = statement.get("Action") if type(statement) is dict else None
            if type(actions) is str:
                by_action[actions].append(place)
            elif type(actions) is list and actions:
                for each in actions:
                    by_action[each if type(each) is str else ANYTHING].append(place)
            else:
                by_action[ANYTHING].append(place)

    def concerning(self, action: str) -> dict[int, list[int]]:
        """Return, by document, the positions of the statements that may be about an action in lower case."""
        found = self._concerning.get(action)
        if found is None:
            places: set[Place] = set()
            for written, those in self._by_action.items():
                if written == ANYTHING or action_matches(written, action):
                    places.update(those)
            found = {}
            for number, position in sorted(places):
                found.setdefault(number, []).append(position)
            self._concerning[action] = found
        return found

    def statements(self, number: int, positions: Iterable[int] | None = None) -> tuple[Statement, ...]:
        """Return a document's statements, or those at some positions; raise `PolicyError` at a bad one."""
        document = self._documents[number]
        if document.fault:
            raise PolicyError(document.fault)
        chosen = range(len(document.statements)) if positions is None else positions
        return tuple(self._statement(document, position) for position in chosen)

    def policy(self, number: int) -> Policy:
        """Return a document, whole."""
        return Policy(self._documents[number].name, self.statements(number), self._raw[number])

    def name(self, number: int) -> str:
        """Return a document's name."""
        return self._documents[number].name

    def fault(self, number: int) -> str:
        """Return why a document cannot be opened; empty if it can."""
        return self._documents[number].fault

    @staticmethod
    def _statement(document: _Document, position: int) -> Statement:
        statement = document.parsed.get(position)
        if statement is None:
            statement = document.parsed[position] = parse_statement(
                document.name,
                position + 1,
                document.statements[position],
                document.form,
                variables=document.variables,
            )
        return statement


def _content(raw: object) -> object:
    """Return what is equal for equal documents; one that cannot be told is equal to itself alone."""
    if isinstance(raw, str):
        return raw
    content: Any = raw
    try:
        return marshal.dumps(content, 2)
    except ValueError:
        return id(raw)
