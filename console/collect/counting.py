"""Having AWS count over its own logs: Amazon Athena over a bucket, CloudWatch Logs Insights over a log group.

Starting a query changes nothing that anybody relies on, but Athena writes its answer into a bucket. So it is not
reading: it has a role of its own, a session of its own, and the gate before the wire lets these few operations through
there and nowhere else.
"""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from console.base.clock import Clock
from console.base.settings import AwsSettings
from console.collect.base import Client, MalformedAnswerError, ask, ask_all, ask_pages
from console.collect.calls import Call
from console.collect.identity import Identity
from console.collect.invocation_logs import FOLDER, day_name
from console.collect.own_session import AskCode, nobody_to_ask
from console.collect.sessions import Sessions

QUERIES = frozenset(
    {"athena:StartQueryExecution", "athena:StopQueryExecution", "logs:StartQuery", "logs:StopQuery"}
)
"""What leaves besides reading, and only from `CountingSessions`."""
TABLE = "bedrock_invocation_logs"
"""The table that every query asks; where it lies is said by the settings' database."""
_ENDED = frozenset({"SUCCEEDED", "FAILED", "CANCELLED"})
_FIRST_PAUSE, _LONGEST_PAUSE = 0.2, 5.0
_DAY_SECONDS = 86_400
_MOST_INSIGHTS_ROWS = 10_000
Wait = Callable[[float], bool]
"""Waits so many seconds; returns True as soon as nobody wants the answer any more."""


def statements(results_bucket: str) -> tuple[dict[str, Any], ...]:
    """Return what IAM must allow the role: counting over invocation logs, and results in one bucket."""
    return (
        {
            "Sid": "CountWithAthena",
            "Effect": "Allow",
            "Action": [
                "athena:GetQueryExecution",
                "athena:GetQueryResults",
                "athena:GetWorkGroup",
                "athena:StartQueryExecution",
                "athena:StopQueryExecution",
                "glue:GetDatabase",
                "glue:GetPartitions",
                "glue:GetTable",
            ],
            "Resource": "*",
        },
        {
            "Sid": "ReadInvocationLogObjects",
            "Effect": "Allow",
            "Action": ["s3:GetObject"],
            "Resource": f"arn:aws:s3:::*/AWSLogs/*/{FOLDER}/*",
        },
        {
            "Sid": "FindLogsAndResults",
            "Effect": "Allow",
            "Action": ["s3:GetBucketLocation", "s3:ListBucket"],
            "Resource": "arn:aws:s3:::*",
        },
        {
            "Sid": "WriteAndReadResults",
            "Effect": "Allow",
            "Action": ["s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"],
            "Resource": f"arn:aws:s3:::{results_bucket}/*",
        },
        {
            "Sid": "CountWithInsights",
            "Effect": "Allow",
            "Action": [
                "cloudwatch:GetMetricData",
                "logs:GetQueryResults",
                "logs:StartQuery",
                "logs:StopQuery",
            ],
            "Resource": "*",
        },
    )


class CountingSessions(Sessions):
    """Sessions that act as the counting role in every account, the caller's own too."""

    def __init__(
        self,
        settings: AwsSettings,
        clock: Clock,
        stopped: threading.Event | None = None,
        *,
        ask_code: AskCode = nobody_to_ask,
    ) -> None:
        """Take settings whose role is the one that counts."""
        super().__init__(settings, clock, stopped, ask_code=ask_code, queries=QUERIES)
        self._taken: dict[str, Identity] = {}

    def identity(self, account_id: str) -> Identity:
        """Return the counting role in an account; raise botocore's errors where it cannot be taken up."""
        if account_id not in self._taken:
            self._taken[account_id] = self.role_identity(account_id, "")
        return self._taken[account_id]


