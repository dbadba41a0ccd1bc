from unit.collect.answering import of_json
from unit.collect.collectors.asking import COLLECTORS, Asking
from unit.collect.test_runner import run

KIND = "sso-admin.instance"
ABROAD = {
    "InstanceArn": "arn:aws:sso:::instance/ssoins-0123456789abcdef",
    "IdentityStoreId": "d-0123456789",
    "Status": "ACTIVE",
    "PrimaryRegion": "eu-central-1",
}


def test_the_organisations_instance_and_one_that_was_tried_out_are_described(asking: Asking) -> None:
    found = {each["Name"]: each["PermissionSetsEnabled"] for each in asking.payloads(KIND)}
    assert found == {"public-works": True, "analytics-trial": False}


def test_one_of_another_region_is_told_as_the_list_has_it(aws) -> None:
    got, server, _ = run(aws, of_json({"Instances": [ABROAD]}), collector=COLLECTORS[KIND])
    assert [each.payload for each in got.facts] == [ABROAD]
    assert b"ALL_REGIONS" in server.requests[-1][2]


def test_one_that_answers_here_too_is_asked_here(aws) -> None:
    here = {"RegionName": "eu-west-2", "Status": "ACTIVE", "IsPrimaryRegion": False}
    listed = of_json({"Instances": [{**ABROAD, "Regions": [here]}]})
    described = of_json({**ABROAD, "PermissionSetsEnabled": True})
    got, _, _ = run(aws, listed, described, collector=COLLECTORS[KIND])
    assert got.facts[0].payload["PermissionSetsEnabled"] is True
