from unit.collect.collectors.asking import Asking

KIND = "budgets.budget"


def test_budgets_are_told_with_their_notices_and_nobody_who_gets_them(asking: Asking) -> None:
    budgets = {each["BudgetName"]: each for each in asking.payloads(KIND)}
    assert {name: len(each["Notifications"]) for name, each in budgets.items()} == {
        "bedrock-monthly": 2,
        "all-services-monthly": 0,
    }
    assert budgets["bedrock-monthly"]["BudgetLimit"]["Amount"] == "5000.0"
    (reading,) = asking.everywhere(KIND)
    assert reading.operations == {"DescribeBudgets", "DescribeNotificationsForBudget"}
