from dataclasses import replace
from typing import Any

import pytest

from console.controls.base import Question
from console.controls.catalog.user_mfa import CONTROL
from console.controls.documents import touches_bedrock
from console.controls.holdings import Holdings, permission
from console.policy.document import parse_policy
from unit.controls.asking import HERE, ask
from unit.controls.people import POLICY_ARN, allowing, group, managed, user


def question(*known: Any) -> Question:
    """Return a question about an account, as a check gets it."""
    seen: list[Question] = []

    def look(asked: Any) -> Any:
        seen.append(asked)
        return ()

    ask(replace(CONTROL, check=look), known, empty=CONTROL.reads, scope=HERE)
    return seen[0]


@pytest.mark.parametrize(
    ("known", "may"),
    [
        ([user()], False),
        ([user(allowing("s3:*"))], False),
        ([user(allowing("bedrock:InvokeModel"))], True),
        ([user(allowing("bedrock-mantle:CreateInference"))], True),
        ([user(allowing("bed*:*"))], True),
        ([user(allowing("*"))], True),
        ([user("not JSON")], None),
        ([user("not JSON", allowing("bedrock:*"))], True),
        ([user(groups=["g"]), group(allowing("bedrock:Get*"))], True),
        ([user(groups=["g"])], None),
        ([user(attached=[POLICY_ARN]), managed(allowing("bedrock:Get*"))], True),
        ([user(attached=[POLICY_ARN])], None),
    ],
)
def test_permission_comes_from_every_policy(known: Any, may: Any) -> None:
    asked = question(*known)
    (found,) = asked.facts("iam.user")
    assert permission(tuple(Holdings(asked).of(found))) is may


@pytest.mark.parametrize(
    ("statement", "touches"),
    [
        ({"Effect": "Allow", "Action": "bedrock:*", "Resource": "*"}, True),
        ({"Effect": "Deny", "Action": "bedrock:*", "Resource": "*"}, False),
        ({"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}, True),
        ({"Effect": "Allow", "NotAction": "bedrock:*", "Resource": "*"}, True),
        ({"Effect": "Allow", "NotAction": ["bedrock*:*", "s3:*"], "Resource": "*"}, False),
        ({"Effect": "Allow", "NotAction": "bedrock:Invoke*", "Resource": "*"}, True),
    ],
)
def test_a_statement_touches_bedrock(statement: Any, touches: Any) -> None:
    (parsed,) = parse_policy("p", {"Version": "2012-10-17", "Statement": statement}).statements
    assert touches_bedrock(parsed) is touches
