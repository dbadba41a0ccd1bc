"""Appending to a store, inside the caller's transaction: steps with what was seen, the seal, tombstones."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict

from console.base.canonical import canonical
from console.domain.evidence import Fact, Gap, GapReason, Provenance
from console.domain.refresh import Refresh, Step, StepState
from console.domain.scope import Scope
from console.evidence import earlier
from console.evidence.appending import Appender, Entry, Place, entry_of
from console.evidence.blocks import Again
from console.evidence.earlier import Earlier
from console.evidence.engine import Driver
from console.evidence.errors import RefusedStepError
from console.evidence.records import FACT, GAP, SEAL, TOMBSTONE, gap_body


def plan_steps(connection: Driver, refresh_id: int, steps: Iterable[Step]) -> None:
    """Add steps to a refresh; those that are planned already stay as they are."""
    places = [(step.kind, step.scope.account_id, step.scope.region) for step in steps]
    connection.executemany("INSERT OR IGNORE INTO place (kind, account_id, region) VALUES (?, ?, ?)", places)
    connection.executemany(
        "INSERT OR IGNORE INTO step (refresh_id, place_id, state, facts, gaps, first, base, read_in) "
        "SELECT ?1, id, ?2, 0, 0, 0, 0, ?1 FROM place WHERE kind = ?3 AND account_id = ?4 AND region = ?5",
        [(refresh_id, StepState.PENDING.value, *place) for place in places],
    )


class Batch:
    """Ends steps of one refresh in one transaction; those that say what they said before share a block.

    `close` writes the block: until then the steps that are to be in it have no end.
    """

    def __init__(self, connection: Driver, random: Callable[[int], bytes], refresh_id: int) -> None:
        self._connection = connection
        self._appender = Appender(connection, random)
        self._refresh_id = refresh_id
        self._earlier = earlier.refreshes(connection, refresh_id)
        self._again: list[tuple[Again, Earlier, int]] = []

    def record(self, step: Step, facts: Iterable[Fact], gaps: Iterable[Gap]) -> None:
        """End one step: its facts, then its gaps, and its state."""
        place = _pending(self._connection, self._refresh_id, step)
        seen, missed = _facts(step, facts), _gaps(gaps)
        entries = [*seen, *missed]
        before = earlier.newest(self._connection, self._earlier, place.place_id or 0)
        again = self._same(before, seen, missed) if before and entries else None
        if before and again:
            self._again.append((again, before, self._refresh_id))
            return
        state = StepState.GAP if any(not each.key for each in missed) else StepState.READ
        first = self._appender.append(place, entries) if entries else 0
        self._end(place.place_id or 0, state.value, len(seen), len(missed), first, 0, self._refresh_id)

    def carry(self, step: Step, missing: Gap) -> None:
        """End one step as an earlier refresh left it that read it; with the gap if none did."""
        place, state = _place(self._connection, self._refresh_id, step)
        if state != StepState.PENDING.value:
            return  # a refresh that is resumed had done so already
        before = earlier.newest_asked(self._connection, self._earlier, place.place_id or 0)
        if before is None:
            self.record(step, (), (missing,))
        elif before.first == 0:
            self._end(place.place_id or 0, before.state, 0, 0, 0, 0, before.read_in)
        else:
            again = earlier.carried(self._connection, before)
            self._again.append((again, before, before.read_in))

    def close(self) -> None:
        """Write the block."""
        if not self._again:
            return
        first = self._appender.append_block(self._refresh_id, [again for again, _, _ in self._again])
        for again, before, read_in in self._again:
            self._end(again.place_id, before.state, before.facts, before.gaps, first, again.base, read_in)
            first += len(again.whose)

    def _same(self, before: Earlier, seen: Sequence[Entry], missed: Sequence[Entry]) -> Again | None:
        """Return the step as one that says what it said before; None if it says anything else."""
        if (before.facts, before.gaps) != (len(seen), len(missed)):
            return None
        entries = [*seen, *missed]
        held = earlier.held(self._connection, before)
        if [(each.type, each.key, each.reason, each.sha256) for each in entries] != [
            each[:4] for each in held
        ]:
            return None
        if any(each.basis for each in entries) or not all(each.is_there for each in held):
            return None
        said = [each.provenance for each in entries]
        made = [
            (self._appender.context(each), each.parameters, each.request_id, each.observed_at)
            for each in said
        ]
        return earlier.again(before, held, made)

    def _end(self, place_id: int, *values: object) -> None:
        self._connection.execute(
            "UPDATE step SET state = ?, facts = ?, gaps = ?, first = ?, base = ?, read_in = ? "
            "WHERE refresh_id = ? AND place_id = ?",
            (*values, self._refresh_id, place_id),
        )


def _pending(connection: Driver, refresh_id: int, step: Step) -> Place:
    """Return the place of a step that is planned and has not ended."""
    place, state = _place(connection, refresh_id, step)
    if state != StepState.PENDING.value:
        raise RefusedStepError(f"{step.kind} in {step.scope} has already ended in refresh {refresh_id}")
    return place


def _place(connection: Driver, refresh_id: int, step: Step) -> tuple[Place, str]:
    """Return the place of a step that is planned, and the state of the step."""
    where = (step.kind, step.scope.account_id, step.scope.region)
    found = connection.execute(
        "SELECT w.id, s.state FROM place w JOIN step s ON s.refresh_id = ? AND s.place_id = w.id "
        "WHERE w.kind = ? AND w.account_id = ? AND w.region = ?",
        (refresh_id, *where),
    ).fetchone()
    if found is None:
        raise RefusedStepError(f"{step.kind} in {step.scope} is not planned in refresh {refresh_id}")
    return Place(refresh_id=refresh_id, place_id=found[0], step=where), found[1]


def _gaps(gaps: Iterable[Gap]) -> list[Entry]:
    """Return the entries of a step's gaps by key; a thing that was missed twice counts once."""
    by_key = {
        gap.key: entry_of(GAP, gap.key, gap_body(gap.reason, gap.detail), gap.provenance, gap.reason.value)
        for gap in gaps
    }
    return [by_key[key] for key in sorted(by_key)]


