"""Whether the logs show all there was: what was counted in them beside what CloudWatch counted, place by place.

Logs tell who and what, and may be cut short without a word; metrics are whole, and tell neither. Only both together say
how much is not seen.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from console.controls.invocations import METRICS
from console.controls.payload import part, said
from console.domain.evidence import Fact, Gap, Snapshot
from console.domain.scope import Scope
from console.domain.usage import LogGap, SourceState
from console.usage.dictionary import Query
from console.usage.record import Guarded
from console.usage.sums import Sums
from console.views.hits import day_number, day_of
from console.views.names import count_words, kind_words, region_words
from console.views.table import Column, Kind, Table
from console.views.text import inert

LOGGING = "bedrock.invocation_logging"
GUARDRAIL_METRICS = "cloudwatch.guardrail_metric"
KINDS = (LOGGING, METRICS, GUARDRAIL_METRICS)
WHOLE, SHORT, MORE, SILENT, OFF, UNKNOWN, UNUSED = (
    "all there",
    "part is missing",
    "more than counted",
    "nothing arrives",
    "not logged",
    "unknown",
    "no calls",
)
"""How the log of a place stands."""
ORDER = (UNKNOWN, SILENT, OFF, SHORT, MORE, WHOLE, UNUSED)
_ALMOST = 0.99
"""Of what was counted: calls at midnight fall on another day in the log than in the metric."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Calls, or interventions: in the logs, and as CloudWatch counted them; None where that is not known."""

    logged: int
    counted: int | None

    @property
    def share(self) -> float | None:
        """How much of what was counted is in the logs; None where nothing was counted."""
        return self.logged / self.counted if self.counted else None

    def words(self, what: str) -> str:
        """Say it in a sentence.

        >>> Counts(logged=41, counted=50).words("calls")
        '82% of the 50 calls that CloudWatch counted are in the logs'
        """
        if self.counted is None:
            return f"{self.logged:,} {what} in the logs; how many there were is not known"
        if self.share is None:
            return f"{self.logged:,} {what} in the logs; CloudWatch counted none"
        return f"{percent(self.share)} of the {self.counted:,} {what} that CloudWatch counted are in the logs"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRow:
    """One account in one Region: what its log should have, and has."""

    scope: Scope
    account: str
    region: str
    state: str
    because: str
    calls: Counts
    stopped: Counts
    last_day: str | None
    """The day of the newest record that was read."""
    damaged: int
    """Damaged lines and objects."""
    failed: int
    """Deliveries to the log that failed, as CloudWatch counted them."""
    unlogged_models: tuple[str, ...]
    """Models that CloudWatch counted calls of, and the logs have none of."""
    evidence: tuple[int, ...]

    @property
    def is_gap(self) -> bool:
        """Whether what is known of the place is not enough to say how it stands."""
        return self.state == UNKNOWN

    @property
    def logged(self) -> int | None:
        """Calls in the log; None where nothing of it could be read, so that there may be any number."""
        return None if self.is_gap and not self.calls.logged else self.calls.logged

    @property
    def share(self) -> str | None:
        """How much of what was counted is in the log; None where that is not known."""
        return None if self.is_gap or self.calls.share is None else percent(self.calls.share)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """All places, and what they come to together."""

    rows: tuple[PlaceRow, ...]
    calls: Counts
    stopped: Counts
    unknown: int
    """Places of which CloudWatch's counts or the log could not be read."""

    @property
    def sentence(self) -> str:
        """Say how much of what there was is seen; goes wherever a count from the logs stands."""
        words = f"{self.calls.words('calls')}."
        if self.unknown:
            places = count_words(self.unknown, "account and Region", "accounts and Regions")
            words += f" Of {places} that is not known."
        return words


PLACE_COLUMNS: tuple[Column[PlaceRow], ...] = (
    Column("state", "Log", lambda row: row.state, Kind.STATE),
    Column("account", "Account", lambda row: row.account),
    Column("account_id", "Account id", lambda row: row.scope.account_id, is_shown=False),
    Column("region", "Region", lambda row: row.region),
    Column("because", "Why", lambda row: row.because),
    Column("logged", "Calls in the log", lambda row: row.logged, Kind.NUMBER),
    Column("counted", "Calls counted", lambda row: row.calls.counted, Kind.NUMBER),
    Column("share", "Seen", lambda row: row.share),
    Column("last_day", "Newest record", lambda row: row.last_day or "none"),
    Column(
        "stopped",
        "Stopped, in the log",
        lambda row: None if row.logged is None else row.stopped.logged,
        Kind.NUMBER,
        is_shown=False,
    ),
    Column(
        "stopped_counted", "Stopped, counted", lambda row: row.stopped.counted, Kind.NUMBER, is_shown=False
    ),
    Column("damaged", "Damaged", lambda row: row.damaged, Kind.NUMBER, is_shown=False),
    Column("failed", "Deliveries failed", lambda row: row.failed, Kind.NUMBER, is_shown=False),
    Column("models", "Models not in the log", lambda row: ", ".join(row.unlogged_models), is_shown=False),
)


