"""A multi-Region trail must be logging with file validation."""

from collections.abc import Iterator

from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.trails import STATUS, TRAIL, Trail, evidence_of, lack_of_record, trails, unseen


def check(question: Question) -> Iterator[Opinion]:
    """Look for one good trail, the account's own or the organisation's; say what each other one lacks."""
    found = trails(question)
    lacks = {trail.fact.key: _lack(trail) for trail in found}
    for trail in found:
        if lacks[trail.fact.key] is None:
            because = f"trail {trail.fact.key} is multi-Region, logging and validated"
            yield _opinion(question, Verdict.PASS, because, trail)
            return
    said = "; ".join(f"trail {key} {lack[1]}" for key, lack in lacks.items() if lack)
    gaps = unseen(question, TRAIL, STATUS)
    if gaps or any(lack and not lack[0] for lack in lacks.values()):
        hidden = "an organisation's trail may exist: the management account's trails could not all be read"
        because = "; ".join(filter(None, (said, hidden if gaps else "")))
        evidence = evidence_of(found, gaps)
        yield Opinion(
            subject=str(question.scope), verdict=Verdict.UNKNOWN, because=because, evidence=evidence
        )
    elif found:
        yield _opinion(question, Verdict.FAIL, said, *found)


def _opinion(question: Question, verdict: Verdict, because: str, *found: Trail) -> Opinion:
    evidence = evidence_of(found)
    return Opinion(subject=str(question.scope), verdict=verdict, because=because, evidence=evidence)


def _lack(trail: Trail) -> tuple[bool, str] | None:
    """Return what a trail lacks, and whether that is certain."""
    lack = lack_of_record(trail)
    if lack is None and trail.fact.payload.get("LogFileValidationEnabled") is not True:
        return True, "has no log file validation"
    return lack


CONTROL = Control(
    id="BR-TRL-001",
    title="A multi-Region trail is logging with file validation",
    severity=Severity.HIGH,
    grain=Grain.ACCOUNT,
    reads=(TRAIL, STATUS),
    rationale="Without such a trail there is no record, or none that can be trusted, of who used or changed Bedrock.",
    remedy=(
        "Call cloudtrail:UpdateTrail with IsMultiRegionTrail and EnableLogFileValidation true, then"
        " cloudtrail:StartLogging; if there is no trail, create an organisation trail in the management account."
    ),
    check=check,
    nothing=(
        Verdict.FAIL,
        "trails were read to the end in every Region; there is none, and no organisation's",
    ),
    references=("https://docs.aws.amazon.com/awscloudtrail/latest/userguide/",),
    claims=("S26",),
)
