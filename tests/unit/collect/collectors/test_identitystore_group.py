from unit.collect.collectors.asking import Asking


def test_groups_are_told_by_name_and_who_made_them_is_not(asking: Asking) -> None:
    groups = asking.payloads("identitystore.group")
    assert {each["DisplayName"] for each in groups} == {
        "ai-engineers",
        "cloud-operations",
        "information-assurance",
    }
    assert {frozenset(each) for each in groups} == {
        frozenset({"IdentityStoreId", "GroupId", "GroupArn", "DisplayName"})
    }


def test_people_are_not_asked_about(asking: Asking) -> None:
    (reading,) = asking.everywhere("identitystore.group")
    assigned = asking.payloads("sso-admin.account_assignment")
    assert "USER" in {each["PrincipalType"] for each in assigned}
    assert reading.payloads.keys() == {
        each["PrincipalId"] for each in assigned if each["PrincipalType"] == "GROUP"
    }
    assert reading.operations == {"DescribeGroup"}
