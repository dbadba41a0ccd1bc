"""Bedrock's own models, jobs and access to models, asked over HTTP by a real client."""

from typing import Any

import pytest
from botocore.exceptions import ClientError

from standin_process import LONDON, RunningStandIn

VIRGINIA = "us-east-1"


@pytest.fixture
def account(standin: RunningStandIn) -> str:
    """Return the account in which models are tried out."""
    for account in standin.accounts():
        try:
            keys = standin.assume(account["Id"])
        except ClientError:
            continue
        if standin.client("bedrock", keys).list_custom_models(isOwned=False)["modelSummaries"]:
            return str(account["Id"])
    raise LookupError("nobody tries models out")


@pytest.fixture
def bedrock(standin: RunningStandIn, account: str) -> Any:
    return standin.client("bedrock", standin.assume(account))


def every(client: Any, operation: str, member: str, **parameters: object) -> list[Any]:
    pages = client.get_paginator(operation).paginate(**parameters)
    return [each for page in pages for each in page[member]]


def code_of(error: pytest.ExceptionInfo[ClientError]) -> tuple[str, int]:
    said = error.value.response
    return said["Error"]["Code"], said["ResponseMetadata"]["HTTPStatusCode"]


def test_custom_models_are_the_accounts_or_shared_or_both(bedrock: Any, account: str) -> None:
    owned, shared, both = (
        {
            each["modelArn"]: each["ownerAccountId"]
            for each in every(bedrock, "list_custom_models", "modelSummaries", **asked)
        }
        for asked in ({"isOwned": True}, {"isOwned": False}, {})
    )
    assert set(owned.values()) == {account}
    assert account not in shared.values()
    assert both == owned | shared


def test_reasoning_policies_are_drafts_or_the_versions_of_one(bedrock: Any) -> None:
    drafts = every(bedrock, "list_automated_reasoning_policies", "automatedReasoningPolicySummaries")
    assert {each["version"] for each in drafts} == {"DRAFT"}
    versions = [
        each["version"]
        for draft in drafts
        for each in every(
            bedrock,
            "list_automated_reasoning_policies",
            "automatedReasoningPolicySummaries",
            policyArn=draft["policyArn"],
        )
    ]
    assert versions == ["1", "2", "3"]


def test_routers_are_aws_own_or_the_accounts(standin: RunningStandIn, account: str, bedrock: Any) -> None:
    abroad = standin.client("bedrock", standin.assume(account), region=VIRGINIA)
    for client, sort, other in ((bedrock, "custom", "default"), (abroad, "default", "custom")):
        found = every(client, "list_prompt_routers", "promptRouterSummaries", type=sort)
        assert {each["type"] for each in found} == {sort}
        assert every(client, "list_prompt_routers", "promptRouterSummaries", type=other) == []


def test_a_model_may_be_called_once_its_terms_are_agreed_or_if_there_are_none(bedrock: Any) -> None:
    models = [each["modelId"] for each in bedrock.list_foundation_models()["modelSummaries"]]
    said = {each: bedrock.get_foundation_model_availability(modelId=each) for each in models}
    agreed = {name: each["agreementAvailability"]["status"] for name, each in said.items()}
    assert {"AVAILABLE", "NOT_AVAILABLE", "PENDING"} <= set(agreed.values())
    for name, each in said.items():
        is_open = agreed[name] in ("AVAILABLE", "ERROR")  # an agreement can fail after access was given
        assert (each["entitlementAvailability"] == "AVAILABLE") is is_open
    assert {agreed[each] for each in models if each.startswith(("amazon.", "meta."))} == {"AVAILABLE"}


def test_offers_are_public_unless_all_are_asked_for(bedrock: Any) -> None:
    asked = {"modelId": "anthropic.claude-3-7-sonnet-20250219-v1:0"}
    public = bedrock.list_foundation_model_agreement_offers(**asked)["offers"]
    everything = bedrock.list_foundation_model_agreement_offers(**asked, offerType="ALL")["offers"]
    assert [each in everything for each in public] == [True]
    assert len(everything) == 2
    with pytest.raises(ClientError) as refused:
        bedrock.list_foundation_model_agreement_offers(modelId="meta.llama3-8b-instruct-v1:0")
    assert code_of(refused) == ("ResourceNotFoundException", 404)


@pytest.mark.parametrize(
    ("operation", "parameters"),
    [
        ("get_foundation_model_availability", {"modelId": "anthropic.claude-9-v1:0"}),
        ("get_custom_model", {"modelIdentifier": "nobodys-model"}),
        ("get_resource_policy", {"resourceArn": f"arn:aws:bedrock:{LONDON}:111122223333:guardrail/abc"}),
        ("list_tags_for_resource", {"resourceARN": f"arn:aws:bedrock:{LONDON}:111122223333:guardrail/abc"}),
    ],
)
def test_what_is_not_there_is_refused_as_by_aws(
    bedrock: Any, operation: str, parameters: dict[str, str]
) -> None:
    with pytest.raises(ClientError) as refused:
        getattr(bedrock, operation)(**parameters)
    assert code_of(refused) == ("ResourceNotFoundException", 404)


def test_a_form_comes_whole_and_only_to_those_who_filled_it_in(standin: RunningStandIn, bedrock: Any) -> None:
    assert b"caseworkers" in bedrock.get_use_case_for_model_access()["formData"]
    with pytest.raises(ClientError) as refused:
        standin.client("bedrock").get_use_case_for_model_access()
    assert code_of(refused) == ("ResourceNotFoundException", 404)


def test_the_runtime_is_told_from_the_control_plane_by_the_path(
    standin: RunningStandIn, account: str
) -> None:
    runtime = standin.client("bedrock-runtime", standin.assume(account), region=VIRGINIA)
    found = every(runtime, "list_async_invokes", "asyncInvokeSummaries")
    assert len(found) == 3
    assert every(runtime, "list_async_invokes", "asyncInvokeSummaries", statusEquals="Failed") == []
