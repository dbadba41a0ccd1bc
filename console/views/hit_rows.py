"""Single guardrail hits as rows: what stands in each column, and what of a request is told below the table."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime

from console.controls.duties import Triage
from console.controls.payload import part
from console.deletion.target import Target, TargetKind
from console.domain.evidence import Snapshot
from console.domain.scope import Scope
from console.usage.dictionary import CATCH_COLUMNS, SETTING_COLUMNS
from console.usage.rows import RowValues
from console.views.hits import moment_words, shown_words
from console.views.names import region_words
from console.views.table import Cell, Column, Kind
from console.views.text import inert

_TITLES: tuple[tuple[str, str, Kind, bool], ...] = (
    ("account", "Account", Kind.TEXT, True),
    ("policy", "Policy", Kind.TEXT, True),
    ("type", "What was caught", Kind.TEXT, True),
    ("action", "What happened", Kind.TEXT, True),
    ("origin", "Guardrail", Kind.TEXT, True),
    ("identity", "Who called", Kind.ARN, True),
    ("model", "Model", Kind.TEXT, True),
    ("side", "Found in", Kind.TEXT, False),
    ("guardrail", "Guardrail id", Kind.ARN, False),
    ("version", "Guardrail version", Kind.TEXT, False),
    ("region", "Called in", Kind.TEXT, False),
    ("ran_in", "Ran in", Kind.TEXT, False),
    ("operation", "Operation", Kind.TEXT, False),
    ("profile", "Inference profile", Kind.ARN, False),
)
_EVENTS, _GUARDRAILS, _LOGGING = (
    "cloudtrail.bedrock_event",
    "bedrock.guardrail",
    "bedrock.invocation_logging",
)


def hit_columns(names: Mapping[str, str]) -> tuple[Column[RowValues], ...]:
    """Return the columns of the table of hits; their ids are those by which rows are sorted."""
    return (
        Column("time", "When", lambda row: moment_words(row.time), Kind.TIME),
        *(Column(name, title, _cell(name, names), kind, is_shown) for name, title, kind, is_shown in _TITLES),
        Column("request_id", "Request id", lambda row: row.request_id or None, is_shown=False),
        Column("digest", "Digest of the match", lambda row: row.digest or None, is_shown=False),
    )


def member_of(row: RowValues, column: str) -> str:
    """Return what a row has in a column, as the log has it."""
    if column in SETTING_COLUMNS:
        return row.setting[SETTING_COLUMNS.index(column)]
    return row.catch[CATCH_COLUMNS.index(column)]


def logs_of(row: RowValues) -> Target:
    """Return what a request is about that begins at a hit: what was logged that day where it was called."""
    day = datetime.fromtimestamp(row.time, UTC).date().isoformat()
    return Target(
        kind=TargetKind.INVOCATION_LOGS,
        account_id=member_of(row, "account"),
        region=member_of(row, "region"),
        name="",
        detail={"from": day, "until": day},
    )


def _cell(column: str, names: Mapping[str, str]) -> Callable[[RowValues], Cell]:
    if column == "account":
        return lambda row: names.get(member_of(row, column)) or member_of(row, column)
    if column in ("region", "ran_in"):
        return lambda row: region_words(member_of(row, column))
    return lambda row: shown_words(column, member_of(row, column))


def request_parts(
    row: RowValues, others: Sequence[RowValues], triage: Iterable[Triage], names: Mapping[str, str]
) -> list[tuple[str, str, bool]]:
    """Return all that is known of a request: heading, words, and whether they are code."""
    hits = "\n".join(
        f"{shown_words('policy', member_of(each, 'policy'))}: {shown_words('type', member_of(each, 'type'))}, "
        f"{shown_words('action', member_of(each, 'action'))}"
        + (f", found in {shown_words('side', member_of(each, 'side'))}" if member_of(each, "side") else "")
        for each in others
    )
    made = "\n".join(_triage_words(each) for each in triage)
    parts = [
        ("Request id", row.request_id or "the log has none", True),
        ("When", moment_words(row.time), False),
        ("What was caught", hits, False),
        ("Triage", made or "nobody has looked at it yet", False),
        *(
            (title, str(_cell(name, names)(row)), kind is Kind.ARN)
            for name, title, kind, _ in _TITLES
            if name not in ("policy", "type", "action", "side") and member_of(row, name)
        ),
    ]
    if row.digest:
        words = f"{row.digest}  (equal texts have equal digests; the text itself is not kept)"
        parts.append(("Digest of the match", words, True))
    return parts


def _triage_words(made: Triage) -> str:
    said = f"{made.outcome} by {inert(made.by)} on {made.at[:10]}"
    return f"{said}: {inert(made.words)}" if made.words else said


def evidence_of(snapshot: Snapshot) -> Callable[[RowValues], tuple[int, ...]]:
    """Return what tells the observations that bear on a row: CloudTrail's event, the guardrail, the logging."""
    events = {
        str(part(fact.payload, "CloudTrailEvent").get("requestID", "")): fact.sequence
        for fact in snapshot.facts(_EVENTS)
    }
    guardrails: dict[str, list[int]] = {}
    for fact in snapshot.facts(_GUARDRAILS):
        guardrails.setdefault(str(fact.payload.get("guardrailArn", "")), []).append(fact.sequence)
    logging = {fact.scope: fact.sequence for fact in snapshot.facts(_LOGGING)}

    def found(row: RowValues) -> tuple[int, ...]:
        scope = Scope(member_of(row, "account"), member_of(row, "region"))
        event = events.get(row.request_id) if row.request_id else None
        here = [event, logging.get(scope), *guardrails.get(member_of(row, "guardrail"), [])]
        return tuple(each for each in here if each is not None)

    return found
