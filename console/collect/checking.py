"""Whether something is gone: asked by an operation other than the one that deleted it."""

from dataclasses import dataclass

from console.collect.discovery.objects import LISTING, is_below, state_of, version_id
from console.collect.looking import Look, Looker
from console.collect.many import BY_LISTING, listed
from console.deletion.plan import EMPTY, ENDED, NONE_ACTIVE, SCHEDULED, Step
from console.domain.scope import Scope

ABSENT, PRESENT, UNKNOWN = "absent", "present", "unknown"
GOING = "scheduled"
"""What AWS destroys after a waiting period: it can be used no more, and could still be restored."""
_MEMBERS = {
    "logs:DescribeLogStreams": "logStreams",
    "bedrock-agent-runtime:GetAgentMemory": "memoryContents",
    **{operation: many.member for operation, many in BY_LISTING.items()},
}
"""The list that an operation answers with, which is to be empty."""
_STATUSES = ("status", "sessionStatus", "KeyState")
_FAILED = ("DELETE_UNSUCCESSFUL", "FAILED")
_NO_SESSION = ("ENDED", "EXPIRED")
_WAITING = "PendingDeletion"
_NO_DOCUMENT = ("NOT_FOUND",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What came of looking for one thing."""

    result: str
    """`absent`, `present`, `scheduled` or `unknown`: what could not be asked is not absent."""
    detail: str
    state_sha256: str
    """The hash of what is there, as a plan has it; empty if it is not there."""
    has_failed: bool = False
    """Whether AWS says that it tried to delete it and could not."""


def verify(looker: Looker, step: Step) -> Verified:
    """Look whether what a step deletes is gone."""
    scope = Scope(step.account_id, step.region)
    if step.check.operation == LISTING:
        return _objects(looker, scope, step)
    look = _looked(looker, scope, step)
    if look.is_absent:
        return Verified(result=ABSENT, detail="AWS says that there is none", state_sha256="")
    if look.reason:
        return _unknown(look)
    if step.check.expects == EMPTY and not look.answer:
        return Verified(result=ABSENT, detail="AWS's list is empty", state_sha256="")
    if step.check.expects == NONE_ACTIVE and _no_documents(look):
        return Verified(result=ABSENT, detail="AWS says of each document: not found", state_sha256="")
    if step.check.expects == ENDED and _status(look) in _NO_SESSION:
        return Verified(result=ABSENT, detail="AWS says that it is not active", state_sha256="")
    if step.check.expects == SCHEDULED and _status(look) == _WAITING:
        until = str(look.answer["KeyMetadata"].get("DeletionDate", "a day that AWS does not say"))[:10]
        detail = f"AWS destroys it on {until}; until then it can be used by nobody, and could be restored"
        return Verified(result=GOING, detail=detail, state_sha256=look.sha256)
    status = _status(look)
    return Verified(
        result=PRESENT,
        detail=f"AWS shows it, with status {status}" if status else "AWS shows it",
        state_sha256=look.sha256,
        has_failed=status in _FAILED,
    )


def _looked(looker: Looker, scope: Scope, step: Step) -> Look:
    operation, named = step.check.operation, step.check.parameters
    if operation in _MEMBERS:
        return listed(looker, scope, operation, _MEMBERS[operation], named)
    return looker.see(scope, operation, **named)


def _objects(looker: Looker, scope: Scope, step: Step) -> Verified:
    named = step.parameters
    look = looker.versions(scope, named["Bucket"], named["Prefix"])
    if look.is_absent:
        return Verified(result=ABSENT, detail="AWS says that the bucket is not there", state_sha256="")
    if look.reason:
        return _unknown(look)
    kept = set(named["Kept"])
    left = [
        each
        for each in look.answer
        if is_below(each["Key"], named["Prefix"]) and version_id(each) not in kept
    ]
    stays = f", but for {len(kept):,} accepted to stay" if kept else ""
    if not left:
        return Verified(result=ABSENT, detail=f"no version and no marker is listed{stays}", state_sha256="")
    return Verified(result=PRESENT, detail=f"{len(left):,} versions are listed", state_sha256=state_of(left))


def _unknown(look: Look) -> Verified:
    return Verified(result=UNKNOWN, detail=f"{look.reason}: {look.detail}", state_sha256="")


def _no_documents(look: Look) -> bool:
    return all(each["status"] in _NO_DOCUMENT for each in look.answer.get("documentDetails", ()))


def _status(look: Look) -> str:
    """Return the status that AWS gives a thing, wherever the answer has it."""
    answer = look.answer
    if not isinstance(answer, dict):
        return ""
    inner = [*(each for each in answer.values() if isinstance(each, dict)), answer]
    return str(next((each[name] for each in inner for name in _STATUSES if each.get(name)), ""))
