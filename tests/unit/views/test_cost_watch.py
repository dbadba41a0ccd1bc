from decimal import Decimal
from typing import Any

from console.views.costs import cost_listings
from console.views.inventory import Listing
from fakes import FakeSnapshot, fact, gap
from unit.views.bills_made import TOP, A


def listing(name: str, **held: Any) -> Listing:
    return next(each for each in cost_listings(FakeSnapshot(**held), [], ()) if each.id == name)


def budget(name: str, **members: Any) -> Any:
    return fact("budgets.budget", name, {"BudgetName": name, "BudgetType": "COST", **members}, TOP, 3)


def test_a_budget_says_what_it_watches_and_whom_it_tells() -> None:
    watching = budget(
        "b",
        BudgetLimit={"Amount": "5000.0", "Unit": "USD"},
        CalculatedSpend={"ActualSpend": {"Amount": "1.5"}, "ForecastedSpend": {"Amount": "2"}},
        TimeUnit="MONTHLY",
        FilterExpression={"Dimensions": {"Values": ["Amazon Bedrock"]}},
        Notifications=[{}, {}],
    )
    other = budget("s3", CostFilters={"Service": ["Amazon S3"]})
    rows = [row.cells for row in listing("budgets", known=[watching, other, budget("all")]).table.rows]
    assert rows[0] == ("all", None, None, None, None, None, "all services", 0)
    assert rows[1] == ("b", Decimal("5000.0"), Decimal("1.5"), Decimal(2), "USD", "monthly", "yes", 2)
    assert rows[2][6] == "no"


def test_budgets_that_were_not_read_are_a_gap() -> None:
    found = listing("budgets", missing=[gap("budgets.budget", TOP)])
    assert (found.missing, found.found) == (1, 0)


def test_an_anomaly_says_where_it_was_and_who_saw_it() -> None:
    seen = fact("ce.anomaly_monitor", "m", {"MonitorArn": "m", "MonitorName": "workloads"}, TOP, 5)
    anomaly = fact(
        "ce.anomaly",
        "a",
        {
            "AnomalyStartDate": "2026-11-01",
            "AnomalyEndDate": "2026-11-02",
            "MonitorArn": "m",
            "Impact": {"TotalImpact": 310.5},
            "RootCauses": [{"LinkedAccount": A, "Region": "eu-west-2", "UsageType": "EUW2-x"}, {}],
        },
        TOP,
        6,
    )
    unseen = fact("ce.anomaly", "b", {"MonitorArn": "gone"}, TOP, 7)
    found = listing("anomalies", known=[seen, anomaly, unseen])
    one, other = found.table.rows
    assert one.cells == (
        "2026-11-01",
        "2026-11-02",
        Decimal("310.5"),
        f"{A}, eu-west-2, EUW2-x; ",
        "workloads",
    )
    assert one.evidence == (6, 5)
    assert other.cells == (None, None, None, None, None)
    assert found.coverage.startswith("1 monitor watches for anomalies.")
