"""Single steps, and what is sent for them."""

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest

from console.actuate.hands import Hands
from console.collect.discovery.objects import state_of, version_id
from console.collect.looking import Look
from console.deletion.errors import StoppedExecutionError
from console.deletion.plan import Check, Step
from console.domain.scope import Scope
from unit.deletion.made import step

MADE_AT = "2026-11-24T10:00:00.000Z"
META = {"ResponseMetadata": {"RequestId": "r-1"}}


@dataclass
class Client:
    """A client that answers as it is told, and keeps what it was asked."""

    answer: dict[str, Any] = field(default_factory=dict)
    asked: list[dict[str, Any]] = field(default_factory=list)

    def delete_custom_model(self, **parameters: Any) -> dict[str, Any]:
        self.asked.append(parameters)
        return {**META, **self.answer}

    delete_objects = delete_custom_model
    create_guardrail = delete_custom_model


@dataclass
class Sessions:
    """Sessions whose every client is the same."""

    made: Client

    def identity(self, account_id: str) -> str:
        return account_id

    @contextmanager
    def acting_as(self, _identity: str):
        yield

    def client(self, _service: str, _region: str) -> Client:
        return self.made


@dataclass
class Listing:
    """A bucket's versions."""

    found: list[dict[str, str]]
    reason: str = ""

    def versions(self, scope: Scope, _bucket: str, _prefix: str) -> Look:
        return Look(scope=scope, operation="s3:ListObjectVersions", answer=self.found, reason=self.reason)


def hands(client: Client, listing: Listing | None = None) -> Hands:
    return Hands(Sessions(client), listing or Listing([]), MADE_AT)  # type: ignore[arg-type]


def version(key: str, number: str = "1", written: str = "2026-11-01T00:00:00.000Z") -> dict[str, str]:
    return {"Key": key, "VersionId": number, "LastModified": written}


def objects(*found: dict[str, str], kept: tuple[dict[str, str], ...] = ()) -> Step:
    """Return a step that deletes these versions, as they were approved."""
    parameters = {"Bucket": "b", "Prefix": "data/", "Kept": [version_id(each) for each in kept]}
    return step(
        "s3://b/data/",
        operation="s3:DeleteObjects",
        parameters=parameters,
        check=Check(operation="s3:ListObjectVersions", parameters=parameters, expects="empty"),
        state_sha256=state_of(list(found)),
    )


def named(client: Client) -> list[str]:
    return [each["Key"] for one in client.asked for each in one["Delete"]["Objects"]]


def test_the_approved_call_is_sent_and_its_request_id_returned() -> None:
    client = Client()
    assert hands(client).carry_out(step("m"), goes_on=False) == ["r-1"]
    assert client.asked == [{"modelIdentifier": "m"}]


def test_an_operation_that_is_not_listed_is_never_sent() -> None:
    client = Client()
    with pytest.raises(StoppedExecutionError, match="not among the operations"):
        hands(client).carry_out(step("m", operation="bedrock:CreateGuardrail"), goes_on=False)
    assert client.asked == []


def test_a_refusal_within_the_answer_stops_it() -> None:
    client = Client({"errors": [{"message": "it is in use"}]})
    with pytest.raises(StoppedExecutionError, match="it is in use"):
        hands(client).carry_out(step("m"), goes_on=False)


def test_versions_that_are_to_stay_and_what_lies_elsewhere_are_never_named() -> None:
    going, stays, elsewhere = version("data/a"), version("data/b"), version("database")
    client = Client()
    listing = Listing([going, stays, elsewhere])
    hands(client, listing).carry_out(objects(going, kept=(stays,)), goes_on=False)
    assert named(client) == ["data/a"]


def test_other_versions_than_were_approved_stop_it() -> None:
    client = Client()
    listing = Listing([version("data/a"), version("data/b")])
    with pytest.raises(StoppedExecutionError, match="other versions"):
        hands(client, listing).carry_out(objects(version("data/a")), goes_on=False)
    assert client.asked == []


@pytest.mark.parametrize("goes_on", [False, True])
def test_versions_written_after_the_plan_stop_it_when_it_goes_on_too(*, goes_on: bool) -> None:
    late = version("data/a", written="2026-11-25T00:00:00.000Z")
    client = Client()
    with pytest.raises(StoppedExecutionError, match="after the plan was made"):
        hands(client, Listing([late])).carry_out(objects(late), goes_on=goes_on)
    assert client.asked == []


def test_a_listing_that_is_refused_stops_it() -> None:
    client = Client()
    with pytest.raises(StoppedExecutionError, match="could not be listed"):
        hands(client, Listing([], reason="denied")).carry_out(objects(version("data/a")), goes_on=False)
    assert client.asked == []


def test_a_version_that_aws_keeps_stops_it() -> None:
    client = Client({"Errors": [{"Code": "AccessDenied", "Message": "locked"}]})
    found = version("data/a")
    with pytest.raises(StoppedExecutionError, match="AccessDenied locked"):
        hands(client, Listing([found])).carry_out(objects(found), goes_on=False)


def test_a_thousand_versions_go_in_one_call() -> None:
    found = [version(f"data/{number}") for number in range(1001)]
    client = Client()
    assert hands(client, Listing(found)).carry_out(objects(*found), goes_on=False) == ["r-1", "r-1"]
    assert [len(each["Delete"]["Objects"]) for each in client.asked] == [1000, 1]
