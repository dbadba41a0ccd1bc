"""Attestations, exceptions and remarks as tables: what counts, what is due, what has ended and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from console.controls.attestation import Attestation, Rules, Standing, due_on, standing
from console.controls.duties import Duties
from console.controls.exceptions import GrantedException
from console.domain.finding import Identity
from console.views.table import Column, Kind, Table
from console.views.text import inert

_ORDER = (
    Standing.UNSOUND,
    Standing.EXPIRED,
    Standing.AWAITING,
    Standing.DUE,
    Standing.EARLY,
    Standing.VALID,
    Standing.WITHDRAWN,
)
IN_FORCE, ENDED, PAST = "in force", "ended", "expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class AttestationRow:
    """One attestation as it stands on a day."""

    attestation: Attestation
    standing: Standing
    due_on: str
    problem: str
    """Why it does not count, in words; empty if it does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExceptionRow:
    """One exception as it stands on a day."""

    exception: GrantedException
    state: str
    """`in force`, `expired` or `ended`."""
    account_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RemarkRow:
    """A note to a finding, or an assignment of it."""

    identity: Identity
    what: str
    """`note` or `assignment`."""
    words: str
    by: str
    at: str
    sequence: int


ATTESTATION_COLUMNS: tuple[Column[AttestationRow], ...] = (
    Column("standing", "State", lambda row: row.standing.value, Kind.STATE),
    Column("claims", "Claims", lambda row: ", ".join(row.attestation.claims)),
    Column("statement", "What is attested", lambda row: inert(row.attestation.statement)),
    Column("person", "By", lambda row: inert(row.attestation.person)),
    Column("countersigned", "Counter-signed by", lambda row: _counters(row.attestation)),
    Column("document", "Document", lambda row: inert(row.attestation.what)),
    Column("review", "Review on", lambda row: row.due_on),
    Column("until", "Valid until", lambda row: row.attestation.valid_until),
    Column("id", "Attestation", lambda row: row.attestation.id),
)

EXCEPTION_COLUMNS: tuple[Column[ExceptionRow], ...] = (
    Column("state", "State", lambda row: row.state, Kind.STATE),
    Column("id", "Exception", lambda row: row.exception.id),
    Column("control", "Control", lambda row: row.exception.control_id),
    Column("account", "Account", lambda row: row.account_name),
    Column("region", "Region", lambda row: inert(row.exception.region)),
    Column("subject", "Subject", lambda row: inert(row.exception.subject), Kind.ARN),
    Column("reason", "Reason", lambda row: inert(row.exception.reason)),
    Column("approver", "Approved by", lambda row: inert(row.exception.approver)),
    Column("until", "Until", lambda row: row.exception.valid_until),
)

REMARK_COLUMNS: tuple[Column[RemarkRow], ...] = (
    Column("what", "What", lambda row: row.what),
    Column("control", "Control", lambda row: row.identity.control_id),
    Column("account", "Account id", lambda row: row.identity.account_id or None),
    Column("region", "Region", lambda row: row.identity.region),
    Column("subject", "Subject", lambda row: inert(row.identity.subject), Kind.ARN),
    Column("words", "Words", lambda row: row.words),
    Column("by", "By", lambda row: inert(row.by)),
    Column("at", "When", lambda row: row.at, Kind.TIME),
)


def attestations_table(duties: Duties, rules: Rules) -> Table[AttestationRow]:
    """Build the table: what does not count any more and could again comes first, then what is due soonest."""
    rows = [
        AttestationRow(
            attestation=each,
            standing=standing(each, rules),
            due_on=due_on(each, rules),
            problem=_problem(each),
        )
        for each in duties.attestations
    ]
    rows.sort(key=lambda row: (_ORDER.index(row.standing), row.due_on, row.attestation.id))
    return Table(ATTESTATION_COLUMNS, tuple(rows), evidence=lambda row: row.attestation.evidence)


def exceptions_table(duties: Duties, rules: Rules, names: Mapping[str, str]) -> Table[ExceptionRow]:
    """Build the table: those in force first, the next to expire before the others."""
    rows = [
        ExceptionRow(
            exception=each,
            state=ENDED if each.ending else (IN_FORCE if each.counts(rules.today) else PAST),
            account_name="every account"
            if each.account_id == "*"
            else names.get(each.account_id, each.account_id),
        )
        for each in duties.exceptions
    ]
    rows.sort(key=lambda row: (row.state != IN_FORCE, row.exception.valid_until, row.exception.id))
    return Table(EXCEPTION_COLUMNS, tuple(rows), evidence=lambda row: row.exception.evidence)


def remarks_table(duties: Duties) -> Table[RemarkRow]:
    """Build one row for each note and for each finding's assignment, oldest first."""
    rows = [
        RemarkRow(
            identity=identity,
            what="note",
            words=inert(note.words),
            by=note.by,
            at=note.at,
            sequence=note.sequence,
        )
        for identity, notes in duties.notes.items()
        for note in notes
    ]
    rows += [
        RemarkRow(
            identity=identity,
            what="assignment",
            words=f"to {inert(each.to)}" if each.to else "to nobody any more",
            by=each.by,
            at=each.at,
            sequence=each.sequence,
        )
        for identity, each in duties.assignments.items()
    ]
    rows.sort(key=lambda row: row.sequence)
    return Table(REMARK_COLUMNS, tuple(rows), evidence=lambda row: (row.sequence,))


def due_sentence(rows: Sequence[AttestationRow]) -> str:
    """Say how many attestations ask for work; empty if none does."""
    asking = (Standing.UNSOUND, Standing.EXPIRED, Standing.AWAITING, Standing.DUE)
    counts = [(each, sum(row.standing is each for row in rows)) for each in asking]
    return ", ".join(f"{count:,} {each.value}" for each, count in counts if count)


def _counters(attestation: Attestation) -> str:
    good = [inert(each.person) for each in attestation.countersignatures if not each.problem]
    return ", ".join(good) or "nobody"


def _problem(attestation: Attestation) -> str:
    if attestation.problem:
        return inert(attestation.problem)
    if attestation.withdrawal:
        ended = attestation.withdrawal
        return f"withdrawn by {inert(ended.by)}: {inert(ended.reason)}"
    return "; ".join(
        f"the counter-signature of {inert(each.person)} does not count: {inert(each.problem)}"
        for each in attestation.countersignatures
        if each.problem
    )
