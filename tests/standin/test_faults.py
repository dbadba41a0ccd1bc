"""Faults, as a client meets them: AWS's own codes by protocol, spoilt bodies, broken connections."""

import http.client
import time
from typing import Any
from urllib.error import HTTPError

import pytest
from botocore.exceptions import ClientError, ConnectionClosedError, ReadTimeoutError

from standin_process import RunningStandIn

ASKED = {
    "organizations": ("list_accounts", {}),
    "bedrock": ("list_guardrails", {}),
    "iam": ("get_account_authorization_details", {}),
    "ec2": ("describe_vpc_endpoints", {}),
    "s3": ("list_buckets", {}),
}


def ask(standin: RunningStandIn, service: str) -> Any:
    operation, parameters = ASKED[service]
    return getattr(standin.client(service), operation)(**parameters)


def raw(standin: RunningStandIn, service: str) -> tuple[int, dict[str, str], bytes]:
    """Return an answer's status, headers and body as they are on the wire, even if cut."""
    seen: dict[str, Any] = {}
    client = standin.client(service)

    def keep(request: Any, **_: object) -> Any:
        host = standin.endpoint.removeprefix("http://")
        connection = http.client.HTTPConnection(host, timeout=5)
        path = request.url.removeprefix(standin.endpoint) or "/"
        headers = {name: v.decode() if isinstance(v, bytes) else v for name, v in request.headers.items()}
        connection.request(request.method, path, request.body, headers)
        answer = connection.getresponse()
        try:
            body = answer.read()
        except http.client.IncompleteRead as cut:
            body = cut.partial
        seen["answer"] = (answer.status, {n.lower(): v for n, v in answer.getheaders()}, body)
        connection.close()
        raise InterruptedError

    client.meta.events.register("before-send", keep)
    operation, parameters = ASKED[service]
    with pytest.raises(InterruptedError):
        getattr(client, operation)(**parameters)
    found: tuple[int, dict[str, str], bytes] = seen["answer"]
    return found


@pytest.mark.parametrize(
    ("kind", "service", "code", "status"),
    [
        ("denied", "organizations", "AccessDeniedException", 400),
        ("denied", "bedrock", "AccessDeniedException", 403),
        ("denied", "iam", "AccessDenied", 403),
        ("denied", "ec2", "UnauthorizedOperation", 403),
        ("denied", "s3", "AccessDenied", 403),
        ("throttled", "organizations", "ThrottlingException", 400),
        ("throttled", "bedrock", "ThrottlingException", 429),
        ("throttled", "iam", "Throttling", 400),
        ("throttled", "ec2", "RequestLimitExceeded", 503),
        ("expired", "organizations", "ExpiredTokenException", 400),
        ("expired", "bedrock", "ExpiredTokenException", 403),
        ("expired", "iam", "ExpiredToken", 403),
        ("expired", "ec2", "RequestExpired", 400),
        ("failed", "bedrock", "InternalServerException", 500),
        ("failed", "iam", "InternalFailure", 500),
    ],
)
def test_a_refusal_has_the_code_of_its_protocol(
    standin: RunningStandIn, kind: str, service: str, code: str, status: int
) -> None:
    standin.fault(kind, service=service)
    with pytest.raises(ClientError) as refused:
        ask(standin, service)
    said = refused.value.response
    assert (said["Error"]["Code"], said["ResponseMetadata"]["HTTPStatusCode"]) == (code, status)


@pytest.mark.parametrize("service", ["organizations", "bedrock", "iam", "ec2"])
def test_a_cut_answer_says_it_is_longer(standin: RunningStandIn, service: str) -> None:
    _, _, whole = raw(standin, service)
    standin.fault("cut", service=service)
    status, cut_headers, body = raw(standin, service)
    assert status == 200
    assert 0 < len(body) == len(whole) // 2
    assert int(cut_headers["content-length"]) == len(whole)


