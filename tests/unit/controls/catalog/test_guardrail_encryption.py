from console.controls.catalog.guardrail_encryption import CONTROL
from console.domain.finding import Verdict
from fakes import fact
from unit.controls.asking import ask, is_unknown_when_unread, opinion
from unit.controls.keys_made import ARN, follows_keys

GUARDRAIL = CONTROL.reads[0]


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL)


def test_where_there_is_no_guardrail_there_is_nothing_to_judge() -> None:
    (found,) = ask(CONTROL, empty=CONTROL.reads)
    assert found.verdict is Verdict.NOT_APPLICABLE


def test_without_a_key_it_is_aws_that_keeps_it() -> None:
    for payload in ({}, {"kmsKeyArn": ""}):
        found = opinion(CONTROL, fact(GUARDRAIL, "g:1", payload))
        assert (found.verdict, found.because) == (Verdict.FAIL, "it is encrypted under a key that AWS owns")


def test_a_key_is_worth_what_its_state_is() -> None:
    assert all(follows_keys(CONTROL, fact(GUARDRAIL, "g:1", {"kmsKeyArn": ARN}, sequence=7)))
