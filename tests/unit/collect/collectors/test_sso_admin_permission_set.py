import json

from console.collect.runner import Needed, collect
from console.domain.evidence import GapReason
from console.domain.scope import Scope
from fakes import fact
from unit.collect.answering import of_json
from unit.collect.collectors.asking import COLLECTORS, Asking
from unit.collect.collectors.test_sso_admin_instance import ABROAD
from unit.collect.test_sessions import CALLER

KIND = "sso-admin.permission_set"


def test_permission_sets_are_told_with_everything_that_they_grant(asking: Asking) -> None:
    sets = {each["Name"]: each for each in asking.payloads(KIND)}
    assert sets.keys() == {"BedrockDeveloper", "BreakGlass", "SecurityAudit", "ViewOnly"}
    developer = sets["BedrockDeveloper"]
    assert "bedrock:InvokeModel" in json.loads(developer["InlinePolicy"])["Statement"][0]["Action"]
    assert len(developer["CustomerManagedPolicyReferences"]) == 2
    assert developer["PermissionsBoundary"]["CustomerManagedPolicyReference"]["Name"] == "bedrock-boundary"
    assert "PermissionsBoundary" not in sets["ViewOnly"]
    assert sets["ViewOnly"]["InlinePolicy"] == ""
    assert [each["Name"] for each in sets["BreakGlass"]["AttachedManagedPolicies"]] == ["AdministratorAccess"]


def test_an_instance_without_permission_sets_is_not_asked_for_any(asking: Asking) -> None:
    (reading,) = asking.everywhere(KIND)
    asked = [each for each in reading.heard if each.operation == "ListPermissionSets" and not each.continued]
    assert len(asked) == 1


def test_an_instance_of_another_region_is_a_gap_that_says_what_to_do(aws) -> None:
    sessions, server = aws(CALLER, of_json({}))
    caller, scope = sessions.caller(), Scope("111122223333")
    known = Needed(facts={"sso-admin.instance": [fact("sso-admin.instance", "i", ABROAD, scope)]})
    client = sessions.client("sso-admin", "eu-west-2")
    with sessions.acting_as(caller):
        got = collect(COLLECTORS[KIND], client, scope, caller.arn, sessions.calls, known)
    (gap,) = got.gaps
    assert (gap.key, gap.reason) == (ABROAD["InstanceArn"], GapReason.FAILED)
    assert "eu-central-1: make that the home Region" in gap.detail
    assert len(server.requests) == 1
