"""Nobody must call Bedrock with a bearer token."""

from collections.abc import Iterator, Sequence

from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.calls import EVENTS, SAMPLE, by_caller, record_of
from console.controls.payload import part, said
from console.domain.evidence import Fact


def check(question: Question) -> Iterator[Opinion]:
    """Look for calls whose event says that they carried a token; one is enough, however few are read."""
    for caller, events in by_caller(question.facts(EVENTS)).items():
        verdict, because, evidence = _judge(events)
        yield Opinion(subject=caller, verdict=verdict, because=because, evidence=evidence, is_certain=True)


def _judge(events: Sequence[Fact]) -> tuple[Verdict, str, Sequence[Fact]]:
    if not all(record_of(each) for each in events):
        return Verdict.UNKNOWN, "the record of an event was not kept", events
    carried = [each for each in events if _is_bearer(each)]
    if carried:
        sorts = sorted({_sort(each) for each in carried})
        because = (
            f"{len(carried)} of {len(events)} events carried a bearer token ({', '.join(sorts)}): {SAMPLE}"
        )
        return Verdict.FAIL, because, carried
    return Verdict.PASS, f"none of {len(events)} events carried a bearer token: {SAMPLE}", events


def _is_bearer(event: Fact) -> bool:
    more = part(record_of(event), "additionalEventData")
    return more.get("callWithBearerToken") in (True, "true") or bool(more.get("bearerTokenType"))


def _sort(event: Fact) -> str:
    sort = said(part(record_of(event), "additionalEventData"), "bearerTokenType")
    return (sort or "of a kind that is not said").lower().replace("_", " ")


CONTROL = Control(
    id="BR-KEY-005",
    title="Nobody calls Bedrock with a bearer token",
    severity=Severity.HIGH,
    grain=Grain.REGION,
    reads=(EVENTS,),
    rationale=(
        "A call with an API key is not signed: whoever sees the key can make another. Short-term keys are nowhere"
        " listed; only the events of their use show that there are any."
    ),
    remedy=(
        "Ask the owner of the role or user to sign calls with its own credentials, as every SDK does by itself, and"
        " deny bedrock:CallWithBearerToken in a service control policy."
    ),
    check=check,
    nothing=(Verdict.NOT_APPLICABLE, f"no event of Bedrock is among what was read, {SAMPLE}"),
    references=("https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys.html",),
    claims=("S20",),
)