@pytest.mark.parametrize("service", ["organizations", "bedrock", "iam", "ec2"])
def test_a_quietly_cut_answer_has_a_length_that_fits(standin: RunningStandIn, service: str) -> None:
    _, _, whole = raw(standin, service)
    standin.fault("cut_quietly", service=service)
    status, headers, body = raw(standin, service)
    assert (status, len(body)) == (200, len(whole) // 2)
    assert int(headers["content-length"]) == len(body)


@pytest.mark.parametrize(("kind", "begins"), [("html", b"<html>"), ("empty", b""), ("malformed", b"\x00{")])
def test_other_bodies_come_with_status_200(standin: RunningStandIn, kind: str, begins: bytes) -> None:
    standin.fault(kind, service="bedrock")
    status, headers, body = raw(standin, "bedrock")
    assert status == 200
    assert body.startswith(begins)
    assert int(headers["content-length"]) == len(body)
    assert (kind == "empty") == (not body)


@pytest.mark.parametrize(
    ("service", "member"),
    [
        ("organizations", "Accounts"),
        ("bedrock", "guardrails"),
        ("iam", "RoleDetailList"),
        ("ec2", "vpcEndpointSet"),
    ],
)
def test_a_member_can_be_taken_away(standin: RunningStandIn, service: str, member: str) -> None:
    assert member.encode() in raw(standin, service)[2]
    standin.fault("missing_member", service=service, member=member)
    _, _, body = raw(standin, service)
    assert member.encode() not in body
    assert body


def test_without_a_name_every_member_is_taken_away(standin: RunningStandIn) -> None:
    standin.fault("missing_member")
    assert ask(standin, "organizations").keys() == {"ResponseMetadata"}
    assert ask(standin, "iam").keys() == {"ResponseMetadata"}
    assert ask(standin, "ec2").keys() == {"ResponseMetadata"}


def test_a_connection_can_be_reset(standin: RunningStandIn) -> None:
    standin.fault("reset", service="bedrock")
    with pytest.raises(ConnectionClosedError):
        ask(standin, "bedrock")


def test_a_slow_answer_runs_into_the_clients_patience(standin: RunningStandIn) -> None:
    standin.fault("slow", service="bedrock", seconds=7)
    with pytest.raises(ReadTimeoutError):
        ask(standin, "bedrock")


def test_a_slow_answer_that_is_waited_for_is_right(standin: RunningStandIn) -> None:
    standin.fault("slow", service="bedrock", seconds=0.3)
    started = time.monotonic()
    assert ask(standin, "bedrock")["guardrails"]
    assert time.monotonic() - started >= 0.3


def test_a_fault_befalls_only_what_it_names(standin: RunningStandIn) -> None:
    standin.fault("denied", service="bedrock", operation="ListGuardrails", region="eu-west-1")
    assert ask(standin, "bedrock")
    client = standin.client("bedrock", region="eu-west-1")
    assert client.get_account_data_retention()["mode"]
    with pytest.raises(ClientError):
        client.list_guardrails()
    inside = standin.assume(standin.readable())
    standin.control("DELETE", "faults")
    standin.fault("denied", account=standin.management_account)
    assert standin.client("bedrock", inside, region="eu-west-1").list_guardrails()
    with pytest.raises(ClientError):
        client.list_guardrails()


def test_a_fault_passes_after_its_times(standin: RunningStandIn) -> None:
    standin.fault("throttled", service="bedrock", times=2)
    for _ in range(2):
        with pytest.raises(ClientError):
            ask(standin, "bedrock")
    assert ask(standin, "bedrock")["guardrails"]
    assert [each["times"] for each in standin.control("GET", "faults")] == [0]


def test_faults_add_up_until_they_are_cleared(standin: RunningStandIn) -> None:
    standin.fault("denied", service="ec2")
    standin.fault("denied", service="iam")
    assert [each["service"] for each in standin.control("GET", "faults")] == ["ec2", "iam"]
    assert standin.control("DELETE", "faults") == []
    assert ask(standin, "ec2")


@pytest.mark.parametrize("fault", [{"kind": "nonsense"}, {"kind": "denied", "colour": "red"}, {}])
def test_what_is_no_fault_is_refused(standin: RunningStandIn, fault: dict[str, str]) -> None:
    with pytest.raises(HTTPError, match="400"):
        standin.control("POST", "faults", [fault])
    assert standin.control("GET", "faults") == []


def test_requests_are_listed_with_who_asked_where(standin: RunningStandIn) -> None:
    standin.control("DELETE", "requests")
    standin.client("bedrock", region="us-east-1").list_guardrails()
    assert standin.control("GET", "requests") == [
        {
            "service": "bedrock",
            "operation": "ListGuardrails",
            "account": standin.management_account,
            "region": "us-east-1",
            "caller": standin.caller,
        }
    ]


def test_latency_holds_for_every_answer(standin: RunningStandIn) -> None:
    standin.control("POST", "latency", {"ms": 200})
    started = time.monotonic()
    ask(standin, "bedrock")
    assert time.monotonic() - started >= 0.2


def test_an_unknown_control_path_lists_what_there_is(standin: RunningStandIn) -> None:
    with pytest.raises(HTTPError, match="404") as refused:
        standin.control("GET", "nothing")
    assert b"/_standin/faults" in refused.value.read()
