"""What surrounds Bedrock, asked over HTTP by a real client: people, policies in force, money, contracts, clusters."""

import json
import time
from typing import Any

import pytest
from botocore.exceptions import ClientError

from standin_process import Keys, RunningStandIn

NOBODY = "arn:aws:iam::000000000000:role/nobody"


@pytest.fixture
def inside(standin: RunningStandIn) -> Keys:
    return standin.assume(standin.readable())


def code_of(error: pytest.ExceptionInfo[ClientError]) -> str:
    return str(error.value.response["Error"]["Code"])


@pytest.mark.parametrize(
    ("service", "operation", "parameters", "code"),
    [
        ("organizations", "list_delegated_administrators", {}, "AccessDeniedException"),
        ("organizations", "describe_resource_policy", {}, "AccessDeniedException"),
        (
            "organizations",
            "list_accounts_with_invalid_effective_policy",
            {"PolicyType": "BEDROCK_POLICY"},
            "AccessDeniedException",
        ),
        (
            "organizations",
            "describe_effective_policy",
            {"PolicyType": "AISERVICES_OPT_OUT_POLICY", "TargetId": "000000000000"},
            "AccessDeniedException",
        ),
        ("sso-admin", "list_instances", {}, "AccessDeniedException"),
        ("budgets", "describe_budgets", {"AccountId": "000000000000"}, "AccessDeniedException"),
    ],
)
def test_a_member_account_is_refused_what_is_not_its_own(
    standin: RunningStandIn, inside: Keys, service: str, operation: str, parameters: dict[str, str], code: str
) -> None:
    with pytest.raises(ClientError) as refused:
        getattr(standin.client(service, inside), operation)(**parameters)
    assert code_of(refused) == code


@pytest.mark.parametrize(
    ("service", "operation", "parameters", "code"),
    [
        (
            "organizations",
            "describe_effective_policy",
            {"PolicyType": "TAG_POLICY"},
            "EffectivePolicyNotFoundException",
        ),
        (
            "organizations",
            "list_delegated_services_for_account",
            {"AccountId": "000000000000"},
            "AccountNotRegisteredException",
        ),
        (
            "organizations",
            "list_effective_policy_validation_errors",
            {"AccountId": "000000000000", "PolicyType": "BEDROCK_POLICY"},
            "EffectivePolicyNotFoundException",
        ),
        ("iam", "list_access_keys", {"UserName": "nobody"}, "NoSuchEntity"),
        ("iam", "get_access_key_last_used", {"AccessKeyId": "AKIANOBODY000000000"}, "NoSuchEntity"),
        ("iam", "generate_service_last_accessed_details", {"Arn": NOBODY}, "NoSuchEntity"),
        ("iam", "get_service_last_accessed_details", {"JobId": "0" * 36}, "NoSuchEntity"),
        ("iam", "list_service_specific_credentials", {}, "ValidationError"),
        ("eks", "describe_cluster", {"name": "none"}, "ResourceNotFoundException"),
        (
            "accessanalyzer",
            "list_findings",
            {"analyzerArn": "arn:aws:access-analyzer:eu-west-2:000000000000:analyzer/none"},
            "ResourceNotFoundException",
        ),
        ("service-quotas", "list_service_quotas", {"ServiceCode": "vpc"}, "NoSuchResourceException"),
        ("marketplace-agreement", "describe_agreement", {"agreementId": "none"}, "ResourceNotFoundException"),
        ("marketplace-agreement", "search_agreements", {}, "ValidationException"),
        (
            "identitystore",
            "describe_group",
            {"IdentityStoreId": "d-0000000000", "GroupId": "00000000-0000-0000-0000-000000000000"},
            "ResourceNotFoundException",
        ),
    ],
)
def test_what_is_not_there_is_refused_as_aws_does(
    standin: RunningStandIn, service: str, operation: str, parameters: dict[str, str], code: str
) -> None:
    with pytest.raises(ClientError) as refused:
        getattr(standin.client(service), operation)(**parameters)
    assert code_of(refused) == code


def test_the_management_account_may_ask_for_any_accounts_effective_policy(standin: RunningStandIn) -> None:
    client = standin.client("organizations")
    for account in (standin.management_account, standin.readable()):
        asked = {"PolicyType": "AISERVICES_OPT_OUT_POLICY", "TargetId": account}
        policy = client.describe_effective_policy(**asked)["EffectivePolicy"]
        assert policy["TargetId"] == account
        assert json.loads(policy["PolicyContent"])["services"]["default"]["opt_out_policy"] == "optOut"


def test_a_map_in_xml_is_read_back_as_a_map_of_numbers(standin: RunningStandIn, inside: Keys) -> None:
    summary = standin.client("iam", inside).get_account_summary()["SummaryMap"]
    assert summary["UsersQuota"] == 5000


def test_a_report_about_a_principal_is_prepared_and_then_there(standin: RunningStandIn, inside: Keys) -> None:
    client = standin.client("iam", inside)
    roles = client.get_account_authorization_details(Filter=["Role"])["RoleDetailList"]
    arn = next(each["Arn"] for each in roles if each["RoleName"] == "bedrock-application")
    job = client.generate_service_last_accessed_details(Arn=arn, Granularity="ACTION_LEVEL")["JobId"]
    assert len(job) == 36
    deadline = time.monotonic() + 30
    answer: dict[str, Any] = {"JobStatus": "IN_PROGRESS"}
    while answer["JobStatus"] == "IN_PROGRESS" and time.monotonic() < deadline:
        answer = client.get_service_last_accessed_details(JobId=job)
    assert answer["JobStatus"] == "COMPLETED"
    rest = client.get_service_last_accessed_details(JobId=job, Marker=answer["Marker"])
    services = answer["ServicesLastAccessed"] + rest["ServicesLastAccessed"]
    assert [each["ServiceNamespace"] for each in services] == ["bedrock", "bedrock-agentcore", "logs", "s3"]


