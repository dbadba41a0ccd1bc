"""What the use of Bedrock cost, as AWS Cost Explorer tells it: exact amounts, by month and group."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation

from console.controls.payload import part, said
from console.domain.evidence import Fact, Snapshot
from console.views.names import MONTHS
from console.views.text import inert

BY_SERVICE = "ce.cost_by_service"
BY_USAGE_TYPE = "ce.cost_by_usage_type"
BY_MODEL = "ce.cost_by_model"
BY_REGION = "ce.cost_by_region"
BY_PROVIDER = "ce.cost_by_provider"
BY_INFERENCE_TYPE = "ce.cost_by_inference_type"
BY_TAG = "ce.cost_by_tag"
BY_MODEL_USAGE = "ce.cost_by_model_usage"
FORECAST = "ce.cost_forecast"
_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """One line of the bill: a month of one group."""

    month: str
    """The first day that it covers, `YYYY-MM-DD`."""
    until: str
    """The day after the last."""
    keys: tuple[str, str]
    """What it is grouped by, in the order of the question."""
    amount: Decimal | None
    """None where AWS's answer cannot be read: never nothing."""
    currency: str
    quantity: Decimal | None
    sequence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """The months of a bill."""

    months: tuple[str, ...]
    """First days, oldest first."""
    until: str
    """The day after the last that is on the bill; empty without a bill."""
    currency: str
    """The bill's currency; empty without a bill, or if it has several."""

    @property
    def now(self) -> str:
        """The month under way, or the last one."""
        return self.months[-1] if self.months else ""

    @property
    def is_whole(self) -> bool:
        """Tell whether the newest month is over."""
        return self.until.endswith("-01") and self.until > self.now

    @property
    def last(self) -> str:
        """The newest month that is over; empty if there is none."""
        whole = self.months if self.is_whole else self.months[:-1]
        return whole[-1] if whole else ""

    @property
    def before(self) -> str:
        """The month before that."""
        at = self.months.index(self.last) if self.last else 0
        return self.months[at - 1] if at else ""


@dataclass(slots=True)
class Spend:
    """What one group cost, month by month."""

    amounts: dict[str, Decimal | None] = field(default_factory=dict)
    quantities: dict[str, Decimal | None] = field(default_factory=dict)
    sequences: list[int] = field(default_factory=list)

    def add(self, charge: Charge) -> None:
        """Add a line of the bill; with one that cannot be read the sum is not known either."""
        self.amounts[charge.month] = _sum(self.amounts.get(charge.month, _NOTHING), charge.amount)
        self.quantities[charge.month] = _sum(self.quantities.get(charge.month, _NOTHING), charge.quantity)
        self.sequences.append(charge.sequence)

    def of(self, month: str) -> Decimal | None:
        """Return what a month cost; nothing where the bill has no line for it, None where it cannot be told."""
        return self.amounts.get(month, _NOTHING) if month else None

    def change(self, period: Period) -> Decimal | None:
        """Return how much more the last whole month cost than the one before."""
        last, before = self.of(period.last), self.of(period.before)
        return None if last is None or before is None else last - before


def charges(snapshot: Snapshot, kind: str) -> tuple[Charge, ...]:
    """Return the bill's lines of a kind, by month."""
    return tuple(sorted(map(_charge, snapshot.facts(kind)), key=lambda each: (each.month, each.keys)))


def period_of(found: Sequence[Charge]) -> Period:
    """Return the months that a bill covers."""
    currencies = {each.currency for each in found}
    return Period(
        months=tuple(sorted({each.month for each in found if _is_day(each.month)})),
        until=max((each.until for each in found), default=""),
        currency=currencies.pop() if len(currencies) == 1 else "",
    )


def unreadable(found: Iterable[Charge]) -> int:
    """Count the lines of which AWS's answer does not tell the month or the amount."""
    return sum(each.amount is None or not _is_day(each.month) for each in found)


def spend_by(found: Iterable[Charge], *places: int) -> dict[tuple[str, ...], Spend]:
    """Add lines up by some of what they are grouped by; without a place all of them."""
    sums: dict[tuple[str, ...], Spend] = {}
    for charge in found:
        sums.setdefault(tuple(charge.keys[place] for place in places), Spend()).add(charge)
    return sums


def attribute(key: str) -> str:
    """Return the value of a product attribute; empty where it does not apply.

    >>> attribute("model$Nova Lite"), attribute("model$")
    ('Nova Lite', '')
    """
    return key.partition("$")[2]


def month_words(month: str) -> str:
    """Return a month as people say it.

    >>> month_words("2026-10-01")
    'October 2026'
    """
    day = date.fromisoformat(month)
    return f"{MONTHS[day.month - 1]} {day.year}"


