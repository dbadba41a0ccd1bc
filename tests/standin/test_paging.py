"""Long answers come in pages, with tokens that were really handed out."""

from typing import Any

import pytest
from botocore.exceptions import ClientError

from standin_process import Keys, RunningStandIn


@pytest.fixture
def inside(standin: RunningStandIn) -> Keys:
    return standin.assume(standin.readable())


def test_a_refresh_of_the_smallest_demo_turns_pages(standin: RunningStandIn, inside: Keys) -> None:
    paged = [
        standin.client("organizations").list_accounts(),
        standin.client("account", inside).list_regions(),
        standin.client("ec2", inside).describe_vpc_endpoints(),
        standin.client("bedrock", inside).list_guardrails(guardrailIdentifier=a_guardrail(standin, inside)),
    ]
    assert all({"NextToken", "nextToken"} & answer.keys() for answer in paged)


def a_guardrail(standin: RunningStandIn, inside: Keys) -> str:
    client = standin.client("bedrock", inside)
    pages = client.get_paginator("list_guardrails").paginate()
    for summary in (each for page in pages for each in page["guardrails"]):
        if "nextToken" in client.list_guardrails(guardrailIdentifier=summary["arn"]):
            return str(summary["arn"])
    raise LookupError("no guardrail has more than one version")


@pytest.mark.parametrize("size", [1, 3, 7])
def test_pages_of_any_size_hold_the_same_accounts(standin: RunningStandIn, size: int) -> None:
    paginator = standin.client("organizations").get_paginator("list_accounts")
    pages = [page["Accounts"] for page in paginator.paginate(PaginationConfig={"PageSize": size})]
    assert [len(page) for page in pages[:-1]] == [size] * (len(pages) - 1)
    assert [each for page in pages for each in page] == standin.accounts()
    assert len(standin.accounts()) == 12


def test_people_come_in_pages_of_mixed_lists(standin: RunningStandIn, inside: Keys) -> None:
    client = standin.client("iam", inside)
    lists = ("UserDetailList", "GroupDetailList", "RoleDetailList", "Policies")
    pages = list(
        client.get_paginator("get_account_authorization_details").paginate(PaginationConfig={"PageSize": 4})
    )
    assert [page["IsTruncated"] for page in pages] == [True] * (len(pages) - 1) + [False]
    assert {sum(len(page[name]) for name in lists) for page in pages[:-1]} == {4}
    whole = client.get_account_authorization_details()
    for name in lists:
        assert [each for page in pages for each in page[name]] == whole[name]


@pytest.mark.parametrize(
    ("service", "operation", "parameters", "code"),
    [
        ("organizations", "list_accounts", {"NextToken": "bm8="}, "InvalidInputException"),
        ("bedrock", "list_guardrails", {"nextToken": "bm8="}, "ValidationException"),
        ("iam", "get_account_authorization_details", {"Marker": "bm8="}, "InvalidInput"),
        ("ec2", "describe_vpc_endpoints", {"NextToken": "bm8="}, "InvalidPaginationToken"),
    ],
)
def test_a_token_that_was_not_handed_out_is_refused(
    standin: RunningStandIn, service: str, operation: str, parameters: dict[str, str], code: str
) -> None:
    with pytest.raises(ClientError) as refused:
        getattr(standin.client(service), operation)(**parameters)
    assert refused.value.response["Error"]["Code"] == code


def test_a_token_of_another_question_is_refused(standin: RunningStandIn) -> None:
    client = standin.client("organizations")
    token = client.list_accounts(MaxResults=3)["NextToken"]
    with pytest.raises(ClientError, match="not handed out"):
        client.list_accounts(MaxResults=4, NextToken=token)


def test_a_page_is_never_longer_than_aws_would_give(standin: RunningStandIn) -> None:
    answer: dict[str, Any] = standin.client("organizations").list_accounts(MaxResults=20)
    assert len(answer["Accounts"]) == 10
