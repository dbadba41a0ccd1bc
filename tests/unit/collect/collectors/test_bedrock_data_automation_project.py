from unit.collect.collectors.asking import Asking

KIND = "bedrock-data-automation.project"


def test_projects_in_the_making_are_read_too(asking: Asking) -> None:
    projects = asking.payloads(KIND)
    assert {project["projectStage"] for project in projects} == {"LIVE", "DEVELOPMENT"}
    assert {"kmsKeyId" in project for project in projects} == {True, False}


def test_a_stage_is_a_fact_of_its_own(asking: Asking) -> None:
    for key, project in asking.somewhere(KIND).payloads.items():
        assert key == f"{project['projectArn']}:{project['projectStage']}"
