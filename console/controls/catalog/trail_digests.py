"""The digests of a trail's log files must be what CloudTrail signed, and none of them missing."""

from collections.abc import Iterable, Iterator

from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.digest_days import DIGESTS, KEYS, judge_digests
from console.controls.trails import STATUS, TRAIL, own_trails
from console.domain.evidence import Fact


def check(question: Question) -> Iterator[Opinion]:
    """Judge the digests of the day before of each trail whose home is here, and say why of others they are not.

    A trail whose digests could not even be listed is missed itself, and so answered for.
    """
    unlisted = {gap.key for gap in question.missed(DIGESTS)}
    for trail in own_trails(question):
        key = trail.fact.key
        if key in unlisted:
            continue
        digests = _of(key, question.facts(DIGESTS))
        missed, keys = question.missed(DIGESTS), question.facts(KEYS)
        found = judge_digests(trail.fact, trail.status, digests, missed, keys)
        yield Opinion(
            subject=key,
            verdict=found.verdict,
            because=found.because,
            evidence=(*trail.evidence, *found.evidence),
            is_certain=True,
        )


def _of(trail: str, digests: Iterable[Fact]) -> list[Fact]:
    return [each for each in digests if each.payload.get("TrailARN") == trail]


CONTROL = Control(
    id="BR-TRL-007",
    title="The digests of a trail's log files are what CloudTrail signed, and none is missing",
    severity=Severity.HIGH,
    grain=Grain.REGION,
    reads=(TRAIL, STATUS, DIGESTS, KEYS),
    rationale=(
        "Whoever may write to the bucket of a trail can change its log files or take some out. Each hour CloudTrail"
        " signs a digest of what it wrote, over the digest before, so the digests show it, if somebody looks."
    ),
    remedy=(
        "Treat it as an incident: secure the bucket and find out who had s3:PutObject or s3:DeleteObject there at that"
        " hour. aws cloudtrail validate-logs says which log files are affected. If logging or validation had been"
        " switched off, look up StopLogging, UpdateTrail and DeleteTrail. Then keep the bucket's objects under Object"
        " Lock, so that it cannot be done again."
    ),
    check=check,
    nothing=(Verdict.NOT_APPLICABLE, "trails were read to the end; none has its home here"),
    references=(
        "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-validation-intro.html",
    ),
    claims=("S26",),
)
