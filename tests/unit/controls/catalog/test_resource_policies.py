import json
from typing import Any

import pytest

from console.controls.base import assess
from console.controls.catalog.resource_policies import CONTROL
from console.domain.finding import Verdict
from fakes import FakeSnapshot, fact
from unit.controls.asking import POLICY, REGION, ask, is_unknown_when_unread

PASS, FAIL, UNKNOWN, NOT = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE
KIND = "bedrock.resource_policy"
ARN = "arn:aws:bedrock:eu-west-2:111122223333:guardrail/g"
OURS = {"Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-1"}}}


def judged(text: Any) -> Any:
    found = ask(CONTROL, [fact(KIND, ARN, {"resourcePolicy": text}, sequence=7)])
    return next(each for each in found if each.subject == ARN)


def allowing(principal: Any, actions: Any = "bedrock:ApplyGuardrail", **more: Any) -> str:
    statement = {"Effect": "Allow", "Principal": principal, "Action": actions, "Resource": ARN} | more
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL)


def test_a_scope_that_was_read_and_has_none_gets_the_stated_answer() -> None:
    (found,) = ask(CONTROL, empty=[KIND])
    assert found.verdict is NOT


def test_without_a_list_of_accounts_nobody_is_known_as_ours() -> None:
    policy = {"resourcePolicy": allowing({"AWS": "111122223333"})}
    snapshot = FakeSnapshot(known=[REGION, fact(KIND, ARN, policy, sequence=7)])
    found = [each for each in assess(CONTROL, snapshot, POLICY) if each.subject == ARN]
    assert [(each.verdict, each.evidence) for each in found] == [(UNKNOWN, (7,))]


@pytest.mark.parametrize(
    ("text", "verdict", "said"),
    [
        (allowing({"AWS": "111122223333"}), PASS, "nobody outside"),
        (allowing({"AWS": "arn:aws:iam::111122223333:role/r"}), PASS, "nobody outside"),
        (allowing("*", **OURS), PASS, "nobody outside"),
        (allowing("*"), FAIL, "lets anybody in"),
        (allowing({"AWS": "*"}, "bedrock:*"), FAIL, "lets anybody in"),
        (allowing({"AWS": ["111122223333", "444455556666"]}), FAIL, "lets in 444455556666"),
        (allowing({"AWS": "arn:aws:iam::444455556666:root"}), FAIL, "lets in 444455556666"),
        (allowing("*", Condition={"StringLike": {"aws:PrincipalOrgID": "o-*"}}), FAIL, "lets anybody in"),
        (allowing("*", Condition={"StringEquals": {"aws:SourceVpce": "vpce-1"}}), UNKNOWN, "not judged"),
        (
            allowing("*", Condition={"StringNotEquals": {"aws:PrincipalOrgID": "o-1"}}),
            FAIL,
            "lets anybody in",
        ),
        ("{", UNKNOWN, "not understood"),
        (None, UNKNOWN, "gave no policy"),
    ],
)
def test_a_stranger_is_asked_for(text: Any, verdict: Any, said: str) -> None:
    found = judged(text)
    assert (found.verdict, found.evidence) == (verdict, (7,))
    assert said in found.because
