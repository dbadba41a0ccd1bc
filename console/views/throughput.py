"""Provisioned throughput beside the bill: what was committed to, and until when it is paid for."""

from console.controls.payload import said
from console.domain.evidence import Fact
from console.views.bills import Bill
from console.views.inventory import InventoryRow, Listing, coverage, missing_rows, rows_table
from console.views.sections import Heading
from console.views.table import Kind
from console.views.text import inert

THROUGHPUT = "bedrock.provisioned_model_throughput"
_COMMITMENTS = {"OneMonth": "one month", "SixMonths": "six months"}
_NONE = "no commitment: by the hour"


def throughput(bill: Bill) -> Listing:
    """List capacity that was bought, what ends first before the others."""
    headings = (
        Heading("name", "Name"),
        Heading("model", "Model"),
        Heading("units", "Model units", Kind.NUMBER),
        Heading("commitment", "Committed for"),
        Heading("ends", "Commitment ends", Kind.TIME),
        Heading("status", "Status"),
    )
    facts = sorted(
        bill.beside.all(THROUGHPUT),
        key=lambda fact: (said(fact.payload, "commitmentExpirationTime") or "9", fact.key),
    )
    rows = [_row(bill, fact) for fact in facts]
    return Listing(
        id="throughput",
        title="Provisioned throughput",
        about="Capacity that was bought for a model. It is paid for by the hour whether it is used or not, and until"
        " its commitment ends it cannot be given back.",
        coverage=coverage((THROUGHPUT,), bill.snapshot, rows),
        table=rows_table(
            headings,
            (*missing_rows((THROUGHPUT,), len(headings), bill.snapshot, bill.beside, bill.names), *rows),
        ),
        stretch="model",
    )


def _row(bill: Bill, fact: Fact) -> InventoryRow:
    account, payload = fact.scope.account_id, fact.payload
    units, duration = payload.get("modelUnits"), said(payload, "commitmentDuration")
    return InventoryRow(
        accounts=(account,),
        account=bill.names.get(account, "") or account,
        regions=(fact.scope.region,),
        cells=(
            inert(said(payload, "provisionedModelName") or fact.key),
            inert((said(payload, "modelArn") or "").rpartition("/")[2]) or None,
            units if isinstance(units, int) else None,
            _COMMITMENTS.get(duration, inert(duration)) if duration else _NONE,
            said(payload, "commitmentExpirationTime") or None,
            inert(said(payload, "status") or "") or None,
        ),
        evidence=(fact.sequence,),
    )
