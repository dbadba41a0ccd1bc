"""Model invocation logging must deliver every kind of data."""

from collections.abc import Iterator

from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.payload import part
from console.domain.evidence import Payload

_KIND = "bedrock.invocation_logging"
_DATA = ("text", "image", "embedding", "video", "audio")


def check(question: Question) -> Iterator[Opinion]:
    """Look at the five switches; one that AWS does not mention is not known to be on."""
    for fact in question.facts(_KIND):
        config = part(fact.payload, "loggingConfig")
        if config:
            verdict, because = _judge(config)
        else:
            verdict, because = Verdict.NOT_APPLICABLE, "invocation logging is off, which BR-LOG-001 judges"
        yield Opinion(subject=str(question.scope), verdict=verdict, because=because, evidence=(fact,))


def _judge(config: Payload) -> tuple[Verdict, str]:
    switches = {each: config.get(f"{each}DataDeliveryEnabled") for each in _DATA}
    off = [each for each, value in switches.items() if value is False]
    if off:
        return Verdict.FAIL, f"{', '.join(off)} is not delivered"
    unsaid = [each for each, value in switches.items() if value is not True]
    if unsaid:
        return Verdict.UNKNOWN, f"AWS does not say whether {', '.join(unsaid)} is delivered"
    return Verdict.PASS, f"{', '.join(_DATA)} are delivered"


CONTROL = Control(
    id="BR-LOG-002",
    title="Model invocation logging delivers every kind of data",
    severity=Severity.MEDIUM,
    grain=Grain.REGION,
    reads=(_KIND,),
    rationale="A log of text alone is silent about images, video, audio and embeddings that were sent to a model.",
    remedy=(
        "Call bedrock:PutModelInvocationLoggingConfiguration with textDataDeliveryEnabled,"
        " imageDataDeliveryEnabled, embeddingDataDeliveryEnabled, videoDataDeliveryEnabled and"
        " audioDataDeliveryEnabled all true."
    ),
    check=check,
    nothing=(Verdict.UNKNOWN, "invocation logging was read to the end, but AWS gave no configuration"),
    claims=("S27",),
)
