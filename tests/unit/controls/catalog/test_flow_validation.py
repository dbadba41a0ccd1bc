from typing import Any

import pytest

from console.controls.catalog.flow_validation import CONTROL
from console.domain.finding import Verdict
from unit.controls.asking import answer, ask, is_unknown_when_unread

PASS, FAIL, UNKNOWN, NOT = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE
ERROR = {"severity": "Error", "type": "MissingNodeInput"}
WARNING = {"severity": "Warning", "type": "UnreachableNode"}


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL)


def test_without_flows_there_is_nothing_to_judge() -> None:
    (found,) = ask(CONTROL, empty=CONTROL.reads)
    assert found.verdict is NOT


@pytest.mark.parametrize(
    ("status", "validations", "verdict", "word"),
    [
        ("Prepared", None, PASS, "it is prepared"),
        ("Prepared", [WARNING], PASS, "1 warnings"),
        ("Prepared", [WARNING, ERROR], FAIL, "MissingNodeInput"),
        ("Failed", [], FAIL, "no error was named"),
        (None, [{"severity": "Error"}], FAIL, "Unspecified"),
        ("NotPrepared", [], UNKNOWN, "has not checked"),
        ("Preparing", None, UNKNOWN, "has not checked"),
        (None, None, UNKNOWN, "not said"),
        ("Prepared", [{"severity": "Grave"}], UNKNOWN, "severity"),
        ("Prepared", ["x"], UNKNOWN, "severity"),
    ],
)
def test_a_flow_is_as_valid_as_aws_said(status: Any, validations: Any, verdict: Any, word: str) -> None:
    found = answer(CONTROL, {"status": status, "validations": validations})
    assert (found.verdict, found.evidence) == (verdict, (7,))
    assert word in found.because
