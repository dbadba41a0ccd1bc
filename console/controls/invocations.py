"""How often models were called, as CloudWatch counted it."""

from collections.abc import Iterable

from console.controls.payload import said
from console.domain.evidence import Fact

METRICS = "cloudwatch.delivery_metric"
"""Daily sums of the last 30 days; a metric that counted nothing for two weeks is not among them."""


def counted(fact: Fact) -> float | None:
    """Return a metric's sum over all its days; None where its values are no numbers."""
    values = fact.payload.get("Values")
    if not isinstance(values, list | tuple) or not all(isinstance(each, int | float) for each in values):
        return None
    return float(sum(values))


def invocations(facts: Iterable[Fact]) -> list[Fact]:
    """Return the metrics that count calls of models, of which there were some."""
    return [each for each in facts if said(each.payload, "MetricName") == "Invocations" and counted(each)]
