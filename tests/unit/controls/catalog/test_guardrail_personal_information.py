from typing import Any

import pytest

from console.base.settings import PolicySettings
from console.controls.catalog.guardrail_personal_information import CONTROL
from console.domain.finding import Verdict
from unit.controls.asking import POLICY, answer, ask, is_unknown_when_unread

PASS, FAIL, UNKNOWN, NOT = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE
WANTED = POLICY.guardrail_personal_information
NHS = "UK_NATIONAL_HEALTH_SERVICE_NUMBER"


def entities(**changes: Any) -> Any:
    """Make an entity of every wanted kind, that for NHS numbers with changes."""
    return [{"type": each, "action": "BLOCK"} | (changes if each == NHS else {}) for each in WANTED]


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL)


def test_where_there_is_no_guardrail_there_is_nothing_to_judge() -> None:
    (found,) = ask(CONTROL, empty=CONTROL.reads)
    assert found.verdict is NOT


@pytest.mark.parametrize(
    ("given", "verdict", "word"),
    [
        (entities(), PASS, NHS),
        (entities(action="ANONYMIZE"), PASS, NHS),
        (entities(action="NONE", inputAction="BLOCK", outputAction="ANONYMIZE"), PASS, NHS),
        (entities(action="NONE"), FAIL, "without acting on input"),
        (entities(outputAction="NONE"), FAIL, "without acting on output"),
        (entities(inputEnabled=False), FAIL, "switched off on input"),
        (entities(action="SHOUT"), UNKNOWN, "SHOUT"),
        (entities(action=None), UNKNOWN, "not said"),
        ([each for each in entities() if each["type"] != NHS], FAIL, f"does not know {NHS}"),
        ([{}, *entities()[1:]], UNKNOWN, "type not said"),
        ([], FAIL, "does not know PASSWORD"),
        (None, FAIL, "does not know AWS_SECRET_KEY"),
    ],
)
def test_every_kind_must_be_acted_on_both_ways(given: Any, verdict: Any, word: str) -> None:
    found = answer(CONTROL, {"sensitiveInformationPolicy": {"piiEntities": given}})
    assert (found.verdict, found.evidence) == (verdict, (7,))
    assert word in found.because


def test_a_department_that_names_no_kind_is_not_asked() -> None:
    found = answer(CONTROL, {}, policy=PolicySettings(guardrail_personal_information=()))
    assert (found.verdict, found.evidence) == (NOT, (900,))
