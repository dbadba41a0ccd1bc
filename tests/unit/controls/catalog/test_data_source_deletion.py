from typing import Any

import pytest

from console.controls.catalog.data_source_deletion import CONTROL
from console.domain.finding import Verdict
from unit.controls.asking import answer, ask, is_unknown_when_unread


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL)


def test_without_data_sources_there_is_nothing_to_judge() -> None:
    (found,) = ask(CONTROL, empty=CONTROL.reads)
    assert found.verdict is Verdict.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("policy", "verdict"),
    [
        ("DELETE", Verdict.PASS),
        ("RETAIN", Verdict.FAIL),
        ("ASK", Verdict.UNKNOWN),
        (None, Verdict.UNKNOWN),
    ],
)
def test_what_stays_when_a_source_goes(policy: Any, verdict: Any) -> None:
    found = answer(CONTROL, {"dataDeletionPolicy": policy})
    assert (found.verdict, found.evidence) == (verdict, (7,))
