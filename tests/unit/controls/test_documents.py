from typing import Any

from console.controls.documents import covers_bedrock, covers_every_resource, read_policy


def statement(**members: Any) -> Any:
    policy = read_policy("p", {"Statement": {"Effect": "Deny", **members}})
    assert policy is not None
    return policy.statements[0]


def test_a_statement_without_resources_covers_none() -> None:
    assert not covers_every_resource(statement(Action="*"))


def test_a_star_in_not_action_leaves_nothing() -> None:
    assert not covers_bedrock(statement(NotAction="*", Resource="*"))
    assert covers_bedrock(statement(NotAction=["s3:*"], Resource="*"))


def test_text_that_is_not_a_policy_is_none() -> None:
    assert read_policy("p", "{") is None
    assert read_policy("p", None) is None
