"""AWS Budgets, of the account that asks."""

from console.demo.messages import Payload, RefusedError
from console.demo.native import Asked, Operations, Paging, page

OPERATIONS = Operations("budgets")
_ONE = Paging(most=1, refusal="InvalidNextTokenException")
_NOTIFICATIONS = "Notifications"


@OPERATIONS("DescribeBudgets")
def describe_budgets(asked: Asked) -> Payload:
    """Return the budgets."""
    budgets = [{name: each[name] for name in each if name != _NOTIFICATIONS} for each in _budgets(asked)]
    found, following = page(asked, budgets, _ONE)
    return {"Budgets": found, **following}


@OPERATIONS("DescribeNotificationsForBudget")
def describe_notifications_for_budget(asked: Asked) -> Payload:
    """Return at which spend a budget gives notice."""
    for each in _budgets(asked):
        if each["BudgetName"] == asked.text("BudgetName"):
            found, following = page(asked, each[_NOTIFICATIONS], _ONE)
            return {_NOTIFICATIONS: found, **following}
    raise RefusedError(400, "NotFoundException", f"There is no budget {asked.text('BudgetName')}.")


def _budgets(asked: Asked) -> list[Payload]:
    if asked.text("AccountId") != asked.account_id:
        message = f"Account {asked.account_id} may not see budgets of another account."
        raise RefusedError(400, "AccessDeniedException", message)
    return asked.account.held.get("budgets.budget", [])
