from typing import Any

import pytest

from console.controls.catalog.organisation_guardrail_policy import CONTROL
from console.domain.finding import Verdict
from console.domain.scope import Scope
from fakes import fact, gap
from unit.controls.asking import HERE, ask, is_unknown_when_unread
from unit.controls.called import QUIET, USED

PASS, FAIL, UNKNOWN, NOT = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE
KIND = "organizations.effective_policy"


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL, HERE)


def policy(sort: Any = "BEDROCK_POLICY", content: Any = "{}", scope: Any = HERE) -> Any:
    return fact(KIND, sort, {"PolicyType": sort, "PolicyContent": content}, scope, 1)


@pytest.mark.parametrize(
    ("known", "verdict", "said"),
    [
        ([USED, policy()], PASS, "in force"),
        ([USED, policy(content=None)], UNKNOWN, "no content"),
        ([USED, policy("TAG_POLICY")], FAIL, "no Bedrock policy"),
        ([USED], FAIL, "no Bedrock policy"),
        ([policy()], NOT, "no call"),
        ([QUIET], NOT, "no call"),
    ],
)
def test_where_models_are_called_a_policy_must_be_in_force(known: Any, verdict: Any, said: str) -> None:
    (found,) = ask(CONTROL, known, empty=CONTROL.reads, scope=HERE)
    assert found.verdict is verdict
    assert said in found.because


def test_another_accounts_policies_and_gaps_are_not_this_ones() -> None:
    there = Scope("222233334444")
    (found,) = ask(CONTROL, [USED, policy(scope=there)], empty=CONTROL.reads, scope=HERE)
    assert found.verdict is FAIL
    (found,) = ask(CONTROL, [USED, policy()], [gap(KIND, there)], scope=HERE)
    assert found.verdict is PASS
