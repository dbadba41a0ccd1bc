"""Every operation that the stand-in answers itself, asked over HTTP by a real client."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from botocore.exceptions import ClientError

from console.base.registry import discover
from console.demo.native import Operations
from console.services.refresh import discover_collectors
from standin_process import LONDON, Keys, RunningStandIn

NATIVE = {
    (each.service, name)
    for each in discover("console.demo.operations", "OPERATIONS", Operations)
    for name in each.found
}


@pytest.fixture
def account(standin: RunningStandIn) -> str:
    for failing in standin.control("GET", "planted")["failings"]:
        if failing["control"] == "BR-GRD-001":
            return str(failing["account"])
    raise LookupError("no guardrail is bad")


@pytest.fixture
def inside(standin: RunningStandIn, account: str) -> Keys:
    return standin.assume(account)


def every(client: Any, operation: str, member: str, **parameters: object) -> list[Any]:
    pages = client.get_paginator(operation).paginate(**parameters)
    return [each for page in pages for each in page[member]]


def code_of(error: pytest.ExceptionInfo[ClientError]) -> tuple[str, int]:
    said = error.value.response
    return said["Error"]["Code"], said["ResponseMetadata"]["HTTPStatusCode"]


def test_everything_that_collectors_may_call_is_answered_natively() -> None:
    wanted = {(each.service, call) for each in discover_collectors() for call in each.calls}
    assert wanted - NATIVE == set()


def test_it_says_who_asks(standin: RunningStandIn) -> None:
    said = standin.client("sts").get_caller_identity()
    assert (said["Account"], said["Arn"]) == (standin.management_account, standin.caller)
    assert said["ResponseMetadata"]["RequestId"]


def test_a_member_is_read_in_its_own_account(standin: RunningStandIn, inside: Keys, account: str) -> None:
    assert standin.client("sts", inside).get_caller_identity()["Account"] == account
    (first, *_) = standin.client("bedrock", inside).list_guardrails()["guardrails"]
    assert first["arn"].split(":")[4] == account


def test_the_tree_holds_every_account_once(standin: RunningStandIn) -> None:
    client = standin.client("organizations")
    assert client.describe_organization()["Organization"]["MasterAccountId"] == standin.management_account
    (root,) = client.list_roots()["Roots"]
    parents, found = [root["Id"]], []
    while parents:
        parent = parents.pop()
        units = every(client, "list_organizational_units_for_parent", "OrganizationalUnits", ParentId=parent)
        below = every(client, "list_children", "Children", ParentId=parent, ChildType="ORGANIZATIONAL_UNIT")
        assert {unit["Id"] for unit in units} == {child["Id"] for child in below}
        parents += [child["Id"] for child in below]
        found += every(client, "list_children", "Children", ParentId=parent, ChildType="ACCOUNT")
    assert sorted(each["Id"] for each in found) == sorted(each["Id"] for each in standin.accounts())


def test_policies_have_documents_and_targets(standin: RunningStandIn) -> None:
    client = standin.client("organizations")
    for sort in ("SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY", "AISERVICES_OPT_OUT_POLICY"):
        summaries = every(client, "list_policies", "Policies", Filter=sort)
        assert summaries
        for summary in summaries:
            policy = client.describe_policy(PolicyId=summary["Id"])["Policy"]
            assert policy["PolicySummary"] == summary
            assert json.loads(policy["Content"])
            assert every(client, "list_targets_for_policy", "Targets", PolicyId=summary["Id"])
    assert client.list_policies(Filter="TAG_POLICY")["Policies"] == []


def test_a_member_may_not_read_the_organisation(standin: RunningStandIn, inside: Keys) -> None:
    client = standin.client("organizations", inside)
    assert client.describe_organization()["Organization"]
    with pytest.raises(ClientError) as refused:
        client.list_accounts()
    assert code_of(refused) == ("AccessDeniedException", 400)


def test_regions_are_enabled_or_not(standin: RunningStandIn, inside: Keys) -> None:
    client = standin.client("account", inside)
    regions = every(client, "list_regions", "Regions")
    enabled = {each["RegionName"] for each in regions if each["RegionOptStatus"].startswith("ENABLED")}
    assert enabled == {"eu-west-2", "eu-west-1", "us-east-1"}
    asked = every(client, "list_regions", "Regions", RegionOptStatusContains=["ENABLED_BY_DEFAULT"])
    assert {each["RegionName"] for each in asked} == enabled


def test_a_region_that_is_not_enabled_does_not_answer(standin: RunningStandIn, inside: Keys) -> None:
    with pytest.raises(ClientError) as refused:
        standin.client("bedrock", inside, region="eu-west-3").list_guardrails()
    assert code_of(refused) == ("UnrecognizedClientException", 403)


def test_people_are_filtered_and_their_documents_are_percent_encoded_json(
    standin: RunningStandIn, inside: Keys
) -> None:
    client = standin.client("iam", inside)
    roles = every(client, "get_account_authorization_details", "RoleDetailList", Filter=["Role"])
    reader = next(each for each in roles if each["RoleName"] == "BedrockConsoleReader")
    trust = reader["AssumeRolePolicyDocument"]
    assert trust["Statement"][0]["Principal"]["AWS"].endswith("role/AssuranceOfficer")
    only_users = client.get_account_authorization_details(Filter=["User"])
    assert only_users["UserDetailList"][0]["UserName"] == "break-glass"
    assert only_users["RoleDetailList"] == only_users["GroupDetailList"] == only_users["Policies"] == []
    own = every(client, "get_account_authorization_details", "Policies", Filter=["LocalManagedPolicy"])
    assert own
    assert all(":iam::aws:" not in each["Arn"] for each in own)


def test_endpoints_are_filtered(standin: RunningStandIn, inside: Keys) -> None:
    client = standin.client("ec2", inside)
    found = every(client, "describe_vpc_endpoints", "VpcEndpoints")
    wanted = "com.amazonaws.eu-west-2.bedrock-runtime"
    (runtime,) = every(
        client,
        "describe_vpc_endpoints",
        "VpcEndpoints",
        Filters=[{"Name": "service-name", "Values": [wanted]}],
    )
    assert runtime in found
    assert json.loads(runtime["PolicyDocument"])["Statement"]
    (same,) = every(
        client, "describe_vpc_endpoints", "VpcEndpoints", VpcEndpointIds=[runtime["VpcEndpointId"]]
    )
    assert same == runtime
    with pytest.raises(ClientError) as refused:
        client.describe_vpc_endpoints(VpcEndpointIds=["vpce-00000000000000000"])
    assert code_of(refused) == ("InvalidVpcEndpointId.NotFound", 400)


def test_guardrails_have_a_draft_and_versions(standin: RunningStandIn, inside: Keys) -> None:
    client = standin.client("bedrock", inside)
    drafts = every(client, "list_guardrails", "guardrails")
    assert {each["version"] for each in drafts} == {"DRAFT"}
    arn = drafts[0]["arn"]
    versions = every(client, "list_guardrails", "guardrails", guardrailIdentifier=arn)
    assert [each["version"] for each in versions][:2] == ["DRAFT", "1"]
    one = client.get_guardrail(guardrailIdentifier=arn, guardrailVersion="1")
    assert (one["guardrailArn"], one["version"]) == (arn, "1")
    assert client.get_guardrail(guardrailIdentifier=drafts[0]["id"])["version"] == "DRAFT"
    with pytest.raises(ClientError) as refused:
        client.get_guardrail(guardrailIdentifier=arn, guardrailVersion="99")
    assert code_of(refused) == ("ResourceNotFoundException", 404)


def test_bedrock_answers_for_its_region(standin: RunningStandIn, inside: Keys, account: str) -> None:
    client = standin.client("bedrock", inside)
    assert client.get_account_data_retention()["mode"]
    assert (
        "loggingConfig"
        not in standin.client(
            "bedrock", inside, region="us-east-1"
        ).get_model_invocation_logging_configuration()
    )
    assert len(client.list_foundation_models()["modelSummaries"]) > 15
    amazon = client.list_foundation_models(byProvider="Amazon")["modelSummaries"]
    assert {each["providerName"] for each in amazon} == {"Amazon"}
    system = every(
        client, "list_inference_profiles", "inferenceProfileSummaries", typeEquals="SYSTEM_DEFINED"
    )
    assert {each["inferenceProfileArn"].split(":")[4] for each in system} == {account}
    for own in every(
        client, "list_inference_profiles", "inferenceProfileSummaries", typeEquals="APPLICATION"
    ):
        assert own["type"] == "APPLICATION"


def test_logging_is_on_somewhere(standin: RunningStandIn) -> None:
    client = standin.client("bedrock", standin.assume(standin.readable()))
    config = client.get_model_invocation_logging_configuration()["loggingConfig"]
    assert config["textDataDeliveryEnabled"] is True


def test_trails_have_states_and_selectors(standin: RunningStandIn) -> None:
    client = standin.client("cloudtrail")
    trails = client.describe_trails(includeShadowTrails=False)["trailList"]
    assert any(each["IsOrganizationTrail"] for each in trails)
    for trail in trails:
        assert client.get_trail_status(Name=trail["TrailARN"])["IsLogging"] in (True, False)
        assert client.get_event_selectors(TrailName=trail["TrailARN"])["TrailARN"] == trail["TrailARN"]
    with pytest.raises(ClientError) as refused:
        client.get_trail_status(Name="arn:aws:cloudtrail:eu-west-2:000000000000:trail/none")
    assert code_of(refused) == ("TrailNotFoundException", 400)


def test_shadows_of_trails_are_seen_elsewhere_only_if_asked_for(standin: RunningStandIn) -> None:
    client = standin.client("cloudtrail", region="eu-west-1")
    assert client.describe_trails(includeShadowTrails=False)["trailList"] == []
    assert {each["HomeRegion"] for each in client.describe_trails()["trailList"]} == {LONDON}


def days() -> dict[str, datetime]:
    return {"StartTime": datetime(2026, 9, 1, tzinfo=UTC), "EndTime": datetime(2026, 11, 30, tzinfo=UTC)}


def in_use(standin: RunningStandIn) -> tuple[Any, list[str]]:
    """Return CloudWatch in an account that uses models, and the models."""
    client = standin.client("cloudwatch", standin.assume(busy_account(standin)))
    metrics = every(client, "list_metrics", "Metrics", Namespace="AWS/Bedrock", MetricName="Invocations")
    return client, [each["Dimensions"][0]["Value"] for each in metrics if each["Dimensions"]]


def busy_account(standin: RunningStandIn) -> str:
    named = [each["Id"] for each in standin.accounts() if each["Name"] == "licensing-triage-prod"]
    return str(named[0])


def queries(models: list[str], metric: str, period: int) -> list[dict[str, Any]]:
    return [
        {
            "Id": f"m{index}",
            "MetricStat": {
                "Metric": {
                    "Namespace": "AWS/Bedrock",
                    "MetricName": metric,
                    "Dimensions": [{"Name": "ModelId", "Value": model}],
                },
                "Period": period,
                "Stat": "Sum",
            },
        }
        for index, model in enumerate(models)
    ]


def totals(pages: Iterator[dict[str, Any]]) -> dict[str, float]:
    found: dict[str, float] = {}
    for page in pages:
        for result in page["MetricDataResults"]:
            found[result["Id"]] = found.get(result["Id"], 0) + sum(result["Values"])
    return found


def test_ninety_days_of_metrics_add_up_by_hour_and_by_day(standin: RunningStandIn) -> None:
    client, models = in_use(standin)
    assert models
    paginator = client.get_paginator("get_metric_data")
    by_day = totals(paginator.paginate(MetricDataQueries=queries(models, "Invocations", 86400), **days()))
    by_hour = totals(paginator.paginate(MetricDataQueries=queries(models, "Invocations", 3600), **days()))
    assert by_day == by_hour
    assert all(by_day.values())


def test_metrics_of_another_namespace_are_not_mixed_in(standin: RunningStandIn) -> None:
    client, models = in_use(standin)
    (query,) = queries(models[:1], "Invocations", 86400)
    query["MetricStat"]["Metric"]["Namespace"] = "AWS/Other"
    (result,) = client.get_metric_data(MetricDataQueries=[query], **days())["MetricDataResults"]
    assert result["Values"] == []


def test_costs_by_account_add_up_to_the_whole(standin: RunningStandIn) -> None:
    client = standin.client("ce")
    asked: dict[str, Any] = {
        "TimePeriod": {"Start": "2026-09-01", "End": "2026-11-30"},
        "Granularity": "DAILY",
        "Metrics": ["UnblendedCost"],
    }
    whole = cost_days(client, **asked)
    grouped = cost_days(client, **asked, GroupBy=[{"Type": "DIMENSION", "Key": "LINKED_ACCOUNT"}])
    assert len(whole) == len(grouped) == 90
    for total, parts in zip(whole, grouped, strict=True):
        of_parts = sum(float(each["Metrics"]["UnblendedCost"]["Amount"]) for each in parts["Groups"])
        assert of_parts == pytest.approx(float(total["Total"]["UnblendedCost"]["Amount"]))
    account = busy_account(standin)
    only = {"Dimensions": {"Key": "LINKED_ACCOUNT", "Values": [account]}}
    narrowed = cost_days(client, **asked, Filter=only)
    of_account = next(each for each in grouped[0]["Groups"] if each["Keys"] == [account])
    assert narrowed[0]["Total"] == of_account["Metrics"]


def cost_days(client: Any, **asked: Any) -> list[Any]:
    found, token = [], {}
    while True:
        answer = client.get_cost_and_usage(**asked, **token)
        found += answer["ResultsByTime"]
        if "NextPageToken" not in answer:
            return found
        token = {"NextPageToken": answer["NextPageToken"]}


def test_log_records_hold_no_word_of_a_prompt(standin: RunningStandIn) -> None:
    records = standin.control("GET", f"log-records?account={busy_account(standin)}&day=2026-11-18")
    assert records
    for record in records:
        assert set(record["input"]) == {"inputContentType", "inputTokenCount"}
        assert set(record["output"]["outputBodyJson"]) == {"stopReason"}
        assert record["accountId"] in record["identity"]["arn"]
    assert len({record["requestId"] for record in records}) == len(records)


def test_what_is_not_answered_here_is_answered_by_moto_for_each_account(
    standin: RunningStandIn, inside: Keys
) -> None:
    mine, theirs = standin.client("s3"), standin.client("s3", inside)
    theirs.create_bucket(Bucket="evidence", CreateBucketConfiguration={"LocationConstraint": LONDON})
    theirs.put_object(Bucket="evidence", Key="a", Body=b"kept")
    assert theirs.get_object(Bucket="evidence", Key="a")["Body"].read() == b"kept"
    assert [each["Key"] for each in theirs.list_objects_v2(Bucket="evidence")["Contents"]] == ["a"]
    with pytest.raises(ClientError) as refused:
        mine.create_bucket(Bucket="evidence", CreateBucketConfiguration={"LocationConstraint": LONDON})
    assert code_of(refused) == ("BucketAlreadyExists", 409)
    theirs.delete_object(Bucket="evidence", Key="a")
    theirs.delete_bucket(Bucket="evidence")


def test_what_nobody_answers_is_a_refusal_that_is_not_retried(standin: RunningStandIn) -> None:
    with pytest.raises(ClientError) as refused:
        standin.client("bedrock").list_automated_reasoning_policy_test_cases(
            policyArn="arn:aws:bedrock:eu-west-2:111122223333:automated-reasoning-policy/abcdefghijkl"
        )
    assert code_of(refused) == ("UnknownOperationException", 400)


def test_parameters_that_the_model_does_not_allow_are_refused(standin: RunningStandIn) -> None:
    client = standin.client("organizations")
    client.meta.events.register("before-call", lambda params, **_: params.update(body=b'{"PolicyId": 5}'))
    with pytest.raises(ClientError) as refused:
        client.describe_policy(PolicyId="p-12345678")
    assert code_of(refused) == ("ValidationException", 400)
