"""Budgets of the management account, and at which spend they give notice."""

from console.collect.base import Client, Collector, Found, Known, Reach, ask_all
from console.collect.each import each
from console.domain.evidence import Payload


def fetch(budgets: Client, known: Known) -> Found:
    """Yield every budget with its notifications; who is notified is not asked."""
    for organisation in known["organizations.organization"]:
        yield from _of_account(budgets, organisation["MasterAccountId"])


def _of_account(budgets: Client, account: str) -> Found:
    described = {
        budget["BudgetName"]: budget
        for budget in ask_all(budgets, "describe_budgets", "Budgets", AccountId=account)
    }

    def read(name: str) -> Payload:
        notifications = ask_all(
            budgets,
            "describe_notifications_for_budget",
            "Notifications",
            AccountId=account,
            BudgetName=name,
        )
        return {**described[name], "Notifications": list(notifications)}

    yield from each(described, read)


COLLECTOR = Collector(
    kind="budgets.budget",
    title="Budgets with their notifications",
    service="budgets",
    reach=Reach.ORGANISATION,
    actions=("budgets:ViewBudget",),
    operations=("DescribeBudgets", "DescribeNotificationsForBudget"),
    needs=("organizations.organization",),
    key="BudgetName",
    fetch=fetch,
    required=("BudgetName", "BudgetType", "TimeUnit"),
)
