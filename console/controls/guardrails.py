"""What a part of a guardrail really does: it can be strong, switched off, or set to detect only."""

from collections.abc import Mapping
from typing import Any

from console.controls.answers import Answer
from console.controls.base import Question, Verdict
from console.controls.payload import arn_account, arn_region, said
from console.domain.evidence import Fact, Gap
from console.domain.scope import Scope

GUARDRAIL = "bedrock.guardrail"
ACTING = ("BLOCK", "ANONYMIZE")
SIDES = ("input", "output")
STRENGTHS = ("NONE", "LOW", "MEDIUM", "HIGH")
_DRAFT = "DRAFT"
_BROKEN = ("FAILED", "DELETING")


def side_fault(entry: Mapping[str, Any], side: str, default: str | None) -> tuple[bool, str] | None:
    """Return why a filter or entity does nothing on `input` or `output`, or None if it acts.

    The boolean is whether that is certain: a switch or an action that is not understood is not. AWS leaves
    the switch out where it was never turned off, and the side's action where the entry's own holds.
    """
    enabled = entry.get(f"{side}Enabled", True)
    if enabled is False:
        return True, f"switched off on {side}"
    if enabled is not True:
        return False, f"of an unknown state on {side}"
    action = said(entry, f"{side}Action") or default
    if action in ACTING:
        return None
    if action == "NONE":
        return True, f"detecting without acting on {side}"
    return False, f"of an unknown action on {side} ({action or 'not said'})"


def strength_answer(entry: Mapping[str, Any], side: str, required: str) -> Answer:
    """Answer whether a content filter blocks text on a side with at least the required strength."""
    name = said(entry, "type")
    fault = side_fault(entry, side, "BLOCK")
    if fault is not None:
        certain, words = fault
        return Answer(Verdict.FAIL if certain else Verdict.UNKNOWN, f"{name} is {words}")
    looks_at = entry.get(f"{side}Modalities")
    if isinstance(looks_at, list) and "TEXT" not in looks_at:
        return Answer(Verdict.FAIL, f"{name} does not look at text on {side}")
    strength = said(entry, f"{side}Strength")
    if strength not in STRENGTHS or required not in STRENGTHS:
        because = f"{name} is of strength {strength or 'not said'} on {side}; {required} is required"
        return Answer(Verdict.UNKNOWN, because)
    if STRENGTHS.index(strength) < STRENGTHS.index(required):
        return Answer(Verdict.FAIL, f"{name} is {strength} on {side}; {required} is required")
    return Answer(Verdict.PASS, f"{name} is {strength} on {side}")


def named_version(question: Question, identifier: str | None, version: str | None) -> Answer:
    """Answer whether what names a guardrail names a numbered version that is there and ready.

    A draft changes under whoever names it, and a version that is not there makes calls fail.
    """
    if identifier is None:
        return Answer(Verdict.FAIL, "it has no guardrail")
    if version == _DRAFT:
        return Answer(Verdict.FAIL, f"it uses the draft of guardrail {identifier}")
    if version is None or not version.isdigit():
        because = f"it names version {version or 'not said'} of guardrail {identifier}"
        return Answer(Verdict.UNKNOWN, because)
    return _there(question, identifier, version)


def _there(question: Question, identifier: str, version: str) -> Answer:
    words = f"guardrail {identifier} version {version}"
    found = _version(question, identifier, version)
    if isinstance(found, Gap):
        return Answer(Verdict.UNKNOWN, f"{words} could not be read: {found.reason.value}", (found,))
    if found is None and _is_elsewhere(question, identifier):
        return Answer(Verdict.UNKNOWN, f"{words} is not among what was read of its own account and Region")
    if found is None:
        return Answer(Verdict.FAIL, f"it names {words}, which is not there")
    status = said(found.payload, "status")
    if status == "READY":
        return Answer(Verdict.PASS, f"it uses {words}", (found,))
    verdict = Verdict.FAIL if status in _BROKEN else Verdict.UNKNOWN
    return Answer(verdict, f"{words} is of status {status or 'not said'}", (found,))


def _version(question: Question, identifier: str, version: str) -> Fact | Gap | None:
    if arn_account(identifier) is not None:
        place = Scope(arn_account(identifier) or "", arn_region(identifier) or "")
        return question.at(GUARDRAIL, place, f"{identifier}:{version}")
    return next(
        (
            fact
            for fact in question.facts(GUARDRAIL)
            if fact.payload.get("guardrailId") == identifier and fact.payload.get("version") == version
        ),
        None,
    )


def _is_elsewhere(question: Question, identifier: str) -> bool:
    """Tell whether a guardrail is another account's or Region's."""
    own = (question.scope.account_id, question.scope.region)
    return arn_account(identifier) is not None and (arn_account(identifier), arn_region(identifier)) != own
