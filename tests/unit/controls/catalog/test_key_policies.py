import json
from typing import Any

import pytest

from console.controls.catalog.key_policies import CONTROL
from console.domain.finding import Verdict
from fakes import fact
from unit.controls.asking import HERE, ask, is_unknown_when_unread

PASS, FAIL, UNKNOWN, NOT = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE
KEY = "arn:aws:kms:eu-west-2:111122223333:key/k"


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL)


def test_no_key_is_not_applicable() -> None:
    (found,) = ask(CONTROL, empty=CONTROL.reads)
    assert found.verdict is NOT


def policy(principal: Any, action: Any = "kms:*", **more: Any) -> Any:
    statement = {"Effect": "Allow", "Principal": principal, "Action": action, "Resource": "*"} | more
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def condition(key: Any, value: Any) -> Any:
    return {"Condition": {"StringEquals": {key: value}}}


@pytest.mark.parametrize(
    ("text", "verdict", "said"),
    [
        (policy({"AWS": f"arn:aws:iam::{HERE.account_id}:root"}), PASS, "nobody outside"),
        (policy({"Service": "logs.eu-west-2.amazonaws.com"}), PASS, "nobody outside"),
        (policy({"AWS": "*"}, **condition("kms:CallerAccount", HERE.account_id)), PASS, "nobody outside"),
        (policy({"AWS": "*"}, **condition("aws:PrincipalOrgID", "o-ours")), PASS, "nobody outside"),
        (policy({"AWS": "*"}), FAIL, "anybody"),
        (policy("*", "kms:Decrypt"), FAIL, "kms:Decrypt"),
        (policy({"AWS": "arn:aws:iam::222233334444:root"}), FAIL, "222233334444"),
        (policy({"AWS": "*"}, **condition("aws:SourceVpce", "vpce-1")), UNKNOWN, "a condition"),
        ("not JSON", UNKNOWN, "not understood"),
        (None, UNKNOWN, "no policy"),
    ],
)
def test_strangers_must_stay_out(text: Any, verdict: Any, said: str) -> None:
    (found,) = ask(CONTROL, [fact("kms.key_policy", KEY, {"Policy": text}, sequence=7)])
    assert (found.subject, found.verdict, found.evidence) == (KEY, verdict, (7,))
    assert said in found.because
