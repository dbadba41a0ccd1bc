"""Buckets that Bedrock's resources name must be there, in approved Regions."""

from collections.abc import Iterator

from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.buckets import LOCATION, region_of
from console.domain.evidence import Fact


def check(question: Question) -> Iterator[Opinion]:
    """Look where each bucket lies; a name without a bucket is free for whoever takes it."""
    for fact in question.facts(LOCATION):
        verdict, because = _judge(fact, question.policy.approved_regions)
        yield Opinion(subject=fact.key, verdict=verdict, because=because, evidence=(fact,))


def _judge(fact: Fact, approved: tuple[str, ...]) -> tuple[Verdict, str]:
    if "Error" in fact.payload:
        return Verdict.FAIL, "it is named and is not there: whoever makes a bucket of this name gets the data"
    region = region_of(fact)
    if region is None:
        return Verdict.UNKNOWN, "AWS did not say where it lies"
    if region not in approved:
        return Verdict.FAIL, f"it lies in {region}, which is not approved"
    return Verdict.PASS, f"it lies in {region}"


CONTROL = Control(
    id="BR-BKT-008",
    title="Buckets of the data path are there, and lie in approved Regions",
    severity=Severity.HIGH,
    grain=Grain.REGION,
    reads=(LOCATION,),
    rationale=(
        "A job, a data source or a log delivery in London can name a bucket in any Region. Names are the world's: what"
        " is configured to go to a bucket that was deleted goes to whoever makes it next."
    ),
    remedy=(
        "Change what names the bucket to one in an approved Region, move what it holds and delete it there. Make a"
        " bucket of a name that is free at once, or change what names it."
    ),
    check=check,
    nothing=(Verdict.NOT_APPLICABLE, "what names buckets was read to the end; no bucket is named here"),
    references=("https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingBucket.html",),
    claims=("S15", "S16"),
)
