"""Amazon CloudWatch Logs: log groups with what hangs on them, and deliveries of vended logs; no log is read."""

from console.demo.messages import Payload, RefusedError
from console.demo.native import Asked, Operations, Paging, page

OPERATIONS = Operations("logs")
_FEW = Paging(most=2, asked="limit", token="nextToken", refusal="InvalidParameterException")  # noqa: S106
_ONE = Paging(most=1, asked="limit", token="nextToken", refusal="InvalidParameterException")  # noqa: S106


@OPERATIONS("DescribeLogGroups")
def describe_log_groups(asked: Asked) -> Payload:
    """Return a page of the groups whose name begins in a certain way."""
    prefix = asked.text("logGroupNamePrefix")
    groups = [each for each in asked.held("logs.log_group") if each["logGroupName"].startswith(prefix)]
    found, following = page(asked, groups, _ONE)
    return {"logGroups": found, **following}


@OPERATIONS("GetDataProtectionPolicy")
def get_data_protection_policy(asked: Asked) -> Payload:
    """Return the masking policy of a group that has one."""
    group = _group(asked, asked.text("logGroupIdentifier"))
    for each in asked.held("logs.data_protection_policy"):
        if each["logGroupIdentifier"] == group["logGroupName"]:
            return each
    raise RefusedError(400, "ResourceNotFoundException", "Data protection policy not found for log group.")


@OPERATIONS("DescribeAccountPolicies")
def describe_account_policies(asked: Asked) -> Payload:
    """Return a page of the account's policies of one sort."""
    sort = asked.text("policyType")
    policies = [each for each in asked.held("logs.account_policy") if each["policyType"] == sort]
    found, following = page(asked, policies, _ONE)
    return {"accountPolicies": found, **following}


@OPERATIONS("DescribeSubscriptionFilters")
def describe_subscription_filters(asked: Asked) -> Payload:
    """Return a page of a group's subscriptions."""
    name = _group(asked, asked.text("logGroupName"))["logGroupName"]
    filters = [each for each in asked.held("logs.subscription_filter") if each["logGroupName"] == name]
    found, following = page(asked, filters, _ONE)
    return {"subscriptionFilters": found, **following}


@OPERATIONS("DescribeMetricFilters")
def describe_metric_filters(asked: Asked) -> Payload:
    """Return a page of a group's metric filters."""
    name = _group(asked, asked.text("logGroupName"))["logGroupName"]
    filters = [each for each in asked.held("logs.metric_filter") if each["logGroupName"] == name]
    found, following = page(asked, filters, _ONE)
    return {"metricFilters": found, **following}


@OPERATIONS("DescribeDeliverySources")
def describe_delivery_sources(asked: Asked) -> Payload:
    """Return a page of the sources."""
    found, following = page(asked, asked.held("logs.delivery_source"), _FEW)
    return {"deliverySources": found, **following}


@OPERATIONS("DescribeDeliveries")
def describe_deliveries(asked: Asked) -> Payload:
    """Return a page of the deliveries, of some sources if they are named."""
    wanted = asked.parameters.get("deliverySourceNames")
    deliveries = [
        each for each in asked.held("logs.delivery") if not wanted or each["deliverySourceName"] in wanted
    ]
    found, following = page(asked, deliveries, _ONE)
    return {"deliveries": found, **following}


@OPERATIONS("DescribeDeliveryDestinations")
def describe_delivery_destinations(asked: Asked) -> Payload:
    """Return a page of the destinations."""
    found, following = page(asked, asked.held("logs.delivery_destination"), _ONE)
    return {"deliveryDestinations": found, **following}


def _group(asked: Asked, name: str) -> Payload:
    for each in asked.held("logs.log_group"):
        if name in (each["logGroupName"], each["logGroupArn"]):
            return each
    raise RefusedError(400, "ResourceNotFoundException", "The specified log group does not exist.")
