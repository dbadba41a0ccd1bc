from typing import Any

import pytest

from console.controls.catalog.model_whereabouts import CONTROL
from console.domain.finding import Verdict
from fakes import fact
from unit.controls.asking import ask, is_unknown_when_unread

PASS, FAIL, UNKNOWN, NOT = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL)


def test_a_scope_that_was_read_and_has_none_gets_the_stated_answer() -> None:
    (found,) = ask(CONTROL, empty=CONTROL.reads)
    assert found.verdict is NOT


def judged(kind: str, payload: Any) -> Any:
    others = [each for each in CONTROL.reads if each != kind]
    (found,) = ask(CONTROL, [fact(kind, "k", payload, sequence=7)], empty=others)
    return found


def arn(region: str, account: str = "111122223333") -> str:
    return f"arn:aws:bedrock:{region}:{account}:custom-model/m"


@pytest.mark.parametrize(
    ("kind", "payload", "verdict", "said"),
    [
        ("bedrock.custom_model", {"modelArn": arn("eu-west-2")}, PASS, "it is in eu-west-2"),
        (
            "bedrock.custom_model",
            {"modelArn": arn("eu-west-1")},
            FAIL,
            "it is in eu-west-1, which is not approved",
        ),
        ("bedrock.imported_model", {"modelArn": arn("eu-west-1")}, FAIL, "not approved"),
        ("bedrock.imported_model", {}, UNKNOWN, "AWS did not say"),
        ("bedrock.model_copy_job", {"targetModelArn": arn("eu-west-2")}, PASS, "copied to eu-west-2"),
        ("bedrock.model_copy_job", {"targetModelArn": arn("us-east-1")}, FAIL, "copied to us-east-1"),
        (
            "bedrock.model_copy_job",
            {"targetModelArn": arn("eu-west-2", "999988887777")},
            FAIL,
            "in account 9999",
        ),
        ("bedrock.model_copy_job", {"targetModelArn": "m"}, UNKNOWN, "AWS did not say"),
    ],
)
def test_the_answer_follows_where_aws_says_it_is(kind: str, payload: Any, verdict: Any, said: str) -> None:
    found = judged(kind, payload)
    assert (found.verdict, found.evidence) == (verdict, (7,))
    assert said in found.because
