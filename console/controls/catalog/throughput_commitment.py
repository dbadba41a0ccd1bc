"""Commitments to provisioned throughput must not end unnoticed."""

from collections.abc import Iterator
from datetime import timedelta

from console.base.clock import parse_stamp
from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.payload import moment, said
from console.domain.evidence import Fact

_KIND = "bedrock.provisioned_model_throughput"


def check(question: Question) -> Iterator[Opinion]:
    """Judge each purchase by the day on which it was read."""
    notice = timedelta(days=question.policy.commitment_notice_days)
    for fact in question.facts(_KIND):
        verdict, because = _judge(fact, notice)
        yield Opinion(subject=fact.key, verdict=verdict, because=because, evidence=(fact,))


def _judge(fact: Fact, notice: timedelta) -> tuple[Verdict, str]:
    term = said(fact.payload, "commitmentDuration")
    if term is None:
        return Verdict.NOT_APPLICABLE, "it has no commitment and is billed by the hour"
    end = moment(fact.payload, "commitmentExpirationTime")
    if end is None:
        return Verdict.UNKNOWN, f"AWS did not say when its commitment of {term} ends"
    left = end - parse_stamp(fact.provenance.observed_at)
    if left < timedelta(0):
        return Verdict.FAIL, f"its commitment ended on {end:%Y-%m-%d}; it is billed by the hour since"
    if left < notice:
        return Verdict.FAIL, f"its commitment ends on {end:%Y-%m-%d}, in {left.days} days"
    return Verdict.PASS, f"its commitment runs until {end:%Y-%m-%d}"


CONTROL = Control(
    id="BR-THR-001",
    title="Provisioned throughput does not run out of its commitment unnoticed",
    severity=Severity.LOW,
    grain=Grain.REGION,
    reads=(_KIND,),
    rationale=(
        "When a commitment ends, capacity goes on at the dearer hourly rate until somebody decides; before it ends, it"
        " cannot be deleted, nor can the model behind it."
    ),
    remedy=(
        "Decide before the named day: commit anew, or delete the capacity with"
        " bedrock:DeleteProvisionedModelThroughput when the term has ended (policy.commitment_notice_days)."
    ),
    check=check,
    nothing=(Verdict.NOT_APPLICABLE, "provisioned throughput was read to the end; there is none here"),
    references=("https://docs.aws.amazon.com/bedrock/latest/userguide/prov-throughput.html",),
    claims=("S04",),
    ages=True,
)
