"""Whom policies let in that should stay outside."""

import json
from collections.abc import Iterator

from console.demo.department.sight import Failing, Sight
from console.demo.estate import Account

_SHARED = (
    ("bedrock-agent.resource_policy", "resourceArn"),
    ("bedrock-agentcore-control.resource_policy", "resourceArn"),
    ("s3vectors.vector_bucket_policy", "vectorBucketArn"),
)


def policy_failings(sight: Sight) -> Iterator[Failing]:
    """Yield functions, knowledge bases and AgentCore resources that are open to strangers."""
    for each in sight.held("lambda.function_policy"):
        (statement,) = json.loads(each["Policy"])["Statement"]
        if statement["Principal"] == "*":
            yield "BR-FUN-001", each["FunctionArn"], "Anybody may call it"
        elif "Condition" not in statement:
            yield "BR-FUN-001", each["FunctionArn"], "Bedrock may call it on anybody's behalf"
    for name, member in _SHARED:
        for each in sight.held(name):
            if json.loads(each["policy"])["Statement"][0]["Principal"] == {"AWS": "*"}:
                yield "BR-POL-002", each[member], "Anybody may use it"


def trust_failings(account: Account) -> Iterator[Failing]:
    """Yield roles that Bedrock takes on for anybody."""
    for each in account.roles:
        (statement,) = json.loads(each["AssumeRolePolicyDocument"])["Statement"]
        is_bedrock = statement["Principal"] == {"Service": "bedrock.amazonaws.com"}
        if is_bedrock and "Condition" not in statement:
            yield "BR-ROL-001", each["Arn"], "Bedrock takes it on for anybody"
