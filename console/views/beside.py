"""One fact with what was read beside it, remembering whatever was looked at: that is what a row opens to."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from console.domain.evidence import Fact, Gap, Snapshot
from console.domain.refresh import Step, StepState
from console.domain.scope import Scope
from console.views.table import Cell
from console.views.text import inert

Get: TypeAlias = "str | Callable[[Seen], Cell]"
"""Where a cell comes from: a path into the answer, its parts apart by dots, or a function."""
NONE = "none"


class Beside:
    """Facts and gaps of some kinds, found by scope and key."""

    def __init__(self, snapshot: Snapshot, kinds: Iterable[str]) -> None:
        self._facts: dict[str, dict[Scope, dict[str, Fact]]] = {}
        self._gaps: dict[str, dict[Scope, list[Gap]]] = {}
        self._steps: dict[tuple[str, Scope], Step] = {}
        self._by: dict[tuple[str, str], dict[tuple[Scope, str], list[Fact]]] = {}
        for kind in dict.fromkeys(kinds):
            facts = self._facts.setdefault(kind, {})
            for fact in snapshot.facts(kind):
                facts.setdefault(fact.scope, {})[fact.key] = fact
            gaps = self._gaps.setdefault(kind, {})
            for gap in snapshot.gaps(kind):
                gaps.setdefault(gap.scope, []).append(gap)
            self._steps.update({(kind, step.scope): step for step in snapshot.steps(kind)})

    def all(self, kind: str) -> Iterator[Fact]:
        """Yield the facts of a kind."""
        for some in self._facts[kind].values():
            yield from some.values()

    def at(self, kind: str, scope: Scope) -> Sequence[Fact]:
        """Return the facts of a kind in a scope."""
        return tuple(self._facts[kind].get(scope, {}).values())

    def by(self, kind: str, scope: Scope, member: str, value: str) -> Sequence[Fact]:
        """Return the facts of a kind in a scope whose member has a value."""
        if (kind, member) not in self._by:
            found = self._by.setdefault((kind, member), {})
            for fact in self.all(kind):
                found.setdefault((fact.scope, str(fact.payload.get(member, ""))), []).append(fact)
        return self._by[kind, member].get((scope, value), ())

    def one(self, kind: str, scope: Scope, key: str) -> Fact | None:
        """Return the fact of a kind with a key."""
        return self._facts[kind].get(scope, {}).get(key)

    def gaps(self, kind: str) -> Iterator[Gap]:
        """Yield the gaps of a kind."""
        for some in self._gaps[kind].values():
            yield from some

    def missed(self, kind: str, scope: Scope, key: str = "") -> tuple[Gap, ...]:
        """Return the gaps that may hide the thing with a key, or with none any of the scope."""
        return tuple(gap for gap in self._gaps[kind].get(scope, ()) if not key or gap.key in ("", key))

    def unplanned(self, kind: str, scope: Scope) -> str:
        """Return why a scope says nothing although it has no gap; empty if it was read."""
        step = self._steps.get((kind, scope))
        if step is None:
            return "not part of this refresh"
        return "not read yet" if step.state is StepState.PENDING else ""


@dataclass(slots=True)
class Seen:
    """A fact, and what was looked at beside it."""

    fact: Fact
    beside: Beside
    looked_at: list[int] = field(default_factory=list)

    @property
    def evidence(self) -> tuple[int, ...]:
        """The observations that were looked at, the fact's own first."""
        return tuple(dict.fromkeys((self.fact.sequence, *self.looked_at)))

    def get(self, where: "str | Callable[[Seen], Cell]") -> Cell:
        """Return a cell, safe to show whatever a function took from the answer."""
        found = at(self.fact.payload, where) if isinstance(where, str) else where(self)
        return inert(found) if isinstance(found, str) else found

    def other(self, kind: str, key: str, where: str = "", nothing: str = NONE) -> Cell:
        """Return a member of the fact of another kind in the same scope, or in words why it is not there.

        Without a path it is said whether there is such a fact at all.
        """
        fact = self.beside.one(kind, self.fact.scope, key)
        if fact is not None:
            self.looked_at.append(fact.sequence)
            return at(fact.payload, where) if where else "yes"
        return self.why_not(kind, key) or nothing

    def others(self, kind: str, member: str = "", value: object = "") -> list[Fact]:
        """Return the facts of another kind in the same scope, with a member only those in which it has a value."""
        scope = self.fact.scope
        found = self.beside.by(kind, scope, member, str(value)) if member else self.beside.at(kind, scope)
        self.looked_at.extend(fact.sequence for fact in found)
        return list(found)

    def count(self, kind: str, member: str = "", value: object = "") -> Cell:
        """Count them; in words where not all of them could be seen."""
        found = self.others(kind, member, value)
        why = self.why_not(kind)
        return f"{len(found):,}; others {why}" if why and found else why or len(found)

    def why_not(self, kind: str, key: str = "") -> str:
        """Return why things of a kind may not have been seen; empty if they were."""
        gaps = self.beside.missed(kind, self.fact.scope, key)
        self.looked_at.extend(gap.sequence for gap in gaps)
        if gaps:
            return f"could not be read: {gaps[0].reason.value}"
        return self.beside.unplanned(kind, self.fact.scope)


def at(payload: Mapping[str, Any], path: str) -> Cell:
    """Return what stands at a path, fit for a cell; None where AWS did not say.

    >>> at({"a": {"b": True}}, "a.b"), at({"a": [1, 2]}, "a"), at({}, "a.b")
    ('yes', '1, 2', None)
    """
    value: Any = payload
    for name in path.split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    return as_cell(value)


def as_cell(value: Any) -> Cell:  # noqa: ANN401 - whatever AWS put there
    """Return a value of an answer as a cell: yes and no, lists of words in a row, and objects as JSON.

    >>> as_cell(["a", {"b": 1}]), as_cell([])
    ('a, {"b": 1}', 'none')
    """
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return value
    if isinstance(value, list | tuple):
        return ", ".join(str(as_cell(each)) for each in value) or NONE
    if isinstance(value, Mapping):
        return inert(json.dumps(value, sort_keys=True, default=str))
    return inert(value)
