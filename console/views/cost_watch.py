"""Who watches the bill: budgets and what they tell, and spending that AWS found out of the ordinary."""

from console.controls.payload import listed, part, said
from console.domain.evidence import Fact
from console.views.bills import Bill
from console.views.inventory import InventoryRow, Listing, coverage, missing_rows, rows_table
from console.views.names import account_words, count_words, region_words
from console.views.sections import Heading
from console.views.spending import amount_of
from console.views.table import Cell, Kind
from console.views.text import inert

BUDGET, ANOMALY, MONITOR = "budgets.budget", "ce.anomaly", "ce.anomaly_monitor"


def budgets(bill: Bill) -> Listing:
    """List the budgets with what they know of spending."""
    facts = list(bill.beside.all(BUDGET))
    headings = (
        Heading("budget", "Budget"),
        Heading("limit", "Limit", Kind.MONEY),
        Heading("spent", "Spent", Kind.MONEY),
        Heading("expected", "Expected", Kind.MONEY),
        Heading("currency", "Currency"),
        Heading("every", "For every"),
        Heading("watches", "Watches Bedrock?"),
        Heading("tells", "Tells somebody", Kind.NUMBER),
    )
    return Listing(
        id="budgets",
        title="Budgets",
        about="Budgets of the management account, and whether their filter names a service of Bedrock's.",
        coverage=coverage((BUDGET,), bill.snapshot, [_budget(bill, fact) for fact in facts]),
        table=rows_table(
            headings,
            (
                *missing_rows((BUDGET,), len(headings), bill.snapshot, bill.beside, bill.names),
                *(_budget(bill, fact) for fact in facts),
            ),
        ),
        stretch="budget",
    )


def _budget(bill: Bill, fact: Fact) -> InventoryRow:
    limit, spend = part(fact.payload, "BudgetLimit"), part(fact.payload, "CalculatedSpend")
    filters = f"{fact.payload.get('FilterExpression', '')} {fact.payload.get('CostFilters', '')}"
    return _single(
        bill,
        fact,
        (
            inert(said(fact.payload, "BudgetName") or fact.key),
            amount_of(limit.get("Amount")),
            amount_of(part(spend, "ActualSpend").get("Amount")),
            amount_of(part(spend, "ForecastedSpend").get("Amount")),
            inert(said(limit, "Unit") or "") or None,
            (said(fact.payload, "TimeUnit") or "").lower() or None,
            "yes" if "bedrock" in filters.lower() else "all services" if not filters.strip() else "no",
            len(listed(fact.payload, "Notifications")),
        ),
    )


def anomalies(bill: Bill) -> Listing:
    """List the anomalies, and say how many monitors look for them."""
    headings = (
        Heading("began", "Began"),
        Heading("ended", "Ended"),
        Heading("impact", "More than expected", Kind.MONEY),
        Heading("cause", "Where"),
        Heading("monitor", "Seen by"),
    )
    monitors = {said(fact.payload, "MonitorArn"): fact for fact in bill.beside.all(MONITOR)}
    rows = [
        _anomaly(bill, fact, monitors.get(said(fact.payload, "MonitorArn")))
        for fact in bill.beside.all(ANOMALY)
    ]
    return Listing(
        id="anomalies",
        title="Anomalies",
        about="Spending on Bedrock that AWS Cost Anomaly Detection found out of the ordinary. It sees only what a"
        " monitor watches.",
        coverage=f"{count_words(len(monitors), 'monitor watches', 'monitors watch')} for anomalies. "
        + coverage((ANOMALY, MONITOR), bill.snapshot, rows),
        table=rows_table(
            headings,
            (*missing_rows((ANOMALY, MONITOR), len(headings), bill.snapshot, bill.beside, bill.names), *rows),
        ),
        stretch="cause",
    )


def _anomaly(bill: Bill, fact: Fact, monitor: Fact | None) -> InventoryRow:
    causes = [
        ", ".join(
            inert(words)
            for words in (
                account_words(said(each, "LinkedAccount") or "", bill.names),
                region_words(said(each, "Region") or ""),
                said(each, "UsageType") or said(each, "Service") or "",
            )
            if words
        )
        for each in listed(fact.payload, "RootCauses")
    ]
    impact = part(fact.payload, "Impact").get("TotalImpact")
    return _single(
        bill,
        fact,
        (
            said(fact.payload, "AnomalyStartDate"),
            said(fact.payload, "AnomalyEndDate"),
            amount_of(str(impact)) if isinstance(impact, int | float) else None,
            "; ".join(causes) or None,
            inert(said(monitor.payload, "MonitorName") or "") or None if monitor else None,
        ),
        (monitor.sequence,) if monitor else (),
    )


def _single(bill: Bill, fact: Fact, cells: tuple[Cell, ...], more: tuple[int, ...] = ()) -> InventoryRow:
    account = fact.scope.account_id
    return InventoryRow(
        accounts=(account,),
        account=bill.names.get(account, "") or account,
        regions=(),
        cells=cells,
        evidence=(fact.sequence, *more),
    )
