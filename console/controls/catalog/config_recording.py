"""AWS Config must record Bedrock's resources, and deliver what it recorded."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.payload import part, said
from console.domain.evidence import Fact

_KIND, _STATUS, _DELIVERY = "config.recorder", "config.recorder_status", "config.delivery_channel_status"
_WANTED = frozenset(f"AWS::Bedrock::{each}" for each in ("Guardrail", "KnowledgeBase", "Prompt"))


def check(question: Question) -> Iterator[Opinion]:
    """Judge the Region's recorder with its state and its deliveries."""
    facts = [*question.facts(_KIND), *question.facts(_STATUS), *question.facts(_DELIVERY)]
    if question.is_approved_region:
        verdict, because = _judge(question)
    else:
        verdict, because = Verdict.NOT_APPLICABLE, f"{question.scope.region} is not an approved Region"
    evidence = facts or question.basis
    yield Opinion(subject=str(question.scope), verdict=verdict, because=because, evidence=evidence)


def _judge(question: Question) -> tuple[Verdict, str]:
    recorders, states = question.facts(_KIND), question.facts(_STATUS)
    if not recorders:
        return Verdict.FAIL, "AWS Config has no recorder here"
    recording = [each.payload.get("recording") for each in states]
    if True not in recording:
        known = bool(recording) and all(each is False for each in recording)
        return (Verdict.FAIL if known else Verdict.UNKNOWN), "AWS Config is not known to be recording"
    lacking = [_lacking(each.payload) for each in recorders]
    if None in lacking:
        return Verdict.UNKNOWN, "what AWS Config records is not understood"
    least = min((each for each in lacking if each is not None), key=len)
    if least:
        return Verdict.FAIL, f"AWS Config does not record {', '.join(sorted(least))}"
    return _delivered(question.facts(_DELIVERY))


def _lacking(recorder: Mapping[str, Any]) -> frozenset[str] | None:
    """Return which of Bedrock's types a recorder leaves out; None if that is not understood."""
    group = part(recorder, "recordingGroup")
    if group.get("allSupported") is True:
        return frozenset()
    use = said(part(group, "recordingStrategy"), "useOnly")
    if use == "EXCLUSION_BY_RESOURCE_TYPES":
        return _WANTED & set(part(group, "exclusionByResourceTypes").get("resourceTypes", ()))
    if use in (None, "INCLUSION_BY_RESOURCE_TYPES") and "resourceTypes" in group:
        return _WANTED - set(group["resourceTypes"])
    return None


def _delivered(channels: Sequence[Fact]) -> tuple[Verdict, str]:
    parts = [
        part(each.payload, name)
        for each in channels
        for name in ("configHistoryDeliveryInfo", "configStreamDeliveryInfo")
    ]
    failed = [each for each in parts if said(each, "lastStatus") == "Failure"]
    if failed:
        return (
            Verdict.FAIL,
            f"AWS Config records, and cannot deliver: {said(failed[0], 'lastErrorCode') or 'no reason'}",
        )
    if not any(said(each, "lastStatus") for each in parts):
        return Verdict.UNKNOWN, "AWS Config records; whether it delivers, AWS did not say"
    return Verdict.PASS, "AWS Config records Bedrock's resources and delivers"


CONTROL = Control(
    id="BR-CFG-001",
    title="AWS Config records Bedrock's resources in approved Regions",
    severity=Severity.LOW,
    grain=Grain.REGION,
    reads=(_KIND, _STATUS, _DELIVERY),
    rationale=(
        "Between two refreshes of this console anything can be changed and changed back. AWS Config keeps each state of"
        " a guardrail or a knowledge base, and who asks can see it afterwards."
    ),
    remedy=(
        "Call config:PutConfigurationRecorder with allSupported true (or with AWS::Bedrock::Guardrail, KnowledgeBase"
        " and Prompt among resourceTypes), config:StartConfigurationRecorder, and let the delivery channel's role write"
        " to its bucket."
    ),
    check=check,
    nothing=(Verdict.UNKNOWN, "recorders were read to the end, but no answer was reached"),
    references=("https://docs.aws.amazon.com/config/latest/developerguide/resource-config-reference.html",),
    claims=("S29",),
)
