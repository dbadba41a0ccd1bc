"""Invocation logs must arrive: their delivery fails in silence."""

from collections.abc import Iterator, Mapping, Sequence

from console.controls.base import Control, Grain, Opinion, Question, Severity, Verdict
from console.controls.invocations import METRICS, counted, invocations
from console.controls.payload import part, said
from console.domain.evidence import Fact

_KIND = "bedrock.invocation_logging"
_LARGE = "ModelInvocationLargeDataS3"


def check(question: Question) -> Iterator[Opinion]:
    """Compare what was delivered to each destination with what was called, in each Region with logging."""
    metrics = question.facts(METRICS)
    for fact in question.facts(_KIND):
        verdict, because = _judge(_destinations(part(fact.payload, "loggingConfig")), metrics)
        yield Opinion(
            subject=str(question.scope), verdict=verdict, because=because, evidence=(fact, *metrics)
        )


def _destinations(config: Mapping[str, object]) -> dict[str, str]:
    """Return each destination by the beginning of the names of its metrics."""
    logs, bucket = part(config, "cloudWatchConfig"), part(config, "s3Config")
    large = said(part(logs, "largeDataDeliveryS3Config"), "bucketName")
    found = {
        "ModelInvocationLogsCloudWatch": f"log group {said(logs, 'logGroupName')}" if logs else "",
        "ModelInvocationLogsS3": f"bucket {said(bucket, 'bucketName')}" if bucket else "",
        _LARGE: f"bucket {large} (large payloads)" if large else "",
    }
    return {name: words for name, words in found.items() if words}


def _judge(destinations: Mapping[str, str], metrics: Sequence[Fact]) -> tuple[Verdict, str]:
    if not destinations:
        return Verdict.NOT_APPLICABLE, "invocation logging is off, or has no destination"
    if any(counted(each) is None for each in metrics):
        return Verdict.UNKNOWN, "the counts of deliveries are not understood"
    calls = sum(counted(each) or 0 for each in invocations(metrics))
    faults = []
    for name, words in destinations.items():
        failed, arrived = _sum(metrics, f"{name}DeliveryFailure"), _sum(metrics, f"{name}DeliverySuccess")
        if failed:
            faults.append(
                f"{failed:.0f} deliveries to {words} failed{_last(metrics, f'{name}DeliveryFailure')}"
            )
        elif calls and not arrived and name != _LARGE:
            faults.append(f"models were called, and nothing was delivered to {words}")
    if faults:
        return Verdict.FAIL, "; ".join(faults)
    if not calls:
        return Verdict.NOT_APPLICABLE, "no call of a model was counted, so there was nothing to deliver"
    return Verdict.PASS, f"no delivery to {' or '.join(destinations.values())} failed in 30 days"


def _sum(metrics: Sequence[Fact], name: str) -> float:
    return sum(counted(each) or 0 for each in metrics if said(each.payload, "MetricName") == name)


def _last(metrics: Sequence[Fact], name: str) -> str:
    """Return the day of the last failure, where AWS says it."""
    days = [
        str(day)[:10]
        for each in metrics
        if said(each.payload, "MetricName") == name
        for day, value in zip(each.payload.get("Timestamps", ()), each.payload["Values"], strict=False)
        if value
    ]
    return f", the last on {max(days)}" if days else ""


CONTROL = Control(
    id="BR-LOG-004",
    title="Invocation logs are delivered wherever models are called",
    severity=Severity.HIGH,
    grain=Grain.REGION,
    reads=(_KIND, METRICS),
    rationale=(
        "Logging stays on when its role, its bucket's policy or its key no longer let it write. Nobody is told: calls"
        " go on, and what was said in them is lost."
    ),
    remedy=(
        "Let the role of the configuration write (logs:CreateLogStream and logs:PutLogEvents on the group; a bucket"
        " policy and a key policy for bedrock.amazonaws.com with aws:SourceAccount), call a model, and look whether"
        " the metric of AWS/Bedrock whose name ends in DeliverySuccess counts it. Set an alarm on DeliveryFailure."
    ),
    check=check,
    nothing=(Verdict.UNKNOWN, "invocation logging was read to the end, but AWS gave no configuration"),
    references=("https://docs.aws.amazon.com/bedrock/latest/userguide/monitoring.html",),
    claims=("S27",),
)
