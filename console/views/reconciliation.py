"""Tokens times their price, held against the bill: tokens as CloudWatch counted them, the price as AWS lists it.

Where the price list has none, the bill itself has one: but AWS bills tokens one by one, by the thousand or by the
million, and does not say which. The one by which tokens and bill come nearest is taken, and said; where none comes
near, nothing can be told.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from console.controls.payload import listed, said
from console.domain.evidence import Fact, Snapshot
from console.usage.record import model_named
from console.views.bills import Bill
from console.views.inventory import InventoryRow, Listing, Told, missing_rows, rows_table
from console.views.names import count_words
from console.views.price_list import PRODUCTS, PriceList
from console.views.sections import Heading
from console.views.spending import (
    BY_MODEL,
    BY_MODEL_USAGE,
    CACHE_READ,
    CACHE_WRITTEN,
    TOKENS_IN,
    TOKENS_OUT,
    Charge,
    attribute,
    charges,
    money,
    month_words,
    usage_of,
)
from console.views.table import Kind

TOKENS = "cloudwatch.token_metric"
_MODELS, _PROFILES = "bedrock.foundation_model", "bedrock.inference_profile"
_SORTS = (
    ("CacheRead", CACHE_READ),
    ("CacheWrite", CACHE_WRITTEN),
    ("Input", TOKENS_IN),
    ("Output", TOKENS_OUT),
)
"""How the names of CloudWatch's metrics begin, and what they count."""
_UNCOUNTED = {"batch": "in batches", "mantle": "through the mantle endpoint"}
"""Marks in usage types of what CloudWatch does not count."""
_SCALES = (1, 1_000, 1_000_000)
_FARTHEST = Decimal(10)
"""By how much more or less than what was billed tokens may be, and still be taken for the same unit."""
_DAY = 10


@dataclass(slots=True)
class _Counted:
    """Tokens of a model and sort."""

    tokens: Decimal | None = Decimal(0)
    sequences: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciled:
    """One model and sort of token: what was counted, and what was billed."""

    model: str
    sort: str
    tokens: Decimal | None
    """None where not all counts could be read, or the model's id is not known."""
    quantity: Decimal | None
    """In the bill's own unit."""
    amount: Decimal | None
    listed: Decimal | None = None
    """What a million tokens cost everybody, the usage types of the bill weighted by their quantities; None where the
    price list does not say it of each."""

    @property
    def scale(self) -> int | None:
        """How many tokens one unit of the bill is; None where that cannot be told."""
        if not self.tokens or not self.quantity or self.quantity < 0:
            return None
        ratios = {scale: self.tokens / (self.quantity * scale) for scale in _SCALES}
        near = {scale: max(ratio, 1 / ratio) for scale, ratio in ratios.items()}
        best = min(near, key=lambda scale: near[scale])
        return best if near[best] <= _FARTHEST else None

    @property
    def price(self) -> Decimal | None:
        """What a million tokens cost: as AWS lists it, or else as on the bill."""
        return self.billed if self.listed is None else self.listed

    @property
    def billed(self) -> Decimal | None:
        """What the bill has for a million tokens."""
        if self.scale is None or not self.quantity or self.amount is None:
            return None
        return self.amount / (self.quantity * self.scale) * 1_000_000

    @property
    def expected(self) -> Decimal | None:
        """Tokens times price."""
        price = self.price
        return None if price is None or self.tokens is None else self.tokens * price / 1_000_000

    @property
    def variance(self) -> Decimal | None:
        """How much more is on the bill than tokens times price."""
        expected = self.expected
        return None if expected is None or self.amount is None else self.amount - expected

    @property
    def share(self) -> str | None:
        """The variance as a share of tokens times price."""
        expected, variance = self.expected, self.variance
        if variance is None or not expected:
            return None
        return f"{variance / expected * 100:+.1f} %"


