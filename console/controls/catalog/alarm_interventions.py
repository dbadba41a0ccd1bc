"""Somebody must be told when guardrails step in."""

from collections.abc import Iterator

from console.controls.alarms import NOTHING, READS, heeded
from console.controls.base import Control, Grain, Opinion, Question, Severity


def check(question: Question) -> Iterator[Opinion]:
    """Look for an alarm that acts, by itself or through a composite one."""
    return heeded(question, "AWS/Bedrock/Guardrails", "InvocationsIntervened")


CONTROL = Control(
    id="BR-ALM-001",
    title="An alarm on guardrails' interventions acts wherever models are called",
    severity=Severity.MEDIUM,
    grain=Grain.REGION,
    reads=READS,
    rationale=(
        "A guardrail that steps in again and again is somebody who tries, or a use that nobody approved. Counts that"
        " nobody is told of are looked at when it is too late; an alarm without an action only changes its colour."
    ),
    remedy=(
        "Call cloudwatch:PutMetricAlarm with Namespace AWS/Bedrock/Guardrails, MetricName InvocationsIntervened,"
        " Statistic Sum, ActionsEnabled true and the ARN of a topic that people read as AlarmActions; for an alarm that"
        " is there, put those two right."
    ),
    check=check,
    nothing=NOTHING,
    references=("https://docs.aws.amazon.com/bedrock/latest/userguide/monitoring.html",),
    claims=("S27", "S28"),
)
