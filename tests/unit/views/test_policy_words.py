import json
from typing import Any

import pytest

from console.views.policy_words import policy_in_words, policy_json


def words(**statement: Any) -> str:
    made = {"Effect": "Allow", "Action": "*", "Resource": "*", **statement}
    (line,) = policy_in_words(json.dumps({"Version": "2012-10-17", "Statement": [made]}))
    return line


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ({"Principal": "*"}, "Allows everybody every action"),
        ({}, "Allows its holder every action"),
        ({"Effect": "Deny", "Principal": {"AWS": ["arn:aws:iam::111122223333:root"]},
          "Action": ["bedrock:A", "bedrock:B"]},
         "Denies arn:aws:iam::111122223333:root bedrock:A, bedrock:B"),
        ({"Principal": {"Service": "bedrock.amazonaws.com"}, "Resource": "arn:aws:s3:::b"},
         "Allows service bedrock.amazonaws.com every action on arn:aws:s3:::b"),
        ({"Principal": "*", "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-1"}}},
         "Allows everybody every action, if aws:PrincipalOrgID is o-1"),
        ({"Principal": "*", "Condition": {"StringNotEqualsIfExists": {"aws:SourceVpce": "vpce-1"}}},
         "Allows everybody every action, if aws:SourceVpce is not vpce-1, where it is given"),
    ],
)  # fmt: skip
def test_a_statement_is_put_into_words(statement: dict[str, Any], said: str) -> None:
    assert words(**statement) == said


def test_what_is_left_out_is_said_to_be() -> None:
    made = {"Effect": "Deny", "NotPrincipal": {"AWS": "arn:aws:iam::111122223333:root"}, "NotAction": "s3:*"}
    policy = {"Version": "2012-10-17", "Statement": {**made, "NotResource": "arn:aws:s3:::b"}}
    assert list(policy_in_words(policy)) == [
        "Denies everybody but arn:aws:iam::111122223333:root every action but s3:* on everything but arn:aws:s3:::b"
    ]


def test_a_trust_policy_names_no_resource() -> None:
    policy = {
        "Version": "2012-10-17",
        "Statement": {"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole"},
    }
    assert list(policy_in_words(policy)) == ["Allows everybody sts:AssumeRole"]


def test_a_policy_that_is_not_understood_is_not_guessed_at() -> None:
    assert list(policy_in_words("{")) == ["not understood: read it as JSON"]
    assert list(policy_in_words(None)) == ["AWS gave no policy"]


def test_json_is_made_readable_and_inert() -> None:
    assert policy_json('{"a": "\u202e"}') == '{\n  "a": "\\u202e"\n}'
    assert policy_json("{no json") == "{no json"
    assert policy_json({"a": 1}) == '{\n  "a": 1\n}'
