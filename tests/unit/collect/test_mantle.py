"""The service that AWS has no model of: signed, guarded and told as any other, whatever it answers."""

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError

from console.base.clock import system_clock
from console.base.settings import AwsSettings
from console.collect.collectors.bedrock_mantle_data_retention import COLLECTOR as RETENTION
from console.collect.collectors.bedrock_mantle_project import COLLECTOR as PROJECT
from console.collect.errors import reason_of
from console.collect.runner import Collected, collect
from console.collect.sessions import Sessions
from console.domain.evidence import GapReason
from console.domain.scope import Scope
from unit.collect.answering import Answer, of_json
from unit.collect.collectors.prepared import Made
from unit.collect.test_sessions import CALLER

HERE = Scope("111122223333", "eu-west-2")
LISTED = {"object": "list", "data": [{"id": "proj_a"}], "has_more": True, "last_id": "proj_a"}


def refused(status: int, message: str = "no") -> Answer:
    return of_json({"error": {"message": message, "type": "some_error", "param": None}}, status)


def collected(aws: Made, collector, *answers: Answer) -> tuple[Collected, list[str], dict[str, str]]:
    sessions, server = aws(CALLER, *answers)
    identity = sessions.caller()
    client = sessions.client("bedrock-mantle", "eu-west-2")
    with sessions.acting_as(identity):
        found = collect(collector, client, HERE, identity.arn, sessions.calls)
    asked = server.requests[1:]
    return found, [path for path, _, _ in asked], dict(asked[-1][1])


def test_a_call_is_signed_for_the_service_and_told_with_its_origin(aws: Made) -> None:
    answer = of_json({"mode": "none", "updated_at": 1733529600})
    found, paths, headers = collected(aws, RETENTION, answer)
    (fact,) = found.facts
    assert paths == ["/v1/data_retention"]
    assert "/eu-west-2/bedrock-mantle/aws4_request" in headers["Authorization"]
    assert fact.payload == {"mode": "none", "updated_at": "2024-12-07T00:00:00.000Z"}
    assert fact.provenance.operation == "bedrock-mantle:GetAccountDataRetention"
    assert fact.provenance.request_id == "r-1"


def test_a_request_id_under_another_name_is_kept(aws: Made) -> None:
    answer = Answer(b'{"mode":"none"}', headers={"x-request-id": "r-9"})
    found, _, _ = collected(aws, RETENTION, answer)
    assert [fact.provenance.request_id for fact in found.facts] == ["r-9"]


def test_lists_are_turned_to_their_end_in_the_form_of_this_api(aws: Made) -> None:
    last = {"object": "list", "data": [{"id": "proj_b"}], "has_more": False, "last_id": "proj_b"}
    one, two = ({"id": name, "data_retention": {"mode": "inherit"}} for name in ("proj_a", "proj_b"))
    found, paths, _ = collected(aws, PROJECT, of_json(LISTED), of_json(last), of_json(one), of_json(two))
    assert paths[:2] == ["/v1/organization/projects", "/v1/organization/projects?after=proj_a"]
    assert [fact.key for fact in found.facts] == ["proj_a", "proj_b"]


def test_a_list_that_goes_on_without_saying_where_is_turned_by_its_last_entry(aws: Made) -> None:
    nameless = {name: value for name, value in LISTED.items() if name != "last_id"}
    last = {"object": "list", "data": [], "has_more": False}
    found, paths, _ = collected(aws, PROJECT, of_json(nameless), of_json(last), of_json({"id": "proj_a"}))
    assert paths[1] == "/v1/organization/projects?after=proj_a"
    assert [fact.key for fact in found.facts] == ["proj_a"]


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (refused(403), GapReason.DENIED),
        (refused(401, "Credential should be scoped to correct service"), GapReason.DENIED),
        (refused(403, "The security token included in the request is expired"), GapReason.EXPIRED),
        (refused(404), GapReason.FAILED),
        (refused(429), GapReason.THROTTLED),
        (refused(500), GapReason.FAILED),
        (Answer(b"<html>blocked by policy</html>", 403), GapReason.FAILED),
        (Answer(b"<html>please sign in</html>"), GapReason.MALFORMED),
        (Answer(b"", 302, {"Location": "https://sign-in.example"}), GapReason.MALFORMED),
        (Answer(b'{"mode":"no', length=40), GapReason.MALFORMED),
        (of_json({"updated_at": 1}), GapReason.MALFORMED),
    ],
)
def test_whatever_is_no_answer_is_a_gap_with_its_reason(aws: Made, answer: Answer, reason: GapReason) -> None:
    found, _, _ = collected(aws, RETENTION, answer)
    (gap,) = found.gaps
    assert (found.facts, gap.reason) == ((), reason)
    assert gap.detail


def test_a_refusal_says_what_the_service_said(aws: Made) -> None:
    found, _, _ = collected(aws, RETENTION, refused(403, "not for you"))
    assert "(AccessDeniedException)" in found.gaps[0].detail
    assert "not for you" in found.gaps[0].detail


def test_it_lives_under_awss_dual_stack_suffix_and_nowhere_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    sessions = Sessions(AwsSettings(), system_clock)
    client = sessions.client("bedrock-mantle", "eu-west-2")
    assert client.meta.endpoint_url == "https://bedrock-mantle.eu-west-2.api.aws"
    assert ".amazonaws.com" in sessions.client("bedrock", "eu-west-2").meta.endpoint_url


def test_a_region_that_does_not_have_it_is_not_reached() -> None:
    error = EndpointConnectionError(endpoint_url="https://bedrock-mantle.af-south-1.api.aws")
    assert reason_of(error) is GapReason.UNREACHABLE


def test_other_services_refusals_are_left_alone(aws: Made) -> None:
    sessions, _ = aws(CALLER, refused(403))
    with sessions.acting_as(sessions.caller()), pytest.raises(ClientError) as caught:
        sessions.client("bedrock", "eu-west-2").list_guardrails()
    assert caught.value.response["Error"]["Code"] == "403"
