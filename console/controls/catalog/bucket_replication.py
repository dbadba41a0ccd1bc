"""Buckets of the data path must not be copied out of approved Regions."""

from collections.abc import Iterator, Mapping

from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.buckets import LOCATION, NOTHING, Bucket, buckets
from console.controls.payload import listed, part, said
from console.domain.evidence import Fact

_KIND, _OWN = "s3.bucket_replication", "s3.bucket"


def check(question: Question) -> Iterator[Opinion]:
    """Find the Region of each bucket that a rule copies to, among the account's own buckets."""
    own = {fact.key: fact for fact in question.facts(_OWN)}
    for bucket in buckets(question, _KIND):
        verdict, because, copies = _judge(bucket, own, question)
        yield Opinion(
            subject=bucket.location.key,
            verdict=verdict,
            because=because,
            evidence=(*bucket.evidence, *copies),
        )


def _judge(
    bucket: Bucket, own: Mapping[str, Fact], question: Question
) -> tuple[Verdict, str, tuple[Fact, ...]]:
    if bucket.part is None:
        return Verdict.PASS, "it is copied nowhere", ()
    rules = listed(part(bucket.part.payload, "ReplicationConfiguration"), "Rules")
    if not rules:
        return Verdict.UNKNOWN, "its replication is not understood", ()
    names = [
        (said(part(each, "Destination"), "Bucket") or "").rpartition(":::")[2]
        for each in rules
        if said(each, "Status") != "Disabled"
    ]
    copies = tuple(own[each] for each in names if each in own)
    regions = {each.key: said(each.payload, "BucketRegion") for each in copies}
    abroad = [f"{name} in {region}" for name, region in regions.items() if not _is_approved(region, question)]
    if abroad:
        return Verdict.FAIL, f"it is copied to {', '.join(abroad)}, which is not approved", copies
    lost = [name or "a bucket that AWS does not name" for name in names if not regions.get(name)]
    if lost:
        because = (
            f"it is copied to {', '.join(lost)}, which is none of this account's: its Region is not known"
        )
        return Verdict.UNKNOWN, because, copies
    return (
        Verdict.PASS,
        f"it is copied to {', '.join(names)}" if names else "its rules are switched off",
        copies,
    )


def _is_approved(region: str | None, question: Question) -> bool:
    """Tell whether a Region is approved; one that was not said is another matter."""
    return region is None or region in question.policy.approved_regions


CONTROL = Control(
    id="BR-BKT-006",
    title="Buckets of the data path are not copied out of approved Regions",
    severity=Severity.HIGH,
    grain=Grain.REGION,
    reads=(LOCATION, _KIND, _OWN),
    rationale=(
        "Replication copies every new object, prompts and documents among them, to another Region without any call that"
        " a Region policy would see; what is deleted in the first bucket stays in the second."
    ),
    remedy=(
        "Call s3:PutBucketReplication without the rule (or s3:DeleteBucketReplication), then delete what was copied,"
        " every version of it, in the other bucket."
    ),
    check=check,
    nothing=(Verdict.NOT_APPLICABLE, NOTHING),
    references=("https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication.html",),
    claims=("S15", "S25"),
)
