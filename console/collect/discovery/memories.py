"""AgentCore memories: whole, or what one holds of one person as events and as records drawn from them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from console.collect.discovery.inquiry import Inquiry
from console.collect.many import MANY, entries
from console.deletion.plan import EMPTY, Check
from console.deletion.target import Target
from console.domain.scope import Scope

_ACTOR, _STRATEGIES = "{actorId}", ("{memoryStrategyId}", "{strategyId}")
_EVENTS, _RECORDS = "bedrock-agentcore:DeleteEvent", "bedrock-agentcore:BatchDeleteMemoryRecords"


def find_memory(inquiry: Inquiry, target: Target) -> None:
    """Plan the end of a memory with all that it holds of everybody."""
    scope, arn = Scope(target.account_id, target.region), target.name
    memory = _memory(inquiry, scope, arn)
    if memory is None:
        return
    named = {"memoryId": memory["id"]}
    people = inquiry.all_of(scope, arn, "bedrock-agentcore:ListActors", "actorSummaries", **named)
    inquiry.removal(
        scope,
        "bedrock-agentcore-control:DeleteMemory",
        "bedrock-agentcore-control:GetMemory",
        named,
        subject=arn,
        words=f"Delete the memory {memory['name']} with what it holds of {len(people):,} people",
    )
    _carried_elsewhere(inquiry, arn, memory)
    inquiry.keeps_trail(arn)


def find_memory_actor(inquiry: Inquiry, target: Target) -> None:
    """Plan the end of what a memory holds of one person: events of each session, and records drawn from them."""
    scope, arn, actor = Scope(target.account_id, target.region), target.name, target.detail["actor"]
    memory = _memory(inquiry, scope, arn)
    if memory is None:
        return
    memory_id = memory["id"]
    events = _events(inquiry, scope, arn, {"memoryId": memory_id, "actorId": actor})
    for namespace in _namespaces(inquiry, arn, memory, actor):
        named = {"memoryId": memory_id, "namespacePath": namespace}
        said = (f"records of one person in {arn}", "records drawn from what was said")
        _many(inquiry, scope, _RECORDS, named, said, events)
    failed = inquiry.all_of(
        scope,
        f"extractions in {arn}",
        "bedrock-agentcore:ListMemoryExtractionJobs",
        "jobs",
        memoryId=memory_id,
        filter={"actorId": actor},
    )
    if failed:
        words = f"{len(failed):,} extractions failed; started again they would bring records back"
        inquiry.sketch.block("extraction", arn, words)
    inquiry.sketch.stays(
        arn,
        "Records that an extraction under way just now would still write",
        "AWS does not list extractions under way: verify again after some days",
        "until they are verified absent again",
    )
    _carried_elsewhere(inquiry, arn, memory)
    inquiry.keeps_trail(arn)


def _memory(inquiry: Inquiry, scope: Scope, arn: str) -> Any:  # noqa: ANN401 - AWS's answer
    id_ = arn.rpartition("/")[2]
    found = inquiry.see(scope, arn, "bedrock-agentcore-control:GetMemory", memoryId=id_)
    return found["memory"] if found else None


def _events(inquiry: Inquiry, scope: Scope, arn: str, named: Mapping[str, str]) -> list[str]:
    sessions = inquiry.all_of(
        scope, f"sessions in {arn}", "bedrock-agentcore:ListSessions", "sessionSummaries", **named
    )
    steps = []
    for each in sessions:
        of_session = {**named, "sessionId": each["sessionId"]}
        said = (f"session {each['sessionId']} in {arn}", "events: what was said, as it was said")
        steps += _many(inquiry, scope, _EVENTS, of_session, said)
    return steps


def _many(
    inquiry: Inquiry,
    scope: Scope,
    operation: str,
    named: Mapping[str, str],
    said: tuple[str, str],
    after: Sequence[str] = (),
) -> list[str]:
    """Plan the end of all entries of a list, said as its subject and what they are; nothing where it is empty."""
    subject, what = said
    many = MANY[operation]
    asked = {**named, **many.asking}
    look = entries(inquiry.looker, scope, many, asked)
    held = inquiry.seen(look, subject)
    if not held:
        return []
    step = inquiry.sketch.step(
        scope,
        operation,
        named,
        subject=f"{subject} ({named['namespacePath']})" if "namespacePath" in named else subject,
        words=f"Delete {len(held):,} {what}",
        check=Check(operation=many.lists, parameters=asked, expects=EMPTY),
        state_sha256=look.sha256,
        size=len(held),
        after=after,
    )
    return [step]


def _namespaces(inquiry: Inquiry, arn: str, memory: Mapping[str, Any], actor: str) -> Iterator[str]:
    """Yield where records of a person are kept; where they lie among those of others, the plan says so."""
    for strategy in memory.get("strategies", []):
        for template in strategy.get("namespaceTemplates") or strategy["namespaces"]:
            named = template
            for each in _STRATEGIES:
                named = named.replace(each, strategy["strategyId"])
            path = path_of(named, actor)
            if path:
                yield path
                continue
            words = f"Records of {strategy['name']} are kept for several people together ({template})"
            inquiry.sketch.block("of-many", f"{arn} {template}", words)


def path_of(template: str, actor: str) -> str:
    """Return the path that is one person's alone; empty if a template's paths are not.

    >>> path_of("/people/{actorId}/sessions/{sessionId}", "ann")
    '/people/ann/sessions/'
    >>> path_of("/people/{actorId}-{sessionId}", "ann"), path_of("/sessions/{sessionId}/{actorId}", "ann")
    ('', '')
    """
    path, more, _ = template.replace(_ACTOR, actor, 1).partition("{")
    is_theirs = _ACTOR in template and template.index(_ACTOR) == template.index("{")
    return path if is_theirs and (not more or path.endswith("/")) else ""


def _carried_elsewhere(inquiry: Inquiry, arn: str, memory: Mapping[str, Any]) -> None:
    for each in memory.get("streamDeliveryResources", {}).get("resources", []):
        stream = each.get("kinesis", {}).get("dataStreamArn", "a stream")
        words = f"Copies that were sent to {stream} as they came"
        inquiry.sketch.stays(arn, words, "What the receiver keeps is not seen from here")
