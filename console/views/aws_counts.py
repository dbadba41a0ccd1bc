"""What AWS counted over logs that were not read here: each answer, and the rows of the newest to each question."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from console.controls.payload import part, said
from console.domain.counting import TEXTS, Asking, Count, Engine, Question, Row
from console.domain.evidence import Snapshot
from console.views.hits import shown_words
from console.views.log_coverage import LOGGING
from console.views.names import region_words
from console.views.table import Column, Kind, Table
from console.views.text import inert

QUESTIONS: Mapping[Question, str] = {
    Question.HITS: "What guardrails caught",
    Question.UNGUARDED: "Calls with no guardrail",
    Question.RESIDENCY: "Calls that ran elsewhere",
    Question.COVERAGE: "Calls in the log, by day",
}
ENGINES: Mapping[Engine, str] = {
    Engine.ATHENA: "Amazon Athena",
    Engine.INSIGHTS: "CloudWatch Logs Insights",
}
ANSWERED, CUT, UNKNOWN = "answered", "part is missing", "unknown"
_STATES = {
    "counted": "calls",
    "not a record": "lines that are no record",
    "none": "no guardrail at all",
    "untold": "the log has no text, so it cannot be told",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRow:
    """One answer."""

    count: Count
    account: str

    @property
    def state(self) -> str:
        """Whether it is there."""
        if self.count.is_whole:
            return ANSWERED
        return CUT if self.count.rows else UNKNOWN

    @property
    def rows(self) -> int | None:
        """How many rows it has; None where there is no answer."""
        return None if self.state == UNKNOWN else len(self.count.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class CountRow:
    """One row of an answer."""

    question: Question
    by: str
    """What it is counted by, in words."""
    which: str
    account: str
    region: str
    days: str
    number: int
    sequence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LogChoice:
    """A log, and who would count over it."""

    account_id: str
    region: str
    engine: Engine
    words: str


def log_choices(snapshot: Snapshot, names: Mapping[str, str]) -> tuple[LogChoice, ...]:
    """Return every log that invocation logging writes, by account and Region; one in two places is there twice."""
    found = []
    for fact in snapshot.facts(LOGGING):
        account_id, region = fact.scope.account_id, fact.scope.region
        config = part(fact.payload, "loggingConfig")
        for member, name, engine in (
            ("s3Config", "bucketName", Engine.ATHENA),
            ("cloudWatchConfig", "logGroupName", Engine.INSIGHTS),
        ):
            if said(part(config, member), name):
                words = f"{names.get(account_id) or account_id}, {region_words(region)}: {ENGINES[engine]}"
                found.append(LogChoice(account_id=account_id, region=region, engine=engine, words=words))
    return tuple(sorted(found, key=lambda each: each.words.casefold()))


ANSWER_COLUMNS: tuple[Column[AnswerRow], ...] = (
    Column("state", "Answer", lambda row: row.state, Kind.STATE),
    Column("question", "Question", lambda row: QUESTIONS[row.count.asking.question]),
    Column("account", "Log of", lambda row: row.account),
    Column("account_id", "Account id", lambda row: row.count.asking.account_id, is_shown=False),
    Column("region", "Region", lambda row: region_words(row.count.asking.region), is_shown=False),
    Column("days", "Days", lambda row: span_words(row.count.asking)),
    Column("why", "What is missing", lambda row: inert(row.count.problem) or _limits(row.count.asking)),
    Column("rows", "Rows", lambda row: row.rows, Kind.NUMBER, is_shown=False),
    Column("bytes", "Bytes read at AWS", lambda row: row.count.bytes_scanned, Kind.NUMBER, is_shown=False),
    Column("engine", "Counted by", lambda row: ENGINES[row.count.asking.engine], is_shown=False),
    Column("person", "Agreed by", lambda row: inert(row.count.by)),
    Column("at", "When", lambda row: row.count.at, Kind.TIME, is_shown=False),
)
COUNT_COLUMNS: tuple[Column[CountRow], ...] = (
    Column("question", "Question", lambda row: QUESTIONS[row.question]),
    Column("which", "Which", lambda row: row.which),
    Column("number", "How many", lambda row: row.number, Kind.NUMBER),
    Column("account", "Log of", lambda row: row.account),
    Column("days", "Days", lambda row: row.days),
    Column("by", "Counted by", lambda row: row.by, is_shown=False),
    Column("region", "Region", lambda row: region_words(row.region), is_shown=False),
)


def span_words(asking: Asking) -> str:
    """Return the days of a question."""
    return f"{asking.first_day} to {asking.last_day}"


def answer_rows(counts: Iterable[Count], names: Mapping[str, str]) -> tuple[AnswerRow, ...]:
    """Return every answer, the newest first."""
    rows = [
        AnswerRow(count=each, account=names.get(each.asking.account_id) or each.asking.account_id)
        for each in counts
    ]
    return tuple(sorted(rows, key=lambda row: -row.count.sequence))


def count_rows(counts: Iterable[Count], names: Mapping[str, str]) -> tuple[CountRow, ...]:
    """Return the rows of the newest answer to each question about each log."""
    newest: dict[tuple[Question, str, str], Count] = {}
    for each in sorted(counts, key=lambda count: count.sequence):
        if each.rows or each.is_whole:
            newest[each.asking.question, each.asking.account_id, each.asking.region] = each
    return tuple(row for each in newest.values() for row in _rows(each, names))


def answer_table(rows: tuple[AnswerRow, ...]) -> Table[AnswerRow]:
    """Build the table of answers; each opens to the ledger's entry, with the call and everything it said."""
    return Table(ANSWER_COLUMNS, rows, evidence=lambda row: (row.count.sequence,))


