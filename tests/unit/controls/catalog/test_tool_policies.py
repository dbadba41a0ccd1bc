import json
from typing import Any

import pytest

from console.controls.catalog.tool_policies import CONTROL
from console.domain.finding import Verdict
from fakes import LONDON, fact
from unit.controls.asking import ask, is_unknown_when_unread, opinion

PASS, FAIL, UNKNOWN = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN
ARN = f"arn:aws:bedrock:eu-west-2:{LONDON.account_id}:knowledge-base/KB"


def policy(principal: Any) -> Any:
    statement = {"Effect": "Allow", "Principal": principal, "Action": "bedrock:Retrieve", "Resource": ARN}
    return {"policy": json.dumps({"Version": "2012-10-17", "Statement": [statement]})}


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL)


def test_without_policies_there_is_nothing_to_judge() -> None:
    (found,) = ask(CONTROL, empty=CONTROL.reads)
    assert found.verdict is Verdict.NOT_APPLICABLE


@pytest.mark.parametrize("kind", CONTROL.reads)
@pytest.mark.parametrize(
    ("payload", "verdict", "word"),
    [
        (policy({"AWS": LONDON.account_id}), PASS, "nobody outside"),
        (policy({"AWS": "999900001111"}), FAIL, "999900001111"),
        (policy("*"), FAIL, "anybody"),
        ({"policy": "["}, UNKNOWN, "not understood"),
        ({}, UNKNOWN, "no policy"),
    ],
)
def test_each_is_as_open_as_its_policy(kind: str, payload: Any, verdict: Any, word: str) -> None:
    found = opinion(CONTROL, fact(kind, ARN, payload, sequence=7))
    assert (found.verdict, found.evidence) == (verdict, (7,))
    assert word in found.because
