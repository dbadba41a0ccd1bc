"""Whether what models were asked and answered really reached the logs: Bedrock's own counts, day by day."""

from datetime import date

from console.collect.base import Client, Collector, Found, Reach
from console.collect.metrics import daily_sums, key

_NAMESPACE = "AWS/Bedrock"
_METRICS = frozenset(
    {
        "Invocations",
        *(
            f"{name}Delivery{end}"
            for name in (
                "ModelInvocationLogsCloudWatch",
                "ModelInvocationLogsS3",
                "ModelInvocationLargeDataS3",
            )
            for end in ("Success", "Failure")
        ),
    }
)


def fetch(cloudwatch: Client, today: date) -> Found:
    """Yield the sums of 30 whole days of each of these metrics that was counted at all in the last two weeks."""
    return daily_sums(cloudwatch, _NAMESPACE, lambda metric: metric["MetricName"] in _METRICS, today)


COLLECTOR = Collector(
    kind="cloudwatch.delivery_metric",
    title="Daily sums of invocations and of log deliveries",
    service="cloudwatch",
    reach=Reach.REGION,
    actions=("cloudwatch:ListMetrics", "cloudwatch:GetMetricData"),
    key=key,
    fetch=fetch,
    required=("MetricName", "Values", "Timestamps"),
    dated=True,
)
