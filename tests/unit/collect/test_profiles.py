"""What a configuration says about signing in, and what to run for it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import botocore.session
import pytest

from console.base.settings import AwsSettings
from console.collect.device_flow import DeviceFlow, token_file
from console.collect.errors import BadConfigurationError, PortalSignInError, UnreachableError
from console.collect.own_session import nobody_to_ask, own_session
from console.collect.profiles import PortalLogin, not_signed_in, portal_of
from unit.collect.conftest import NOW

SHARED = """
[profile audit]
sso_session = department
sso_account_id = 111122223333
sso_role_name = Auditor
[sso-session department]
sso_start_url = https://department.awsapps.com/start
sso_region = eu-west-2
"""
Configured = Callable[[str, str], Any]


@pytest.fixture
def configured(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Configured:
    """Return a maker of botocore's session over a configuration, with a profile."""
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    monkeypatch.delenv("AWS_PROFILE", raising=False)

    def make(text: str, profile: str) -> Any:
        (tmp_path / "config").write_text(text, encoding="utf-8")
        return botocore.session.Session(profile=profile or None)

    return make


def test_a_shared_session_gives_a_token_that_can_be_renewed(configured: Configured) -> None:
    login = portal_of(configured(SHARED, "audit"))
    assert login is not None
    assert login.scopes == ("sso:account:access",)
    assert login.cache_name == "department"
    own = SHARED + "sso_registration_scopes = sso:account:access, codewhisperer:completions\n"
    named = portal_of(configured(own, "audit"))
    assert named is not None
    assert named.scopes == ("sso:account:access", "codewhisperer:completions")


@pytest.mark.parametrize(
    "text",
    [
        "[profile audit]\nsso_session = nowhere\n",
        "[profile audit]\nsso_start_url = https://x\n",
        "[profile audit]\nrole_arn = r\nsource_profile = other\n[profile other]\nsource_profile = audit\n",
        "",
    ],
)
def test_what_names_no_portal_whole_is_none(configured: Configured, text: str) -> None:
    assert portal_of(configured(text, "audit")) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[profile p]\nlogin_session = arn:aws:iam::1:user/me\n", "Run `aws login --profile p`."),
        ("[profile p]\ncredential_process = tool\n", "`credential_process` of profile p"),
        ("[profile p]\nrole_arn = r\ncredential_source = Ec2InstanceMetadata\n", "from Ec2InstanceMetadata"),
        ("[profile p]\naws_access_key_id = A\naws_secret_access_key = b\n", "Renew the keys of profile p"),
        ("[profile p]\nregion = eu-west-2\n", "run `aws configure sso --profile p`"),
        (
            "[profile p]\nrole_arn = r\nsource_profile = q\n[profile q]\naws_access_key_id = A\n",
            "Renew the keys of profile q",
        ),
    ],
)
def test_each_way_to_sign_in_has_its_advice(configured: Configured, text: str, words: str) -> None:
    refused = not_signed_in(configured(text, "p"), "no")
    assert words in refused.remedy
    assert refused.remedy.endswith("Then start the refresh again.")


def test_a_portals_advice_names_the_profile_that_was_asked_for(configured: Configured) -> None:
    chained = SHARED + "[profile chain]\nrole_arn = r\nsource_profile = audit\n"
    refused = not_signed_in(configured(chained, "chain"), "over")
    assert isinstance(refused, PortalSignInError)
    assert "bedrock-console sign-in --profile chain" in refused.remedy


def test_without_any_configuration_both_ways_out_are_named(configured: Configured) -> None:
    remedy = not_signed_in(configured("", ""), "no").remedy
    assert "--profile NAME" in remedy
    assert "AWS_" in remedy


def test_a_configuration_that_cannot_be_read_is_said(configured: Configured) -> None:
    configured("[profile p\nno = section\n", "p")
    with pytest.raises(BadConfigurationError):
        own_session(AwsSettings(profile="p"))


def test_a_portal_that_does_not_answer_is_a_matter_of_the_network(
    configured: Configured, monkeypatch: pytest.MonkeyPatch
) -> None:
    configured(SHARED, "audit")
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    session = own_session(AwsSettings(profile="audit", attempts=1, connect_seconds=1.0))
    login = portal_of(session)
    assert login is not None
    with pytest.raises(UnreachableError, match="does not sign you in"):
        DeviceFlow(session, login, lambda: NOW, lambda _: False).run(lambda _: None)


def test_where_nobody_sits_no_code_is_waited_for() -> None:
    with pytest.raises(Exception, match="nobody can be asked here"):
        nobody_to_ask("arn:aws:iam::1:mfa/me")


def test_tokens_are_where_other_tools_of_aws_look() -> None:
    login = PortalLogin(profile="p", start_url="https://x", region="eu-west-2", session="my-sso")
    assert token_file(login).parent == Path("~/.aws/sso/cache").expanduser()
    # What `aws sso login` names the file of a session that is called my-sso.
    assert token_file(login).name == "0ad374308c5a4e22f723adf10145eafad7c4031c.json"
