from dataclasses import replace
from datetime import UTC, datetime

import pytest

from console.controls.ageing import age_words, aged
from console.controls.base import Grain
from console.domain.finding import Verdict
from console.domain.refresh import Step
from console.domain.scope import Scope
from unit.controls.deeds_made import ONE, TWO, control, finding

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
ENDED = {1: "2026-11-01T12:00:00.000Z", 2: "2026-11-22T12:00:00.000Z"}
HERE = Scope(ONE, "eu-west-2")
OLD = "the evidence is 528 hours old, and more than 168 are not allowed"


def found(step: Step, grain: Grain = Grain.REGION, *kinds: str) -> list[str]:
    made = replace(control(grain=grain), reads=kinds or ("bedrock.guardrail",))
    return list(aged([made], [finding(Verdict.PASS)], [step], ENDED, NOW, 168).values())


def carried(refresh_id: int = 1, kind: str = "bedrock.guardrail", scope: Scope = HERE) -> Step:
    return Step(kind, scope, carried_from=refresh_id)


def test_evidence_that_was_taken_over_and_is_too_old_is_said() -> None:
    assert found(carried()) == [OLD]
    assert found(carried(2)) == []
    assert found(carried(0)) == []


def test_of_no_known_age_is_too_old() -> None:
    assert found(carried(9)) == ["it is not known how old the evidence is that was taken over"]


@pytest.mark.parametrize(
    ("step", "grain", "kinds", "bears"),
    [
        (carried(kind="iam.user"), Grain.REGION, ("bedrock.guardrail",), False),
        (carried(scope=Scope(TWO, "eu-west-2")), Grain.REGION, ("bedrock.guardrail",), False),
        (carried(scope=Scope(ONE, "us-east-1")), Grain.REGION, ("bedrock.guardrail",), False),
        (carried(scope=Scope(ONE, "us-east-1")), Grain.ACCOUNT, ("bedrock.guardrail",), True),
        (carried(kind="iam.user", scope=Scope(ONE)), Grain.REGION, ("iam.user",), True),
        (
            carried(kind="organizations.policy", scope=Scope(TWO)),
            Grain.ACCOUNT,
            ("organizations.policy",),
            True,
        ),
        (carried(scope=Scope(TWO, "eu-west-2")), Grain.ORGANISATION, ("bedrock.guardrail",), True),
    ],
)
def test_only_evidence_that_the_finding_can_rest_on_bears(
    step: Step, grain: Grain, kinds: tuple[str, ...], *, bears: bool
) -> None:
    assert bool(found(step, grain, *kinds)) is bears


def test_a_control_that_this_build_lacks_is_left_out() -> None:
    assert aged([], [finding(Verdict.PASS)], [carried()], ENDED, NOW, 168) == {}


def test_hours_are_those_of_the_settings() -> None:
    assert age_words("2026-11-23T11:00:00.000Z", NOW, 1) == ""
    assert age_words("2026-11-23T10:00:00.000Z", NOW, 1) == (
        "the evidence is 2 hours old, and more than 1 are not allowed"
    )
