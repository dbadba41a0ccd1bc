"""What the stand-in answers of agents, AgentCore, vector stores and the mantle endpoint, beyond what collectors ask."""

from typing import Any

import pytest
from botocore.exceptions import ClientError

from console.demo.models import operation_of
from console.demo.operations.secretsmanager import OPERATIONS as SECRETS
from console.demo.records import cut
from console.demo.writing import write_answer
from standin_process import Keys, RunningStandIn

BUSIEST = "casework-assist-prod"


@pytest.fixture
def inside(standin: RunningStandIn) -> Keys:
    (account,) = [each["Id"] for each in standin.accounts() if each["Name"] == BUSIEST]
    return standin.assume(account)


def code_of(error: pytest.ExceptionInfo[ClientError]) -> tuple[str, int]:
    said = error.value.response
    return said["Error"]["Code"], said["ResponseMetadata"]["HTTPStatusCode"]


def every(client: Any, operation: str, member: str, **parameters: object) -> list[Any]:
    pages = client.get_paginator(operation).paginate(**parameters)
    return [each for page in pages for each in page[member]]


def test_services_that_sign_under_one_name_are_told_apart_by_the_path(
    standin: RunningStandIn, inside: Keys
) -> None:
    assert standin.client("bedrock", inside).list_guardrails()["guardrails"]
    assert standin.client("bedrock-agent", inside).list_agents()["agentSummaries"]
    assert standin.client("bedrock-data-automation", inside).list_data_automation_projects()["projects"]


def test_a_summary_says_less_than_the_whole(standin: RunningStandIn, inside: Keys) -> None:
    client = standin.client("bedrock-agent", inside)
    (summary, *_) = client.list_agents()["agentSummaries"]
    agent = client.get_agent(agentId=summary["agentId"])["agent"]
    assert agent["instruction"]
    assert "instruction" not in summary
    assert summary["latestAgentVersion"] == "2"


def test_what_is_not_there_is_refused_as_each_service_refuses(standin: RunningStandIn, inside: Keys) -> None:
    arn = "arn:aws:s3vectors:eu-west-2:111122223333:bucket/none"
    cases = (
        ("bedrock-agent", "get_agent", {"agentId": "AAAAAAAAAA"}, ("ResourceNotFoundException", 404)),
        ("s3vectors", "get_vector_bucket", {"vectorBucketArn": arn}, ("NotFoundException", 404)),
        ("rds", "describe_db_clusters", {"DBClusterIdentifier": "none"}, ("DBClusterNotFoundFault", 404)),
        ("opensearch", "describe_domain", {"DomainName": "none"}, ("ResourceNotFoundException", 409)),
        ("secretsmanager", "describe_secret", {"SecretId": "none"}, ("ResourceNotFoundException", 400)),
        ("cloudcontrol", "list_resources", {"TypeName": "AWS::Other::Thing"}, ("TypeNotFoundException", 400)),
    )
    for service, operation, parameters, expected in cases:
        with pytest.raises(ClientError) as refused:
            getattr(standin.client(service, inside), operation)(**parameters)
        assert code_of(refused) == expected


def test_jobs_come_in_the_order_that_is_asked_for(standin: RunningStandIn, inside: Keys) -> None:
    client = standin.client("bedrock-agent", inside)
    (base, *_) = client.list_knowledge_bases()["knowledgeBaseSummaries"]
    (source, *_) = client.list_data_sources(knowledgeBaseId=base["knowledgeBaseId"])["dataSourceSummaries"]
    where = {name: source[name] for name in ("knowledgeBaseId", "dataSourceId")}
    newest_first = {"attribute": "STARTED_AT", "order": "DESCENDING"}
    upwards = every(client, "list_ingestion_jobs", "ingestionJobSummaries", **where)
    downwards = every(client, "list_ingestion_jobs", "ingestionJobSummaries", **where, sortBy=newest_first)
    assert len(upwards) > 1
    assert upwards == downwards[::-1] == sorted(upwards, key=lambda job: job["startedAt"])


def test_a_collection_that_is_not_there_is_named_beside_those_that_are(
    standin: RunningStandIn, inside: Keys
) -> None:
    base = standin.client("bedrock-agent", inside).list_knowledge_bases()["knowledgeBaseSummaries"][0]
    got = standin.client("bedrock-agent", inside).get_knowledge_base(knowledgeBaseId=base["knowledgeBaseId"])
    store = got["knowledgeBase"]["storageConfiguration"]["opensearchServerlessConfiguration"]
    id_ = store["collectionArn"].rpartition("/")[2]
    answer = standin.client("opensearchserverless", inside).batch_get_collection(ids=[id_, "none"])
    assert [each["id"] for each in answer["collectionDetails"]] == [id_]
    assert [each["id"] for each in answer["collectionErrorDetails"]] == ["none"]


def test_secrets_are_described_and_nothing_else() -> None:
    assert set(SECRETS.found) == {"DescribeSecret"}


def test_mantle_lists_and_refuses_in_another_vendors_form(standin: RunningStandIn, inside: Keys) -> None:
    client = standin.client("bedrock-mantle", inside)
    first = client.list_projects()
    assert first["has_more"] is True
    rest = client.list_projects(after=first["last_id"])
    assert rest["data"][0]["id"] not in {each["id"] for each in first["data"]}
    assert "data_retention" not in client.list_models()["data"][0]
    with pytest.raises(ClientError) as refused:
        client.get_project(project_id="proj_none")
    assert code_of(refused) == ("404", 404)


def test_a_document_may_be_of_any_type_in_an_answer() -> None:
    policy = {"type": "data", "name": "n", "policy": [{"Rules": [{"Resource": ["collection/c"]}]}]}
    answer = write_answer("opensearchserverless", "GetAccessPolicy", {"accessPolicyDetail": policy}, "r-1")
    assert b'"policy": [{"Rules"' in answer.body


def test_only_members_that_a_shape_has_are_told() -> None:
    shape = operation_of("bedrock-mantle", "GetAccountDataRetention").output_shape
    assert cut(shape, {"mode": "none", "another": 1}) == {"mode": "none"}
