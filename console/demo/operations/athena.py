"""Amazon Athena: a workgroup, and queries over invocation logs, which are answered when somebody looks."""

from datetime import date
from uuid import uuid4

from console.demo.counting import answer, broken_object, calls_of, question_of
from console.demo.department.plan import LONDON
from console.demo.messages import Payload, RefusedError
from console.demo.native import Asked, Operations, Paging, page
from console.domain.counting import Question

OPERATIONS = Operations("athena")
WORKGROUP = "bedrock-console"
CUTOFF = 10 * 2**30
_QUERIES = "athena.query"
_ROWS = Paging(most=200, refusal="InvalidRequestException")
_BOUND = 6
"""Parameters of every query; the approved Regions may follow."""


@OPERATIONS("GetWorkGroup")
def get_work_group(asked: Asked) -> Payload:
    """Return the one workgroup that there is, unless the estate holds another of its name."""
    name = asked.text("WorkGroup")
    for each in asked.held("athena.workgroup"):
        if each["Name"] == name:
            return {"WorkGroup": each}
    if name != WORKGROUP:
        raise RefusedError(400, "InvalidRequestException", f"WorkGroup {name} is not found.")
    return {
        "WorkGroup": {
            "Name": WORKGROUP,
            "State": "ENABLED",
            "Configuration": {
                "ResultConfiguration": {"OutputLocation": f"s3://counts-{asked.account_id}/answers/"},
                "EnforceWorkGroupConfiguration": True,
                "BytesScannedCutoffPerQuery": CUTOFF,
            },
        }
    }


@OPERATIONS("StartQueryExecution")
def start_query_execution(asked: Asked) -> Payload:
    """Take a query; only those that the console ships are understood, with all their parameters."""
    query, bound = asked.text("QueryString"), [str(each) for each in asked.parameters["ExecutionParameters"]]
    question = question_of(query, "sql")
    if question is None or query.count("?") - _in_comments(query) < _BOUND:
        raise RefusedError(400, "InvalidRequestException", "The stand-in runs the queries of resources/sql")
    if any(not (each.startswith("'") and each.endswith("'")) for each in bound):
        raise RefusedError(400, "InvalidRequestException", "mismatched types: varchar was expected")
    query_id = str(uuid4())
    started = {
        "id": query_id,
        "question": question.value,
        "bound": [each[1:-1] for each in bound],
        "looks": 0,
    }
    asked.account.regions[asked.region].held.setdefault(_QUERIES, []).append(started)
    return {"QueryExecutionId": query_id}


@OPERATIONS("GetQueryExecution")
def get_query_execution(asked: Asked) -> Payload:
    """Return how a query stands: it runs when it is first looked at, and has ended the second time."""
    query = _query(asked)
    query["looks"] = int(query["looks"]) + 1
    state, why = ("RUNNING", "") if query["looks"] == 1 else ("SUCCEEDED", "")
    broken = broken_object(asked.estate, asked.account_id, *_days(query)) if asked.region == LONDON else ""
    if query.get("stopped"):
        state = "CANCELLED"
    elif state == "SUCCEEDED" and broken:
        state, why = "FAILED", f"HIVE_CURSOR_ERROR: Unexpected end of input stream: {broken}"
    return {
        "QueryExecution": {
            "QueryExecutionId": query["id"],
            "Status": {"State": state, **({"StateChangeReason": why} if why else {})},
            "Statistics": {"DataScannedInBytes": 4096},
        }
    }


@OPERATIONS("StopQueryExecution")
def stop_query_execution(asked: Asked) -> Payload:
    """End a query."""
    _query(asked)["stopped"] = True
    return {}


@OPERATIONS("GetQueryResults")
def get_query_results(asked: Asked) -> Payload:
    """Return a page of an answer; the first row of the first page has the columns' names."""
    query = _query(asked)
    question, bound = Question(query["question"]), query["bound"]
    account_id, region = bound[:2]
    calls = calls_of(asked.estate, account_id, *_days(query)) if region == LONDON else iter(())
    columns, rows = answer(
        question, calls, bound[_BOUND:][0].split(",") if bound[_BOUND:] else (), detailed=True
    )
    cells = [
        {"Data": [{} if each is None else {"VarCharValue": each} for each in row]} for row in (columns, *rows)
    ]
    found, following = page(asked, cells, _ROWS)
    info = [{"Name": name, "Type": "varchar"} for name in columns]
    return {"ResultSet": {"Rows": found, "ResultSetMetadata": {"ColumnInfo": info}}, **following}


def _query(asked: Asked) -> Payload:
    for each in asked.held(_QUERIES):
        if each["id"] == asked.text("QueryExecutionId"):
            return each
    raise RefusedError(400, "InvalidRequestException", "QueryExecution was not found")


def _days(query: Payload) -> tuple[date, date]:
    first, last = query["bound"][4:6]
    return date.fromisoformat(first), date.fromisoformat(last)


def _in_comments(query: str) -> int:
    return sum(line.count("?") for line in query.splitlines() if line.lstrip().startswith("--"))