def percent(share: float) -> str:
    """Return a share in whole per cent; never 100% of what is not all, nor 0% of what is something.

    >>> percent(0.9999), percent(0.001)
    ('99%', '1%')
    """
    if 0 < share < 1:
        return f"{min(max(round(share * 100), 1), 99)}%"
    return f"{round(share * 100)}%"


def coverage(
    snapshot: Snapshot,
    sums: Sums,
    sources: Sequence[SourceState],
    gaps: Iterable[LogGap],
    names: Mapping[str, str],
) -> Coverage:
    """Compare logs and metrics wherever a model was called or invocation logging is set up."""
    missing = {(gap.scope, gap.kind): gap for kind in KINDS for gap in snapshot.gaps(kind) if not gap.key}
    metrics = _by_scope(snapshot.facts(METRICS))
    stopping = _by_scope(snapshot.facts(GUARDRAIL_METRICS))
    logging = _by_scope(snapshot.facts(LOGGING))
    damaged: dict[Scope, int] = {}
    for gap in gaps:
        scope = Scope(gap.source.account_id, gap.source.region)
        damaged[scope] = damaged.get(scope, 0) + gap.count
    logged = {Scope(*name) for name, _ in sums.calls_by(Query(), "account", "region")}
    scopes = {*metrics, *logging, *logged, *(scope for scope, _ in missing)}
    last = sums.last_day_by("account", "region")
    rows = []
    for scope in sorted(scopes, key=lambda each: (each.account_id, each.region)):
        here = _Place(
            scope=scope,
            metrics=metrics.get(scope, []),
            stopping=stopping.get(scope, []),
            logging=logging.get(scope, []),
            sources=[each for each in sources if Scope(each.source.account_id, each.source.region) == scope],
            missing=[missing[scope, kind] for kind in KINDS if (scope, kind) in missing],
        )
        newest = last.get((scope.account_id, scope.region))
        row = here.row(sums, None if newest is None else day_of(newest), damaged.get(scope, 0), names)
        if row.state != UNUSED or row.calls.logged:
            rows.append(row)
    rows.sort(key=lambda row: (ORDER.index(row.state), row.account, row.region))
    known = [row for row in rows if row.calls.counted is not None]
    return Coverage(
        rows=tuple(rows),
        calls=_summed([row.calls for row in known]),
        stopped=_summed([row.stopped for row in known if row.stopped.counted is not None]),
        unknown=sum(row.is_gap for row in rows),
    )


def place_table(found: Coverage) -> Table[PlaceRow]:
    """Build the table: what is not known and what does not arrive come first."""
    return Table(PLACE_COLUMNS, found.rows, evidence=lambda row: row.evidence)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    scope: Scope
    metrics: Sequence[Fact]
    stopping: Sequence[Fact]
    logging: Sequence[Fact]
    sources: Sequence[SourceState]
    missing: Sequence[Gap]

    def row(self, sums: Sums, newest: date | None, damaged: int, names: Mapping[str, str]) -> PlaceRow:
        """Judge the place."""
        span = _span(self.metrics, sums.days)
        mine = {"account": frozenset({self.scope.account_id}), "region": frozenset({self.scope.region})}
        query = Query(
            chosen=mine,
            first_day=None if span is None else day_number(span[0]),
            last_day=None if span is None else day_number(span[1]),
        )
        blind = any(gap.kind == METRICS for gap in self.missing)
        counted = None if blind else _calls(self.metrics, span)
        calls = Counts(logged=sums.calls(query), counted=counted)
        unread = any(gap.kind == GUARDRAIL_METRICS for gap in self.missing)
        stopped = Counts(
            logged=sums.calls(query, (Guarded.CAUGHT,)),
            counted=None if unread else _stopped(self.stopping, span),
        )
        state, because = self._judged(calls)
        unlogged = _unlogged(self.metrics, sums, query)
        if unlogged and calls.logged:
            because += f"; none of {' or '.join(unlogged)}"
        return PlaceRow(
            scope=self.scope,
            account=names.get(self.scope.account_id) or self.scope.account_id,
            region=region_words(self.scope.region),
            state=state,
            because=because,
            calls=calls,
            stopped=stopped,
            last_day=None if newest is None else newest.isoformat(),
            damaged=damaged,
            failed=_failed(self.metrics, span),
            unlogged_models=unlogged,
            evidence=tuple(each.sequence for each in self._evidence()),
        )

    def _evidence(self) -> list[Fact | Gap]:
        return [*self.logging, *self.metrics, *self.stopping, *self.missing]

    def _judged(self, calls: Counts) -> tuple[str, str]:
        if self.missing:
            return (
                UNKNOWN,
                f"{kind_words(self.missing[0].kind)} could not be read: {self.missing[0].reason.value}",
            )
        if not calls.counted and not calls.logged:
            return UNUSED, "CloudWatch counted no call"
        if not any(_writes(fact) for fact in self.logging):
            return OFF, "models are called, and invocation logging is off or has no destination"
        return self._compared(calls) if calls.logged else self._silent()

    def _silent(self) -> tuple[str, str]:
        refused = [each for each in self.sources if each.problem]
        if refused:
            return UNKNOWN, f"the log could not be read: {refused[0].problem}"
        if not self.sources:
            return UNKNOWN, "the log has not been read yet"
        return SILENT, "models are called, and no record of it is in the log"

    @staticmethod
    def _compared(calls: Counts) -> tuple[str, str]:
        share = calls.share
        if share is None or share > 1 / _ALMOST:
            return MORE, "the log has more calls than CloudWatch counted"
        if share < _ALMOST:
            return SHORT, f"{percent(share)} of the calls are in the log"
        return WHOLE, "the log has every call that CloudWatch counted"


