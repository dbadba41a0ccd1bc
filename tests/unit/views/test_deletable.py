"""What a row leads to when somebody asks for its deletion."""

from typing import Any

import pytest

from console.deletion.request import Draft
from console.domain.scope import Scope
from console.views.deletable import request_of, target_of
from fakes import fact, gap

ARN = "arn:aws:{}:eu-west-2:111122223333:{}"
BEDROCK = "bedrock"
ADDRESS = "s3://bucket/results/"
OUTPUT = {"outputDataConfig": {"s3OutputDataConfig": {"s3Uri": ADDRESS}}}
THINGS: list[tuple[str, str, dict[str, Any], str, str]] = [
    ("bedrock.custom_model", ARN.format(BEDROCK, "custom-model/a/b"), {}, "custom-model", "custom-model/a/b"),
    ("bedrock.model_invocation_job", ARN.format(BEDROCK, "model-invocation-job/a"), {}, "batch-job", "job/a"),
    ("bedrock.evaluation_job", ARN.format(BEDROCK, "evaluation-job/a"), {}, "evaluation-job", "job/a"),
    ("bedrock-agent.flow", ARN.format(BEDROCK, "flow/ABCDEFGHIJ"), {}, "flow", "flow/ABCDEFGHIJ"),
    (
        "bedrock-agent.agent",
        "ABCDEFGHIJ",
        {"agentArn": ARN.format(BEDROCK, "agent/ABCDEFGHIJ")},
        "agent",
        "ABCDEFGHIJ",
    ),
    (
        "bedrock-agent.knowledge_base",
        "ABCDEFGHIJ",
        {"knowledgeBaseArn": ARN.format(BEDROCK, "knowledge-base/ABCDEFGHIJ")},
        "knowledge-base",
        "ABCDEFGHIJ",
    ),
    (
        "bedrock-agent.prompt",
        "ABCDEFGHIJ:2",
        {"arn": ARN.format(BEDROCK, "prompt/ABCDEFGHIJ:2")},
        "prompt",
        "prompt/ABCDEFGHIJ",
    ),
    (
        "bedrock-agentcore-control.memory",
        "m-1",
        {"arn": ARN.format("bedrock-agentcore", "memory/m-1")},
        "agentcore-memory",
        "memory/m-1",
    ),
    (
        "bedrock-data-automation.project",
        "p",
        {"projectArn": ARN.format(BEDROCK, "data-automation-project/p")},
        "data-automation-project",
        "data-automation-project/p",
    ),
    ("bedrock-runtime.async_invoke", "a", OUTPUT, "objects", ADDRESS),
    (
        "bedrock.advanced_prompt_optimization_job",
        "a",
        {"outputConfig": {"s3Uri": ADDRESS}},
        "objects",
        ADDRESS,
    ),
    (
        "bedrock.model_customization_job",
        "a",
        {"outputModelArn": ARN.format(BEDROCK, "custom-model/a/b")},
        "custom-model",
        "custom-model/a/b",
    ),
    (
        "bedrock.model_customization_job",
        "a",
        {"outputDataConfig": {"s3Uri": ADDRESS}},
        "objects",
        ADDRESS,
    ),
    (
        "bedrock.model_import_job",
        "a",
        {"importedModelArn": ARN.format(BEDROCK, "imported-model/a")},
        "imported-model",
        "imported-model/a",
    ),
    ("logs.log_group", "a", {"logGroupName": "/aws/bedrock"}, "log-group", "/aws/bedrock"),
    ("bedrock.invocation_logging", "a", {"loggingConfig": {"s3Config": {}}}, "invocation-logs", ""),
    ("kms.key", ARN.format("kms", "key/a"), {"KeyManager": "CUSTOMER"}, "encryption-key", "key/a"),
    ("s3.bucket_location", "bucket", {}, "objects", "s3://bucket/"),
]


@pytest.mark.parametrize(
    ("kind", "key", "payload", "wanted", "name"), THINGS, ids=[f"{each[0]}-{each[3]}" for each in THINGS]
)
def test_what_was_read_of_a_thing_begins_a_request_that_only_lacks_what_an_officer_says(
    kind: str, key: str, payload: dict[str, Any], wanted: str, name: str
) -> None:
    target = target_of(fact(kind, key, payload))
    assert target is not None
    assert target.kind == wanted
    assert target.name.endswith(name)
    period = {"from": "2026-01-01", "until": "2026-01-31"} if "log" in wanted else dict(target.detail)
    whole = type(target)(
        kind=target.kind,
        account_id=target.account_id,
        region=target.region,
        name=target.name,
        detail=period,
    )
    assert Draft(target=whole, ground="17-1-a", why="Trial ended", received_on="2026-11-20").record()
    begun = request_of(target)
    assert begun["kind"] == wanted
    assert "detail" not in begun


@pytest.mark.parametrize(
    ("kind", "key", "payload"),
    [
        ("cloudtrail.trail", ARN.format("cloudtrail", "trail/a"), {}),
        ("bedrock.guardrail", ARN.format(BEDROCK, "guardrail/a"), {}),
        ("bedrock.invocation_logging", "a", {}),
        ("kms.key", ARN.format("kms", "key/a"), {"KeyManager": "AWS"}),
        ("logs.log_group", "a", {}),
        ("bedrock-runtime.async_invoke", "a", {}),
        ("bedrock-agent.agent", "ABCDEFGHIJ", {"agentArn": 7}),
    ],
)
def test_what_is_kept_as_evidence_or_is_not_whole_begins_none(
    kind: str, key: str, payload: dict[str, Any]
) -> None:
    assert target_of(fact(kind, key, payload)) is None


def test_a_gap_begins_none_and_a_thing_without_a_region_is_asked_about_in_one() -> None:
    assert target_of(gap("bedrock.custom_model")) is None
    assert target_of(None) is None
    bucket = target_of(fact("s3.bucket_location", "bucket", {}, Scope("111122223333", "global")))
    assert bucket is not None
    assert bucket.region == "us-east-1"


def test_a_key_begins_with_the_longest_waiting_period() -> None:
    key = target_of(fact("kms.key", ARN.format("kms", "key/a"), {"KeyManager": "CUSTOMER"}))
    assert key is not None
    assert request_of(key)["detail_days"] == "30"
