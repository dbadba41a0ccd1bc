from dataclasses import replace
from typing import Any

import pytest

from console.views.inventory_keys import KEYS
from fakes import gap
from unit.views.listed import cells_of, facts, rows_of, section_of, told_of

SECTION = section_of(KEYS, "encryption")
ARN = "arn:aws:kms:eu-west-2:111122223333:key/3d9839dc-6419-e4ca-826c-66a8c7a333fb"
POLICY = (
    '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},'
    '"Action":"kms:*","Resource":"*"}]}'
)


def key(**more: Any) -> tuple[str, str, dict[str, Any]]:
    return ("kms.key", ARN, {"KeyId": ARN.rpartition("/")[2], "KeyManager": "CUSTOMER", **more})


def test_a_key_says_who_manages_it_who_may_use_it_and_what_does() -> None:
    grants = [{"GranteePrincipal": "arn:role", "Operations": ["Decrypt"]}, {}]
    known = facts(
        key(),
        ("kms.key_rotation", ARN, {"KeyRotationEnabled": True}),
        ("kms.grant", ARN, {"Grants": grants}),
        ("kms.key_policy", ARN, {"Policy": POLICY}),
        ("bedrock.guardrail", "arn:g", {"kmsKeyArn": ARN}),
        ("bedrock.custom_model", "arn:m", {"modelKmsKeyArn": "arn:aws:kms:eu-west-2:1:key/other"}),
    )
    found = cells_of(SECTION, known)
    assert (found["manager"], found["rotation"], found["grants"], found["users"]) == (
        "the account",
        "yes",
        2,
        1,
    )
    said = told_of(SECTION, known)
    assert said["Used by"] == "Guardrails (every version): arn:g"
    assert said["Grants"].splitlines() == ["arn:role: Decrypt", "grantee not said: operations not said"]
    assert said["Key policy in words"] == "Allows arn:aws:iam::111122223333:root kms:*"
    assert '"kms:*"' in said["Key policy as JSON"]


def test_what_of_a_key_could_not_be_read_is_said_and_its_users_are_at_least_those_seen() -> None:
    kinds = ("kms.key_rotation", "kms.grant", "kms.key_policy", "bedrock.guardrail")
    missing = [gap(kind, sequence=10 + at) for at, kind in enumerate(kinds)]
    known = facts(key())
    found = cells_of(SECTION, known, missing)
    assert (found["rotation"], found["grants"], found["users"]) == (
        "could not be read: denied",
        "could not be read: denied",
        "at least 0",
    )
    assert told_of(SECTION, known, missing)["Key policy in words"] == "could not be read: denied"
    assert {10, 11, 13} <= set(rows_of(SECTION, known, missing=missing)[0].evidence)


@pytest.mark.parametrize(
    ("payload", "manager", "rotation"),
    [
        ({"KeyManager": "AWS"}, "AWS", "not said"),
        ({"KeyManager": "MOON"}, "MOON", "not said"),
        ({"KeyManager": None}, None, "not said"),
        ({"KeySpec": "RSA_2048"}, "the account", "a key of this sort does not"),
    ],
)
def test_odd_keys(payload: dict[str, Any], manager: object, rotation: str) -> None:
    known = facts(key(**payload))
    scope = known[0].scope
    empty = [(kind, scope) for kind in ("kms.key_rotation", "kms.grant", "kms.key_policy")]
    (row,) = rows_of(SECTION, known, empty=empty)
    assert (row.cells[2], row.cells[3], row.cells[5]) == (manager, rotation, "not said")


def test_a_policy_that_is_not_there_is_not_made_up() -> None:
    known = facts(key())
    missing = [replace(gap("kms.key_policy", sequence=8), key="another key")]
    said = told_of(SECTION, known, missing)
    assert said["Key policy in words"] == "AWS gave no policy"
    assert "Key policy as JSON" not in said


def test_a_bedrock_key_without_an_end_never_expires() -> None:
    section = section_of(KEYS, "api_keys")
    known = facts(("iam.service_specific_credential", "ACCA1", {}))
    assert cells_of(section, known)["expires"] == "never expires"
    assert cells_of(section, known)["name"] == "ACCA1"