def reconciliation(bill: Bill) -> Listing:
    """List each model and sort of token of the newest month; what cannot be compared says so by what is not known."""
    currency = f", {bill.period.currency}" if bill.period.currency else ""
    headings = (
        Heading("model", "Model"),
        Heading("sort", "What"),
        Heading("tokens", "Tokens counted", Kind.NUMBER),
        Heading("variance", "Difference", Kind.MONEY),
        Heading("expected", f"At the price{currency}", Kind.MONEY),
        Heading("amount", f"On the bill{currency}", Kind.MONEY),
        Heading("price", f"Price of a million{currency}", Kind.MONEY, is_shown=False),
        Heading("source", "Price from"),
        Heading("share", "Difference in per cent", is_shown=False),
    )
    found = list(_rows(bill))
    known = sum(row.variance is not None for row, _, _ in found)
    rows = [_row(bill, *each) for each in found]
    kinds = (BY_MODEL_USAGE, TOKENS, PRODUCTS)
    return Listing(
        id="reconciliation",
        title="Tokens against the bill",
        about="Tokens as CloudWatch counted them in every account, times AWS's list price, beside what is on the bill."
        " A discount shows as a difference; the bill may lag a day behind. Batches, and calls through the mantle"
        " endpoint, are on the bill and CloudWatch does not count them: they stand apart, and are not compared.",
        coverage=_sentence(bill, known, len(found)),
        table=rows_table(
            headings, (*missing_rows(kinds, len(headings), bill.snapshot, bill.beside, bill.names), *rows)
        ),
        stretch="model",
    )


def _sentence(bill: Bill, known: int, total: int) -> str:
    if not bill.snapshot.steps(BY_MODEL_USAGE) or not bill.snapshot.steps(TOKENS):
        return "Not part of this refresh."
    if not total:
        return "AWS tells no model's tokens on the bill of this month."
    of = count_words(total, "model and sort of token", "models and sorts of token")
    return f"{known:,} of {of} of {bill.this_month} could be compared."


def _rows(bill: Bill) -> Iterator[tuple[Reconciled, list[Charge], list[int]]]:
    month = bill.period.now
    groups: dict[tuple[str, str, str], list[Charge]] = {}
    for charge in charges(bill.snapshot, BY_MODEL_USAGE):
        sort = usage_of(charge.keys[1]).sort
        model = attribute(charge.keys[0])
        if charge.month == month and model and sort in (TOKENS_IN, TOKENS_OUT, CACHE_READ, CACHE_WRITTEN):
            groups.setdefault((model, sort, _apart(charge.keys[1])), []).append(charge)
    ids = _ids(bill.snapshot)
    paying = _paying(bill.snapshot, month)
    unread = {gap.scope.account_id for gap in bill.snapshot.gaps(TOKENS)}
    prices = PriceList(bill.snapshot, bill.period.currency)
    for (model, sort, apart), lines in groups.items():
        known = frozenset() if apart else ids.get(model.casefold(), frozenset())
        counted = _counted(bill.snapshot, known, sort, lines[0])
        is_whole = not unread & paying.get(model, unread)
        amounts = [line.amount for line in lines]
        quantities = [line.quantity for line in lines]
        listed, priced = _listed(model, lines, prices)
        made = Reconciled(
            model=model,
            sort=f"{sort}, {apart}" if apart else sort,
            tokens=counted.tokens if is_whole and counted.sequences else None,
            quantity=_total(quantities),
            amount=_total(amounts),
            listed=listed,
        )
        yield made, lines, [*priced, *counted.sequences]


def _apart(usage_type: str) -> str:
    """Say of tokens that CloudWatch does not count how they were used; empty for all others."""
    plain = usage_type.lower()
    return next((words for mark, words in _UNCOUNTED.items() if mark in plain), "")


def _listed(model: str, lines: Sequence[Charge], prices: PriceList) -> tuple[Decimal | None, list[int]]:
    """Return what a million tokens of some lines cost by the price list, and the facts that say so."""
    found = [(line.quantity, prices.of(model, line.keys[1])) for line in lines]
    weights = [quantity * price.amount for quantity, price in found if quantity is not None and price]
    sequences = [sequence for _, price in found if price for sequence in price.sequences]
    total = _total(quantity for quantity, _ in found)
    if not total or len(weights) != len(found):
        return None, sequences
    return sum(weights, Decimal(0)) / total, sequences


