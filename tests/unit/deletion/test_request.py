"""What a request must say before it is signed."""

from dataclasses import replace
from typing import Any

import pytest

from console.deletion.errors import BadRequestError
from console.deletion.request import Draft
from console.deletion.target import Target, TargetKind, target_of, target_of_arn

MODEL = "arn:aws:bedrock:eu-west-2:111122223333:custom-model/amazon.nova-lite-v1:0/abcdefghijkl"
TARGET = Target(kind=TargetKind.CUSTOM_MODEL, account_id="111122223333", region="eu-west-2", name=MODEL)
GOOD = Draft(target=TARGET, ground="17-1-b", why="Consent was withdrawn", received_on="2026-11-20")
LOGS = Target(
    kind=TargetKind.INVOCATION_LOGS,
    account_id="111122223333",
    region="eu-west-2",
    name="",
    detail={"from": "2026-01-01", "until": "2026-01-31"},
)


def test_a_whole_request_says_the_same_when_it_is_read_again() -> None:
    assert target_of(GOOD.record()["target"]) == TARGET
    assert replace(GOOD, target=LOGS).record()["target"]["detail"]["from"] == "2026-01-01"
    tag = Target(kind=TargetKind.TAG, account_id="", region="", name="project", detail={"value": "x"})
    assert "every account" in tag.words
    assert replace(GOOD, target=tag).record()


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"ground": "because"}, "no ground"),
        ({"why": " "}, "reason in words"),
        ({"subject": "Alex Example"}, "no pseudonym"),
        ({"received_on": "20 November"}, "no date"),
        ({"received_on": "20261120"}, "no date"),
        ({"due_on": "2027-01-01"}, "follows from the day"),
        ({"ground": "retention"}, "needs a due day"),
        ({"ground": "retention", "due_on": "2026-01-01"}, "before it was received"),
        ({"target": replace(TARGET, name="my-model")}, "no name of this kind"),
        ({"target": replace(TARGET, account_id="1")}, "place is not whole"),
        ({"target": replace(TARGET, region="eu-west-1")}, "is not in"),
        ({"target": replace(TARGET, detail={"memory": "x"})}, "not asked for"),
        ({"target": replace(LOGS, detail={"from": "2026-01-01"})}, "missing"),
        ({"target": replace(LOGS, detail={"from": "2026-02-01", "until": "2026-01-01"})}, "period"),
        ({"target": replace(LOGS, name="a name")}, "no name of this kind"),
    ],
)
def test_what_is_not_whole_is_refused_with_what_to_do(changes: dict[str, Any], says: str) -> None:
    with pytest.raises(BadRequestError, match=says) as refused:
        replace(GOOD, **changes).record()
    assert refused.value.remedy


def test_an_arn_leads_to_the_target_that_it_names() -> None:
    assert target_of_arn(MODEL) == TARGET
    base = target_of_arn("arn:aws:bedrock:eu-west-2:111122223333:knowledge-base/ABCDEFGHIJ")
    assert base is not None
    assert (base.kind, base.name) == (TargetKind.KNOWLEDGE_BASE, "ABCDEFGHIJ")
    assert target_of_arn("arn:aws:s3:::bucket") is None


ARN = "arn:aws:{}:eu-west-2:111122223333:{}"


@pytest.mark.parametrize(
    ("arn", "kind", "name"),
    [
        (ARN.format("bedrock", "agent/ABCDEFGHIJ"), TargetKind.AGENT, "ABCDEFGHIJ"),
        (ARN.format("bedrock", "flow/ABCDEFGHIJ"), TargetKind.FLOW, ""),
        (ARN.format("bedrock", "prompt/ABCDEFGHIJ:3"), TargetKind.PROMPT, "prompt/ABCDEFGHIJ"),
        (ARN.format("bedrock-agentcore", "memory/letters-0123456789"), TargetKind.MEMORY, ""),
        (ARN.format("bedrock", "data-automation-project/abc"), TargetKind.AUTOMATION_PROJECT, ""),
        (ARN.format("bedrock", "blueprint/abc"), TargetKind.BLUEPRINT, ""),
        (ARN.format("bedrock", f"session/{'0' * 8}-0000-0000-0000-{'0' * 12}"), TargetKind.AGENT_SESSION, ""),
        (ARN.format("bedrock", "model-invocation-job/abc"), TargetKind.BATCH_JOB, ""),
    ],
)
def test_a_request_that_an_arn_begins_is_whole(arn: str, kind: TargetKind, name: str) -> None:
    found = target_of_arn(arn)
    assert found is not None
    assert (found.kind, found.account_id, found.region) == (kind, "111122223333", "eu-west-2")
    assert found.name == (ARN.format("bedrock", name) if "/" in name else name or arn)
    assert replace(GOOD, target=found).record()


def test_a_key_needs_a_waiting_period_and_is_never_begun_by_its_arn_alone() -> None:
    arn = ARN.format("kms", "key/aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee")
    key = replace(TARGET, kind=TargetKind.ENCRYPTION_KEY, name=arn, detail={"days": "30"})
    assert replace(GOOD, target=key).record()
    for days in ("", "6", "31", "a week"):
        with pytest.raises(BadRequestError) as refused:
            replace(GOOD, target=replace(key, detail={"days": days})).record()
        assert "7 to 30" in refused.value.remedy
    assert target_of_arn(arn) is None
