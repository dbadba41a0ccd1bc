from unit.collect.collectors.asking import Asking

KIND = "bedrock-agent.flow_version"


def test_versions_that_are_routed_to_are_read_and_drafts_are_not(asking: Asking) -> None:
    routed = {
        f"{alias['flowId']}:{route['flowVersion']}"
        for alias in asking.payloads("bedrock-agent.flow_alias")
        for route in alias["routingConfiguration"]
    }
    found = {key for reading in asking.everywhere(KIND) for key in reading.payloads}
    assert found == {each for each in routed if not each.endswith(":DRAFT")}


def test_prompts_are_kept_as_hashes(asking: Asking) -> None:
    for flow in asking.payloads(KIND):
        nodes = {node["name"]: node["configuration"] for node in flow["definition"]["nodes"]}
        template = nodes["Rephrase"]["prompt"]["sourceConfiguration"]["inline"]["templateConfiguration"]
        assert template["text"]["text"].startswith("sha256:")
