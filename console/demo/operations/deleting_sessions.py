"""Agents' runtime: sessions that applications keep, and what flows have run."""

from console.demo.changing import take
from console.demo.messages import Payload, RefusedError
from console.demo.native import Asked, Operations, Paging
from console.demo.records import Lookup, Records, one

OPERATIONS = Operations("bedrock-agent-runtime")
_SESSION = "bedrock-agent-runtime.session"
_BY = {"sessionIdentifier": ("sessionArn", "sessionId")}
_LOOKUP = Lookup(held=_SESSION, by=_BY)
_RECORDS = Records(OPERATIONS, Paging(most=2, asked="maxResults", token="nextToken"))  # noqa: S106

_RECORDS.shown("GetSession", _LOOKUP)
_RECORDS.listed(
    "ListInvocationSteps",
    Lookup(
        held="bedrock-agent-runtime.invocation_step",
        member="invocationStepSummaries",
        by={"sessionIdentifier": ("sessionArn", "sessionId")},
    ),
)
_RECORDS.listed(
    "ListFlowExecutions",
    Lookup(
        held="bedrock-agent-runtime.flow_execution",
        member="flowExecutionSummaries",
        by={"flowIdentifier": "flowIdentifier"},
    ),
)


@OPERATIONS("EndSession")
def end_session(asked: Asked) -> Payload:
    """End a session; it stays until it is deleted."""
    session = one(asked, _LOOKUP)
    session["sessionStatus"] = "ENDED"
    return {name: session[name] for name in ("sessionArn", "sessionId", "sessionStatus")}


@OPERATIONS("DeleteSession")
def delete_session(asked: Asked) -> Payload:
    """Delete a session that is not active."""
    session = one(asked, _LOOKUP)
    if session["sessionStatus"] == "ACTIVE":
        raise RefusedError(409, "ConflictException", "The session is active.")
    take(asked, _SESSION, lambda each: bool(each["sessionId"] == session["sessionId"]), "session")
    return {}
