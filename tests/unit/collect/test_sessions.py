import threading

import pytest
from botocore.awsrequest import AWSRequest

from console.collect.errors import NoSignInError, RefusedHostError, UnreachableError
from console.collect.identity import Identity
from console.collect.pacing import ClientPace, Pacing
from console.collect.retries import Pauses
from console.collect.transport import Transport, refusal
from unit.collect.answering import Answer, of_json
from unit.collect.conftest import NOW

CALLER = Answer(
    b"<GetCallerIdentityResponse><GetCallerIdentityResult>"
    b"<Arn>arn:aws:sts::111122223333:assumed-role/Auditor/officer</Arn><UserId>A</UserId>"
    b"<Account>111122223333</Account></GetCallerIdentityResult></GetCallerIdentityResponse>"
)


def assumed(key: str, expires: str = "2026-11-23T10:14:00Z") -> Answer:
    return Answer(
        "<AssumeRoleResponse><AssumeRoleResult><AssumedRoleUser><AssumedRoleId>A:b</AssumedRoleId>"
        "<Arn>arn:aws:sts::444455556666:assumed-role/BedrockConsoleReader/bedrock-console</Arn></AssumedRoleUser>"
        f"<Credentials><AccessKeyId>{key}</AccessKeyId><SecretAccessKey>s</SecretAccessKey>"
        f"<SessionToken>t</SessionToken><Expiration>{expires}</Expiration></Credentials>"
        "</AssumeRoleResult></AssumeRoleResponse>".encode()
    )


def signer_of(request) -> str:
    return request[1]["Authorization"].partition("Credential=")[2].partition("/")[0]


def test_the_caller_is_who_sts_says(aws) -> None:
    sessions, _ = aws(CALLER)
    assert sessions.caller().account_id == "111122223333"
    assert sessions.identity("111122223333") is sessions.caller()


def test_one_client_serves_two_accounts_each_with_its_own_credentials(aws) -> None:
    sessions, server = aws(CALLER, assumed("ASIAMEMBER"), of_json({"guardrails": []}))
    caller, member = sessions.identity("111122223333"), sessions.identity("444455556666")
    bedrock = sessions.client("bedrock", "eu-west-2")
    assert bedrock is sessions.client("bedrock", "eu-west-2")
    for identity in (caller, member, caller):
        with sessions.acting_as(identity):
            bedrock.list_guardrails()
    assert [signer_of(each) for each in server.requests[2:]] == ["AKIAOFFICER", "ASIAMEMBER", "AKIAOFFICER"]


def test_nothing_is_signed_when_nobody_acts(aws) -> None:
    sessions, server = aws(CALLER)
    with pytest.raises(Exception, match="Unable to locate credentials"):
        sessions.client("bedrock", "eu-west-2").list_guardrails()
    assert server.requests == []


def test_an_api_key_in_the_environment_signs_for_nobody(aws, monkeypatch) -> None:
    monkeypatch.setenv("AWS_BEARER_TOKEN_BEDROCK", "an-api-key")
    sessions, server = aws(CALLER, of_json({"guardrails": []}))
    with sessions.acting_as(sessions.caller()):
        sessions.client("bedrock", "eu-west-2").list_guardrails()
    assert signer_of(server.requests[-1]) == "AKIAOFFICER"


def test_a_role_is_assumed_once_until_it_is_about_to_expire(aws) -> None:
    sessions, _ = aws(CALLER, assumed("ONE"), assumed("TWO", "2026-11-23T09:16:00Z"), assumed("THREE"))
    first = sessions.identity("444455556666")
    assert sessions.identity("444455556666") is first
    sessions.forget(first)
    second = sessions.identity("444455556666")
    assert second.credentials.access_key == "TWO"
    assert sessions.identity("444455556666").credentials.access_key == "THREE"
    sessions.forget(second)
    assert sessions.identity("444455556666").credentials.access_key == "THREE"


def test_the_role_and_the_external_id_are_those_of_the_settings(aws) -> None:
    sessions, server = aws(CALLER, assumed("ONE"), reader_role="Auditor", external_id="department-7")
    sessions.identity("444455556666")
    body = server.requests[-1][2].decode()
    assert "RoleArn=arn%3Aaws%3Aiam%3A%3A444455556666%3Arole%2FAuditor" in body
    assert "ExternalId=department-7" in body


def test_credentials_that_aws_refuses_are_a_matter_of_signing_in(aws) -> None:
    body = b"<ErrorResponse><Error><Code>ExpiredToken</Code><Message>old</Message></Error></ErrorResponse>"
    sessions, _ = aws(Answer(body, 403))
    with pytest.raises(NoSignInError, match="old") as caught:
        sessions.caller()
    assert "aws configure sso" in caught.value.remedy


