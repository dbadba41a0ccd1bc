"""What Athena and Logs Insights answer here: counted from the estate's own log by the console's reader of records.

That the SQL says the same is no business of the stand-in: tests run the SQL itself, on another engine.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from console.base.paths import resources
from console.demo.estate import Estate
from console.demo.invocations import is_damaged, log_lines, object_names
from console.domain.counting import Question
from console.usage.outcomes import RefusedRecordError
from console.usage.record import Call, Guarded, RecordReader

if TYPE_CHECKING:
    from pathlib import Path

Row = tuple[str | None, ...]
Table = tuple[tuple[str, ...], list[Row]]
"""Columns, and rows whose last cell is a count."""


def question_of(query: str, end: str) -> Question | None:
    """Return which question a query is: one of the files that are shipped, letter by letter."""
    for each in Question:
        file: Path = resources() / "sql" / f"{each.value}.{end}"
        if file.is_file() and file.read_text(encoding="utf-8") == query:
            return each
    return None


def calls_of(estate: Estate, account_id: str, first: date, last: date) -> Iterator[Call]:
    """Yield an account's calls from one day to the end of another, each once; damaged objects end early at AWS too."""
    reader = RecordReader(b"x" * 32, datetime.now(UTC))
    seen = set()
    day = first
    while day <= last:
        for _, line in log_lines(estate, account_id, day):
            try:
                call = reader.read(line)
            except RefusedRecordError:
                continue
            if call.key not in seen:
                seen.add(call.key)
                yield call
        day += timedelta(days=1)


def broken_object(estate: Estate, account_id: str, first: date, last: date) -> str:
    """Return the name of an object that breaks off within; empty if none does. Athena gives up at one."""
    day = first
    while day <= last:
        for name in object_names(estate, account_id, day):
            if is_damaged(estate, account_id, name):
                return name
        day += timedelta(days=1)
    return ""


def answer(question: Question, calls: Iterator[Call], approved: Sequence[str], *, detailed: bool) -> Table:
    """Return the answer to a question; `detailed` as from Athena, else as from Logs Insights."""
    found: Counter[Row] = Counter()
    for call in calls:
        for row in _ROWS[question](call, approved, detailed):
            found[row] += 1
    columns = _COLUMNS[question] if detailed else _PLAIN[question]
    return columns, [(*row, str(count)) for row, count in found.most_common()]


def _day(call: Call) -> str:
    return datetime.fromtimestamp(call.time, UTC).date().isoformat()


def _model(call: Call) -> str:
    return call.setting.profile or call.setting.model


def _hits(call: Call, _approved: Sequence[str], detailed: bool) -> Iterator[Row]:  # noqa: FBT001 - a table's form
    who = (call.setting.account, call.setting.identity)
    if not detailed:
        if call.guarded is Guarded.CAUGHT:
            yield (_day(call), *who)
        return
    for hit in call.hits:
        yield (_day(call), hit.policy, None, None, None, None)
        yield (None, hit.policy, hit.type, hit.action, None, None)
        yield (None, None, None, None, *who)


def _unguarded(call: Call, _approved: Sequence[str], _detailed: bool) -> Iterator[Row]:  # noqa: FBT001 - likewise
    if call.guarded in (Guarded.NONE_SEEN, Guarded.UNTOLD):
        state = "none" if call.guarded is Guarded.NONE_SEEN else "untold"
        yield (state, call.setting.account, call.setting.identity, _model(call), call.setting.operation)


def _residency(call: Call, approved: Sequence[str], detailed: bool) -> Iterator[Row]:  # noqa: FBT001 - likewise
    where = call.setting
    if not detailed or where.ran_in not in approved:
        yield (where.account, where.identity, _model(call), where.region, where.ran_in)


def _coverage(call: Call, _approved: Sequence[str], detailed: bool) -> Iterator[Row]:  # noqa: FBT001 - likewise
    row = (_day(call), call.setting.account, call.setting.region)
    yield ("counted", *row) if detailed else row


_ROWS: dict[Question, Callable[[Call, Sequence[str], bool], Iterator[Row]]] = {
    Question.HITS: _hits,
    Question.UNGUARDED: _unguarded,
    Question.RESIDENCY: _residency,
    Question.COVERAGE: _coverage,
}
_COLUMNS: dict[Question, tuple[str, ...]] = {
    Question.HITS: ("day", "policy", "type", "action", "account", "caller", "hits"),
    Question.UNGUARDED: ("guarded", "account", "caller", "model", "operation", "calls"),
    Question.RESIDENCY: ("account", "caller", "model", "region", "ran_in", "calls"),
    Question.COVERAGE: ("state", "day", "account", "region", "calls"),
}
_PLAIN: dict[Question, tuple[str, ...]] = {
    Question.HITS: ("day", "account", "caller", "hits"),
    Question.RESIDENCY: ("account", "caller", "model", "region", "ran_in", "calls"),
    Question.COVERAGE: ("day", "account", "region", "calls"),
}
