"""Model invocation logging must be on in approved Regions."""

from collections.abc import Iterator

from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.payload import part, said
from console.domain.evidence import Fact

_KIND = "bedrock.invocation_logging"


def check(question: Question) -> Iterator[Opinion]:
    """Ask for a configuration with a destination; one without delivers to nobody."""
    for fact in question.facts(_KIND):
        if not question.is_approved_region:
            verdict, because = Verdict.NOT_APPLICABLE, f"{question.scope.region} is not an approved Region"
        else:
            verdict, because = _judge(fact)
        yield Opinion(subject=str(question.scope), verdict=verdict, because=because, evidence=(fact,))


def _judge(fact: Fact) -> tuple[Verdict, str]:
    config = part(fact.payload, "loggingConfig")
    if not config:
        return Verdict.FAIL, "invocation logging is off"
    bucket = said(part(config, "s3Config"), "bucketName")
    group = said(part(config, "cloudWatchConfig"), "logGroupName")
    places = [f"S3 bucket {bucket}"] if bucket else []
    places += [f"log group {group}"] if group else []
    if not places:
        return Verdict.FAIL, "invocation logging has no destination"
    return Verdict.PASS, f"invocation logging delivers to {' and '.join(places)}"


CONTROL = Control(
    id="BR-LOG-001",
    title="Model invocation logging is on in approved Regions",
    severity=Severity.HIGH,
    grain=Grain.REGION,
    reads=(_KIND,),
    rationale="Without invocation logs nobody can say afterwards what was asked of a model and what it answered.",
    remedy=(
        "Call bedrock:PutModelInvocationLoggingConfiguration in this account and Region with an s3Config or a"
        " cloudWatchConfig."
    ),
    check=check,
    nothing=(Verdict.UNKNOWN, "invocation logging was read to the end, but AWS gave no configuration"),
    references=("https://docs.aws.amazon.com/bedrock/latest/userguide/model-invocation-logging.html",),
    claims=("S27",),
)
