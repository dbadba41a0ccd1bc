from typing import Any

import pytest

from console.controls.catalog.enforced_guardrail_version import CONTROL
from console.domain.finding import Verdict
from fakes import fact
from unit.controls.asking import ask, is_unknown_when_unread, opinion
from unit.controls.guardrails_made import NAMINGS, guardrails

ENFORCED = CONTROL.reads[0]


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL)


def test_where_nothing_is_enforced_there_is_no_version_to_judge() -> None:
    (found,) = ask(CONTROL, empty=CONTROL.reads)
    assert found.verdict is Verdict.NOT_APPLICABLE


@pytest.mark.parametrize(("identifier", "version", "verdict", "word"), NAMINGS)
def test_a_version_must_be_numbered_and_there(identifier: Any, version: Any, verdict: Any, word: str) -> None:
    payload = {"guardrailArn": identifier, "guardrailVersion": version}
    found = opinion(CONTROL, fact(ENFORCED, "c", payload, sequence=7), *guardrails())
    assert (found.verdict, found.evidence[0]) == (verdict, 7)
    assert word in found.because
