from typing import Any

import pytest

from console.controls.catalog.calls_private import CONTROL
from console.domain.finding import Verdict
from unit.controls.asking import ask, is_unknown_when_unread
from unit.controls.called import ROLE, event

PASS, FAIL, NOT = Verdict.PASS, Verdict.FAIL, Verdict.NOT_APPLICABLE
BY_AWS = {"vpcEndpointId": None, "sourceIPAddress": "AWS"}


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL)


@pytest.mark.parametrize(
    ("known", "verdict", "said", "evidence"),
    [
        ([event(1), event(2)], PASS, "all of 2 calls", (1, 2)),
        ([event(1), event(2, vpcEndpointId=None)], FAIL, "1 of 2 calls came through no VPC endpoint", (2,)),
        ([event(1), event(2, **BY_AWS)], PASS, "all of 1 calls", (1,)),
        ([event(1, **BY_AWS)], NOT, "by a service of AWS's", (1,)),
    ],
)
def test_every_call_of_a_callers_own_needs_an_endpoint(
    known: Any, verdict: Any, said: str, evidence: Any
) -> None:
    (found,) = ask(CONTROL, known, empty=CONTROL.reads)
    assert (found.subject, found.verdict, found.evidence) == (ROLE, verdict, evidence)
    assert said in found.because


def test_no_call_is_not_applicable() -> None:
    (found,) = ask(CONTROL, empty=CONTROL.reads)
    assert found.verdict is NOT
