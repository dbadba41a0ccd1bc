from unit.collect.collectors.asking import Asking

KIND = "sso-admin.account_assignment"


def test_everybody_who_holds_a_permission_set_is_told_by_id(asking: Asking) -> None:
    assignments = asking.payloads(KIND)
    assert {each["PrincipalType"] for each in assignments} == {"GROUP", "USER"}
    assert {frozenset(each) for each in assignments} == {
        frozenset({"InstanceArn", "AccountId", "PermissionSetArn", "PrincipalType", "PrincipalId"})
    }
    sets = {each["PermissionSetArn"] for each in asking.payloads("sso-admin.permission_set")}
    assert {each["PermissionSetArn"] for each in assignments} == sets


def test_a_permission_set_whose_accounts_are_refused_is_missed_alone(asking: Asking) -> None:
    (before,) = asking.everywhere(KIND)
    asking.strike("denied", "ListAccountsForProvisionedPermissionSet", before, times=1)
    after = asking.read(KIND, before.scope).collected
    (gap,) = after.gaps
    assert {key for key in before.payloads if not key.startswith(gap.key)} == {
        each.key for each in after.facts
    }


def test_an_account_that_is_refused_is_missed_alone(asking: Asking) -> None:
    (before,) = asking.everywhere(KIND)
    asking.strike("denied", "ListAccountAssignments", before, times=1)
    after = asking.read(KIND, before.scope).collected
    (gap,) = after.gaps
    assert {key for key in before.payloads if not key.startswith(gap.key)} == {
        each.key for each in after.facts
    }