def _by_scope(facts: Iterable[Fact]) -> dict[Scope, list[Fact]]:
    found: dict[Scope, list[Fact]] = {}
    for fact in facts:
        found.setdefault(fact.scope, []).append(fact)
    return found


def _writes(fact: Fact) -> bool:
    config = part(fact.payload, "loggingConfig")
    return bool(part(config, "cloudWatchConfig") or part(config, "s3Config"))


def _span(metrics: Iterable[Fact], read: tuple[int, int] | None) -> tuple[date, date] | None:
    """Return the days to compare: those that metrics tell of, but for those before the first that was read of any log.

    None where metrics tell of none.
    """
    days = sorted(str(day)[:10] for each in metrics for day in each.payload.get("Timestamps", ()))
    if not days:
        return None
    first, last = date.fromisoformat(days[0]), date.fromisoformat(days[-1])
    return (first if read is None else min(max(first, day_of(read[0])), last)), last


def _within(metric: Fact, span: tuple[date, date] | None) -> int:
    """Sum up a metric over some days."""
    days, values = metric.payload.get("Timestamps", ()), metric.payload["Values"]
    if span is None:
        return 0
    first, last = (day.isoformat() for day in span)
    near = (float(value) for day, value in zip(days, values, strict=False) if first <= str(day)[:10] <= last)
    return round(sum(near))


def _calls(metrics: Iterable[Fact], span: tuple[date, date] | None) -> int:
    """Sum up the calls of all models; the metric over all of them is left out where each has its own."""
    by_model, over_all = 0, 0
    for each in metrics:
        if said(each.payload, "MetricName") == "Invocations":
            total = _within(each, span)
            if _models(each):
                by_model += total
            else:
                over_all += total
    return by_model or over_all


def _stopped(metrics: Iterable[Fact], span: tuple[date, date] | None) -> int:
    """Sum up the interventions, over one dimension alone."""
    found: dict[tuple[str, ...], int] = {}
    for each in metrics:
        if said(each.payload, "MetricName") == "InvocationsIntervened":
            dimensions = tuple(sorted(str(one["Name"]) for one in each.payload.get("Dimensions", ())))
            found[dimensions] = found.get(dimensions, 0) + _within(each, span)
    return found.get(("Operation",), max(found.values(), default=0))


def _failed(metrics: Iterable[Fact], span: tuple[date, date] | None) -> int:
    """Sum up the deliveries that failed, to whichever destination."""
    return sum(
        _within(each, span)
        for each in metrics
        if str(said(each.payload, "MetricName")).endswith("DeliveryFailure")
    )


def _models(metric: Fact) -> list[str]:
    return [str(one["Value"]) for one in metric.payload.get("Dimensions", ()) if one["Name"] == "ModelId"]


def _unlogged(metrics: Iterable[Fact], sums: Sums, query: Query) -> tuple[str, ...]:
    """Return the models that were called, and are not in the log by any of the names that they go by."""
    called = {
        model
        for each in metrics
        if said(each.payload, "MetricName") == "Invocations" and sum(each.payload["Values"]) > 0
        for model in _models(each)
    }
    logged = {part for name, _ in sums.calls_by(query, "model", "profile") for part in name}
    return tuple(sorted(inert(model) for model in called if model not in logged))


def _summed(counts: Sequence[Counts]) -> Counts:
    known = [each.counted for each in counts if each.counted is not None]
    return Counts(logged=sum(each.logged for each in counts), counted=sum(known) if known else None)
