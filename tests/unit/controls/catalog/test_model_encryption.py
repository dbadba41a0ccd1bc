import pytest

from console.controls.catalog.model_encryption import CONTROL
from console.domain.finding import Verdict
from fakes import fact
from unit.controls.asking import ask, is_unknown_when_unread, opinion
from unit.controls.keys_made import ARN, follows_keys

KINDS = CONTROL.reads[:-1]


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL)


def test_a_scope_that_was_read_and_has_none_gets_the_stated_answer() -> None:
    (found,) = ask(CONTROL, empty=CONTROL.reads)
    assert found.verdict is Verdict.NOT_APPLICABLE


@pytest.mark.parametrize("kind", KINDS)
def test_without_a_key_it_is_aws_that_keeps_it(kind: str) -> None:
    for payload in ({}, {"modelKmsKeyArn": ""}, {"isOwned": True}):
        found = opinion(CONTROL, fact(kind, "m", payload, sequence=7))
        assert (found.verdict, found.evidence) == (Verdict.FAIL, (7,))
        assert "AWS owns" in found.because


@pytest.mark.parametrize("kind", KINDS)
def test_a_key_is_worth_what_its_state_is(kind: str) -> None:
    assert all(follows_keys(CONTROL, fact(kind, "m", {"modelKmsKeyArn": ARN}, sequence=7)))


@pytest.mark.parametrize("kind", KINDS)
def test_a_model_of_another_account_has_that_accounts_key(kind: str) -> None:
    found = opinion(CONTROL, fact(kind, "m", {"isOwned": False}, sequence=7))
    assert found.verdict is Verdict.NOT_APPLICABLE