def months(client: Any, start: str, **asked: Any) -> list[Any]:
    found, token = [], {}
    while True:
        answer = client.get_cost_and_usage(
            TimePeriod={"Start": start, "End": "2026-11-20"},
            Granularity="MONTHLY",
            Metrics=["UnblendedCost"],
            **asked,
            **token,
        )
        found += answer["ResultsByTime"]
        if "NextPageToken" not in answer:
            return found
        token = {"NextPageToken": answer["NextPageToken"]}


def test_months_and_days_come_to_the_same(standin: RunningStandIn) -> None:
    client = standin.client("ce")
    (october,) = [
        each for each in months(client, "2026-08-15") if each["TimePeriod"]["Start"] == "2026-10-01"
    ]
    days = client.get_cost_and_usage(
        TimePeriod={"Start": "2026-10-01", "End": "2026-11-01"},
        Granularity="DAILY",
        Metrics=["UnblendedCost"],
    )["ResultsByTime"]
    of_days = sum(float(each["Total"]["UnblendedCost"]["Amount"]) for each in days)
    assert of_days == pytest.approx(float(october["Total"]["UnblendedCost"]["Amount"]))


def test_models_are_told_since_september_and_refused_before(standin: RunningStandIn) -> None:
    client = standin.client("ce")
    by_model = [{"Type": "PRODUCT_ATTRIBUTE", "Key": "model"}]
    found = months(client, "2026-09-01", GroupBy=by_model)
    assert {key.partition("$")[0] for each in found for group in each["Groups"] for key in group["Keys"]} == {
        "model"
    }
    with pytest.raises(ClientError, match="2026-09-01"):
        months(client, "2026-08-31", GroupBy=by_model)


@pytest.mark.parametrize("start", ["2026-01-01", "2029-07-01"])
def test_some_anomaly_is_near_whenever_it_is_asked(standin: RunningStandIn, start: str) -> None:
    client = standin.client("ce")
    end = f"{start[:5]}{int(start[5:7]) + 3:02}-01"
    interval = {"StartDate": start, "EndDate": end}
    found = [
        each
        for page in client.get_paginator("get_anomalies").paginate(DateInterval=interval)
        for each in page["Anomalies"]
    ]
    assert found
    assert all(start <= each["AnomalyEndDate"] <= end for each in found)


def test_connected_clusters_are_listed_only_if_all_are_asked_for(standin: RunningStandIn) -> None:
    (owner,) = [each["Id"] for each in standin.accounts() if each["Name"] == "security-tooling"]
    client = standin.client("eks", standin.assume(owner))
    pages = client.get_paginator("list_clusters")
    amazons = [name for page in pages.paginate() for name in page["clusters"]]
    everything = [name for page in pages.paginate(include=["all"]) for name in page["clusters"]]
    assert (amazons, everything) == (["records"], ["records", "depot-north"])


def test_tags_are_filtered_by_service_and_type(standin: RunningStandIn, inside: Keys) -> None:
    client = standin.client("resourcegroupstaggingapi", inside)
    guardrails = client.get_resources(ResourceTypeFilters=["bedrock:guardrail"])["ResourceTagMappingList"]
    assert guardrails
    assert all(":guardrail/" in each["ResourceARN"] for each in guardrails)
    assert client.get_resources(ResourceTypeFilters=["s3"])["ResourceTagMappingList"] == []


def test_unused_access_is_not_for_this_operation(standin: RunningStandIn) -> None:
    (owner,) = [each["Id"] for each in standin.accounts() if each["Name"] == "security-tooling"]
    client = standin.client("accessanalyzer", standin.assume(owner))
    (unused,) = client.list_analyzers(type="ORGANIZATION_UNUSED_ACCESS")["analyzers"]
    with pytest.raises(ClientError) as refused:
        client.list_findings(analyzerArn=unused["arn"])
    assert code_of(refused) == "ValidationException"


def test_identity_center_answers_in_its_own_region(standin: RunningStandIn) -> None:
    client = standin.client("sso-admin", region="eu-west-1")
    assert client.list_instances()["Instances"] == []
    elsewhere = client.list_instances(RegionScope="ALL_REGIONS")["Instances"]
    assert elsewhere[0]["PrimaryRegion"] == "eu-west-2"
    with pytest.raises(ClientError) as refused:
        client.list_permission_sets(InstanceArn=elsewhere[0]["InstanceArn"])
    assert code_of(refused) == "ResourceNotFoundException"


def test_an_instance_that_was_tried_out_has_no_permission_sets(standin: RunningStandIn) -> None:
    client = standin.client("sso-admin")
    pages = client.get_paginator("list_instances").paginate()
    (trial,) = [each for page in pages for each in page["Instances"] if each["Name"] == "analytics-trial"]
    with pytest.raises(ClientError) as refused:
        client.list_permission_sets(InstanceArn=trial["InstanceArn"])
    assert code_of(refused) == "ValidationException"
