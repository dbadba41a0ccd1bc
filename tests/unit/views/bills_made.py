"""Lines of a bill as AWS Cost Explorer writes them."""

from typing import Any

from console.domain.evidence import Fact
from console.domain.scope import Scope
from fakes import fact

TOP = Scope("100000000000")
A, B = "111122223333", "222233334444"


def charge(  # noqa: PLR0917 - one place for each part of a line
    kind: str,
    month: str,
    first: str,
    second: str,
    amount: Any,
    sequence: int = 1,
    until: str = "",
    quantity: Any = "10",
    unit: str = "USD",
) -> Fact:
    ends = {"2026-09-01": "2026-10-01", "2026-10-01": "2026-11-01", "2026-11-01": "2026-11-29"}
    said = {
        "TimePeriod": {"Start": month, "End": until or ends.get(month, "2026-11-29")},
        "Keys": [first, second],
        "Metrics": {
            "UnblendedCost": {"Amount": amount, "Unit": unit},
            "UsageQuantity": {"Amount": quantity, "Unit": "N/A"},
        },
    }
    return fact(f"ce.{kind}", f"{month}/{first}/{second}", said, TOP, sequence)


def months(kind: str, first: str, second: str, *amounts: Any, sequence: int = 1) -> list[Fact]:
    """Make September, October and November up to the 28th."""
    starts = ("2026-09-01", "2026-10-01", "2026-11-01")
    return [
        charge(kind, start, first, second, amount, sequence + at)
        for at, (start, amount) in enumerate(zip(starts, amounts, strict=True))
    ]
