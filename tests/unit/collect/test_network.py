"""Proxies, inspected connections, FIPS and other endpoints, for the collectors' calls and for signing in alike."""

import ssl
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from console.base.settings import AwsSettings
from console.collect.errors import RefusedHostError, UnreachableError
from console.collect.own_session import credentials_of, own_session
from console.collect.sessions import Sessions
from unit.collect.answering import answering
from unit.collect.conftest import NOW
from unit.collect.relaying import Proxy, an_authority, relaying
from unit.collect.test_sessions import CALLER, assumed

Configure = Callable[..., None]
CHAIN = """
[profile chain]
role_arn = arn:aws:iam::111122223333:role/Auditor
credential_source = Environment
"""


@pytest.fixture
def configure(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Configure:
    """Return what sets a person's environment and configuration, with nothing else of AWS or proxies in it."""
    for name in ("AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_CA_BUNDLE", "REQUESTS_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    config = tmp_path / "config"
    monkeypatch.setenv("AWS_CONFIG_FILE", str(config))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAOFFICER")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "not-a-secret")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")

    def set_all(text: str = "", **variables: object) -> None:
        config.write_text(text, encoding="utf-8")
        for name, value in variables.items():
            monkeypatch.setenv(name, str(value))

    return set_all


@pytest.fixture
def proxy() -> Iterator[Proxy]:
    with relaying() as proxy:
        yield proxy


@pytest.fixture
def inspected(tmp_path: Path) -> tuple[Path, ssl.SSLContext]:
    return an_authority(tmp_path)


def sessions(profile: str = "", **changes: object) -> Sessions:
    chosen = {"attempts": 1, "connect_seconds": 3.0, "read_seconds": 3.0, "profile": profile, **changes}
    return Sessions(AwsSettings(**chosen), lambda: NOW)


def test_calls_in_the_clear_go_through_the_proxy(configure: Configure, proxy: Proxy) -> None:
    with answering(CALLER) as server:
        configure(AWS_ENDPOINT_URL=server.endpoint, HTTP_PROXY=proxy.address)
        assert sessions().caller().account_id == "111122223333"
    assert proxy.forwarded == [f"{server.endpoint}/"]


def test_encrypted_calls_go_through_a_tunnel_and_the_proxy_sees_no_more_than_the_host(
    configure: Configure, proxy: Proxy, inspected: tuple[Path, ssl.SSLContext]
) -> None:
    bundle, tls = inspected
    with answering(CALLER, tls=tls) as server:
        configure(AWS_ENDPOINT_URL=server.endpoint, HTTPS_PROXY=proxy.address, AWS_CA_BUNDLE=bundle)
        assert sessions().caller().account_id == "111122223333"
        assert len(server.requests) == 1
    assert proxy.tunnelled == [server.endpoint.removeprefix("https://")]
    assert proxy.forwarded == []


def test_a_host_that_needs_no_proxy_is_reached_without_it(configure: Configure, proxy: Proxy) -> None:
    with answering(CALLER) as server:
        configure(AWS_ENDPOINT_URL=server.endpoint, HTTP_PROXY=proxy.address, NO_PROXY="127.0.0.1,localhost")
        assert sessions().caller()
    assert proxy.forwarded == []


def test_a_role_on_the_way_is_assumed_through_proxy_and_inspection_too(
    configure: Configure, proxy: Proxy, inspected: tuple[Path, ssl.SSLContext]
) -> None:
    bundle, tls = inspected
    with answering(assumed("ASIAROLE", "2099-01-01T00:00:00Z"), CALLER, tls=tls) as server:
        text = CHAIN + f"ca_bundle = {bundle}\n"
        configure(text, AWS_ENDPOINT_URL=server.endpoint, HTTPS_PROXY=proxy.address)
        assert sessions("chain").caller().account_id == "111122223333"
        assert b"Action=AssumeRole" in server.requests[0][2]
        assert "ASIAROLE" in server.requests[1][1]["Authorization"]
    assert len(proxy.tunnelled) == 2


def test_a_proxy_that_is_not_there_is_a_matter_of_the_network(configure: Configure) -> None:
    configure(AWS_ENDPOINT_URL="http://127.0.0.1:9", HTTP_PROXY="http://127.0.0.1:9")
    with pytest.raises(UnreachableError) as refused:
        sessions().caller()
    assert "HTTPS_PROXY" in refused.value.remedy


@pytest.mark.parametrize("named", ["AWS_CA_BUNDLE", "REQUESTS_CA_BUNDLE"])
def test_an_inspected_connection_needs_the_departments_certificate(
    configure: Configure, inspected: tuple[Path, ssl.SSLContext], named: str
) -> None:
    bundle, tls = inspected
    with answering(CALLER, tls=tls) as server:
        configure(AWS_ENDPOINT_URL=server.endpoint)
        with pytest.raises(UnreachableError, match="CERTIFICATE_VERIFY_FAILED") as refused:
            sessions().caller()
        assert "AWS_CA_BUNDLE" in refused.value.remedy
        assert server.requests == []
        configure(**{named: bundle})
        assert sessions().caller()


def test_a_profile_names_its_certificates(
    configure: Configure, inspected: tuple[Path, ssl.SSLContext]
) -> None:
    bundle, tls = inspected
    with answering(CALLER, tls=tls) as server:
        text = f"[profile p]\nca_bundle = {bundle}\nendpoint_url = {server.endpoint}\n"
        configure(text)
        named = sessions("p")
        with pytest.raises(Exception, match="no AWS credentials"):
            named.caller()  # a profile that is named wins over keys in the environment
        configure(text, AWS_PROFILE="p")
        assert sessions().caller()


@pytest.mark.parametrize(
    ("text", "changes", "variables"),
    [
        ("", {"use_fips": True}, {}),
        ("", {}, {"AWS_USE_FIPS_ENDPOINT": "true"}),
        ("[default]\nuse_fips_endpoint = true\n", {}, {}),
    ],
)
def test_fips_is_a_setting_a_variable_or_a_profiles(
    configure: Configure, text: str, changes: dict[str, object], variables: dict[str, str]
) -> None:
    configure(text, **variables)
    client = sessions(**changes).client("bedrock", "us-east-1")
    assert client.meta.endpoint_url == "https://bedrock-fips.us-east-1.amazonaws.com"
    own = own_session(AwsSettings(**changes))
    assert own.create_client("sts", region_name="us-east-1").meta.endpoint_url.startswith("https://sts-fips.")


def test_signing_in_sends_nothing_to_a_host_that_is_not_aws(configure: Configure) -> None:
    configure(CHAIN, AWS_ENDPOINT_URL="https://sts.amazonaws.com.example")
    with pytest.raises(RefusedHostError, match="is not a host of AWS"):
        credentials_of(own_session(AwsSettings(profile="chain", attempts=1)))


def test_a_role_on_the_way_is_assumed_in_the_home_region(configure: Configure) -> None:
    seen: list[str] = []
    configure(CHAIN, AWS_ENDPOINT_URL="http://127.0.0.1:9")
    session = own_session(AwsSettings(profile="chain", attempts=1))
    session.register("before-sign", lambda region_name, **_: seen.append(region_name))
    with pytest.raises(Exception, match="Could not connect"):
        credentials_of(session)
    assert seen == ["eu-west-2"]


def test_one_service_can_have_an_endpoint_of_its_own(configure: Configure) -> None:
    with answering(CALLER) as server:
        configure(AWS_ENDPOINT_URL_STS=server.endpoint)
        assert sessions().caller()
        assert "amazonaws.com" in sessions().client("bedrock", "eu-west-2").meta.endpoint_url
