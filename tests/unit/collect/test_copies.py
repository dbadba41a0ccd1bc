"""With whom a model is shared, as its policy says."""

import json
from typing import Any

import pytest

from console.collect.discovery.copies import Sharing, sharing_of

OWN, OTHER, THIRD = "111122223333", "222233334444", "333344445555"


def policy(principal: Any, effect: str = "Allow") -> str:
    return json.dumps({"Statement": [{"Effect": effect, "Principal": principal, "Action": "bedrock:*"}]})


@pytest.mark.parametrize(
    ("document", "sharing"),
    [
        ("", Sharing()),
        (policy({"AWS": f"arn:aws:iam::{OTHER}:root"}), Sharing(frozenset({OTHER}))),
        (policy({"AWS": [OTHER, f"arn:aws:iam::{THIRD}:role/r"]}), Sharing(frozenset({OTHER, THIRD}))),
        (policy({"AWS": OWN}), Sharing()),
        (policy({"AWS": OTHER}, "Deny"), Sharing()),
        (policy("*"), Sharing(everybody=True)),
        (policy({"AWS": "*"}), Sharing(everybody=True)),
        (policy({"Service": "lambda.amazonaws.com"}), Sharing(everybody=True)),
        (
            json.dumps({"Statement": {"Effect": "Allow", "NotPrincipal": {"AWS": OWN}}}),
            Sharing(everybody=True),
        ),
        ("not json", Sharing(everybody=True)),
        (json.dumps([1]), Sharing(everybody=True)),
        (json.dumps({"Statement": [{"Principal": "*"}]}), Sharing(everybody=True)),
    ],
)
def test_what_is_not_understood_lets_everybody_in(document: str, sharing: Sharing) -> None:
    assert sharing_of(document, OWN) == sharing
    assert sharing.has(OTHER) is (sharing.everybody or OTHER in sharing.accounts)
