from typing import Any

import pytest

from console.controls.catalog.alarm_interventions import CONTROL
from console.domain.finding import Verdict
from fakes import fact
from unit.controls.asking import ask, is_unknown_when_unread
from unit.controls.called import QUIET, USED

PASS, FAIL, UNKNOWN, NOT = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE
NAMESPACE, METRIC = "AWS/Bedrock/Guardrails", "InvocationsIntervened"
TOPIC = ["arn:aws:sns:eu-west-2:111122223333:t"]


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL)


def alarm(*, enabled: Any = True, actions: Any = TOPIC, number: Any = 1, **more: Any) -> Any:
    payload = {"AlarmName": "a", "Namespace": NAMESPACE, "MetricName": METRIC, "ActionsEnabled": enabled}
    actions = {} if actions is None else {"AlarmActions": actions}
    return fact("cloudwatch.alarm", f"alarm:{number}", payload | actions | more, sequence=number)


OTHER = alarm(Namespace="AWS/EC2", MetricName="CPUUtilization")
MATHS = alarm(
    Namespace=None,
    MetricName=None,
    Metrics=[{"MetricStat": {"Metric": {"Namespace": NAMESPACE, "MetricName": METRIC}}}],
)
RULE = alarm(number=2, AlarmName="c", Namespace=None, AlarmRule='ALARM("a")')


@pytest.mark.parametrize(
    ("known", "verdict", "said"),
    [
        ([alarm()], PASS, "acts: a"),
        ([MATHS], PASS, "acts"),
        ([alarm(enabled=False)], FAIL, "tells nobody"),
        ([alarm(actions=[])], FAIL, "tells nobody"),
        ([alarm(actions=None)], FAIL, "tells nobody"),
        ([alarm(actions=[]), RULE], PASS, "acts"),
        ([alarm(actions=[]), alarm(number=2, Namespace=None, AlarmRule='ALARM("b")')], FAIL, "tells nobody"),
        ([alarm(enabled="perhaps")], UNKNOWN, "not understood"),
        ([alarm(actions="somebody")], UNKNOWN, "not understood"),
        ([OTHER], FAIL, "no alarm watches"),
        ([], FAIL, "no alarm watches"),
    ],
)
def test_an_alarm_must_act(known: Any, verdict: Any, said: str) -> None:
    (found,) = ask(CONTROL, [USED, *known], empty=CONTROL.reads)
    assert found.verdict is verdict
    assert said in found.because
    assert 4 in found.evidence


@pytest.mark.parametrize("known", [[], [QUIET]])
def test_where_nothing_is_called_nothing_is_watched(known: Any) -> None:
    (found,) = ask(CONTROL, known, empty=CONTROL.reads)
    assert found.verdict is NOT
