import json

from console.collect.runner import collect
from console.domain.evidence import GapReason
from console.domain.scope import Scope
from unit.collect.answering import of_json
from unit.collect.collectors.asking import COLLECTORS, Asking
from unit.collect.test_sessions import CALLER

KIND = "cloudtrail.bedrock_event"
INVOCATIONS = {"Converse", "InvokeModel"}


def test_calls_of_models_and_changes_are_kept_and_other_readings_are_not(asking: Asking) -> None:
    events = asking.payloads(KIND)
    names = {each["EventName"] for each in events}
    assert names > INVOCATIONS
    assert "ListGuardrails" not in names
    assert {each["EventName"] for each in events if each["ReadOnly"] == "true"} == INVOCATIONS
    assert {each["EventSource"] for each in events} == {
        "bedrock.amazonaws.com",
        "bedrock-mantle.amazonaws.com",
    }


def test_it_shows_where_a_model_ran_over_which_way_and_who_asked(asking: Asking) -> None:
    records = [each["CloudTrailEvent"] for each in asking.payloads(KIND)]
    assert {each["additionalEventData"].get("inferenceRegion") for each in records} == {None, "eu-central-1"}
    assert {"vpcEndpointId" in each for each in records} == {True, False}
    assert {each["tlsDetails"]["tlsVersion"] for each in records} == {"TLSv1.3"}
    assert all(":role/" in each["userIdentity"]["sessionIssuer"]["arn"] for each in records)


def test_nothing_is_kept_that_somebody_may_have_written_nor_where_they_sat(asking: Asking) -> None:
    events = asking.payloads(KIND)
    said = json.dumps(events)
    for forbidden in (
        "requestParameters",
        "responseElements",
        "userAgent",
        "accessKeyId",
        "10.0.0.17",
        "18.169.0.17",
    ):
        assert forbidden not in said
    assert {each["CloudTrailEvent"]["sourceIPAddress"] for each in events} == {"private", "public"}


def test_of_very_many_events_the_older_ones_are_missed_and_said_to_be(aws) -> None:
    events = [
        {"EventId": f"e-{n}", "EventName": "CreateGuardrail", "EventTime": 1e9 - n, "CloudTrailEvent": "{}"}
        for n in (1, 2)
    ]
    sessions, server = aws(CALLER, of_json({"Events": events, "NextToken": "more"}))
    caller = sessions.caller()
    with sessions.acting_as(caller):
        client = sessions.client("cloudtrail", "eu-west-2")
        collected = collect(
            COLLECTORS[KIND], client, Scope("111122223333", "eu-west-2"), caller.arn, sessions.calls
        )
    assert len(server.requests) == 1 + 2 * 6
    assert {fact.key for fact in collected.facts} == {"e-1", "e-2"}
    assert [gap.key for gap in collected.gaps] == [
        "events of bedrock.amazonaws.com before 2001-09-09 01:46:38+00:00",
        "events of bedrock-mantle.amazonaws.com before 2001-09-09 01:46:38+00:00",
    ]
    assert "only the newest 6 pages of the last 7 days" in collected.gaps[0].detail


def test_a_refused_lookup_is_a_gap_for_all_of_it(asking: Asking) -> None:
    before = asking.somewhere(KIND)
    asking.strike("throttled", "LookupEvents", before)
    (gap,) = asking.read(KIND, before.scope).collected.gaps
    assert (gap.key, gap.reason) == ("", GapReason.THROTTLED)
