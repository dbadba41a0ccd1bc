"""Identity Center's sign-in, and roles that ask for an external id or a one-time code."""

from typing import Any

import botocore.session
import pytest
from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import ClientError

from standin_process import LONDON, Keys, RunningStandIn

START_URL = "https://department.awsapps.com/start"
GRANT = "urn:ietf:params:oauth:grant-type:device_code"
SERIAL = "arn:aws:iam::111122223333:mfa/officer"


def unsigned(standin: RunningStandIn, service: str) -> Any:
    config = Config(signature_version=UNSIGNED, retries={"total_max_attempts": 1})
    return botocore.session.Session().create_client(
        service, region_name=LONDON, endpoint_url=standin.endpoint, config=config
    )


def begun(standin: RunningStandIn) -> tuple[Any, dict[str, str], dict[str, Any]]:
    oidc = unsigned(standin, "sso-oidc")
    said = oidc.register_client(clientName="test", clientType="public")
    client = {"clientId": said["clientId"], "clientSecret": said["clientSecret"]}
    return oidc, client, oidc.start_device_authorization(**client, startUrl=START_URL)


def refused(call: Any, **asked: Any) -> str:
    with pytest.raises(ClientError) as caught:
        call(**asked)
    return caught.value.response["Error"]["Code"]


def test_a_code_is_pending_until_somebody_confirms_it_and_then_gives_keys(standin: RunningStandIn) -> None:
    oidc, client, device = begun(standin)
    ask = {**client, "grantType": GRANT, "deviceCode": device["deviceCode"]}
    assert refused(oidc.create_token, **ask) == "AuthorizationPendingException"
    assert standin.control("GET", "codes") == [device["userCode"]]
    standin.control("POST", "codes", {"user_code": device["userCode"], "verdict": "approve"})
    token = oidc.create_token(**ask)
    assert refused(oidc.create_token, **ask) == "InvalidGrantException"
    sso = unsigned(standin, "sso")
    (account,) = sso.list_accounts(accessToken=token["accessToken"])["accountList"]
    (role,) = sso.list_account_roles(accessToken=token["accessToken"], accountId=account["accountId"])[
        "roleList"
    ]
    keys = sso.get_role_credentials(
        accessToken=token["accessToken"], accountId=account["accountId"], roleName=role["roleName"]
    )["roleCredentials"]
    own = Keys(keys["accessKeyId"], keys["secretAccessKey"], keys["sessionToken"])
    arn = standin.client("sts", own).get_caller_identity()["Arn"]
    assert arn == f"arn:aws:sts::{standin.management_account}:assumed-role/{role['roleName']}/officer"
    renewed = oidc.create_token(**client, grantType="refresh_token", refreshToken=token["refreshToken"])
    sso.logout(accessToken=renewed["accessToken"])
    assert refused(sso.list_accounts, accessToken=renewed["accessToken"]) == "UnauthorizedException"


@pytest.mark.parametrize(
    ("manner", "code"),
    [
        ({"verdict": "deny"}, "AccessDeniedException"),
        ({"code_seconds": 0}, "ExpiredTokenException"),
        ({"slow_down": 1}, "SlowDownException"),
    ],
)
def test_a_code_is_refused_as_aws_refuses_it(
    standin: RunningStandIn, manner: dict[str, Any], code: str
) -> None:
    standin.control("POST", "portal", manner)
    oidc, client, device = begun(standin)
    assert refused(oidc.create_token, **client, grantType=GRANT, deviceCode=device["deviceCode"]) == code


def test_strangers_get_nothing(standin: RunningStandIn) -> None:
    oidc, client, device = begun(standin)
    stranger = {"clientId": "x", "clientSecret": "y"}
    assert (
        refused(oidc.start_device_authorization, **stranger, startUrl=START_URL) == "InvalidClientException"
    )
    elsewhere = refused(oidc.start_device_authorization, **client, startUrl="https://elsewhere.example")
    assert elsewhere == "InvalidRequestException"
    ask = {**client, "grantType": "refresh_token", "refreshToken": device["deviceCode"]}
    assert refused(oidc.create_token, **ask) == "InvalidGrantException"
    assert refused(unsigned(standin, "sso").list_accounts, accessToken="x") == "UnauthorizedException"


def test_a_role_holds_to_its_external_id_its_code_and_its_duration(standin: RunningStandIn) -> None:
    own = standin.management_account
    role = f"arn:aws:iam::{own}:role/AssuranceOfficer"
    standin.control(
        "POST", "users", {"access_key_id": "AKIAOFFICER", "arn": f"arn:aws:iam::{own}:user/officer"}
    )
    condition = {
        "StringEquals": {"sts:ExternalId": "dept-7"},
        "Bool": {"aws:MultiFactorAuthPresent": "true"},
    }
    statement = {"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{own}:root"}, "Condition": condition}
    standin.control("POST", "trust", {"role": role, "document": {"Statement": [statement]}})
    standin.control("POST", "mfa", {"serial": SERIAL, "code": "123456"})
    sts = standin.client("sts", Keys("AKIAOFFICER", "any", ""))
    asked = {"RoleArn": role, "RoleSessionName": "officer"}
    code = {"SerialNumber": SERIAL, "TokenCode": "123456"}
    assert refused(sts.assume_role, **asked) == "AccessDenied"
    assert refused(sts.assume_role, **asked, ExternalId="dept-7") == "AccessDenied"
    with pytest.raises(ClientError, match="invalid MFA"):
        sts.assume_role(**asked, ExternalId="dept-7", SerialNumber=SERIAL, TokenCode="000000")
    said = sts.assume_role(**asked, ExternalId="dept-7", DurationSeconds=900, **code)["Credentials"]
    assert refused(sts.assume_role, **asked, ExternalId="dept-7", **code) == "AccessDenied"
    keys = Keys(said["AccessKeyId"], said["SecretAccessKey"], said["SessionToken"])
    assert standin.client("sts", keys).get_caller_identity()["Account"] == own
