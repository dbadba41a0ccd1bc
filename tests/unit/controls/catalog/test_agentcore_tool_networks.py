from typing import Any

import pytest

from console.controls.catalog.agentcore_tool_networks import CONTROL
from console.domain.finding import Verdict
from fakes import fact
from unit.controls.asking import ask, is_unknown_when_unread, opinion

PASS, FAIL, UNKNOWN = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN
BROWSER, INTERPRETER = CONTROL.reads


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL)


def test_without_tools_there_is_nothing_to_judge() -> None:
    (found,) = ask(CONTROL, empty=CONTROL.reads)
    assert found.verdict is Verdict.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("kind", "mode", "verdict"),
    [
        (BROWSER, "VPC", PASS),
        (BROWSER, "PUBLIC", FAIL),
        (BROWSER, "SANDBOX", UNKNOWN),
        (BROWSER, None, UNKNOWN),
        (INTERPRETER, "VPC", PASS),
        (INTERPRETER, "SANDBOX", PASS),
        (INTERPRETER, "PUBLIC", FAIL),
        (INTERPRETER, "MESH", UNKNOWN),
    ],
)
def test_a_tool_reaches_the_internet_or_not(kind: str, mode: Any, verdict: Any) -> None:
    found = opinion(CONTROL, fact(kind, "t", {"networkConfiguration": {"networkMode": mode}}, sequence=7))
    assert (found.verdict, found.evidence) == (verdict, (7,))
