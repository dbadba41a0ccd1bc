"""The department's bill: one line for each day or month, account, model and sort of tokens, and for guardrails."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from console.demo.department.catalogue import models
from console.demo.department.plan import LONDON
from console.demo.estate import Estate
from console.demo.usage import Use, summed, uses

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
    quantity: int
    """Tokens, or units of text that a guardrail read."""


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
    names = {each["modelId"]: (each["modelName"], each["providerName"]) for each in models()[LONDON]}
    return tuple(
        line
        for first, end in periods(*period, monthly=monthly)
        for use in summed(uses(seed, in_use, first, end), first)
        for line in _lines(use, names)
    )


def _lines(use: Use, names: Mapping[str, tuple[str, str]]) -> Iterator[Line]:
    name, provider = names[use.model_id]
    of_amazon = provider == _AMAZON
    sorts = [("input-tokens", use.input_cost, use.input_tokens)]
    if use.output_tokens:
        sorts.append(("output-tokens", use.output_cost, use.output_tokens))
    if use.cached_tokens:
        sorts.append(("cache-read-input-token-count", use.cache_read_cost, use.cached_tokens))
        sorts.append(("cache-write-input-token-count", use.cache_write_cost, use.cache_written_tokens))
    for sort, cost, tokens in sorts:
        yield Line(
            day=use.day,
            account_id=use.account_id,
            service=_BEDROCK if of_amazon else f"{name} (Amazon Bedrock Edition)",
            model=name,
            provider=provider,
            usage_type=f"EUW2-{use.model_id.partition(':')[0]}-{sort}",
            cost=cost,
            quantity=tokens,
        )
    if use.guarded_units:
        yield Line(
            day=use.day,
            account_id=use.account_id,
            service=_BEDROCK,
            model="",
            provider=_AMAZON,
            usage_type="EUW2-Guardrail-ContentPolicyUnitsConsumed",
            cost=use.guarded_cost,
            quantity=use.guarded_units,
        )
