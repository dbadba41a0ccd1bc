"""A role that was given policies may do what they allow, and nothing else."""

import pytest
from botocore.exceptions import ClientError

from console.demo.authority import Authority, actions_of, bucket_action_of
from console.demo.messages import Call
from standin_process import READER_ROLE, RunningStandIn


def policy(*actions: str, resource: str = "*") -> dict[str, object]:
    statement = {"Effect": "Allow", "Action": list(actions), "Resource": resource}
    return {"Version": "2012-10-17", "Statement": [statement]}


def test_what_no_policy_allows_is_refused_by_name(standin: RunningStandIn) -> None:
    account = standin.readable()
    standin.control("POST", "policies", {"role": READER_ROLE, "documents": [policy("ec2:DescribeVpc*")]})
    keys = standin.assume(account)
    assert standin.client("ec2", keys).describe_vpc_endpoints()["VpcEndpoints"] is not None
    assert standin.client("sts", keys).get_caller_identity()
    for service, operation, code in (
        ("bedrock", "list_guardrails", "AccessDeniedException"),
        ("iam", "get_account_authorization_details", "AccessDenied"),
    ):
        with pytest.raises(ClientError, match="no identity-based policy") as refused:
            getattr(standin.client(service, keys), operation)()
        assert refused.value.response["Error"]["Code"] == code
    assert standin.client("organizations").list_roots()["Roots"]
    standin.control("DELETE", "policies")
    assert standin.client("bedrock", keys).list_guardrails()


def test_a_bucket_is_read_by_permission_too(standin: RunningStandIn) -> None:
    account = standin.readable()
    standin.control("POST", "policies", {"role": READER_ROLE, "documents": [policy("s3:ListAllMyBuckets")]})
    s3 = standin.client("s3", standin.assume(account))
    assert s3.list_buckets()["ResponseMetadata"]["HTTPStatusCode"] == 200
    with pytest.raises(ClientError, match="s3:GetBucketPolicy") as refused:
        s3.get_bucket_policy(Bucket="a-bucket")
    assert refused.value.response["Error"]["Code"] == "AccessDenied"


def test_only_the_named_role_can_be_taken_up(standin: RunningStandIn) -> None:
    account = standin.readable()
    officer = standin.caller.split("/")[1]
    named = policy("sts:AssumeRole", resource=f"arn:aws:iam::*:role/{READER_ROLE}")
    standin.control("POST", "policies", {"role": officer, "documents": [named]})
    assert standin.assume(account)
    standin.control(
        "POST", "policies", {"role": officer, "documents": [policy("sts:AssumeRole", resource="x")]}
    )
    with pytest.raises(ClientError, match="sts:AssumeRole"):
        standin.assume(account)


@pytest.mark.parametrize(
    "statement",
    [
        {"Effect": "Deny", "Action": "*", "Resource": "*"},
        {"Effect": "Allow", "NotAction": "a:b", "Resource": "*"},
        {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {}},
        {"Effect": "Allow", "Action": "*"},
    ],
)
def test_statements_that_are_not_understood_are_not_taken(statement: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="not understood"):
        Authority().give("role", [{"Statement": [statement]}])


@pytest.mark.parametrize(
    ("service", "operation", "actions"),
    [
        ("bedrock-agent", "ListAgents", ("bedrock:ListAgents",)),
        ("cloudwatch", "DescribeAlarms", ("cloudwatch:DescribeAlarms",)),
        ("budgets", "DescribeBudgets", ("budgets:ViewBudget",)),
        ("resourcegroupstaggingapi", "GetResources", ("tag:GetResources",)),
        ("s3", "GetBucketEncryption", ("s3:GetEncryptionConfiguration",)),
        (
            "cloudcontrol",
            "ListResources",
            (
                "cloudformation:ListResources",
                "bedrock-mantle:ListProjects",
                "bedrock-mantle:ListTagsForResource",
            ),
        ),
        ("sts", "GetCallerIdentity", ()),
    ],
)
def test_a_call_needs_the_permissions_of_iams_names(
    service: str, operation: str, actions: tuple[str, ...]
) -> None:
    call = Call(service=service, operation=operation, parameters={}, access_key="", token="", region="")
    assert actions_of(call) == actions


@pytest.mark.parametrize(
    ("method", "target", "action"),
    [
        ("GET", "/", "s3:ListAllMyBuckets"),
        ("HEAD", "/b", "s3:ListBucket"),
        ("GET", "/b?versioning", "s3:GetBucketVersioning"),
        ("GET", "/b?list-type=2", "s3:ListBucket"),
        ("GET", "/b/key", "s3:GetObject"),
        ("PUT", "/b", "s3:PUT"),
    ],
)
def test_a_request_to_s3_needs_the_permission_of_what_it_names(method: str, target: str, action: str) -> None:
    assert bucket_action_of(method, target) == action
