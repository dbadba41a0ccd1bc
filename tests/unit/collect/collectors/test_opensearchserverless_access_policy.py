from unit.collect.collectors.asking import Asking

KIND = "opensearchserverless.access_policy"


def test_policies_of_the_collections_are_read_and_those_of_others_are_not(asking: Asking) -> None:
    policies = asking.payloads(KIND)
    assert "another-team" not in {policy["name"] for policy in policies}
    for policy in policies:
        (statement,) = policy["policy"]
        assert statement["Principal"]
        assert {rule["ResourceType"] for rule in statement["Rules"]} == {"collection", "index"}


def test_a_policy_that_holds_for_a_collection_and_its_indexes_is_read_once(asking: Asking) -> None:
    reading = asking.somewhere(KIND)
    gets = [each for each in reading.heard if each.operation == "GetAccessPolicy"]
    assert len(gets) == len(reading.facts)
