"""Costs: what each account, model, service, sort of use and Region cost, beside what is wrong there."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial

from console.controls.payload import part
from console.domain.evidence import Snapshot
from console.domain.finding import Finding, Severity, Verdict
from console.views.beside import Beside
from console.views.bills import Bill, Line, Part, grouped
from console.views.cost_tags import ACTIVE, callers, tags
from console.views.cost_watch import ANOMALY, BUDGET, MONITOR, anomalies, budgets
from console.views.inventory import Listing, Told
from console.views.names import account_names, count_words, region_words
from console.views.owners import owners
from console.views.price_list import PRODUCTS
from console.views.reconciliation import TOKENS, reconciliation
from console.views.sections import Heading
from console.views.spending import (
    BY_INFERENCE_TYPE,
    BY_MODEL,
    BY_MODEL_USAGE,
    BY_PROVIDER,
    BY_REGION,
    BY_SERVICE,
    BY_TAG,
    BY_USAGE_TYPE,
    FORECAST,
    Charge,
    Period,
    Spend,
    amount_of,
    attribute,
    charges,
    money,
    month_words,
    period_of,
    spend_by,
    unreadable,
    usage_of,
)
from console.views.table import Kind
from console.views.throughput import THROUGHPUT, throughput

KINDS = (
    BY_SERVICE,
    BY_USAGE_TYPE,
    BY_MODEL,
    BY_REGION,
    BY_PROVIDER,
    BY_INFERENCE_TYPE,
    FORECAST,
    BY_TAG,
    BY_MODEL_USAGE,
)
_BESIDE = (BUDGET, ANOMALY, MONITOR, ACTIVE, TOKENS, PRODUCTS, THROUGHPUT)
_GRAVE = (Severity.CRITICAL, Severity.HIGH)
_NO_MODEL = "no model: guardrails and other use"
_OF_AWS = ("Amazon ", "AWS ")
_HUNDRED = Decimal(100)
_APPROVED, _NOT_APPROVED = "approved", "not approved"

_ACCOUNTS = Part(
    id="accounts",
    title="Accounts",
    about="What each account's use of Bedrock cost, beside what is failing there. Amounts are unblended costs before"
    " tax, as AWS Cost Explorer tells them to the organisation's management account; they may lag a day behind.",
    kinds=(BY_SERVICE, FORECAST),
    what=(Heading("owner", "Owner"),),
    after=(
        Heading("failing", "Failing findings", Kind.NUMBER),
        Heading("grave", "Of them critical or high", Kind.NUMBER),
    ),
)
_MODELS = Part(
    id="models",
    title="Models",
    about="What each model cost. AWS tells costs by model from September 2026 on; what came before is only told by"
    " service.",
    kinds=(BY_MODEL, BY_PROVIDER),
    what=(Heading("model", "Model"), Heading("provider", "Provider")),
    stretch="model",
)
_SERVICES = Part(
    id="services",
    title="Services on the bill",
    about="Under which names AWS bills Bedrock. Models of other makers are sold through AWS Marketplace, each as a"
    " service of its own; adding up “Amazon Bedrock” alone misses them.",
    kinds=(BY_SERVICE,),
    what=(Heading("service", "Service"), Heading("seller", "Sold by")),
    stretch="service",
)
_USES = Part(
    id="uses",
    title="What was used",
    about="Tokens of all four sorts, text that guardrails read, provisioned throughput, knowledge bases and the rest,"
    " by the usage types on the bill. Quantities are in AWS's own units.",
    kinds=(BY_USAGE_TYPE,),
    what=(Heading("use", "Use"),),
    after=(Heading("quantity", "Quantity this month", Kind.NUMBER),),
    stretch="use",
)
_REGIONS = Part(
    id="regions",
    title="Regions",
    about="Where the use was billed. A call over a cross-Region profile is billed where it was made, so this is no"
    " proof that nothing ran elsewhere.",
    kinds=(BY_REGION,),
    what=(Heading("approved", "Approved?"),),
)
_INFERENCE_TYPES = Part(
    id="inference",
    title="Inference types",
    about="How models were called: on demand, in batches, with provisioned throughput, across Regions. AWS tells it"
    " from September 2026 on.",
    kinds=(BY_INFERENCE_TYPE,),
    what=(Heading("type", "Inference type"),),
    stretch="type",
)


def cost_listings(
    snapshot: Snapshot, findings: Iterable[Finding], approved_regions: Sequence[str]
) -> tuple[Listing, ...]:
    """Build every table of the Costs page."""
    by_service = charges(snapshot, BY_SERVICE)
    beside = Beside(snapshot, (*KINDS, *_BESIDE))
    bill = Bill(snapshot, account_names(snapshot), beside, period_of(by_service))
    return (
        _accounts(bill, by_service, findings),
        _models(bill),
        _services(bill, by_service),
        _uses(bill),
        _regions(bill, approved_regions),
        _inference_types(bill),
        tags(bill),
        callers(bill),
        reconciliation(bill),
        throughput(bill),
        budgets(bill),
        anomalies(bill),
    )


def cost_sentence(snapshot: Snapshot) -> str:
    """Say in one or two sentences what Bedrock costs, up to when, and what AWS expects."""
    found = charges(snapshot, BY_SERVICE)
    if not snapshot.steps(BY_SERVICE):
        return "Costs were not part of this refresh."
    if gaps := snapshot.gaps(BY_SERVICE):
        return f"What Bedrock costs could not be read: {gaps[0].reason.value}."
    if not found:
        return "No use of Bedrock is on the bill."
    period, total = period_of(found), spend_by(found)[()]
    now = total.of(period.now)
    said_ = [
        f"{money(now, period.currency)} in {month_words(period.now)}{'' if period.is_whole else ' so far'}"
    ]
    if (forecast := forecast_of(snapshot)) is not None and not period.is_whole:
        end = None if now is None else now + forecast
        said_.append(f"AWS expects {money(end, period.currency)} by the end of the month")
    if period.before and (change := _percent(total, period)):
        said_.append(
            f"{month_words(period.last)} cost {money(total.of(period.last), period.currency)}, {change}"
        )
    lines = unreadable(found)
    lost = f" {count_words(lines, 'line', 'lines')} of the bill could not be understood." if lines else ""
    return f"{'; '.join(said_)}.{lost}"


def forecast_of(snapshot: Snapshot) -> Decimal | None:
    """Return what AWS expects for the rest of the month; None where it did not say."""
    amounts = [amount_of(part(fact.payload, "Total").get("Amount")) for fact in snapshot.facts(FORECAST)]
    return amounts[0] if amounts else None


def _percent(total: Spend, period: Period) -> str:
    change, before = total.change(period), total.of(period.before)
    if change is None or not before:
        return ""
    share = change / before * _HUNDRED
    return f"{abs(share):,.0f} % {'more' if share >= 0 else 'less'} than {month_words(period.before)}"


def _accounts(bill: Bill, by_service: Sequence[Charge], findings: Iterable[Finding]) -> Listing:
    failing: dict[str, Counter[Severity]] = {}
    for finding in findings:
        if finding.verdict is Verdict.FAIL:
            failing.setdefault(finding.scope.account_id, Counter())[finding.severity] += 1
    regions = spend_by(charges(bill.snapshot, BY_REGION), 0, 1)
    told = {
        "By service": spend_by(by_service, 0, 1),
        "By model": spend_by(charges(bill.snapshot, BY_MODEL), 0, 1),
    }
    owned = owners(bill.snapshot)
    lines = []
    for (account,), spend in spend_by(by_service, 0).items():
        own, owner = failing.get(account, Counter[Severity]()), owned.get(account)
        line = Line(
            accounts=[account],
            what=(owner.name if owner else None,),
            evidence=(owner.sequence,) if owner else (),
            after=(sum(own.values()), sum(own[each] for each in _GRAVE)),
            regions=tuple(sorted(region for whose, region in regions if whose == account)),
            tell=partial(_parts, bill, account, told),
        )
        lines.append((line, spend))
    return bill.listing(_ACCOUNTS, lines, cost_sentence(bill.snapshot))


def _parts(bill: Bill, account: str, groups: Mapping[str, Mapping[tuple[str, ...], Spend]]) -> Iterator[Told]:
    for heading, spends in groups.items():
        own = {key: spend for (whose, key), spend in spends.items() if whose == account}
        if own:
            lines = (f"{_plain(key)}: {bill.now_words(spend)}" for key, spend in own.items())
            yield Told(f"{heading}, {bill.this_month}", "\n".join(lines))


def _plain(key: str) -> str:
    """Return a service's name, or a model's."""
    return (attribute(key) or _NO_MODEL) if "$" in key else key


def _models(bill: Bill) -> Listing:
    providers: dict[str, tuple[str, list[int]]] = {}
    for charge in charges(bill.snapshot, BY_PROVIDER):
        provider, model = map(attribute, charge.keys)
        providers.setdefault(model, (provider, []))[1].append(charge.sequence)
    lines = []
    for key, (spend, accounts) in grouped(charges(bill.snapshot, BY_MODEL), _second).items():
        model = attribute(key)
        provider, sequences = providers.get(model, ("", []))
        line = Line(
            accounts=accounts,
            what=(model or _NO_MODEL, provider or None),
            evidence=tuple(sequences),
            tell=partial(bill.by_account, accounts),
        )
        lines.append((line, spend))
    return bill.listing(_MODELS, lines)


def _services(bill: Bill, by_service: Sequence[Charge]) -> Listing:
    lines = [
        (
            Line(
                accounts=accounts,
                what=(service, "AWS" if service.startswith(_OF_AWS) else "AWS Marketplace"),
                tell=partial(bill.by_account, accounts),
            ),
            spend,
        )
        for service, (spend, accounts) in grouped(by_service, _second).items()
    ]
    return bill.listing(_SERVICES, lines)


def _uses(bill: Bill) -> Listing:
    found = charges(bill.snapshot, BY_USAGE_TYPE)
    read = {each.keys[1]: usage_of(each.keys[1]) for each in found}
    types: dict[str, list[str]] = {}
    for usage_type, usage in sorted(read.items()):
        types.setdefault(usage.sort, []).append(usage_type)
    lines = [
        (
            Line(
                accounts=accounts,
                what=(sort,),
                after=(spend.quantities.get(bill.period.now),),
                regions=tuple(sorted({region for each in types[sort] if (region := read[each].region)})),
                tell=partial(_uses_told, bill, accounts, types[sort]),
            ),
            spend,
        )
        for sort, (spend, accounts) in grouped(found, lambda each: read[each.keys[1]].sort).items()
    ]
    return bill.listing(_USES, lines)


def _uses_told(bill: Bill, accounts: Mapping[str, Spend], types: Sequence[str]) -> Iterator[Told]:
    yield from bill.by_account(accounts)
    yield Told("Usage types on the bill", "\n".join(types), is_code=True)


def _regions(bill: Bill, approved: Sequence[str]) -> Listing:
    groups = grouped(charges(bill.snapshot, BY_REGION), _second)
    lines = [
        (
            Line(
                accounts=accounts,
                what=(_APPROVED if region in approved else _NOT_APPROVED,),
                regions=(region,),
                tell=partial(bill.by_account, accounts),
            ),
            spend,
        )
        for region, (spend, accounts) in groups.items()
    ]
    abroad = ", ".join(region_words(region) for region in sorted(groups) if region not in approved)
    sentence = f"Bedrock was paid for in {abroad}, which the department has not approved." if abroad else ""
    return bill.listing(_REGIONS, lines, sentence)


def _inference_types(bill: Bill) -> Listing:
    lines = [
        (
            Line(
                accounts=accounts,
                what=(attribute(key) or "not told by AWS",),
                tell=partial(bill.by_account, accounts),
            ),
            spend,
        )
        for key, (spend, accounts) in grouped(charges(bill.snapshot, BY_INFERENCE_TYPE), _second).items()
    ]
    return bill.listing(_INFERENCE_TYPES, lines)


def _second(charge: Charge) -> str:
    return charge.keys[1]
