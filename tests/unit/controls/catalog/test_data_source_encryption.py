from console.controls.catalog.data_source_encryption import CONTROL
from console.domain.finding import Verdict
from fakes import fact
from unit.controls.asking import ask, is_unknown_when_unread, opinion
from unit.controls.keys_made import ARN, follows_keys

KIND = CONTROL.reads[0]


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL)


def test_without_data_sources_there_is_nothing_to_judge() -> None:
    (found,) = ask(CONTROL, empty=CONTROL.reads)
    assert found.verdict is Verdict.NOT_APPLICABLE


def test_without_a_key_it_is_aws_that_keeps_it() -> None:
    for payload in ({}, {"serverSideEncryptionConfiguration": {}}):
        found = opinion(CONTROL, fact(KIND, "x", payload, sequence=7))
        assert (found.verdict, found.evidence) == (Verdict.FAIL, (7,))


def test_a_key_is_worth_what_its_state_is() -> None:
    payload = {"serverSideEncryptionConfiguration": {"kmsKeyArn": ARN}}
    assert all(follows_keys(CONTROL, fact(KIND, "x", payload, sequence=7)))