def _row(bill: Bill, made: Reconciled, lines: Sequence[Charge], sequences: Sequence[int]) -> InventoryRow:
    currency = bill.period.currency
    unit = "not known" if made.scale is None else count_words(made.scale, "token", "tokens")
    details = [
        f"A million tokens on AWS's price list: {_price(made.listed, currency)}",
        f"A million tokens on the bill: {_price(made.billed, currency)}",
        f"Unit of the bill, as it seems: {unit}",
        f"Quantity on the bill: {'not known' if made.quantity is None else f'{made.quantity:,f}'}",
        f"Tokens at the price: {money(made.expected, currency)}",
        f"On the bill: {money(made.amount, currency)}",
    ]
    types = sorted({line.keys[1] for line in lines})
    return InventoryRow(
        accounts=(),
        account="all accounts",
        regions=(),
        cells=(
            made.model,
            made.sort,
            None if made.tokens is None else int(made.tokens),
            made.variance,
            made.expected,
            made.amount,
            made.price,
            _source(made),
            made.share,
        ),
        evidence=(*(line.sequence for line in lines), *sequences),
        tell=lambda: (
            Told("How it was compared", "\n".join(details)),
            Told("Usage types on the bill", "\n".join(types), is_code=True),
            Told("Month", month_words(bill.period.now)),
        ),
    )


def _source(made: Reconciled) -> str:
    if made.price is None:
        return "not known"
    return "the bill itself" if made.listed is None else "AWS's price list"


def _price(amount: Decimal | None, currency: str) -> str:
    """Return a price in words, to all its places.

    >>> _price(Decimal("0.3000"), "USD"), _price(None, "USD")
    ('0.3 USD', 'not known')
    """
    return "not known" if amount is None else f"{amount.normalize():,f} {currency}".rstrip()


def _total(values: Iterable[Decimal | None]) -> Decimal | None:
    total = Decimal(0)
    for value in values:
        if value is None:
            return None
        total += value
    return total


def _ids(snapshot: Snapshot) -> Mapping[str, frozenset[str]]:
    """Return the ids of models by their names on the bill, in small letters."""
    found: dict[str, set[str]] = {}
    for fact in snapshot.facts(_MODELS):
        model, name = said(fact.payload, "modelId"), said(fact.payload, "modelName")
        if model and name:
            found.setdefault(name.casefold(), set()).add(model)
    return {name: frozenset(ids) for name, ids in found.items()}


def _paying(snapshot: Snapshot, month: str) -> Mapping[str, set[str]]:
    """Return the accounts that paid for each model in a month."""
    found: dict[str, set[str]] = {}
    for charge in charges(snapshot, BY_MODEL):
        if charge.month == month:
            found.setdefault(attribute(charge.keys[1]), set()).add(charge.keys[0])
    return found


def _counted(snapshot: Snapshot, ids: frozenset[str], sort: str, span: Charge) -> _Counted:
    """Add up the tokens that models of these ids were counted on the days of a line of the bill."""
    counted, profiles = _Counted(), _profiles(snapshot)
    for fact in snapshot.facts(TOKENS):
        if _sort_of(fact) != sort or _model_of(fact, profiles) not in ids:
            continue
        counted.sequences.append(fact.sequence)
        here = _within(fact, span)
        counted.tokens = None if here is None or counted.tokens is None else counted.tokens + here
    return counted


def _sort_of(fact: Fact) -> str:
    name = said(fact.payload, "MetricName") or ""
    return next((sort for begin, sort in _SORTS if name.startswith(begin)), "")


def _model_of(fact: Fact, profiles: Mapping[str, str]) -> str:
    dimensions = listed(fact.payload, "Dimensions")
    called = next((said(each, "Value") or "" for each in dimensions if said(each, "Name") == "ModelId"), "")
    return model_named(called) or profiles.get(called, "") or profiles.get(called.rpartition("/")[2], "")


def _profiles(snapshot: Snapshot) -> Mapping[str, str]:
    """Return the model behind each profile of an account's own, by the profile's ARN and by its id."""
    found: dict[str, str] = {}
    for fact in snapshot.facts(_PROFILES):
        models = [model_named(said(each, "modelArn") or "") for each in listed(fact.payload, "models")]
        for name in ("inferenceProfileArn", "inferenceProfileId"):
            if (whose := said(fact.payload, name)) and models:
                found[whose] = models[0]
    return found


def _within(fact: Fact, span: Charge) -> Decimal | None:
    days, values = fact.payload.get("Timestamps"), fact.payload.get("Values")
    if not isinstance(days, list | tuple) or not isinstance(values, list | tuple) or len(days) != len(values):
        return None
    total = Decimal(0)
    for day, value in zip(days, values, strict=True):
        if not isinstance(value, int | float):
            return None
        if span.month <= str(day)[:_DAY] < span.until:
            total += Decimal(str(value))
    return total
