from typing import Any

import pytest

from console.controls.catalog.agentcore_encryption import CONTROL
from console.domain.finding import Verdict
from fakes import fact
from unit.controls.asking import ask, is_unknown_when_unread, opinion
from unit.controls.keys_made import ARN, follows_keys

GATEWAY, MEMORY, ENGINE, VAULT, _ = CONTROL.reads
NAMING = {
    GATEWAY: {"kmsKeyArn": ARN},
    MEMORY: {"encryptionKeyArn": ARN},
    ENGINE: {"encryptionKeyArn": ARN},
    VAULT: {"kmsConfiguration": {"keyType": "CustomerManagedKey", "kmsKeyArn": ARN}},
}


def test_what_could_not_be_read_is_unknown() -> None:
    assert is_unknown_when_unread(CONTROL)


def test_where_agentcore_keeps_nothing_there_is_nothing_to_judge() -> None:
    (found,) = ask(CONTROL, empty=CONTROL.reads)
    assert found.verdict is Verdict.NOT_APPLICABLE


@pytest.mark.parametrize("kind", NAMING)
def test_a_key_is_worth_what_its_state_is(kind: str) -> None:
    assert all(follows_keys(CONTROL, fact(kind, "x", NAMING[kind], sequence=7)))


@pytest.mark.parametrize("kind", [GATEWAY, MEMORY, ENGINE])
def test_without_a_key_it_is_aws_that_keeps_it(kind: str) -> None:
    found = opinion(CONTROL, fact(kind, "x", {}, sequence=7))
    assert (found.verdict, found.evidence) == (Verdict.FAIL, (7,))


@pytest.mark.parametrize(
    ("configuration", "verdict"),
    [
        ({"keyType": "ServiceManagedKey"}, Verdict.FAIL),
        ({"keyType": "ServiceManagedKey", "kmsKeyArn": ARN}, Verdict.FAIL),
        ({"keyType": "CustomerManagedKey"}, Verdict.UNKNOWN),
        ({"keyType": "Stone", "kmsKeyArn": ARN}, Verdict.UNKNOWN),
        ({}, Verdict.UNKNOWN),
        (None, Verdict.UNKNOWN),
    ],
)
def test_a_vault_says_whose_key_it_has(configuration: Any, verdict: Any) -> None:
    found = opinion(CONTROL, fact(VAULT, "default", {"kmsConfiguration": configuration}, sequence=7))
    assert (found.verdict, found.evidence) == (verdict, (7,))
