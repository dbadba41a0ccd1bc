from typing import Any

import pytest

from console.controls.catalog.agentcore_runtime_networks import CONTROL
from console.domain.finding import Verdict
from fakes import fact
from unit.controls.asking import ask, is_unknown_when_unread, opinion


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL)


def test_without_runtimes_there_is_nothing_to_judge() -> None:
    (found,) = ask(CONTROL, empty=CONTROL.reads)
    assert found.verdict is Verdict.NOT_APPLICABLE


@pytest.mark.parametrize("kind", CONTROL.reads)
@pytest.mark.parametrize(
    ("network", "verdict"),
    [
        ({"networkMode": "VPC"}, Verdict.PASS),
        ({"networkMode": "PUBLIC"}, Verdict.FAIL),
        ({"networkMode": "SANDBOX"}, Verdict.UNKNOWN),
        ({}, Verdict.UNKNOWN),
        (None, Verdict.UNKNOWN),
    ],
)
def test_a_runtime_is_in_a_vpc_or_not(kind: str, network: Any, verdict: Any) -> None:
    found = opinion(CONTROL, fact(kind, "r", {"networkConfiguration": network}, sequence=7))
    assert (found.verdict, found.evidence) == (verdict, (7,))
