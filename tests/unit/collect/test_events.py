import json

import pytest

from console.collect.base import MalformedAnswerError
from console.collect.events import is_kept, pruned


def event(name: str = "UpdateGuardrail", reading: str = "false", **record: object) -> dict[str, object]:
    return {
        "EventId": "e-1",
        "EventName": name,
        "ReadOnly": reading,
        "EventTime": "2026-11-23T09:14:00Z",
        "EventSource": "bedrock.amazonaws.com",
        "Username": "somebody@example.org",
        "AccessKeyId": "AKIA",
        "CloudTrailEvent": json.dumps(record),
    }


@pytest.mark.parametrize(
    ("name", "reading", "kept"),
    [
        ("UpdateGuardrail", "false", True),
        ("SomethingNew", None, True),
        ("Converse", "true", True),
        ("InvokeModelWithResponseStream", "true", True),
        ("GetGuardrail", "true", False),
    ],
)
def test_changes_and_calls_of_models_are_kept(name: str, reading: str, *, kept: bool) -> None:
    assert is_kept(event(name, reading)) is kept


def test_what_was_written_and_who_sat_where_is_left_out() -> None:
    kept = pruned(
        event(
            requestParameters={"system": "a secret prompt"},
            responseElements={"text": "an answer"},
            userAgent="curl",
            sourceIPAddress="8.8.8.8",
            additionalEventData={"inferenceRegion": "eu-west-3", "note": "a secret prompt"},
            userIdentity={
                "arn": "arn:aws:sts::1:assumed-role/r/s",
                "userName": "somebody@example.org",
                "accessKeyId": "AKIA",
                "sessionContext": {"sessionIssuer": {"arn": "arn:aws:iam::1:role/r", "userName": "r"}},
            },
            errorMessage="the prompt 'a secret prompt' was refused",
            errorCode="ValidationException",
        )
    )
    said = json.dumps(kept)
    for forbidden in ("secret", "an answer", "curl", "8.8.8.8", "somebody", "AKIA"):
        assert forbidden not in said
    record = kept["CloudTrailEvent"]
    assert record["additionalEventData"] == {"inferenceRegion": "eu-west-3"}
    assert record["userIdentity"] == {
        "arn": "arn:aws:sts::1:assumed-role/r/s",
        "sessionIssuer": {"arn": "arn:aws:iam::1:role/r"},
    }
    assert record["errorCode"] == "ValidationException"


@pytest.mark.parametrize(
    ("address", "sort"),
    [
        ("10.1.2.3", "private"),
        ("100.64.0.1", "private"),
        ("fd00::1", "private"),
        ("8.8.8.8", "public"),
        ("2001:4860:4860::8888", "public"),
        ("bedrock.amazonaws.com", "AWS"),
        ("AWS Internal", "AWS"),
        ("", "unknown"),
    ],
)
def test_of_an_address_only_its_sort_is_kept(address: str, sort: str) -> None:
    assert pruned(event(sourceIPAddress=address))["CloudTrailEvent"]["sourceIPAddress"] == sort


def test_an_event_with_nothing_in_it_is_an_event() -> None:
    record = pruned(event(userIdentity=None, additionalEventData=None))["CloudTrailEvent"]
    assert record["userIdentity"] == {"sessionIssuer": {}}
    assert record["additionalEventData"] == {}


@pytest.mark.parametrize("record", ["", "{", "<html>"])
def test_a_record_that_is_not_json_is_malformed(record: str) -> None:
    with pytest.raises(MalformedAnswerError, match="e-1 is not JSON"):
        pruned({**event(), "CloudTrailEvent": record})
