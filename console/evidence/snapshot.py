"""One refresh as the domain's `Snapshot`: the plan and the gaps in memory, facts read when they are asked for."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from console.domain.evidence import Fact, Gap
from console.domain.refresh import Refresh, Step, StepState
from console.domain.scope import Scope
from console.evidence.blocks import Contexts, Repeated, again
from console.evidence.engine import Driver, driver
from console.evidence.errors import ErasedError
from console.evidence.records import COLUMNS, Row, observation_of

_FROM = "CASE p.base WHEN 0 THEN p.first ELSE p.base END"
"""Where the observations of a step are rows: its own, or those whose words it repeats."""
_SELECT = f"SELECT {COLUMNS}, p.place_id, p.first, p.base FROM step p JOIN place w ON w.id = p.place_id "  # noqa: S608 - constants
_OBSERVED = "JOIN context c ON c.id = o.context_id JOIN body b ON b.id = o.body_id WHERE p.refresh_id = ?"
_OF_FACTS = f"JOIN observation o ON o.sequence BETWEEN {_FROM} AND {_FROM} + p.facts - 1 "
_OF_GAPS = f"JOIN observation o ON o.sequence BETWEEN {_FROM} + p.facts AND {_FROM} + p.facts + p.gaps - 1 "
_FACTS = _SELECT + _OF_FACTS + _OBSERVED + " AND w.kind = ?"
_ERASED = _SELECT + _OF_FACTS + _OBSERVED + " AND b.bytes IS NULL"
_GAPS = _SELECT + _OF_GAPS + _OBSERVED
_ONE_SCOPE = " AND w.account_id = ? AND w.region = ?"
_ORDER = " ORDER BY w.account_id, w.region, o.sequence"


class StoredSnapshot:
    """Facts and gaps of one refresh, as they were when this was made.

    A sealed refresh cannot change, but a body can be erased: its fact is then missed here. Of a running refresh
    this shows what is stored so far, and its pending steps are pending.
    """

    def __init__(self, engine: sa.Engine, path: Path, refresh: Refresh) -> None:
        self._engine = engine
        self._path = path
        self._refresh = refresh
        self._repeated: Repeated | None = None
        with driver(engine, path) as connection:
            self._gaps = self._load_gaps(connection)
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
            observed = self._observations(connection, rows)
        found: list[Fact] = []
        for said in observed:
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

    def _load_gaps(self, connection: Driver) -> dict[tuple[str, Scope], tuple[Gap, ...]]:
        """Return the gaps by kind and scope in that order; bodies are searched only if one was ever erased."""
        rows = connection.execute(_GAPS, (self._refresh.id,)).fetchall()
        if connection.execute("SELECT 1 FROM body WHERE bytes IS NULL LIMIT 1").fetchone():
            rows += connection.execute(_ERASED, (self._refresh.id,)).fetchall()
        found: dict[tuple[str, Scope], tuple[Gap, ...]] = {}
        observed = self._observations(connection, rows)
        for said in sorted(observed, key=lambda each: (each.kind, each.scope, each.key)):
            if isinstance(said, Gap):
                place = (said.kind, said.scope)
                found[place] = (*found.get(place, ()), said)
        return found

    def _observations(self, connection: Driver, rows: Iterable[tuple[Any, ...]]) -> list[Fact | Gap]:
        """Return what rows say; those that repeat an earlier one's words with the calls of this refresh."""
        contexts = Contexts(connection)
        found: list[Fact | Gap] = []
        for *said, place_id, first, base in rows:
            row = Row(*said)
            if base:
                if self._repeated is None:
                    self._repeated = Repeated(connection, self._refresh.id)
                at, step = row.sequence - base, self._repeated.step(place_id, first)
                row = again(row, self._refresh.id, first + at, step, at, contexts)
            found.append(observation_of(row))
        return found


def load_steps(connection: Driver, refresh_id: int) -> list[Step]:
    """Return the plan of a refresh as stored, ordered by kind and scope.

    Once a body was erased, nobody can tell by the steps alone which of them still say what they said.
    """
    was_erased = connection.execute("SELECT 1 FROM body WHERE bytes IS NULL LIMIT 1").fetchone() is not None
    rows = connection.execute(
        "SELECT w.kind, w.account_id, w.region, s.state, s.facts, s.read_in, s.first, s.base FROM step s "
        "JOIN place w ON w.id = s.place_id WHERE s.refresh_id = ? ORDER BY w.kind, w.account_id, w.region",
        (refresh_id,),
    )
    return [
        Step(
            kind,
            Scope(account_id, region),
            StepState(state),
            facts,
            carried_from=read_in if read_in != refresh_id else 0,
            first=first,
            said=None if was_erased and first else base or first,
        )
        for kind, account_id, region, state, facts, read_in, first, base in rows
    ]
