import pytest

from console.collect.base import account_of, client_in
from unit.collect.answering import Answer
from unit.collect.test_sessions import CALLER, assumed

BLOCK = Answer(
    b"<PublicAccessBlockConfiguration><BlockPublicAcls>true</BlockPublicAcls></PublicAccessBlockConfiguration>"
)


def test_an_account_in_front_of_a_host_does_not_lead_away_from_this_machine(aws) -> None:
    sessions, server = aws(CALLER, BLOCK)
    with sessions.acting_as(sessions.caller()):
        control = sessions.client("s3control", "eu-west-2")
        control.get_public_access_block(AccountId=account_of(control))
    path, headers, _ = server.requests[-1]
    assert path == "/v20180820/configuration/publicAccessBlock"
    assert headers["x-amz-account-id"] == "111122223333"


def test_a_name_that_only_ends_like_this_machines_is_refused(aws) -> None:
    sessions, _ = aws(CALLER, BLOCK)
    caller = sessions.caller()
    client = sessions.client("s3", "eu-west-2")

    def astray(request, **_: object) -> None:
        request.url = request.url.replace("127.0.0.1", "evil127.0.0.1")

    client.meta.events.register_first("before-send", astray)
    with sessions.acting_as(caller), pytest.raises(Exception, match="about to go elsewhere"):
        client.list_buckets()


def test_a_thing_elsewhere_is_asked_about_there_as_the_same_account(aws) -> None:
    sessions, _ = aws(CALLER, assumed("ASIAMEMBER"))
    london = sessions.client("kms", "eu-west-2")
    virginia = client_in(london, "us-east-1")
    assert virginia.meta.region_name == "us-east-1"
    assert virginia is sessions.client("kms", "us-east-1")
    with sessions.acting_as(sessions.identity("444455556666")):
        assert account_of(virginia) == account_of(london) == "444455556666"
    assert account_of(london) == ""


def test_a_bucket_that_lies_elsewhere_is_followed_there(aws) -> None:
    moved = Answer(
        b"<Error><Code>PermanentRedirect</Code><Message>elsewhere</Message></Error>",
        301,
        {"x-amz-bucket-region": "eu-west-2"},
    )
    sessions, server = aws(
        CALLER, moved, Answer(b"<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>")
    )
    with sessions.acting_as(sessions.caller()):
        said = sessions.client("s3", "us-east-1").get_bucket_versioning(Bucket="archive")
    assert said["Status"] == "Enabled"
    regions = [headers["Authorization"].split("/")[2] for _, headers, _ in server.requests[-2:]]
    assert regions == ["us-east-1", "eu-west-2"]


@pytest.mark.parametrize(
    "url",
    [
        "http://archive.s3.eu-west-2.amazonaws.com/?policy",
        "https://archive.s3.eu-west-2.amazonaws.com.example/?policy",
        "https://127.0.0.1/?policy",
    ],
)
def test_a_buckets_own_host_is_one_of_aws_or_it_is_not_asked(aws, monkeypatch, url: str) -> None:
    sessions, _ = aws(CALLER)
    caller = sessions.caller()
    monkeypatch.delenv("AWS_ENDPOINT_URL")
    client = sessions.client("s3", "eu-west-2")

    def astray(request, **_: object) -> None:
        request.url = url

    client.meta.events.register_first("before-send", astray)
    with sessions.acting_as(caller), pytest.raises(Exception, match=r"is not|elsewhere"):
        client.get_bucket_policy(Bucket="archive")
