"""How often guardrails stepped in, day by day, as CloudWatch counted it: all of it, and nothing of what or whose."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from console.controls.payload import said
from console.domain.evidence import Fact, Snapshot
from console.domain.refresh import StepState

KIND = "cloudwatch.guardrail_metric"
_STEPPED_IN = "InvocationsIntervened"
_ALL_TOGETHER = ("Operation",)
"""By this dimension alone each intervention is counted once; by others AWS counts it again."""


@dataclass(frozen=True, slots=True)
class Interventions:
    """What was counted, and in how many places it could not be."""

    by_day: dict[str, int]
    """By the day, `YYYY-MM-DD`, oldest first."""
    read: int
    """Scopes whose counts were read."""
    unread: int

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.by_day.values())


def interventions(snapshot: Snapshot) -> Interventions:
    """Add the counts of all places up."""
    places: dict[object, list[Fact]] = {}
    for fact in snapshot.facts(KIND):
        if said(fact.payload, "MetricName") == _STEPPED_IN:
            places.setdefault(fact.scope, []).append(fact)
    days: Counter[str] = Counter()
    for facts in places.values():
        days.update(_once(facts))
    states = Counter(step.state for step in snapshot.steps(KIND))
    return Interventions(
        dict(sorted(days.items())), states[StepState.READ], sum(states.values()) - states[StepState.READ]
    )


def _once(facts: Iterable[Fact]) -> Counter[str]:
    """Count a place's interventions by day, each once."""
    ways: dict[tuple[str, ...], Counter[str]] = {}
    for fact in facts:
        dimensions = tuple(sorted(str(each.get("Name")) for each in fact.payload.get("Dimensions", ())))
        days = ways.setdefault(dimensions, Counter())
        for day, value in zip(fact.payload["Timestamps"], fact.payload["Values"], strict=False):
            days[str(day)[:10]] += round(value)
    if _ALL_TOGETHER in ways:
        return ways[_ALL_TOGETHER]
    return max(ways.values(), key=Counter.total, default=Counter())
