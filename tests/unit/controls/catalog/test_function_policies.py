import json
from typing import Any

import pytest

from console.controls.catalog.function_policies import CONTROL
from console.domain.finding import Verdict
from fakes import LONDON, fact
from unit.controls.asking import ask, is_unknown_when_unread, opinion

PASS, FAIL, UNKNOWN, NOT = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE
ARN = f"arn:aws:lambda:eu-west-2:{LONDON.account_id}:function:send-letter"
OWN = {"StringEquals": {"aws:SourceAccount": LONDON.account_id}}


def policy(principal: Any, condition: Any = None) -> Any:
    statement = {
        "Effect": "Allow",
        "Principal": principal,
        "Action": "lambda:InvokeFunction",
        "Resource": ARN,
    }
    if condition:
        statement["Condition"] = condition
    return {"Policy": json.dumps({"Version": "2012-10-17", "Statement": [statement]})}


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL)


def test_functions_without_policies_are_open_to_nobody_and_not_judged() -> None:
    (found,) = ask(CONTROL, empty=CONTROL.reads)
    assert found.verdict is NOT


@pytest.mark.parametrize(
    ("payload", "verdict", "word"),
    [
        (policy({"Service": "bedrock.amazonaws.com"}, OWN), PASS, "nobody outside"),
        (policy({"Service": "bedrock.amazonaws.com"}), FAIL, "whoever sends it"),
        (policy("*"), FAIL, "anybody"),
        (policy({"AWS": "999900001111"}), FAIL, "999900001111"),
        (policy({"AWS": f"arn:aws:iam::{LONDON.account_id}:role/app"}), PASS, "nobody outside"),
        (policy("*", {"IpAddress": {"aws:SourceIp": "192.0.2.0/24"}}), UNKNOWN, "not judged"),
        ({"Policy": "{"}, UNKNOWN, "not understood"),
        ({}, UNKNOWN, "no policy"),
    ],
)
def test_a_function_is_as_open_as_its_policy(payload: Any, verdict: Any, word: str) -> None:
    found = opinion(CONTROL, fact(CONTROL.reads[0], ARN, payload, sequence=7))
    assert (found.verdict, found.evidence) == (verdict, (7,))
    assert word in found.because