def money(amount: Decimal | None, currency: str) -> str:
    """Return an amount in words.

    >>> money(Decimal("1234.567"), "USD"), money(None, "USD")
    ('1,234.57 USD', 'an amount that is not known')
    """
    return "an amount that is not known" if amount is None else f"{amount:,.2f} {currency}".rstrip()


@dataclass(frozen=True, slots=True)
class Usage:
    """What AWS's name for a sort of use says."""

    sort: str
    region: str
    """Empty where the name does not say."""


def usage_of(usage_type: str) -> Usage:
    """Read a usage type: what was used, and where.

    AWS writes them in several ways: `EUW2-Nova2.0Lite-input-tokens`, `USW2-MP:USW2_output_tokens_standard-Units`.

    >>> usage_of("EUW2-amazon.nova-lite-v1-cache-read-input-token-count")
    Usage(sort='Tokens read from the cache', region='eu-west-2')
    """
    plain = usage_type.lower().replace("_", "-").replace("-", "")
    sort = next((words for marks, words in _SORTS if any(mark in plain for mark in marks)), OTHER)
    return Usage(sort, _REGIONS.get(usage_type.partition("-")[0], ""))


OTHER = "Other use"
TOKENS_IN, TOKENS_OUT = "Tokens in", "Tokens out"
CACHE_READ, CACHE_WRITTEN = "Tokens read from the cache", "Tokens written to the cache"
_SORTS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("guardrail",), "Text that guardrails read"),
    (("provisionedthroughput", "modelunit", "customthroughput"), "Provisioned throughput"),
    (("customization", "customisation", "training", "modelstorage", "custommodel"), "Custom models"),
    (("knowledgebase", "retrieve", "rerank", "ingestion"), "Knowledge bases"),
    (("agentcore", "runtime", "memory", "browser", "codeinterpreter"), "AgentCore"),
    (("dataautomation",), "Data automation"),
    (("cacheread",), CACHE_READ),
    (("cachewrite",), CACHE_WRITTEN),
    (("inputtoken", "inputtokens"), TOKENS_IN),
    (("outputtoken", "outputtokens"), TOKENS_OUT),
    (("image", "video", "audio", "speech"), "Images, video and sound"),
)
"""Marks in a usage type without its dashes, and what they mean; the first that fits counts."""
_REGIONS: Mapping[str, str] = {
    "AFS1": "af-south-1",
    "APE1": "ap-east-1",
    "APN1": "ap-northeast-1",
    "APN2": "ap-northeast-2",
    "APN3": "ap-northeast-3",
    "APS1": "ap-southeast-1",
    "APS2": "ap-southeast-2",
    "APS3": "ap-south-1",
    "APS4": "ap-southeast-3",
    "CAN1": "ca-central-1",
    "EU": "eu-west-1",
    "EUC1": "eu-central-1",
    "EUC2": "eu-central-2",
    "EUN1": "eu-north-1",
    "EUS1": "eu-south-1",
    "EUS2": "eu-south-2",
    "EUW1": "eu-west-1",
    "EUW2": "eu-west-2",
    "EUW3": "eu-west-3",
    "ILC1": "il-central-1",
    "MEC1": "me-central-1",
    "MES1": "me-south-1",
    "SAE1": "sa-east-1",
    "USE1": "us-east-1",
    "USE2": "us-east-2",
    "USW1": "us-west-1",
    "USW2": "us-west-2",
}
"""How AWS's bills begin the names of usage types, by Region."""


def _charge(fact: Fact) -> Charge:
    period, metrics = part(fact.payload, "TimePeriod"), part(fact.payload, "Metrics")
    cost = part(metrics, "UnblendedCost")
    return Charge(
        month=said(period, "Start") or "",
        until=said(period, "End") or "",
        keys=_keys(fact.payload.get("Keys")),
        amount=_decimal(cost),
        currency=inert(said(cost, "Unit") or ""),
        quantity=_decimal(part(metrics, "UsageQuantity")),
        sequence=fact.sequence,
    )


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _keys(said_: object) -> tuple[str, str]:
    """Return the two groups of a line; empty words for one that AWS did not name."""
    named = (
        [inert(str(key)) for key in said_]
        if isinstance(said_, Sequence) and not isinstance(said_, str)
        else []
    )
    first, second, *_ = (*named, "", "")
    return first, second


def _decimal(metric: Mapping[str, object]) -> Decimal | None:
    return amount_of(metric.get("Amount"))


def amount_of(text: object) -> Decimal | None:
    """Return an amount that AWS wrote; None for what is no number."""
    if isinstance(text, bool) or not isinstance(text, str | int):
        return None
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def _sum(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if one is None or other is None else one + other