def count_table(rows: tuple[CountRow, ...]) -> Table[CountRow]:
    """Build the table of what was counted; each row opens to the answer that it is from."""
    return Table(COUNT_COLUMNS, rows, evidence=lambda row: (row.sequence,))


def _limits(asking: Asking) -> str:
    """Say what an engine cannot tell, even where it answered."""
    if asking.engine is Engine.ATHENA:
        return ""
    if asking.question is Question.HITS:
        return "only calls that a guardrail stopped or changed, not what was caught; a call logged twice counts twice"
    return "a call that is logged twice counts twice"


def _rows(count: Count, names: Mapping[str, str]) -> Iterable[CountRow]:
    asking = count.asking
    for texts, number in count.rows:
        pairs = _pairs(asking.question, texts)
        silent = {asking.account_id, *([""] if pairs.get("state") else [])}
        shown = {column: value for column, value in pairs.items() if value not in silent} or pairs
        yield CountRow(
            question=asking.question,
            by=", ".join(_TITLES[column] for column in pairs),
            which=", ".join(_words(column, value, names) for column, value in shown.items()),
            account=names.get(asking.account_id) or asking.account_id,
            region=asking.region,
            days=span_words(asking),
            number=number,
            sequence=count.sequence,
        )


_TITLES: Mapping[str, str] = {
    "day": "day",
    "policy": "policy",
    "type": "what was caught",
    "action": "what happened",
    "account": "account",
    "caller": "who called",
    "model": "model",
    "operation": "operation",
    "guarded": "guardrail",
    "state": "what it is",
    "region": "called in",
    "ran_in": "ran in",
}


def _pairs(question: Question, texts: Row) -> dict[str, str]:
    """Return what a row is counted by; what it is not counted by is left out."""
    pairs = zip(TEXTS[question], texts, strict=True)
    return {column: value for column, value in pairs if value is not None}


def _words(column: str, value: str, names: Mapping[str, str]) -> str:
    if column in ("state", "guarded"):
        return _STATES.get(value, inert(value))
    if column in ("region", "ran_in"):
        return region_words(value)
    if column == "account":
        return inert(names.get(value) or value)
    return shown_words("identity" if column == "caller" else column, value)
