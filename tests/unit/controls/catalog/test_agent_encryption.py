import pytest

from console.controls.catalog.agent_encryption import CONTROL
from console.domain.finding import Verdict
from fakes import fact
from unit.controls.asking import ask, is_unknown_when_unread, opinion
from unit.controls.keys_made import ARN, follows_keys

KINDS = CONTROL.reads[:-1]


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL)


def test_without_agents_there_is_nothing_to_judge() -> None:
    (found,) = ask(CONTROL, empty=CONTROL.reads)
    assert found.verdict is Verdict.NOT_APPLICABLE


@pytest.mark.parametrize("kind", KINDS)
def test_without_a_key_it_is_aws_that_keeps_it(kind: str) -> None:
    found = opinion(CONTROL, fact(kind, "x", {}, sequence=7))
    assert (found.verdict, found.evidence) == (Verdict.FAIL, (7,))


@pytest.mark.parametrize("kind", KINDS)
def test_a_key_is_worth_what_its_state_is(kind: str) -> None:
    assert all(follows_keys(CONTROL, fact(kind, "x", {"customerEncryptionKeyArn": ARN}, sequence=7)))
