import json

from unit.collect.collectors.asking import Asking

KIND = "cloudcontrol.mantle_project"


def test_names_and_tags_are_known(asking: Asking) -> None:
    for project in asking.payloads(KIND):
        properties = json.loads(project["Properties"])
        assert properties["ProjectArn"] == project["Identifier"]
        assert properties["Name"]
