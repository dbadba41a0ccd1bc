"""Whether a key that something names is the department's own and can be used: that one is named proves nothing."""

from collections.abc import Iterator

from console.controls.answers import Answer
from console.controls.base import Opinion, Question, Verdict
from console.controls.payload import said
from console.domain.evidence import Fact, Gap

KEY = "kms.key"
_UNUSABLE = ("Disabled", "PendingDeletion", "PendingReplicaDeletion", "PendingImport", "Unavailable")
_OF_AWS = "it is encrypted under a key that AWS owns"


def under_own_key(question: Question, kind: str, member: str) -> Iterator[Opinion]:
    """Yield an opinion of each thing of a kind by the key that its member names."""
    for fact in question.facts(kind):
        yield own_key(question, said(fact.payload, member)).about(fact)


def own_key(question: Question, name: str | None, *, absent: str = _OF_AWS) -> Answer:
    """Answer for the key of that name: none, AWS's, out of use, not seen, or the department's own."""
    if name is None:
        return Answer(Verdict.FAIL, absent)
    found = _find(question, name)
    if isinstance(found, Gap):
        return Answer(Verdict.UNKNOWN, f"its key {name} could not be read: {found.reason.value}", (found,))
    if found is None:
        return Answer(Verdict.UNKNOWN, f"its key {name} is not among those that were read")
    verdict, because = _judge(found, name)
    return Answer(verdict, because, (found,))


def _find(question: Question, name: str) -> Fact | Gap | None:
    """Return the key of an ARN, or of an id; which key an alias stands for is not known."""
    found = question.at(KEY, question.scope, name)
    if found is not None or ":" in name:
        return found
    return next((fact for fact in question.facts(KEY) if fact.key.endswith(f":key/{name}")), None)


def _judge(key: Fact, name: str) -> tuple[Verdict, str]:
    keeper, state = said(key.payload, "KeyManager"), said(key.payload, "KeyState")
    if keeper == "AWS":
        return Verdict.FAIL, f"its key {name} is one that AWS manages"
    if state in _UNUSABLE:
        return Verdict.FAIL, f"its key {name} is {state}"
    if keeper != "CUSTOMER" or state != "Enabled":
        return (
            Verdict.UNKNOWN,
            f"its key {name} is of manager {keeper or 'not said'} and in state {state or 'not said'}",
        )
    return Verdict.PASS, f"it is encrypted under {name}, which is the department's and enabled"
