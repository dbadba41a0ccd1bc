import pytest

from console.collect.runner import Needed, collect
from console.domain.evidence import GapReason
from console.domain.scope import Scope
from fakes import fact
from unit.collect.answering import Answer
from unit.collect.collectors.asking import COLLECTORS, Asking
from unit.collect.test_sessions import CALLER

KIND = "iam.service_last_accessed"
ROLE = "arn:aws:iam::111122223333:role/r"
USER = "arn:aws:iam::111122223333:user/u"
SPEAKING = {"Statement": [{"Effect": "Allow", "Action": "bedrock:*", "Resource": "*"}]}
SILENT = {"Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}


def test_those_whose_policies_speak_of_bedrock_are_asked_about_and_no_others(asking: Asking) -> None:
    reading = asking.somewhere(KIND)
    roles = asking.read("iam.role", reading.scope).facts
    assert any(key.endswith("role/bedrock-application") for key in reading.payloads)
    assert not any("AWSReservedSSO" in key or "Organizations" in key for key in reading.payloads)
    assert len(reading.facts) < len(roles)


def test_what_is_not_about_bedrock_and_what_changes_with_every_asking_is_dropped(asking: Asking) -> None:
    reports = asking.payloads(KIND)
    assert {frozenset(each) for each in reports} == {frozenset({"Arn", "ServicesLastAccessed"})}
    services = [service for each in reports for service in each["ServicesLastAccessed"]]
    assert {each["ServiceNamespace"] for each in services} == {"bedrock", "bedrock-agentcore"}
    assert any("LastAuthenticated" not in each for each in services)
    actions = [action for each in services for action in each.get("TrackedActionsLastAccessed", ())]
    assert "InvokeModel" in {each["ActionName"] for each in actions}


def principals(**inline: object) -> dict[str, list[object]]:
    """Return principals of one account: a role, a user in a group, and policies, of which some speak of Bedrock."""
    said = {name: SPEAKING if name in inline else SILENT for name in ("role", "user", "group", "own")}
    policy = {"IsDefaultVersion": True, "Document": said["own"]}
    old = {"IsDefaultVersion": False, "Document": SPEAKING}
    attached = [{"PolicyArn": "own"}] if "own" in inline else []
    return {
        "iam.role": [
            {
                "Arn": ROLE,
                "RolePolicyList": [{"PolicyDocument": said["role"]}],
                "AttachedManagedPolicies": attached,
            }
        ],
        "iam.user": [
            {
                "Arn": USER,
                "UserPolicyList": [{"PolicyDocument": said["user"]}],
                "AttachedManagedPolicies": [],
                "GroupList": ["g"],
            }
        ],
        "iam.group": [
            {
                "GroupName": "g",
                "GroupPolicyList": [{"PolicyDocument": said["group"]}],
                "AttachedManagedPolicies": [],
            }
        ],
        "iam.policy": [{"Arn": "own", "PolicyVersionList": [old, policy]}],
    }


@pytest.mark.parametrize(
    ("speaking", "asked"),
    [((), []), (("role",), [ROLE]), (("user",), [USER]), (("group",), [USER]), (("own",), [ROLE])],
)
def test_a_policy_may_be_inline_or_attached_or_of_a_group_and_counts_in_its_default_version(
    aws, speaking, asked
) -> None:
    got, server = read(aws, principals(**dict.fromkeys(speaking)), begun(), report("COMPLETED"))
    assert [each.key for each in got.facts] == asked
    assert len(server.requests) == 1 + 2 * len(asked)


def read(aws, known: dict[str, list[object]], *answers: Answer):
    sessions, server = aws(CALLER, *answers)
    caller = sessions.caller()
    scope = Scope(caller.account_id)
    facts = {
        kind: [fact(kind, str(n), each, scope) for n, each in enumerate(found)]
        for kind, found in known.items()
    }
    client = sessions.client("iam", "eu-west-2")
    collector = COLLECTORS[KIND]
    with sessions.acting_as(caller):
        return collect(collector, client, scope, caller.arn, sessions.calls, Needed(facts=facts)), server


def begun() -> Answer:
    name = "GenerateServiceLastAccessedDetails"
    return Answer(
        f"<{name}Response><{name}Result><JobId>{'j' * 36}</JobId></{name}Result></{name}Response>".encode()
    )


def report(status: str, error: str = "", marker: str = "") -> Answer:
    name = "GetServiceLastAccessedDetails"
    said = f"<Error><Message>{error}</Message><Code>c</Code></Error>" if error else ""
    said += f"<IsTruncated>true</IsTruncated><Marker>{marker}</Marker>" if marker else ""
    return Answer(
        f"<{name}Response><{name}Result><JobStatus>{status}</JobStatus><ServicesLastAccessed/>"
        "<JobCreationDate>2026-01-01T00:00:00Z</JobCreationDate>"
        f"<JobCompletionDate>2026-01-01T00:00:00Z</JobCompletionDate>{said}</{name}Result></{name}Response>".encode()
    )


def test_a_report_that_is_not_ready_is_asked_for_again(aws) -> None:
    got, server = read(aws, principals(role=None), begun(), report("IN_PROGRESS"), report("COMPLETED"))
    assert [each.key for each in got.facts] == [ROLE]
    assert len(server.requests) == 4


def test_a_report_that_iam_gives_up_is_a_gap_that_says_why(aws) -> None:
    got, _ = read(aws, principals(role=None), begun(), report("FAILED", "out of order"))
    (gap,) = got.gaps
    assert (gap.key, gap.reason) == (ROLE, GapReason.FAILED)
    assert "out of order" in gap.detail


def test_a_report_that_never_comes_is_a_gap_and_not_waited_for_for_ever(aws, monkeypatch) -> None:
    monkeypatch.setattr("console.collect.collectors.iam_service_last_accessed._PAUSE_SECONDS", 0.0)
    got, server = read(aws, principals(role=None), begun(), report("IN_PROGRESS"))
    (gap,) = got.gaps
    assert "20 tries" in gap.detail
    assert len(server.requests) == 22


def test_pages_of_a_report_that_lead_in_a_circle_are_a_gap_and_not_read_for_ever(aws) -> None:
    got, server = read(aws, principals(role=None), begun(), report("COMPLETED", marker="again"))
    (gap,) = got.gaps
    assert (got.facts, gap.reason) == ((), GapReason.MALFORMED)
    assert len(server.requests) == 4