def _facts(step: Step, facts: Iterable[Fact]) -> list[Entry]:
    """Return the entries of a step's facts by key; the same fact said twice by two pages counts once."""
    by_key: dict[str, Entry] = {}
    for fact in facts:
        if (fact.kind, fact.scope) != (step.kind, step.scope):
            raise ValueError(f"{fact.kind} in {fact.scope} is not of the step {step.kind} in {step.scope}")
        entry = entry_of(FACT, fact.key, canonical(fact.payload), fact.provenance, basis=fact.basis)
        if by_key.setdefault(fact.key, entry).body != entry.body:
            raise ValueError(f"two different {fact.kind} in {fact.scope} have the key {fact.key}")
    return [by_key[key] for key in sorted(by_key)]


def pending(connection: Driver, refresh_id: int) -> list[Step]:
    """Return the steps that have not ended, in the order of the plan."""
    found = connection.execute(
        "SELECT w.kind, w.account_id, w.region FROM step s JOIN place w ON w.id = s.place_id "
        "WHERE s.refresh_id = ? AND s.state = ? ORDER BY s.place_id",
        (refresh_id, StepState.PENDING.value),
    ).fetchall()
    return [Step(kind, Scope(account_id, region)) for kind, account_id, region in found]


def not_attempted(step: Step, refresh: Refresh, observed_at: str, detail: str) -> Gap:
    """Return that a step's turn never came."""
    return Gap(
        kind=step.kind,
        scope=step.scope,
        reason=GapReason.NOT_ATTEMPTED,
        detail=detail,
        provenance=_own(refresh.caller, refresh.botocore, observed_at),
    )


def append_seal(connection: Driver, random: Callable[[int], bytes], sealed: Refresh) -> None:
    """Put the end of a refresh, its content root included, into the ledger."""
    body = canonical(
        {
            "caller": sealed.caller,
            "content_root": sealed.content_root,
            "finished_at": sealed.finished_at,
            "organisation_id": sealed.organisation_id,
            "started_at": sealed.started_at,
            "state": sealed.state.value,
            "tool_version": sealed.tool_version,
            **({} if sealed.selection.is_whole else {"selection": asdict(sealed.selection)}),
        }
    )
    provenance = _own(sealed.caller, sealed.botocore, sealed.finished_at)
    entry = entry_of(SEAL, str(sealed.id), body, provenance)
    Appender(connection, random).append(Place(refresh_id=sealed.id), [entry])


def append_tombstone(
    connection: Driver,
    random: Callable[[int], bytes],
    body_sha256: str,
    *,
    basis: str,
    erased_by: str,
    erased_at: str,
) -> int:
    """Say in the ledger that a body is erased, why and by whom, then erase it; return the tombstone's number."""
    body = canonical({"basis": basis, "erased_by": erased_by})
    entry = entry_of(TOMBSTONE, body_sha256, body, _own(erased_by, "", erased_at))
    sequence = Appender(connection, random).append(Place(refresh_id=None), [entry])
    connection.execute("UPDATE body SET bytes = NULL WHERE sha256 = ?", (bytes.fromhex(body_sha256),))
    return sequence


def _own(caller: str, botocore: str, observed_at: str) -> Provenance:
    """Return the provenance of a statement that is ours and not AWS's."""
    return Provenance(
        operation="",
        parameters="{}",
        request_id="",
        caller=caller,
        observed_at=observed_at,
        botocore=botocore,
    )
