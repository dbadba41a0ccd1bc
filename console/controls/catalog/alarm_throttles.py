"""Somebody must be told when calls of models are throttled."""

from collections.abc import Iterator

from console.controls.alarms import NOTHING, READS, heeded
from console.controls.base import Control, Grain, Opinion, Question, Severity


def check(question: Question) -> Iterator[Opinion]:
    """Look for an alarm that acts, by itself or through a composite one."""
    return heeded(question, "AWS/Bedrock", "InvocationThrottles")


CONTROL = Control(
    id="BR-ALM-002",
    title="An alarm on throttled calls acts wherever models are called",
    severity=Severity.LOW,
    grain=Grain.REGION,
    reads=READS,
    rationale=(
        "Throttled calls are how a service fails when its quota is used up, by itself or by somebody who found a key."
        " An alarm without an action only changes its colour."
    ),
    remedy=(
        "Call cloudwatch:PutMetricAlarm with Namespace AWS/Bedrock, MetricName InvocationThrottles, Statistic Sum,"
        " ActionsEnabled true and the ARN of a topic that people read as AlarmActions; for an alarm that is there, put"
        " those two right."
    ),
    check=check,
    nothing=NOTHING,
    references=("https://docs.aws.amazon.com/bedrock/latest/userguide/monitoring.html",),
    claims=("S27",),
)
