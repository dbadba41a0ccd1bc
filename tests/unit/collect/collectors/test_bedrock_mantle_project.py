from unit.collect.collectors.asking import Asking

KIND = "bedrock-mantle.project"


def test_a_project_has_a_mode_of_its_own(asking: Asking) -> None:
    projects = asking.payloads(KIND)
    assert {project["data_retention"]["mode"] for project in projects} == {"inherit", "default"}
    assert "default" in {project["id"] for project in projects}


def test_archived_projects_are_left_to_the_inventory(asking: Asking) -> None:
    active = {project["arn"] for project in asking.payloads(KIND)}
    inventory = {each["Identifier"] for each in asking.payloads("cloudcontrol.mantle_project")}
    assert active < inventory