@dataclass(frozen=True, slots=True, kw_only=True)
class Workgroup:
    """What a workgroup of Athena's allows."""

    name: str
    is_enabled: bool
    is_enforced: bool
    """Whether its own settings hold, whatever a client says."""
    output: str
    """Where answers are written: an address in S3, or `managed by Athena`; empty if nowhere."""
    cutoff: int | None
    """Bytes after which a query is stopped; None without a limit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a query ended."""

    query_id: str
    call: Call | None = None
    """The call that started it; None where none came so far."""
    columns: tuple[str, ...] = ()
    rows: Sequence[tuple[str | None, ...]] = ()
    problem: str = ""
    """Why there are no rows, in AWS's words; empty where there are all."""
    bytes_scanned: int | None = None


def workgroup_of(athena: Client, name: str) -> Workgroup:
    """Return how a workgroup is set up."""
    said = ask(athena, "get_work_group", WorkGroup=name)["WorkGroup"]
    config = said.get("Configuration", {})
    managed = config.get("ManagedQueryResultsConfiguration", {}).get("Enabled") is True
    output = str(config.get("ResultConfiguration", {}).get("OutputLocation", ""))
    cutoff = config.get("BytesScannedCutoffPerQuery")
    return Workgroup(
        name=name,
        is_enabled=said.get("State") == "ENABLED",
        is_enforced=config.get("EnforceWorkGroupConfiguration") is True,
        output="managed by Athena" if managed else output,
        cutoff=int(cutoff) if cutoff is not None else None,
    )


def bytes_in_bucket(s3: Client, place: tuple[str, str], first: date, last: date) -> int:
    """Return the size, packed, of what a query reads from one day to the end of another; `place` is bucket and prefix.

    Bodies too large for a record lie among the objects: they are not counted by, and they are paid for.
    """
    bucket, prefix = place
    end = prefix + day_name(last + timedelta(days=1))
    asked = {"Bucket": bucket, "Prefix": prefix, "StartAfter": prefix + day_name(first)}
    total = 0
    for page in ask_pages(s3, "list_objects_v2", **asked):
        found = page.get("Contents", [])
        if page.get("KeyCount") != len(found):
            raise MalformedAnswerError("a page of a bucket's objects does not have as many as it says")
        total += sum(each["Size"] for each in found if each["Key"] < end)
        if found and found[-1]["Key"] >= end:
            break
    return total


def bytes_in_group(cloudwatch: Client, group: str, first: date, last: date) -> int:
    """Return how many bytes came into a log group from one day to the end of another, as CloudWatch counted."""
    metric = {
        "Namespace": "AWS/Logs",
        "MetricName": "IncomingBytes",
        "Dimensions": [{"Name": "LogGroupName", "Value": group}],
    }
    queries = [{"Id": "m0", "MetricStat": {"Metric": metric, "Period": _DAY_SECONDS, "Stat": "Sum"}}]
    found = list(
        ask_all(
            cloudwatch,
            "get_metric_data",
            "MetricDataResults",
            MetricDataQueries=queries,
            StartTime=_midnight(first),
            EndTime=_midnight(last + timedelta(days=1)),
        )
    )
    if not found or found[-1].get("StatusCode") != "Complete":
        raise MalformedAnswerError("the sum of IncomingBytes is not complete")
    return int(sum(value for each in found for value in each["Values"]))


def run_in_athena(
    athena: Client,
    query: str,
    parameters: Sequence[str],
    place: tuple[str, str],
    wait: Wait,
) -> Outcome:
    """Start a query with its parameters bound, wait for its end, and return its rows.

    `place` is the workgroup and the database. A query that nobody waits for any more is stopped.
    """
    workgroup, database = place
    started: Any = athena
    query_id = started.start_query_execution(
        QueryString=query,
        ExecutionParameters=[_quoted(each) for each in parameters],
        WorkGroup=workgroup,
        QueryExecutionContext={"Database": database},
    )["QueryExecutionId"]
    call: Call = athena.meta.surroundings.calls.last
    pauses = _pauses()
    while True:
        execution = ask(athena, "get_query_execution", QueryExecutionId=query_id)["QueryExecution"]
        status = execution["Status"]
        if status["State"] in _ENDED:
            break
        if wait(next(pauses)):
            started.stop_query_execution(QueryExecutionId=query_id)
            return Outcome(query_id=query_id, call=call, problem="stopped before it ended")
    scanned = execution.get("Statistics", {}).get("DataScannedInBytes")
    if status["State"] != "SUCCEEDED":
        why = str(status.get("StateChangeReason", "")) or "Athena gives no reason"
        return Outcome(
            query_id=query_id, call=call, problem=f"{status['State'].lower()}: {why}", bytes_scanned=scanned
        )
    columns, rows = _athena_rows(athena, query_id)
    return Outcome(query_id=query_id, call=call, columns=columns, rows=rows, bytes_scanned=scanned)


