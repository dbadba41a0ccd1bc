"""Guardrails must block or mask sensitive information on input and output, in every version."""

from collections.abc import Iterator

from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.guardrails import side_fault
from console.controls.payload import listed, part, said
from console.domain.evidence import Fact

_KIND = "bedrock.guardrail"
_SIDES = ("input", "output")


def check(question: Question) -> Iterator[Opinion]:
    """Judge every entity and pattern of every version on both sides: that they are listed proves nothing."""
    for fact in question.facts(_KIND):
        verdict, because = _judge(fact)
        yield Opinion(subject=fact.key, verdict=verdict, because=because, evidence=(fact,))


def _judge(fact: Fact) -> tuple[Verdict, str]:
    policy = part(fact.payload, "sensitiveInformationPolicy")
    entries = [(said(each, "type"), each) for each in listed(policy, "piiEntities")]
    entries += [(said(each, "name"), each) for each in listed(policy, "regexes")]
    if not entries:
        return Verdict.FAIL, "it names no sensitive information"
    faults = [
        (fault[0], f"{name or 'an unnamed entry'} is {fault[1]}")
        for name, entry in entries
        for side in _SIDES
        if (fault := side_fault(entry, side, said(entry, "action"))) is not None
    ]
    certain = [words for sure, words in faults if sure]
    if certain:
        return Verdict.FAIL, "; ".join(certain)
    if faults:
        return Verdict.UNKNOWN, "; ".join(words for _sure, words in faults)
    return (
        Verdict.PASS,
        f"it blocks or masks {', '.join(str(name) for name, _entry in entries)} on input and output",
    )


CONTROL = Control(
    id="BR-GRD-002",
    title="Guardrails block or mask sensitive information on input and output in every version",
    severity=Severity.HIGH,
    grain=Grain.REGION,
    reads=(_KIND,),
    rationale="An entity that is only detected, or only on one side, lets personal data through to or from a model.",
    remedy=(
        "Call bedrock:UpdateGuardrail with sensitiveInformationPolicyConfig in which every entity and regex has"
        " inputAction and outputAction BLOCK or ANONYMIZE, both enabled; publish a version and delete those that fail."
    ),
    check=check,
    nothing=(Verdict.NOT_APPLICABLE, "guardrails were read to the end; there is none here"),
    references=("https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-sensitive-filters.html",),
    claims=("S39",),
)
