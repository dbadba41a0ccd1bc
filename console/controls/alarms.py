"""Alarms that watch a metric of Bedrock's, and whether they tell anybody."""

from collections.abc import Iterator, Sequence

from console.controls.base import Opinion, Question, Verdict
from console.controls.invocations import METRICS, invocations
from console.controls.payload import listed, part, said
from console.domain.evidence import Fact

ALARM = "cloudwatch.alarm"
READS = (ALARM, METRICS)
NOTHING = (Verdict.NOT_APPLICABLE, "no call of a model was counted in this Region")


def heeded(question: Question, namespace: str, metric: str) -> Iterator[Opinion]:
    """Yield one opinion where models are called: whether an alarm watches a metric and acts."""
    used = invocations(question.facts(METRICS))
    if not used:
        return
    alarms = question.facts(ALARM)
    watching = [each for each in alarms if _watches(each, namespace, metric)]
    names = [said(each.payload, "AlarmName") or each.key for each in watching]
    heeding = [each for each in alarms if _heeds(each, names)]
    answers = [_acts(each) for each in (*watching, *heeding)]
    if True in answers:
        verdict, because = Verdict.PASS, f"an alarm on {metric} acts: {', '.join(names)}"
    elif not watching:
        verdict, because = Verdict.FAIL, f"models are called, and no alarm watches {metric} of {namespace}"
    elif None in answers:
        verdict, because = Verdict.UNKNOWN, f"whether {', '.join(names)} acts is not understood"
    else:
        verdict, because = Verdict.FAIL, f"{', '.join(names)} watches {metric} and tells nobody"
    evidence = (*watching, *heeding, *used)
    yield Opinion(subject=str(question.scope), verdict=verdict, because=because, evidence=evidence)


def _watches(alarm: Fact, namespace: str, metric: str) -> bool:
    stats = [part(part(each, "MetricStat"), "Metric") for each in listed(alarm.payload, "Metrics")]
    wanted = (namespace, metric)
    return any(
        (said(each, "Namespace"), said(each, "MetricName")) == wanted for each in (alarm.payload, *stats)
    )


def _heeds(alarm: Fact, names: Sequence[str]) -> bool:
    """Tell whether a composite alarm depends on one of these."""
    rule = said(alarm.payload, "AlarmRule") or ""
    return any(f'"{name}"' in rule or f"({name})" in rule for name in names)


def _acts(alarm: Fact) -> bool | None:
    """Tell whether an alarm does something when it goes off; None if that is not understood."""
    enabled, actions = alarm.payload.get("ActionsEnabled"), alarm.payload.get("AlarmActions", ())
    if enabled is False or (enabled is True and actions in ((), [])):
        return False
    return True if enabled is True and isinstance(actions, list | tuple) else None
