"""Keys of the data path must have no copies outside approved Regions."""

from collections.abc import Iterator

from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.payload import listed, part, said
from console.domain.evidence import Fact

_KIND = "kms.key"


def check(question: Question) -> Iterator[Opinion]:
    """Look at the Regions of each multi-Region key's primary and replicas."""
    for fact in question.facts(_KIND):
        verdict, because = _judge(fact, question.policy.approved_regions)
        yield Opinion(subject=fact.key, verdict=verdict, because=because, evidence=(fact,))


def _judge(fact: Fact, approved: tuple[str, ...]) -> tuple[Verdict, str]:
    several = fact.payload.get("MultiRegion")
    if several is False:
        return Verdict.PASS, "it exists in one Region only"
    config = part(fact.payload, "MultiRegionConfiguration")
    keys = [part(config, "PrimaryKey"), *listed(config, "ReplicaKeys")]
    regions = {said(each, "Region") for each in keys}
    abroad = sorted(each for each in regions if each and each not in approved)
    if abroad:
        return Verdict.FAIL, f"it has copies in {', '.join(abroad)}, which is not approved"
    if several is not True or None in regions:
        return Verdict.UNKNOWN, "in which Regions it exists is not known"
    return Verdict.PASS, f"it exists in {', '.join(sorted(map(str, regions)))}"


CONTROL = Control(
    id="BR-KMS-004",
    title="Keys of the data path have no copies outside approved Regions",
    severity=Severity.MEDIUM,
    grain=Grain.REGION,
    reads=(_KIND,),
    rationale=(
        "A replica of a multi-Region key has the same material: what was encrypted in London can be read in its Region,"
        " with that Region's policies."
    ),
    remedy="Call kms:ScheduleKeyDeletion for the replica in the Region that is not approved.",
    check=check,
    nothing=(Verdict.NOT_APPLICABLE, "what names keys was read to the end; no key is named here"),
    references=("https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html",),
    claims=("S15", "S24"),
)