def _athena_rows(athena: Client, query_id: str) -> tuple[tuple[str, ...], list[tuple[str | None, ...]]]:
    columns: tuple[str, ...] = ()
    rows: list[tuple[str | None, ...]] = []
    for page in ask_pages(athena, "get_query_results", QueryExecutionId=query_id):
        found = page["ResultSet"]
        cells = [tuple(each.get("VarCharValue") for each in row["Data"]) for row in found["Rows"]]
        if not columns:
            columns = tuple(str(each["Name"]) for each in found["ResultSetMetadata"]["ColumnInfo"])
            if not cells or cells[0] != columns:
                raise MalformedAnswerError("the answer to get_query_results does not begin with its columns")
            cells = cells[1:]
        rows += cells
    return columns, rows


def run_in_insights(logs: Client, query: str, group: str, days: tuple[date, date], wait: Wait) -> Outcome:
    """Start a query over a log group from one day to the end of another, wait for its end, and return its rows."""
    started: Any = logs
    query_id = started.start_query(
        logGroupName=group,
        startTime=int(_midnight(days[0]).timestamp()),
        endTime=int(_midnight(days[1] + timedelta(days=1)).timestamp()) - 1,
        queryString=query,
        limit=_MOST_INSIGHTS_ROWS,
    )["queryId"]
    call: Call = logs.meta.surroundings.calls.last
    pauses = _pauses()
    while True:
        answer = ask(logs, "get_query_results", queryId=query_id)
        if answer["status"] not in ("Scheduled", "Running", "Unknown"):
            break
        if wait(next(pauses)):
            started.stop_query(queryId=query_id)
            return Outcome(query_id=query_id, call=call, problem="stopped before it ended")
    scanned = answer.get("statistics", {}).get("bytesScanned")
    size = None if scanned is None else int(scanned)
    if answer["status"] != "Complete":
        return Outcome(
            query_id=query_id, call=call, problem=f"{answer['status'].lower()} at AWS", bytes_scanned=size
        )
    cells = [{each["field"]: each.get("value") for each in row} for row in answer["results"]]
    columns = tuple(dict.fromkeys(name for row in cells for name in row))
    rows = [tuple(row.get(name, "") for name in columns) for row in cells]
    return Outcome(query_id=query_id, call=call, columns=columns, rows=rows, bytes_scanned=size)


def _quoted(value: str) -> str:
    """Return a parameter as Athena takes texts: in single quotes, and so never as a number or a name.

    >>> _quoted("it's")
    "'it''s'"
    """
    return "'" + value.replace("'", "''") + "'"


def _pauses() -> Iterator[float]:
    pause = _FIRST_PAUSE
    while True:
        yield pause
        pause = min(pause * 1.5, _LONGEST_PAUSE)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


OPERATIONS: Mapping[str, str] = {
    "athena:GetQueryExecution": "athena:GetQueryExecution",
    "athena:GetQueryResults": "athena:GetQueryResults",
    "athena:GetWorkGroup": "athena:GetWorkGroup",
    "athena:StartQueryExecution": "athena:StartQueryExecution",
    "athena:StopQueryExecution": "athena:StopQueryExecution",
    "cloudwatch:GetMetricData": "cloudwatch:GetMetricData",
    "logs:GetQueryResults": "logs:GetQueryResults",
    "logs:StartQuery": "logs:StartQuery",
    "logs:StopQuery": "logs:StopQuery",
    "s3:ListObjectsV2": "s3:ListBucket",
}
"""Every operation that is called here, with the permission it needs."""
