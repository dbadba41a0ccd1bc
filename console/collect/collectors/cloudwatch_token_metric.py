"""How many tokens each model was given and gave, as CloudWatch counted them day by day: to hold the bill against."""

import re
from datetime import date

from console.collect.base import Client, Collector, Found, Reach
from console.collect.metrics import daily_sums, key
from console.domain.evidence import Payload

_NAMESPACE = "AWS/Bedrock"
_NAME = re.compile(r"(Input|Output|CacheReadInput|CacheWriteInput)Token(s|Count)")
_DAYS = 35
"""Enough for the month under way, whichever day it is."""


def _is_of_a_model(metric: Payload) -> bool:
    dimensions = [each["Name"] for each in metric.get("Dimensions", ())]
    return bool(_NAME.fullmatch(metric["MetricName"])) and dimensions == ["ModelId"]


def fetch(cloudwatch: Client, today: date) -> Found:
    """Yield the sums of 35 whole days for each model and sort of token that was counted in the last two weeks."""
    return daily_sums(cloudwatch, _NAMESPACE, _is_of_a_model, today, _DAYS)


COLLECTOR = Collector(
    kind="cloudwatch.token_metric",
    title="Daily sums of tokens by model",
    service="cloudwatch",
    reach=Reach.REGION,
    actions=("cloudwatch:ListMetrics", "cloudwatch:GetMetricData"),
    key=key,
    fetch=fetch,
    required=("MetricName", "Values", "Timestamps"),
    dated=True,
)
