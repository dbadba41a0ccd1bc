"""Amazon Bedrock AgentCore: what memories hold of people, as events and as records drawn from them."""

from functools import partial

from console.demo.changing import take
from console.demo.messages import Payload, RefusedError
from console.demo.native import Asked, Operations, Paging, page
from console.demo.records import Lookup, Records

OPERATIONS = Operations("bedrock-agentcore")
_PAGING = Paging(most=2, asked="maxResults", token="nextToken")  # noqa: S106
_EVENT, _RECORD = "bedrock-agentcore.event", "bedrock-agentcore.memory_record"
_SESSION = {"memoryId": "memoryId", "actorId": "actorId", "sessionId": "sessionId"}

Records(OPERATIONS, _PAGING).listed("ListEvents", Lookup(held=_EVENT, member="events", by=_SESSION))


@OPERATIONS("ListActors")
def list_actors(asked: Asked) -> Payload:
    """Return a page of those of whom a memory holds events."""
    actors = dict.fromkeys(each["actorId"] for each in _events(asked))
    found, following = page(asked, [{"actorId": each} for each in actors], _PAGING)
    return {"actorSummaries": found, **following}


@OPERATIONS("ListSessions")
def list_sessions(asked: Asked) -> Payload:
    """Return a page of one actor's sessions."""
    first = {each["sessionId"]: each["eventTimestamp"] for each in reversed(_events(asked))}
    sessions = [
        {"sessionId": name, "actorId": asked.text("actorId"), "createdAt": moment}
        for name, moment in first.items()
    ]
    found, following = page(asked, sessions, _PAGING)
    return {"sessionSummaries": found, **following}


@OPERATIONS("DeleteEvent")
def delete_event(asked: Asked) -> Payload:
    """Delete one event."""
    named = (*_SESSION, "eventId")
    take(asked, _EVENT, lambda each: all(each[name] == asked.text(name) for name in named), "event")
    return {"eventId": asked.text("eventId")}


@OPERATIONS("ListMemoryRecords")
def list_memory_records(asked: Asked) -> Payload:
    """Return a page of the records whose namespace begins as it is asked for."""
    begin = asked.text("namespacePath") or asked.text("namespace")
    if not begin:
        raise RefusedError(400, "ValidationException", "namespace or namespacePath is required")
    records = [
        {name: value for name, value in each.items() if name != "memoryId"}
        for each in asked.held(_RECORD)
        if each["memoryId"] == asked.text("memoryId") and each["namespaces"][0].startswith(begin.rstrip("/"))
    ]
    found, following = page(asked, records, _PAGING)
    return {"memoryRecordSummaries": found, **following}


@OPERATIONS("BatchDeleteMemoryRecords")
def batch_delete_memory_records(asked: Asked) -> Payload:
    """Delete records by their ids; say of each how it went."""
    memory = asked.text("memoryId")
    done: list[Payload] = []
    failed: list[Payload] = []
    for each in asked.parameters["records"]:
        name = each["memoryRecordId"]
        try:
            take(asked, _RECORD, partial(_is_record, memory, name), f"record {name}")
            done.append({"memoryRecordId": name, "status": "SUCCEEDED"})
        except RefusedError as error:
            failed.append({"memoryRecordId": name, "status": "FAILED", "errorMessage": str(error)})
    return {"successfulRecords": done, "failedRecords": failed}


@OPERATIONS("ListMemoryExtractionJobs")
def list_memory_extraction_jobs(asked: Asked) -> Payload:
    """Return a page of the extractions that failed."""
    wanted = {"memoryId": asked.text("memoryId"), **asked.parameters.get("filter", {})}
    jobs = [
        {name: value for name, value in each.items() if name != "memoryId"}
        for each in asked.held("bedrock-agentcore.extraction_job")
        if all(each.get(name) == value for name, value in wanted.items())
    ]
    found, following = page(asked, jobs, _PAGING)
    return {"jobs": found, **following}


def _is_record(memory: str, name: str, each: Payload) -> bool:
    return bool(each["memoryId"] == memory and each["memoryRecordId"] == name)


def _events(asked: Asked) -> list[Payload]:
    named = [name for name in _SESSION if name in asked.parameters]
    return [each for each in asked.held(_EVENT) if all(each[name] == asked.text(name) for name in named)]
