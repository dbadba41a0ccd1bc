"""One refresh as the domain's `Snapshot`: the plan and the gaps in memory, facts read when they are asked for."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from console.domain.evidence import Fact, Gap
from console.domain.refresh import Refresh, Step, StepState
from console.domain.scope import Scope
from console.evidence.engine import Driver, driver
from console.evidence.errors import ErasedError
from console.evidence.records import COLUMNS, TABLES, Row, observation_of

_OF_STEPS = (
    "step p JOIN observation o ON o.sequence BETWEEN p.first AND p.first + p.facts - 1 "
    "JOIN context c ON c.id = o.context_id JOIN body b ON b.id = o.body_id JOIN step s ON s.id = o.step_id"
)
_FACTS = f"SELECT {COLUMNS} FROM {_OF_STEPS} WHERE p.refresh_id = ? AND p.kind = ?"  # noqa: S608 - constants
_ERASED = f"SELECT {COLUMNS} FROM {_OF_STEPS} WHERE p.refresh_id = ? AND b.bytes IS NULL"  # noqa: S608 - constants
_GAPS = (
    f"SELECT {COLUMNS} FROM step p JOIN {TABLES} "  # noqa: S608 - constants
    "WHERE p.refresh_id = ? AND o.sequence BETWEEN p.first + p.facts AND p.first + p.facts + p.gaps - 1"
)
_ONE_SCOPE = " AND p.account_id = ? AND p.region = ?"
_ORDER = " ORDER BY p.account_id, p.region, o.sequence"


class StoredSnapshot:
    """Facts and gaps of one refresh, as they were when this was made.

    A sealed refresh cannot change, but a body can be erased: its fact is then missed here. Of a running refresh
    this shows what is stored so far, and its pending steps are pending.
    """

    def __init__(self, engine: sa.Engine, path: Path, refresh: Refresh) -> None:
        self._engine = engine
        self._path = path
        self._refresh = refresh
        with driver(engine, path) as connection:
            self._gaps = _load_gaps(connection, refresh.id)
            self._steps = {(step.kind, step.scope): step for step in load_steps(connection, refresh.id)}

    @property
    def refresh(self) -> Refresh:
        """The refresh that this snapshot is."""
        return self._refresh

    def facts(self, kind: str, scope: Scope | None = None) -> tuple[Fact, ...]:
        """Return the facts of a kind, of one scope or of all, ordered by scope and key.

        A body erased after this snapshot was made is refused, not left out: its gap is not among `gaps` yet.
        """
        values: tuple[object, ...] = (self._refresh.id, kind)
        query = _FACTS
        if scope is not None:
            step = self._steps.get((kind, scope))
            if step is None or step.facts == 0:
                return ()
            query += _ONE_SCOPE
            values += (scope.account_id, scope.region)
        with driver(self._engine, self._path) as connection:
            rows = connection.execute(query + _ORDER, values).fetchall()
        found: list[Fact] = []
        for said in _observations(rows):
            if isinstance(said, Fact):
                found.append(said)
            elif said not in self._gaps.get((said.kind, said.scope), ()):
                raise ErasedError(
                    f"the body of observation {said.sequence} was erased while it was being read",
                    remedy="Ask again: the refresh then shows a gap in its place.",
                )
        return tuple(found)

    def gaps(self, kind: str | None = None, scope: Scope | None = None) -> tuple[Gap, ...]:
        """Return the gaps, of one kind and scope or of all, ordered by kind, scope and key."""
        if kind is not None and scope is not None:
            return self._gaps.get((kind, scope), ())
        return tuple(
            gap
            for (kind_, scope_), gaps in self._gaps.items()
            if kind in (None, kind_) and scope in (None, scope_)
            for gap in gaps
        )

    def steps(self, kind: str | None = None) -> tuple[Step, ...]:
        """Return the plan, ordered by kind and scope."""
        return tuple(step for step in self._steps.values() if kind in (None, step.kind))


def load_steps(connection: Driver, refresh_id: int) -> list[Step]:
    """Return the plan of a refresh as stored, ordered by kind and scope."""
    rows = connection.execute(
        "SELECT kind, account_id, region, state, facts FROM step WHERE refresh_id = ? "
        "ORDER BY kind, account_id, region",
        (refresh_id,),
    )
    return [
        Step(kind, Scope(account_id, region), StepState(state), facts)
        for kind, account_id, region, state, facts in rows
    ]


def _load_gaps(connection: Driver, refresh_id: int) -> dict[tuple[str, Scope], tuple[Gap, ...]]:
    """Return the gaps by kind and scope in that order; bodies are searched only if one was ever erased."""
    rows = connection.execute(_GAPS, (refresh_id,)).fetchall()
    if connection.execute("SELECT 1 FROM body WHERE bytes IS NULL LIMIT 1").fetchone():
        rows += connection.execute(_ERASED, (refresh_id,)).fetchall()
    found: dict[tuple[str, Scope], tuple[Gap, ...]] = {}
    for said in sorted(_observations(rows), key=lambda each: (each.kind, each.scope, each.key)):
        if isinstance(said, Gap):
            place = (said.kind, said.scope)
            found[place] = (*found.get(place, ()), said)
    return found


def _observations(rows: Iterable[tuple[Any, ...]]) -> list[Fact | Gap]:
    return [observation_of(Row(*row)) for row in rows]
