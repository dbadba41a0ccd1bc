"""The figures of the Overview beside the verdicts: claims, what ends soon, what it costs, each leading to its rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from console.controls.states import ClaimState
from console.domain.evidence import Snapshot
from console.views.costs import cost_sentence, forecast_of
from console.views.expiring import ENDS_SOON, EXPIRED, UNKNOWN, ExpiringRow, ending_words
from console.views.interventions import interventions
from console.views.names import count_words
from console.views.spending import (
    BY_SERVICE,
    Period,
    Spend,
    charges,
    money,
    month_words,
    period_of,
    spend_by,
)

FIGURES = ("claims", "ending", "hits", "costs")
"""Their ids, in the order in which they are shown."""
_UNKNOWN = "not known"
_NOT_ASKED = "CloudWatch's counts were not part of this refresh."


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number in words, what it counts, and how it came to be."""

    id: str
    number: str
    word: str
    detail: str
    role: str
    """The colour that it has, by its role in the palette; colour never says more than `word`."""
    trend: tuple[float, ...] = ()
    """The months or days up to now, oldest first; NaN where one is not known."""
    trend_words: str = ""
    """The same in words, for who does not see it."""
    page: str = ""
    request: Mapping[str, str] | None = None


def claims_figure(counts: Sequence[tuple[ClaimState, int]], stale: str) -> Figure:
    """Say how many claims evidence contradicts, and how the others stand."""
    by_state = dict(counts)
    contradicted = by_state.get(ClaimState.CONTRADICTED, 0)
    others = [
        f"{count:,} {state.value}"
        for state, count in counts
        if count and state is not ClaimState.CONTRADICTED
    ]
    return Figure(
        id="claims",
        number=f"{contradicted:,}",
        word="Claims contradicted" if contradicted != 1 else "Claim contradicted",
        detail="; ".join((", ".join(others), *((stale,) if stale else ()))),
        role="fail" if contradicted else "text",
        page="claims",
    )


def ending_figure(rows: Sequence[ExpiringRow]) -> Figure:
    """Say how much ends soon, and what comes first: in two lines, which are all that a tile has."""
    known = [row for row in rows if row.state != UNKNOWN]
    expired = sum(row.state == EXPIRED for row in known)
    soon = next((row for row in known if row.state == ENDS_SOON), None)
    first = f" First: {soon.what}." if soon else ""
    return Figure(
        id="ending",
        number=f"{len(known):,}" if known or not rows else _UNKNOWN,
        word="Ends soon or just ended",
        detail=f"{ending_words(rows)}.{first}",
        role="fail" if expired else "medium" if known else "unknown" if rows else "text",
        page="overview",
        request={"show": "ending"},
    )


def hits_figure(snapshot: Snapshot) -> Figure:
    """Say how often guardrails stepped in, as CloudWatch counted it, day by day."""
    found = interventions(snapshot)
    places = count_words(found.unread, "place", "places")
    if not found.read:
        detail = f"CloudWatch's counts could not be read in {places}." if found.unread else _NOT_ASKED
    else:
        detail = f"Counted by CloudWatch in {len(found.by_day):,} days"
        detail += f"; in {places} not known" if found.unread else ""
    return Figure(
        id="hits",
        number=f"{found.total:,}" if found.read else _UNKNOWN,
        word="Guardrails stepped in",
        detail=detail,
        role="text" if found.read else "unknown",
        trend=tuple(map(float, found.by_day.values())),
        trend_words="; ".join(f"{day}: {count:,}" for day, count in found.by_day.items()),
        page="hits",
    )


def cost_figure(snapshot: Snapshot) -> Figure:
    """Say what Bedrock costs this month, with the months before."""
    found = charges(snapshot, BY_SERVICE)
    period, total = period_of(found), spend_by(found).get((), Spend())
    amounts = [(month, total.of(month)) for month in period.months]
    now = total.of(period.now)
    return Figure(
        id="costs",
        number=_UNKNOWN if now is None else _round(now, period),
        word="Bedrock this month",
        detail=_outlook(snapshot, period, total) if found else cost_sentence(snapshot),
        role="unknown" if now is None else "text",
        trend=tuple(float("nan") if amount is None else float(amount) for _, amount in amounts),
        trend_words="; ".join(
            f"{month_words(month)}: {money(amount, period.currency)}" for month, amount in amounts
        ),
        page="costs",
    )


def _outlook(snapshot: Snapshot, period: Period, total: Spend) -> str:
    """Say what is expected and what the last month cost, without the hundredths."""
    now, ahead, last = total.of(period.now), forecast_of(snapshot), total.of(period.last)
    said_ = []
    if now is not None and ahead is not None and not period.is_whole:
        said_.append(f"AWS expects {_round(now + ahead, period)} by the end of the month")
    if last is not None:
        said_.append(f"{month_words(period.last)} cost {_round(last, period)}")
    return "; ".join(said_)


def _round(amount: Decimal, period: Period) -> str:
    return f"{amount:,.0f} {period.currency}".rstrip()
