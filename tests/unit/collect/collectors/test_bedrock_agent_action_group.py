from unit.collect.collectors.asking import Asking

KIND = "bedrock-agent.action_group"


def test_groups_of_drafts_and_of_versions_in_use_are_read(asking: Asking) -> None:
    groups = asking.payloads(KIND)
    assert {group["agentVersion"] for group in groups} == {"DRAFT", "1", "2"}
    assert all(":function:" in group["actionGroupExecutor"]["lambda"] for group in groups)


def test_the_description_of_an_api_is_kept_as_a_hash(asking: Asking) -> None:
    described = [group["apiSchema"]["payload"] for group in asking.payloads(KIND) if "apiSchema" in group]
    assert described
    assert all(each.startswith("sha256:") for each in described)


def test_functions_that_must_be_confirmed_are_known(asking: Asking) -> None:
    functions = [
        each
        for group in asking.payloads(KIND)
        for each in group.get("functionSchema", {}).get("functions", ())
    ]
    assert {each["requireConfirmation"] for each in functions} == {"ENABLED"}