def test_no_credentials_at_all_are_a_matter_of_signing_in(aws, monkeypatch, tmp_path) -> None:
    sessions, _ = aws(CALLER)
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    with pytest.raises(NoSignInError, match="no AWS credentials"):
        sessions.caller()


def test_a_network_that_does_not_answer_is_said_to_be_that(aws, monkeypatch) -> None:
    sessions, _ = aws(CALLER)
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    with pytest.raises(UnreachableError):
        sessions.caller()


def test_an_identity_does_not_show_its_credentials(aws) -> None:
    sessions, _ = aws(CALLER)
    assert "not-a-secret" not in repr(sessions.caller())
    assert repr(Identity("1", "arn:aws:sts::1:x", "secret", NOW)) == "Identity(arn:aws:sts::1:x)"


def test_credentials_never_go_to_a_host_that_is_not_aws(aws, monkeypatch) -> None:
    sessions, _ = aws(CALLER)
    caller = sessions.caller()
    monkeypatch.setenv("AWS_ENDPOINT_URL", "https://bedrock.amazonaws.com.example")
    bedrock = sessions.client("bedrock", "eu-west-1")
    with sessions.acting_as(caller), pytest.raises(Exception, match="is not a host of AWS"):
        bedrock.list_guardrails()


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://bedrock.eu-west-2.amazonaws.com",
        "https://sts.eu-west-2.api.aws",
        "http://127.0.0.1:5000",
        "http://[::1]:1",
    ],
)
def test_hosts_of_aws_and_this_machine_are_reached(endpoint: str) -> None:
    assert refusal(endpoint, ("amazonaws.com", "api.aws")) == ""


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://bedrock.eu-west-2.amazonaws.com",
        "https://amazonaws.com.example",
        "https://evilamazonaws.com",
        "https://x",
    ],
)
def test_others_are_not(endpoint: str) -> None:
    assert refusal(endpoint, ("amazonaws.com", "api.aws"))


@pytest.mark.parametrize(
    ("service", "home", "asked"),
    [
        ("iam", "eu-west-2", "eu-west-2"),
        ("sso-admin", "eu-west-2", "eu-west-2"),
        ("marketplace-agreement", "eu-west-2", "us-east-1"),
        ("pricing", "eu-west-2", "eu-central-1"),
        ("pricing", "sa-east-1", "ap-south-1"),
    ],
)
def test_what_has_no_region_is_asked_at_home_or_where_its_service_is(aws, service, home, asked) -> None:
    sessions, _ = aws(CALLER, home_region=home)
    assert sessions.home_of(service) == asked


class _SentError(Exception):
    """A request would have left."""


class _Wire:
    def send(self, request):
        raise _SentError(request.url)


@pytest.mark.parametrize(
    ("endpoint", "url", "leaves"),
    [
        ("https://artifact.eu-west-2.amazonaws.com", "https://artifact.us-east-1.amazonaws.com/v1/x", True),
        ("https://s3.eu-west-2.amazonaws.com", "https://a-bucket.s3.eu-west-2.amazonaws.com/", True),
        ("https://s3.eu-west-2.amazonaws.com", "http://a-bucket.s3.eu-west-2.amazonaws.com/", False),
        ("https://s3.eu-west-2.amazonaws.com", "https://a-bucket.example/", False),
        ("https://s3.eu-west-2.amazonaws.com", "http://127.0.0.1:9/", False),
        ("http://127.0.0.1:9", "http://127.0.0.1:9/a-bucket", True),
        ("http://127.0.0.1:9", "https://s3.eu-west-2.amazonaws.com/", False),
    ],
)
def test_from_aws_to_aws_is_no_straying_and_from_a_stand_in_nothing_leaves(
    aws, monkeypatch, endpoint, url, leaves
) -> None:
    sessions, _ = aws(CALLER)
    monkeypatch.setenv("AWS_ENDPOINT_URL", endpoint)
    client = sessions.client("s3", "eu-west-2")
    pace = ClientPace(Pacing(lambda: 0.0), lambda: "111122223333", "eu-west-2", "s3")
    pauses = Pauses(threading.Event())
    transport = Transport(client, _Wire(), ("amazonaws.com",), sessions.calls, pace, pauses)
    with pytest.raises(_SentError if leaves else RefusedHostError):
        transport.send(AWSRequest("GET", url).prepare(), "before-send.s3.ListBuckets")
