"""From a target to a plan: which module finds what, and everything with a tag."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from console.collect.discovery.agents import find_agent, find_agent_memory
from console.collect.discovery.automation import find_automation_project, find_blueprint
from console.collect.discovery.flows import find_flow, find_prompt
from console.collect.discovery.inquiry import Inquiry
from console.collect.discovery.jobs import find_batch_job, find_evaluation_job
from console.collect.discovery.keys import find_encryption_key
from console.collect.discovery.knowledge import find_document, find_knowledge_base
from console.collect.discovery.logs import find_invocation_logs, find_log_group
from console.collect.discovery.memories import find_memory, find_memory_actor
from console.collect.discovery.models import find_custom_model, find_imported_model
from console.collect.discovery.objects import find_address
from console.collect.discovery.sessions import find_agent_session
from console.collect.looking import Looker
from console.deletion.case import Case
from console.deletion.plan import Plan
from console.deletion.sketch import Sketch
from console.deletion.target import Target, TargetKind, target_of_arn
from console.domain.evidence import Snapshot

Find = Callable[[Inquiry, Target], None]
_TAGGED = "resourcegroupstaggingapi.resource"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What discovery stands on."""

    looker: Looker
    snapshot: Snapshot
    now: datetime
    plan_hours: int


def find_plan(case: Case, ground: Ground) -> Plan:
    """Return the plan for a request as things are now."""
    sketch = Sketch(
        now=ground.now,
        accepted={blocker: str(entry.said["reason"]) for blocker, entry in case.accepted.items()},
        acceptors={blocker: entry.identity for blocker, entry in case.accepted.items()},
    )
    inquiry = Inquiry(ground.looker, ground.snapshot, sketch)
    FINDERS[case.target.kind](inquiry, case.target)
    return sketch.plan(case.id, ground.plan_hours)


def find_tagged(inquiry: Inquiry, target: Target) -> None:
    """Plan the deletion of everything that the last refresh saw with a tag, in one account or in all."""
    subject = f"things with the tag {target.name}={target.detail['value']}"
    for scope, payload in inquiry.facts(_TAGGED, subject):
        if target.account_id not in ("", scope.account_id):
            continue
        tags = {each["Key"]: each["Value"] for each in payload.get("Tags", [])}
        if tags.get(target.name) != target.detail["value"]:
            continue
        arn = payload["ResourceARN"]
        found = target_of_arn(arn)
        if found is None:
            words = f"{arn} has the tag, and this console plans no deletion of its kind"
            inquiry.sketch.block("not-planned", arn, words)
        else:
            FINDERS[found.kind](inquiry, found)


FINDERS: Mapping[TargetKind, Find] = {
    TargetKind.CUSTOM_MODEL: find_custom_model,
    TargetKind.IMPORTED_MODEL: find_imported_model,
    TargetKind.KNOWLEDGE_BASE: find_knowledge_base,
    TargetKind.DOCUMENT: find_document,
    TargetKind.AGENT: find_agent,
    TargetKind.AGENT_MEMORY: find_agent_memory,
    TargetKind.AGENT_SESSION: find_agent_session,
    TargetKind.FLOW: find_flow,
    TargetKind.PROMPT: find_prompt,
    TargetKind.MEMORY: find_memory,
    TargetKind.MEMORY_ACTOR: find_memory_actor,
    TargetKind.AUTOMATION_PROJECT: find_automation_project,
    TargetKind.BLUEPRINT: find_blueprint,
    TargetKind.BATCH_JOB: find_batch_job,
    TargetKind.EVALUATION_JOB: find_evaluation_job,
    TargetKind.INVOCATION_LOGS: find_invocation_logs,
    TargetKind.LOG_GROUP: find_log_group,
    TargetKind.OBJECTS: find_address,
    TargetKind.ENCRYPTION_KEY: find_encryption_key,
    TargetKind.TAG: find_tagged,
}
