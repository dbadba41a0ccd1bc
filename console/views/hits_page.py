"""Everything on the page of guardrail hits but the single hits: a sentence, a trend, and tables of sums."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from console.controls.duties import Triage
from console.domain.counting import Count
from console.domain.usage import LogGap, SourceState
from console.usage.dictionary import Query
from console.usage.sums import Sums
from console.views.aws_counts import answer_rows, answer_table, count_rows, count_table
from console.views.hits import DayCount, day_words, shown_words, top, totals, trend, unguarded
from console.views.log_coverage import Coverage, place_table
from console.views.log_gaps import gap_rows, gap_table
from console.views.names import count_words, region_words
from console.views.residency_ledger import AwayRow, away_rows, away_table
from console.views.table import Column, Kind, Table
from console.views.text import inert

_MOST = 25
"""Of each sort of thing, how many of those with the most hits."""
_TOPS = (
    ("policy", "Policy"),
    ("type", "What was caught"),
    ("action", "What happened"),
    ("origin", "Who asked for the guardrail"),
    ("identity", "Who called"),
    ("account", "Account"),
    ("model", "Model"),
    ("guardrail", "Guardrail"),
)
NOT_READ = (
    "No invocation log has been read yet.",
    "Refresh: the logs are read after it. Or run `usage read`.",
)
NONE_CAUGHT = ("No guardrail hit is in the logs that were read.", "Clear the filters, or look at “Logs”.")


@dataclass(frozen=True, slots=True, kw_only=True)
class TopRow:
    """One value of a column, and how many hits have it."""

    sort: str
    words: str
    hits: int
    share: str
    narrows_to: str
    """Words that narrow the hits to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnguardedRow:
    """Calls of one identity to one model in which no guardrail was seen."""

    account_id: str
    account: str
    identity: str
    model: str
    operation: str
    calls: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TriageRow:
    """What somebody made of a request."""

    request_id: str
    made: Triage


