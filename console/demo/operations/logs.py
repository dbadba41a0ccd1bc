"""Amazon CloudWatch Logs: log groups with what hangs on them, deliveries of vended logs, and events of invocations."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

from console.demo.counting import answer, calls_of, question_of
from console.demo.deliveries import is_failing
from console.demo.department.plan import LONDON
from console.demo.invocations import log_lines
from console.demo.messages import Payload, RefusedError
from console.demo.native import Asked, Operations, Paging, page
from console.domain.counting import Question

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


@OPERATIONS("FilterLogEvents")
def filter_log_events(asked: Asked) -> Payload:
    """Return a page of a group's events in a span of time; only invocations of models are written to any."""
    group = _group(asked, asked.text("logGroupName"))
    start, end = int(asked.parameters["startTime"]) // 1000, -(-int(asked.parameters["endTime"]) // 1000)
    config = asked.account.regions[LONDON].logging.get("loggingConfig", {}).get("cloudWatchConfig", {})
    is_written = config.get("logGroupName") == group["logGroupName"] and not is_failing(asked.number)
    events = list(_events(asked, start, end)) if is_written and asked.region == LONDON else []
    found, following = page(asked, events, _EVENTS)
    return {"events": found, "searchedLogStreams": [], **following}


_EVENTS = Paging(most=1000, asked="limit", token="nextToken", refusal="InvalidParameterException")  # noqa: S106


def _events(asked: Asked, start: int, end: int) -> Iterator[Payload]:
    day = datetime.fromtimestamp(start, UTC).date()
    while (begun := int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())) < end:
        if day < datetime.now(UTC).date():
            for number, (second, line) in enumerate(log_lines(asked.estate, asked.account_id, day)):
                if start <= begun + second < end:
                    yield {
                        "logStreamName": "aws/bedrock/modelinvocations",
                        "timestamp": (begun + second) * 1000,
                        "ingestionTime": (begun + second + 2) * 1000,
                        "message": line.decode(),
                        "eventId": f"{begun}{number:08}",
                    }
        day += timedelta(days=1)


@OPERATIONS("StartQuery")
def start_query(asked: Asked) -> Payload:
    """Take a query over one group; only those that the console ships are understood."""
    group = _group(asked, asked.text("logGroupName"))
    question = question_of(asked.text("queryString"), "insights")
    if question is None:
        raise RefusedError(400, "MalformedQueryException", "The stand-in runs the queries of resources/sql")
    query_id = str(uuid4())
    started = {
        "id": query_id,
        "question": question.value,
        "group": group["logGroupName"],
        "days": [
            datetime.fromtimestamp(int(asked.parameters[name]), UTC).date().isoformat()
            for name in ("startTime", "endTime")
        ],
        "looks": 0,
    }
    asked.account.regions[asked.region].held.setdefault(_QUERIES, []).append(started)
    return {"queryId": query_id}


@OPERATIONS("GetQueryResults")
def get_query_results(asked: Asked) -> Payload:
    """Return how a query stands, and its answer once it has ended: when it is looked at for the second time."""
    query = _query(asked)
    query["looks"] = int(query["looks"]) + 1
    if query.get("stopped"):
        return {"status": "Cancelled", "results": []}
    if query["looks"] == 1:
        return {"status": "Running", "results": []}
    first, last = (date.fromisoformat(each) for each in query["days"])
    config = asked.account.regions[LONDON].logging.get("loggingConfig", {}).get("cloudWatchConfig", {})
    is_written = config.get("logGroupName") == query["group"] and not is_failing(asked.number)
    calls = (
        calls_of(asked.estate, asked.account_id, first, last)
        if is_written and asked.region == LONDON
        else iter(())
    )
    columns, rows = answer(Question(query["question"]), calls, (), detailed=False)
    results = [
        [{"field": name, "value": cell} for name, cell in zip(columns, row, strict=True)] for row in rows
    ]
    return {"status": "Complete", "results": results, "statistics": {"bytesScanned": 4096.0}}


@OPERATIONS("StopQuery")
def stop_query(asked: Asked) -> Payload:
    """End a query."""
    _query(asked)["stopped"] = True
    return {"success": True}


_QUERIES = "logs.query"


def _query(asked: Asked) -> Payload:
    for each in asked.held(_QUERIES):
        if each["id"] == asked.text("queryId"):
            return each
    raise RefusedError(400, "ResourceNotFoundException", "Query was not found")


def _group(asked: Asked, name: str) -> Payload:
    for each in asked.held("logs.log_group"):
        if name in (each["logGroupName"], each["logGroupArn"]):
            return each
    raise RefusedError(400, "ResourceNotFoundException", "The specified log group does not exist.")
