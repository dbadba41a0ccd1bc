"""Who may act where: assumed roles really change the account, and nobody gets in who should not."""

import pytest
from botocore.exceptions import ClientError

from standin_process import Keys, RunningStandIn


def code_of(error: pytest.ExceptionInfo[ClientError]) -> tuple[str, int]:
    said = error.value.response
    return said["Error"]["Code"], said["ResponseMetadata"]["HTTPStatusCode"]


def test_each_assumed_role_sees_its_own_account(standin: RunningStandIn) -> None:
    seen = {}
    for account in standin.accounts():
        if account["Status"] == "ACTIVE" and account["Id"] != standin.management_account:
            try:
                keys = standin.assume(account["Id"])
            except ClientError:
                continue
            trails = standin.client("cloudtrail", keys).describe_trails()["trailList"]
            arn = standin.client("sts", keys).get_caller_identity()["Arn"]
            assert arn == f"arn:aws:sts::{account['Id']}:assumed-role/BedrockConsoleReader/a-test"
            seen[account["Id"]] = {each["TrailARN"].split(":")[4] for each in trails}
    assert len(seen) == 9
    assert all(owners <= {account} for account, owners in seen.items())


def test_the_account_without_the_reader_role_refuses(standin: RunningStandIn) -> None:
    (shut,) = [each["account"] for each in standin.control("GET", "planted")["denied"] if each["kind"] == "*"]
    with pytest.raises(ClientError) as refused:
        standin.assume(shut)
    assert code_of(refused) == ("AccessDenied", 403)


@pytest.mark.parametrize("role", ["NoSuchRole", "bedrock-application"])
def test_a_role_that_is_not_there_or_trusts_others_refuses(standin: RunningStandIn, role: str) -> None:
    with pytest.raises(ClientError) as refused:
        standin.assume(standin.readable(), role)
    assert code_of(refused) == ("AccessDenied", 403)


def test_a_reader_cannot_go_on_to_another_account(standin: RunningStandIn) -> None:
    one, another = [
        each["Id"] for each in standin.accounts() if each["Name"] in ("security-tooling", "log-archive")
    ]
    inside = standin.assume(one)
    with pytest.raises(ClientError) as refused:
        standin.client("sts", inside).assume_role(
            RoleArn=f"arn:aws:iam::{another}:role/BedrockConsoleReader", RoleSessionName="a-test"
        )
    assert code_of(refused) == ("AccessDenied", 403)


@pytest.mark.parametrize(
    ("service", "operation", "code"),
    [
        ("sts", "get_caller_identity", "InvalidClientTokenId"),
        ("organizations", "list_roots", "UnrecognizedClientException"),
        ("bedrock", "list_guardrails", "UnrecognizedClientException"),
    ],
)
def test_a_key_that_was_not_handed_out_is_nobody(
    standin: RunningStandIn, service: str, operation: str, code: str
) -> None:
    for keys in (Keys("ASIANOBODY0000000000", "x", "y"), Keys(standin.keys.access_key, "x", "not-the-token")):
        with pytest.raises(ClientError) as refused:
            getattr(standin.client(service, keys), operation)()
        assert code_of(refused) == (code, 403)


def test_what_is_denied_for_good_says_who_and_what(standin: RunningStandIn) -> None:
    denied = standin.control("GET", "planted")["denied"]
    (where,) = [each for each in denied if each["kind"] == "bedrock.guardrail"]
    client = standin.client("bedrock", standin.assume(where["account"]), region=where["region"])
    with pytest.raises(ClientError, match=r"not authorized to perform: bedrock:ListGuardrails") as refused:
        client.list_guardrails()
    assert code_of(refused) == ("AccessDeniedException", 403)
    assert client.get_account_data_retention()["mode"]


def test_sessions_are_forgotten_on_reset(standin: RunningStandIn) -> None:
    inside = standin.assume(standin.readable())
    standin.control("POST", "reset", {})
    with pytest.raises(ClientError, match="invalid"):
        standin.client("sts", inside).get_caller_identity()
    assert standin.client("sts").get_caller_identity()