@dataclass(frozen=True, slots=True, kw_only=True)
class TabTable:
    """One table of the page."""

    name: str
    title: str
    about: str
    table: Table[Any]
    stretch: str
    nothing: tuple[str, str]
    missing: str = ""
    """What is not in it, in a strip above; empty if all is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HitsPageTables:
    """The page."""

    sentence: str
    coverage: str
    missing: str
    nothing: tuple[str, str]
    hits: int
    days: list[DayCount]
    tables: tuple[TabTable, ...]


TOP_COLUMNS: tuple[Column[TopRow], ...] = (
    Column("sort", "Counted by", lambda row: row.sort),
    Column("words", "Which", lambda row: row.words),
    Column("hits", "Hits", lambda row: row.hits, Kind.NUMBER),
    Column("share", "Of all hits", lambda row: row.share),
)
UNGUARDED_COLUMNS: tuple[Column[UnguardedRow], ...] = (
    Column("account", "Account", lambda row: row.account),
    Column("account_id", "Account id", lambda row: row.account_id, is_shown=False),
    Column("identity", "Who called", lambda row: row.identity, Kind.ARN),
    Column("model", "Model", lambda row: row.model),
    Column("operation", "Operation", lambda row: row.operation),
    Column("calls", "Calls", lambda row: row.calls, Kind.NUMBER),
)
TRIAGE_COLUMNS: tuple[Column[TriageRow], ...] = (
    Column("outcome", "Outcome", lambda row: row.made.outcome),
    Column("request_id", "Request id", lambda row: inert(row.request_id), Kind.ARN),
    Column("words", "Note", lambda row: inert(row.made.words)),
    Column("by", "By", lambda row: inert(row.made.by)),
    Column("at", "When", lambda row: row.made.at, Kind.TIME),
)


def page_tables(  # noqa: PLR0913, PLR0917 - what the page is made of
    sums: Sums,
    query: Query,
    coverage: Coverage,
    logs: tuple[Sequence[SourceState], Iterable[LogGap]],
    names: Mapping[str, str],
    approved: Sequence[str],
    triage: Mapping[str, Sequence[Triage]],
    events: tuple[AwayRow, ...] = (),
    counts: Sequence[Count] = (),
) -> HitsPageTables:
    """Put the page together for a query."""
    counted = totals(sums, query)
    gaps = gap_rows(*logs, names)
    has_read = sums.days is not None
    missing = _missing(len(gaps), counted.untold)
    sentence = _sentence(sums, query) if has_read else "No invocation log has been read yet."
    tables = (
        _most(sums, query, counted.hits, names),
        _unguarded(sums, query, names, missing),
        _away((*away_rows(sums, approved, names), *events), approved, missing),
        TabTable(
            name="logs",
            title="Logs",
            about=(
                "Whether each account's log has every call that CloudWatch counted. Delivery can fail without "
                "a word: “nothing arrives” means models are called and no record of it is in the log."
            ),
            table=place_table(coverage),
            stretch="because",
            nothing=("No model was called, as far as CloudWatch's counts were read.", ""),
        ),
        TabTable(
            name="gaps",
            title="Not read",
            about="Logs, objects and lines that could not be read. Nothing else was held up by them.",
            table=gap_table(gaps),
            stretch="detail",
            nothing=("Everything that the logs hold was read.", "") if has_read else NOT_READ,
        ),
        _triaged(triage),
        _counted(counts, names),
        _answers(counts, names),
    )
    return HitsPageTables(
        sentence=sentence,
        coverage=f"{coverage.sentence} {coverage.stopped.words('interventions of guardrails')}.",
        missing=missing,
        nothing=NONE_CAUGHT if has_read else NOT_READ,
        hits=counted.hits,
        days=trend(sums, query),
        tables=tables,
    )


def _sentence(sums: Sums, query: Query) -> str:
    counted, days = totals(sums, query), sums.days or (0, 0)
    first = days[0] if query.first_day is None else query.first_day
    hits = f"{count_words(counted.hits, 'hit', 'hits')} in {count_words(counted.calls, 'call', 'calls')}"
    last = days[1] if query.last_day is None else query.last_day
    span = f"from {day_words(first)} to {day_words(last)}"
    noticed = f"{counted.detect_only:,} of them only noticed and let pass"
    return f"{hits} {span}; {noticed}. {counted.unguarded:,} calls had no guardrail at all."


def _missing(gaps: int, untold: int) -> str:
    said = []
    if gaps:
        said.append(f"{count_words(gaps, 'log or part of one', 'logs or parts of one')} could not be read")
    if untold:
        said.append(
            f"{count_words(untold, 'call', 'calls')} were logged without text, so their hits are not seen"
        )
    return f"{'; '.join(said)}." if said else ""


def _most(sums: Sums, query: Query, hits: int, names: Mapping[str, str]) -> TabTable:
    def called(column: str, value: str) -> str:
        return names.get(value) or value if column == "account" else shown_words(column, value)

    rows = tuple(
        TopRow(
            sort=title,
            words=each.words,
            hits=each.count,
            share=f"{each.count * 100 // hits}%" if each.count * 100 >= hits else "under 1%",
            narrows_to=each.value or each.words,
        )
        for column, title in _TOPS
        for each in top(sums, query, column, _MOST, called)
    )
    return TabTable(
        name="most",
        title="Most caught",
        about="Hits by policy, by what was caught, by who called and so on. Ctrl+Enter shows the hits of a row.",
        table=Table(TOP_COLUMNS, rows),
        stretch="words",
        nothing=NONE_CAUGHT,
    )


def _unguarded(sums: Sums, query: Query, names: Mapping[str, str], missing: str) -> TabTable:
    rows = tuple(
        UnguardedRow(
            account_id=account,
            account=names.get(account) or account,
            identity=inert(identity),
            model=shown_words("model", model),
            operation=inert(operation),
            calls=count,
        )
        for (account, identity, model, operation), count in unguarded(sums, query)
    )
    return TabTable(
        name="unguarded",
        title="No guardrail",
        about=(
            "Calls whose record speaks of no guardrail. Where the caller asks for no trace, a guardrail that "
            "caught nothing leaves none either; one that stepped in is always recorded."
        ),
        table=Table(UNGUARDED_COLUMNS, rows),
        stretch="identity",
        nothing=("No call without a guardrail is in the logs that were read.", ""),
        missing=missing,
    )


def _away(rows: tuple[AwayRow, ...], approved: Sequence[str], missing: str) -> TabTable:
    where = " and ".join(region_words(each) for each in approved)
    return TabTable(
        name="away",
        title="Ran elsewhere",
        about=(
            f"Every call seen that did not run in {where}, by who called and which model: in the logs, and among "
            "CloudTrail's recent events; a call may be in both. The filters above do not narrow it."
        ),
        table=away_table(rows),
        stretch="identity",
        nothing=(f"Every call that was seen ran in {where}.", ""),
        missing=missing,
    )


def _triaged(triage: Mapping[str, Sequence[Triage]]) -> TabTable:
    rows = [TriageRow(request_id=request, made=each) for request, found in triage.items() for each in found]
    rows.sort(key=lambda row: -row.made.sequence)
    return TabTable(
        name="triage",
        title="Triage",
        about="What officers made of requests, the newest first. It is in the ledger, and cannot be taken back.",
        table=Table(TRIAGE_COLUMNS, tuple(rows), evidence=lambda row: (row.made.sequence,)),
        stretch="words",
        nothing=("No hit has been looked at yet.", "Choose one in “Every hit”, and say what you make of it."),
    )


def _counted(counts: Sequence[Count], names: Mapping[str, str]) -> TabTable:
    cut = sum(not each.is_whole for each in counts)
    return TabTable(
        name="counted",
        title="Counted at AWS",
        about=(
            "What AWS counted over logs that need not be read here: the newest answer to each question about each "
            "log. These counts stand apart from those above, which are of logs that were read here."
        ),
        table=count_table(count_rows(counts, names)),
        stretch="which",
        nothing=(
            "Nothing was counted at AWS yet, or nothing was found.",
            "Choose “Ask AWS to count …”; “Answers from AWS” has every answer.",
        ),
        missing=f"{count_words(cut, 'answer is', 'answers are')} not whole, or not there." if cut else "",
    )


def _answers(counts: Sequence[Count], names: Mapping[str, str]) -> TabTable:
    return TabTable(
        name="answers",
        title="Answers from AWS",
        about="Every question that AWS was asked to count, the newest first; each opens to the ledger.",
        table=answer_table(answer_rows(counts, names)),
        stretch="why",
        nothing=("AWS was not asked to count anything yet.", "Choose “Ask AWS to count …”."),
    )
