"""How often guardrails were asked and stepped in: CloudWatch's counts, which are whole and say nothing of what."""

from datetime import date

from console.collect.base import Client, Collector, Found, Reach
from console.collect.metrics import daily_sums, key

_NAMESPACE = "AWS/Bedrock/Guardrails"
_METRICS = frozenset({"Invocations", "InvocationsIntervened", "TextUnitCount"})


def fetch(cloudwatch: Client, today: date) -> Found:
    """Yield the sums of 30 whole days of each of these metrics that was counted at all in the last two weeks."""
    return daily_sums(cloudwatch, _NAMESPACE, lambda metric: metric["MetricName"] in _METRICS, today)


COLLECTOR = Collector(
    kind="cloudwatch.guardrail_metric",
    title="Daily sums of what guardrails assessed and stopped",
    service="cloudwatch",
    reach=Reach.REGION,
    actions=("cloudwatch:ListMetrics", "cloudwatch:GetMetricData"),
    key=key,
    fetch=fetch,
    required=("MetricName", "Values", "Timestamps"),
    dated=True,
)
