"""The department's bill: one line for each day or month, account, model and sort of tokens, and for guardrails.

Amazon's own models are billed by the thousand tokens, those that are sold through AWS Marketplace by the million.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache, lru_cache
from hashlib import sha256

from console.demo.department.catalogue import models
from console.demo.department.plan import LONDON
from console.demo.estate import Estate
from console.demo.usage import GUARDED_PRICE, PRICES, Sort, Use, price_of, summed, uses

OTHER_SERVICES = (
    "AWS CloudTrail",
    "AWS Key Management Service",
    "Amazon Elastic Compute Cloud - Compute",
    "Amazon Simple Storage Service",
    "AmazonCloudWatch",
)
"""Services that are on every bill; what they cost is not told."""
_BEDROCK, _AMAZON = "Amazon Bedrock", "Amazon"
_BILLS = 4
_MONTHS = 12


_OFFER, _MARKETPLACE_OFFER = "AmazonBedrock", "AmazonBedrockFoundationModels"
_OF_AMAZON: Mapping[Sort, str] = {
    Sort.INPUT: "input-tokens",
    Sort.OUTPUT: "output-tokens",
    Sort.CACHE_READ: "cache-read-input-token-count",
    Sort.CACHE_WRITE: "cache-write-input-token-count",
}
_OF_OTHERS: Mapping[Sort, tuple[str, str]] = {
    Sort.INPUT: ("InputTokenCount", "Input Tokens"),
    Sort.OUTPUT: ("OutputTokenCount", "Response Tokens"),
    Sort.CACHE_READ: ("CacheReadInputTokenCount", "Cache Read Input Tokens"),
    Sort.CACHE_WRITE: ("CacheWriteInputTokenCount", "Cache Write Input Tokens"),
}
_BILLION = 10**9


@dataclass(frozen=True, slots=True, kw_only=True)
class Priced:
    """One thing that is sold."""

    offer: str
    """The price list's code of the service."""
    service: str
    """The name under which AWS bills it: a model that is sold through AWS Marketplace has its own."""
    model: str
    """Empty where no model is sold."""
    provider: str
    usage_type: str
    unit: str
    """What the price is for, in the price list's words."""
    description: str
    per_unit: int
    """Tokens, or pieces of text, in a unit."""
    billionths: int
    """Billionths of a dollar for one token or piece of text."""

    @property
    def price(self) -> str:
        """Dollars for a unit."""
        return f"{Decimal(self.billionths * self.per_unit) / _BILLION:.10f}"

    @property
    def sku(self) -> str:
        """The price list's name of the thing."""
        return sha256(f"{self.service}/{self.usage_type}".encode()).hexdigest()[:16].upper()


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the bill."""

    day: date
    """The first of its month, or of the part of it that was asked about, if the bill is by month."""
    account_id: str
    service: str
    """The name under which AWS bills it: a model that is sold through AWS Marketplace has its own."""
    model: str
    """Empty where no model is billed."""
    provider: str
    usage_type: str
    cost: int
    """Billionths of a dollar."""
    quantity: Decimal
    """In the unit of the price."""


def bill_of(estate: Estate, account_id: str, period: tuple[date, date], *, monthly: bool) -> tuple[Line, ...]:
    """Return the lines from a day to the day before another, of one account or of all."""
    in_use = tuple(
        (each, tuple(account.models_in_use))
        for each, account in estate.accounts.items()
        if account_id in ("", each)
    )
    return _bill(estate.seed, in_use, period, monthly=monthly)


def periods(first: date, end: date, *, monthly: bool) -> list[tuple[date, date]]:
    """Return the days or months of a period, the first and the last month as far as they reach.

    >>> [day.isoformat() for day, _ in periods(date(2026, 9, 20), date(2026, 11, 2), monthly=True)]
    ['2026-09-20', '2026-10-01', '2026-11-01']
    """
    found = []
    while first < end:
        months = first.year * _MONTHS + first.month
        following = date(months // _MONTHS, months % _MONTHS + 1, 1) if monthly else first + timedelta(days=1)
        found.append((first, min(following, end)))
        first = following
    return found


@lru_cache(_BILLS)
def _bill(
    seed: int, in_use: tuple[tuple[str, tuple[str, ...]], ...], period: tuple[date, date], *, monthly: bool
) -> tuple[Line, ...]:
    return tuple(
        line
        for first, end in periods(*period, monthly=monthly)
        for use in summed(uses(seed, in_use, first, end), first)
        for line in _lines(use)
    )


@cache
def priced() -> Mapping[tuple[str, Sort | None], Priced]:
    """Return what is sold, by model and sort of tokens; by no model and no sort, what guardrails read."""
    names = {each["modelId"]: (each["modelName"], each["providerName"]) for each in models()[LONDON]}
    guarded = Priced(
        offer=_OFFER,
        service=_BEDROCK,
        model="",
        provider=_AMAZON,
        usage_type="EUW2-Guardrail-ContentPolicyUnitsConsumed",
        unit="1K text units",
        description="Content filters of guardrails in EU (London)",
        per_unit=1_000,
        billionths=GUARDED_PRICE,
    )
    return {
        ("", None): guarded,
        **{(model, sort): _token(model, *names[model], sort) for model in PRICES for sort in Sort},
    }


def _token(model_id: str, name: str, provider: str, sort: Sort) -> Priced:
    if provider == _AMAZON:
        return Priced(
            offer=_OFFER,
            service=_BEDROCK,
            model=name,
            provider=provider,
            usage_type=f"EUW2-{model_id.partition(':')[0]}-{_OF_AMAZON[sort]}",
            unit="1K tokens",
            description=f"{_OF_AMAZON[sort]} of {name} in EU (London)",
            per_unit=1_000,
            billionths=price_of(model_id, sort),
        )
    code, words = _OF_OTHERS[sort]
    return Priced(
        offer=_MARKETPLACE_OFFER,
        service=f"{name} (Amazon Bedrock Edition)",
        model=name,
        provider=provider,
        usage_type=f"EUW2-MP:EUW2_{code}-Units",
        unit="Units",
        description=f"AWS Marketplace software usage|{LONDON}|Million {words} Regional",
        per_unit=1_000_000,
        billionths=price_of(model_id, sort),
    )


def _lines(use: Use) -> Iterator[Line]:
    counted: dict[tuple[str, Sort | None], int] = {(use.model_id, sort): use.tokens(sort) for sort in Sort}
    counted["", None] = use.guarded_units
    for thing, count in counted.items():
        if count:
            sold = priced()[thing]
            yield Line(
                day=use.day,
                account_id=use.account_id,
                service=sold.service,
                model=sold.model,
                provider=sold.provider,
                usage_type=sold.usage_type,
                cost=count * sold.billionths,
                quantity=Decimal(count) / sold.per_unit,
            )
