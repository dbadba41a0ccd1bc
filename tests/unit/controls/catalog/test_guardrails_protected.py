from console.controls.catalog.guardrails_protected import CONTROL
from console.domain.finding import Verdict
from unit.controls.asking import HERE, is_unknown_when_unread
from unit.controls.organised import deny, verdict


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL, HERE)


ENOUGH = ("bedrock:DeleteGuardrail", "bedrock:UpdateGuardrail")
TOO_FEW = ("bedrock:UpdateGuardrail",)


def test_it_passes_where_every_act_is_denied_and_not_where_one_is_left() -> None:
    assert verdict(CONTROL, deny(*ENOUGH))[0] is Verdict.PASS
    assert verdict(CONTROL, deny(*TOO_FEW))[0] is Verdict.FAIL
    assert verdict(CONTROL)[0] is Verdict.FAIL


def test_a_named_role_may_be_left_to_act() -> None:
    condition = {"ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/Platform"}}
    found, because = verdict(CONTROL, deny(*ENOUGH, Condition=condition))
    assert found is Verdict.PASS
    assert "except for arn:aws:iam::*:role/Platform" in because
